"""One question about a benefit explained down to the article, from the same row the bulk formulas reckon."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from payung.rules.law.benefits.columns import AMOUNTS, FACTS, KINDS, STEPS
from payung.rules.law.benefits.law import Law
from payung.rules.law.benefits.losses import Loss, losses
from payung.rules.law.benefits.narration import TELLERS
from payung.rules.law.benefits.paid import paid
from payung.rules.law.benefits.questions import (
    JOINED_BY,
    OPTIONAL_CELLS,
    REQUIRED_CELLS,
    typed,
    words_of,
)
from payung.rules.law.benefits.refusals import BenefitRefusedError
from payung.rules.law.benefits.schooling import school_years
from payung.rules.law.benefits.telling import Teller
from payung.rules.law.columns import REFUSAL
from payung.rules.law.figures import Certainty, weakest
from payung.rules.law.narration import Doubt, Step
from payung.rules.law.questions import ROW_TOO_LONG, UNREADABLE
from payung.rules.law.readings import DEFAULT_READINGS, Readings
from payung.rules.law.words import Language


@dataclass(frozen=True, slots=True)
class Benefit:
    """The whole answer. `wage` and `base` are empty where the kind uses none; `schedule` is plain data."""

    kind: str
    on: date
    membership_class: str
    wage: int | None
    base: int | None
    components: Mapping[str, int]
    steps: tuple[Step, ...]
    schedule: tuple[Mapping[str, Any], ...]
    doubts: tuple[Doubt, ...]

    @property
    def total(self) -> int:
        return sum(self.components.values())

    @property
    def certainty(self) -> Certainty:
        """That of the least certain ingredient."""
        return weakest(doubt.certainty for doubt in self.doubts)


def explain(
    kind: str,
    *,
    on: date,
    readings: Readings = DEFAULT_READINGS,
    known_on: date | None = None,
    language: Language = "id",
    **words: object,
) -> Benefit:
    """What the law pays and why. `words` are those of the command: wage=1787500, loss=["right-thumb"], child=[...].

    Raises BenefitRefusedError when the law has no answer.
    """
    cells = {name: _cell(value) for name, value in words.items() if value is not None}
    return ask({"kind": kind, "on": on.isoformat(), **cells}, readings=readings, known_on=known_on, language=language)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list | tuple):
        return JOINED_BY.join(map(str, value))
    return str(value)


def ask(
    cells: Mapping[str, str],
    *,
    readings: Readings = DEFAULT_READINGS,
    known_on: date | None = None,
    language: Language = "id",
) -> Benefit:
    """The same for a question in text cells. A word its kind does not use is refused."""
    _refuse_strangers(cells, language)
    every = {name: cells.get(name, "") for name in (*REQUIRED_CELLS, *OPTIONAL_CELLS)}
    asked = typed(pl.DataFrame([{**every, ROW_TOO_LONG: False}]), known_on=known_on)
    row = reckoned(asked, readings=readings, known_on=known_on).row(0, named=True)
    if (code := row[UNREADABLE] or row[REFUSAL]) is not None:
        raise BenefitRefusedError(code, language)
    return answer(row, readings=readings, known_on=known_on, language=language)


def reckoned(asked: pl.DataFrame, *, readings: Readings, known_on: date | None) -> pl.DataFrame:
    """Typed questions with every column an explanation is told from."""
    columns = [*asked.columns, *STEPS, *AMOUNTS, REFUSAL]
    kinds = [kind for kind in asked["kind"].unique(maintain_order=True) if kind in KINDS]
    return paid(asked, readings=readings, known_on=known_on, columns=columns, kinds=kinds)


def _refuse_strangers(cells: Mapping[str, str], language: Language) -> None:
    kind = cells.get("kind", "").strip().lower()
    if kind in KINDS:
        known = (*REQUIRED_CELLS, "class", *words_of(kind))
        strange = [name for name, cell in cells.items() if cell.strip() and name not in known]
        if strange:
            raise BenefitRefusedError(f"word_not_used/{strange[0]}", language)


def answer(row: Mapping[str, Any], *, readings: Readings, known_on: date | None, language: Language) -> Benefit:
    """The answer told from a row of `reckoned` that was not refused."""
    kind, day = row["kind"], row["on"]
    on = date(day // 10_000, day // 100 % 100, day % 100)
    teller = Teller(row, _losses(row, on, known_on), on, Law(known_on, readings), language)
    steps = tuple(TELLERS[kind](teller))
    uses_wage = "wage" in KINDS[kind].facts
    return Benefit(
        kind=kind,
        on=on,
        membership_class=row["class"],
        wage=row[FACTS["wage"].column] if uses_wage else None,
        base=row["base_rupiah"] if uses_wage else None,
        components={component: row[component] for component in KINDS[kind].components},
        steps=steps,
        schedule=_schedule(kind, teller),
        doubts=tuple(teller.doubts.values()),
    )


def _losses(row: Mapping[str, Any], on: date, known_on: date | None) -> tuple[Loss, ...]:
    return losses(
        row["loss"].split(JOINED_BY) if row["loss"] else (),
        functional=row["kind"] == "jkk-functional",
        left_handed=bool(row["left_handed"]),
        on=on,
        known_on=known_on,
    )


def _schedule(kind: str, teller: Teller) -> tuple[Mapping[str, Any], ...]:
    """What is paid when: the school years of a scholarship, the months of JKP."""
    if kind == "scholarship":
        return tuple(asdict(year) for year in school_years(teller))
    if kind == "jkp":
        months = range(1, teller.row["months"] + 1)
        return tuple({"month": month, "amount": teller.row[f"job_loss_{month}"]} for month in months)
    return ()


def as_dict(benefit: Benefit) -> dict[str, Any]:
    """The answer as plain data, in the shape of `payung law benefit --json`."""
    return {
        "kind": benefit.kind,
        "on": benefit.on.isoformat(),
        "class": benefit.membership_class,
        "wage": benefit.wage,
        "base": benefit.base,
        "components": dict(benefit.components),
        "total": benefit.total,
        "steps": [asdict(step) for step in benefit.steps],
        "schedule": [dict(line) for line in benefit.schedule],
        "certainty": benefit.certainty,
        "doubts": [asdict(doubt) for doubt in benefit.doubts],
    }
