"""What one person costs in each month of a plan: the law's own answer, with the reliefs of that month."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from payung.rules.law.columns import PROGRAMMES, REFUSAL
from payung.rules.law.contributions import owed
from payung.rules.law.dated import DatedReadings
from payung.rules.law.explain import RefusedError, doubts_in
from payung.rules.law.figures import Certainty, weakest
from payung.rules.law.narration import Doubt
from payung.rules.law.readings import Readings
from payung.rules.law.wages import WageBase, wage_base
from payung.rules.law.words import Language
from payung.rules.months import Month


@dataclass(frozen=True, slots=True)
class Terms:
    """As whom people are enrolled, and whose money pays. `wage_rupiah` is a nominal base (BPU: declared income)."""

    membership_class: str
    programmes: tuple[str, ...]
    payer: str
    wage_base: str
    wage_base_place: str = ""
    wage_rupiah: int | None = None
    jkk_group: int = 1

    def base(self, month: Month) -> WageBase:
        """The wage base of a month. Raises LawError."""
        return wage_base(self.wage_base, self.wage_base_place, month, self.wage_rupiah)


@dataclass(frozen=True, slots=True)
class Price:
    """One person's contribution, all shares, for every month from `first` to `last`: alike in amount and certainty."""

    sector: str
    first: Month
    last: Month
    rupiah: int
    doubts: tuple[Doubt, ...]

    @property
    def months(self) -> int:
        return self.last.index - self.first.index + 1

    @property
    def certainty(self) -> Certainty:
        return weakest(doubt.certainty for doubt in self.doubts)


@lru_cache(maxsize=256)
def prices(
    terms: Terms, first: Month, last: Month, sectors: tuple[str, ...], dated: DatedReadings, language: Language = "id"
) -> tuple[Price, ...]:
    """The prices of each sector from a month to a month, runs of one amount and calendar year together.

    Raises LawError where the law has no answer: no minimum wage, a month before the law.
    """
    found = []
    for readings, part in by_readings(list(first.until(last)), dated):
        for sector in sectors:
            asked = _frame(terms, part, sector)
            amounts = owed(asked, readings=readings, columns=["month", "total", REFUSAL])
            for begins, ends, rupiah in _runs(amounts, language):
                within = asked.filter(pl.col("month").is_between(begins.index, ends.index))
                doubts = (
                    *_of_wage(terms.base(begins), language),
                    *doubts_in(within, readings=readings, language=language),
                )
                found.append(Price(sector, begins, ends, rupiah, doubts))
    return tuple(found)


def yearly(found: Iterable[Price], year: int) -> dict[str, int]:
    """What a person of each sector costs over the months of one calendar year, whole rupiah."""
    costs: dict[str, int] = {}
    for price in found:
        if price.first.year == year:
            costs[price.sector] = costs.get(price.sector, 0) + price.rupiah * price.months
    return costs


def by_readings(months: Sequence[Month], dated: DatedReadings) -> Iterator[tuple[Readings, list[Month]]]:
    """The months in parts that are read alike, each with its readings."""
    edges = set(dated.changes())
    part: list[Month] = []
    for month in months:
        if part and month in edges:
            yield dated.on(part[0]), part
            part = []
        part.append(month)
    if part:
        yield dated.on(part[0]), part


def _frame(terms: Terms, months: Sequence[Month], sector: str) -> pl.DataFrame:
    """One person a month, in the columns that the law reads."""
    return pl.DataFrame(
        {"month": [month.index for month in months], "wage_rupiah": [terms.base(month).rupiah for month in months]}
    ).with_columns(
        pl.lit(terms.membership_class).alias("class"),
        pl.lit(terms.jkk_group, pl.Int64).alias("group"),
        pl.lit(terms.payer).alias("payer"),
        pl.lit(sector).alias("sector"),
        *(pl.lit(name in terms.programmes).alias(f"in_{name.lower()}") for name in PROGRAMMES),
    )


def _runs(amounts: pl.DataFrame, language: Language) -> Iterator[tuple[Month, Month, int]]:
    """Months of one amount and one calendar year that follow each other."""
    run: tuple[Month, Month, int] | None = None
    for index, rupiah, refusal in amounts.iter_rows():
        if refusal is not None:
            raise RefusedError(refusal, language)
        month = Month.from_index(index)
        if run is not None and run[2] == rupiah and run[0].year == month.year:
            run = (run[0], month, rupiah)
            continue
        if run is not None:
            yield run
        run = (month, month, rupiah)
    if run is not None:
        yield run


def _of_wage(base: WageBase, language: Language) -> tuple[Doubt, ...]:
    if base.figure is None or base.certainty is Certainty.SOURCED:
        return ()
    return (Doubt(base.figure.id, base.doubt.say(language), base.certainty, base.citation),)
