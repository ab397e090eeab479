"""One person's month explained down to the article, from the same row the bulk formulas reckon."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import polars as pl

from payung.rules.law.columns import INPUTS, PROGRAMMES, REFUSAL
from payung.rules.law.contributions import owed
from payung.rules.law.deferral import deferrable
from payung.rules.law.figures import Certainty, LawError, weakest
from payung.rules.law.jkp import recomposition
from payung.rules.law.narration import Doubt, Narrator, Step
from payung.rules.law.questions import Question
from payung.rules.law.readings import DEFAULT_READINGS, Readings
from payung.rules.law.rulebook import rulebook
from payung.rules.law.words import Language, words_in
from payung.rules.months import Month


class RefusedError(LawError):
    """The law has no answer to the question; `code` is one of refusals.toml."""

    def __init__(self, code: str, language: Language = "id") -> None:
        super().__init__(words_in("refusals.toml")[code].say(language))
        self.code = code


@dataclass(frozen=True, slots=True)
class ProgrammeOwed:
    """One programme's shares in whole rupiah, and how they come about. A BPU's amount stands under worker."""

    employer: int
    worker: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole answer. `doubts` are all ingredients that are not sourced; `jkp` is shown, never charged.

    `deferrable` is what of JP may be paid later. `instead_of_wage`: what was asked of a class without wages.
    `row` is what the bulk formulas reckoned, columns.STEPS and AMOUNTS among it.
    """

    question: Question
    base_rupiah: int
    programmes: Mapping[str, ProgrammeOwed]
    doubts: tuple[Doubt, ...]
    jkp: tuple[Step, ...] = ()
    deferrable: tuple[Step, ...] = ()
    instead_of_wage: Mapping[str, int | str] = field(default_factory=dict)
    row: Mapping[str, Any] = field(default_factory=dict)

    @property
    def certainty(self) -> Certainty:
        """That of the least certain ingredient."""
        return weakest(doubt.certainty for doubt in self.doubts)

    @property
    def employer(self) -> int:
        return sum(programme.employer for programme in self.programmes.values())

    @property
    def worker(self) -> int:
        return sum(programme.worker for programme in self.programmes.values())

    @property
    def total(self) -> int:
        return self.employer + self.worker


def explain(
    *,
    membership_class: str,
    month: Month,
    wage_rupiah: int,
    payer: str,
    programmes: Sequence[str],
    group: int = 1,
    sector: str = "other",
    readings: Readings = DEFAULT_READINGS,
    known_on: date | None = None,
    language: Language = "id",
) -> Explanation:
    """What is owed and why, for one person's month; words and units as in columns.INPUTS.

    Raises RefusedError when the law has no answer.
    """
    question = Question(membership_class, month, wage_rupiah, payer, tuple(programmes), group, sector)
    reckoned = owed(_frame(question), readings=readings, known_on=known_on)
    deferred = deferrable(reckoned, readings=readings, known_on=known_on)
    row = recomposition(deferred, readings=readings, known_on=known_on).row(0, named=True)
    if row[REFUSAL] is not None:
        raise RefusedError(row[REFUSAL], language)
    law = rulebook(month, known_on=known_on)
    beside = Narrator(question, row, law, readings, language)
    narrator = Narrator(question, row, law, readings, language)
    return Explanation(
        question=question,
        base_rupiah=row["base_rupiah"],
        programmes={
            name: ProgrammeOwed(*_shares(name, question, row), narrator.steps_of(name))
            for name in PROGRAMMES
            if name in question.programmes
        },
        doubts=tuple(narrator.doubts.values()),
        jkp=beside.jkp_steps(),
        deferrable=beside.deferrable_steps(),
        row=row,
    )


def _frame(question: Question) -> pl.DataFrame:
    """The question as a frame of one row."""
    cells = {
        "class": question.membership_class,
        "month": question.month.index,
        "wage_rupiah": question.wage_rupiah,
        "group": question.group,
        "payer": question.payer,
        "sector": question.sector,
        **{f"in_{name.lower()}": name in question.programmes for name in PROGRAMMES},
    }
    return pl.DataFrame([cells])


def doubts_in(
    people: pl.DataFrame,
    *,
    readings: Readings = DEFAULT_READINGS,
    known_on: date | None = None,
    language: Language = "id",
) -> tuple[Doubt, ...]:
    """The doubts a whole list rests on (columns.INPUTS), one example per class, month, payer, sector and programmes.

    Doubts that hang on a single wage (its rounding, an income between two brackets) are those of the examples.
    """
    kinds = people.unique([name for name in INPUTS if name not in ("wage_rupiah", "group")], maintain_order=True)
    found: dict[str, Doubt] = {}
    for row in owed(kinds, readings=readings, known_on=known_on).iter_rows(named=True):
        if row[REFUSAL] is None:
            programmes = tuple(name for name in PROGRAMMES if row[f"in_{name.lower()}"])
            month = Month.from_index(row["month"])
            group, sector = row["group"] or 1, row["sector"]
            question = Question(row["class"], month, row["wage_rupiah"], row["payer"], programmes, group, sector)
            narrator = Narrator(question, row, rulebook(month, known_on=known_on), readings, language, found)
            for programme in programmes:
                narrator.steps_of(programme)
    return tuple(found.values())


def _shares(programme: str, question: Question, row: Mapping[str, Any]) -> tuple[int, int]:
    """Employer's and worker's share. JKK and JKM have one payer: the employer, or the BPU member."""
    name = programme.lower()
    if programme in ("JHT", "JP"):
        return row[f"{name}_employer"], row[f"{name}_worker"]
    return (0, row[name]) if question.membership_class == "BPU" else (row[name], 0)


def as_dict(explained: Explanation) -> dict[str, Any]:
    """The answer as plain data, in the shape of `payung law owed --json`."""
    question = explained.question
    return {
        "class": question.membership_class,
        "month": str(question.month),
        "payer": question.payer,
        "wage": None if explained.instead_of_wage else question.wage_rupiah,
        **explained.instead_of_wage,
        "base": explained.base_rupiah,
        "group": question.group,
        "sector": question.sector,
        "programmes": {name: asdict(programme) for name, programme in explained.programmes.items()},
        "employer": explained.employer,
        "worker": explained.worker,
        "total": explained.total,
        "certainty": explained.certainty,
        "doubts": [asdict(doubt) for doubt in explained.doubts],
        "jkp_not_charged": [asdict(step) for step in explained.jkp],
        "deferrable": [asdict(step) for step in explained.deferrable],
    }
