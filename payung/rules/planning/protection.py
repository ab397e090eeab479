"""What the family of somebody who joins in a month would get in each month after: the law's answer with its article.

The three-month rule makes short programmes worth little: within the waiting months a death that is no work accident
pays the funeral alone (Permenaker 1/2025). No plan may be shown without this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from payung.rules.law.benefits.explain import ask, reckoned
from payung.rules.law.benefits.questions import OPTIONAL_CELLS, REQUIRED_CELLS, typed
from payung.rules.law.benefits.refusals import BenefitRefusedError
from payung.rules.law.columns import REFUSAL
from payung.rules.law.dated import DatedReadings
from payung.rules.law.figures import Certainty, weakest
from payung.rules.law.narration import Doubt
from payung.rules.law.questions import ROW_TOO_LONG
from payung.rules.law.words import Language
from payung.rules.months import Month
from payung.rules.planning.prices import Terms, by_readings

LONGEST_WAIT_MONTHS = 12
"""So far after joining the law is asked for what it pays at most."""


@dataclass(frozen=True, slots=True)
class Worth:
    """From `first` to `last` a death pays this much: not by work accident (JKM), and by one (JKK)."""

    first: Month
    last: Month
    death_rupiah: int
    accident_death_rupiah: int
    citations: tuple[str, ...]
    certainty: Certainty
    doubts: tuple[Doubt, ...]

    @property
    def months(self) -> int:
        return self.last.index - self.first.index + 1


@dataclass(frozen=True, slots=True)
class Protection:
    """The months of somebody who joined in `joined`. `full_from` is the first month in which a death pays in full."""

    joined: Month
    runs: tuple[Worth, ...]
    full_rupiah: int
    full_from: Month

    def on(self, month: Month) -> Worth:
        """What holds in one of its months."""
        return next(run for run in self.runs if run.first <= month <= run.last)

    @property
    def covered_months(self) -> int:
        return sum(run.months for run in self.runs)

    @property
    def full_months(self) -> int:
        return sum(run.months for run in self.runs if run.death_rupiah == self.full_rupiah)

    @property
    def short(self) -> bool:
        """Whether a death pays in full in half of the covered months at most."""
        return 2 * self.full_months <= self.covered_months


@lru_cache(maxsize=256)
def protection(terms: Terms, joined: Month, last: Month, dated: DatedReadings, language: Language = "id") -> Protection:
    """What cover from `joined` to `last` is worth, month by month; of JKK and JKM only what the terms hold.

    Raises LawError where the law has no answer.
    """
    amounts = _amounts(terms, joined, list(joined.until(last)), dated, language)
    runs: list[Worth] = []
    for month, death, accident in amounts:
        if runs and (runs[-1].death_rupiah, runs[-1].accident_death_rupiah) == (death, accident):
            runs[-1] = _worth(
                terms, joined, (runs[-1].first, month), (death, accident), dated, language, known=runs[-1]
            )
        else:
            runs.append(_worth(terms, joined, (month, month), (death, accident), dated, language))
    after = list(joined.until(joined.shift(LONGEST_WAIT_MONTHS)))
    deaths = [(month, death) for month, death, _ in _amounts(terms, joined, after, dated, language)]
    full = deaths[-1][1]
    return Protection(joined, tuple(runs), full, next(month for month, death in deaths if death == full))


def _worth(
    terms: Terms,
    joined: Month,
    months: tuple[Month, Month],
    amounts: tuple[int, int],
    dated: DatedReadings,
    language: Language,
    known: Worth | None = None,
) -> Worth:
    """A run with the articles it rests on; a run that only grows longer keeps those it has."""
    if known is not None:
        return Worth(*months, *amounts, known.citations, known.certainty, known.doubts)
    told = [
        ask(cells, readings=dated.on(months[0]), language=language)
        for cells in _cells(terms, joined, months[0]).values()
    ]
    citations = dict.fromkeys(step.citation for benefit in told for step in benefit.steps)
    doubts = {doubt.id: doubt for benefit in told for doubt in benefit.doubts}
    return Worth(*months, *amounts, tuple(citations), weakest(one.certainty for one in told), tuple(doubts.values()))


def _cells(terms: Terms, joined: Month, month: Month) -> dict[str, dict[str, str]]:
    """The questions of one month's first day, by programme."""
    common = {"class": terms.membership_class, "on": month.first_day.isoformat()}
    since = {"member_since": joined.first_day.isoformat()} if terms.membership_class == "BPU" else {}
    asked = {
        "JKM": {"kind": "jkm", **common, **since},
        "JKK": {"kind": "jkk-death", **common, "wage": str(terms.base(month).rupiah)},
    }
    return {programme: cells for programme, cells in asked.items() if programme in terms.programmes}


def _amounts(
    terms: Terms, joined: Month, months: Sequence[Month], dated: DatedReadings, language: Language
) -> list[tuple[Month, int, int]]:
    """Month, what a death pays, what a death by work accident pays: all months of one reading in one question."""
    found = []
    for readings, part in by_readings(months, dated):
        asked = [cells for month in part for cells in _cells(terms, joined, month).values()]
        if not asked:
            found += [(month, 0, 0) for month in part]
            continue
        every = [{**dict.fromkeys((*REQUIRED_CELLS, *OPTIONAL_CELLS), ""), ROW_TOO_LONG: False, **one} for one in asked]
        answers = reckoned(typed(pl.DataFrame(every)), readings=readings, known_on=None)
        totals: dict[tuple[str, int], int] = {}
        for kind, on, total, refusal in answers.select("kind", "on", "total", REFUSAL).iter_rows():
            if refusal is not None:
                raise BenefitRefusedError(refusal, language)
            totals[kind, on] = total
        for month in part:
            on = int(month.first_day.strftime("%Y%m%d"))
            found.append((month, totals.get(("jkm", on), 0), totals.get(("jkk-death", on), 0)))
    return found
