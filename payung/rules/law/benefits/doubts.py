"""The doubts a whole list of benefits rests on, from one example of each sort of case."""

from datetime import date

import polars as pl

from payung.rules.law.benefits.columns import CHILDREN
from payung.rules.law.benefits.explain import answer, reckoned
from payung.rules.law.benefits.law import day_number
from payung.rules.law.columns import REFUSAL
from payung.rules.law.narration import Doubt
from payung.rules.law.readings import Readings
from payung.rules.law.tables import table, table_names
from payung.rules.law.words import Language

ALIKE = ("kind", "class", "cause", "reason", "employer", "loss", "left_handed", "waits", "entitled")
"""Cases that agree in these, and in what `_sorts` adds, rest on the same doubts but for their rounding."""


def doubts_in(
    asked: pl.DataFrame, *, readings: Readings, known_on: date | None, language: Language
) -> tuple[Doubt, ...]:
    """The doubts of typed questions, in the order in which they are met; refused rows have none.

    Doubts that hang on a single amount (its rounding, an income between two brackets) are those of the examples.
    """
    answered = reckoned(asked, readings=readings, known_on=known_on).filter(pl.col(REFUSAL).is_null())
    examples = answered.with_columns(*_sorts()).unique([*ALIKE, "sort"], keep="first", maintain_order=True)
    found: dict[str, Doubt] = {}
    for row in examples.iter_rows(named=True):
        for doubt in answer(row, readings=readings, known_on=known_on, language=language).doubts:
            found.setdefault(doubt.id, doubt)
    return tuple(found.values())


def _sorts() -> list[pl.Expr]:
    """What else decides which rows of the law a case rests on: its time, and which facts it tells."""
    changes = sorted({day_number(row.figure.first_day) for name in table_names() for row in table(name).rows})
    era = pl.sum_horizontal((pl.col("on") >= day).cast(pl.Int32) for day in changes)
    told = ("land", "sea", "air", "prosthesis", "denture", "hearing_aid", "glasses", "home_care")
    facts = [pl.col(f"{name}_rupiah").fill_null(0) > 0 for name in told]
    facts += [pl.col(f"{unit}_in_{half}").fill_null(0) > 0 for half in (1, 2, 3) for unit in ("months", "days")]
    facts += [pl.col(f"child_{child}_school_year") == 0 for child in CHILDREN]
    facts += [pl.col("memberships") > 1, pl.col("resumed_on").is_not_null(), pl.col("pension") > 0]
    facts += [pl.col(f"child_{child}") > 0 for child in CHILDREN]
    return [pl.struct(era, *(fact.alias(f"fact_{index}") for index, fact in enumerate(facts))).alias("sort")]
