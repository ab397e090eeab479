"""Short ways to ask for a benefit, and a seeded crowd of cases for the engines."""

import random
from datetime import date, timedelta
from typing import Any

import polars as pl

from payung.rules.law.benefits.columns import FACTS, KINDS, NUMBERS, Unit
from payung.rules.law.benefits.explain import Benefit, explain
from payung.rules.law.benefits.law import day_number

COUNTS = {fact.column: pl.Int64 for fact in NUMBERS}
DAYS = {fact.column: pl.Int64 for fact in FACTS.values() if fact.unit is Unit.DAY}
SCHEMA: dict[str, Any] = {
    "kind": pl.String,
    "on": pl.Int64,
    "class": pl.String,
    **{fact.column: {Unit.WORD: pl.String, Unit.YES: pl.Boolean}.get(fact.unit, pl.Int64) for fact in FACTS.values()},
}


def benefit(kind: str, on: str, **words: object) -> Benefit:
    """One answer; `on` is YYYY-MM-DD."""
    return explain(kind, on=date.fromisoformat(on), **words)  # type: ignore[arg-type]  # arguments by name, as the page sends them


def total(kind: str, on: str, **words: object) -> int:
    return benefit(kind, on, **words).total


def crowd(count: int) -> pl.DataFrame:
    """Cases of every kind over all years, refused ones among them."""
    dice = random.Random(20191202)
    return pl.DataFrame([_case(dice) for _ in range(count)], schema=SCHEMA, orient="row")


def _case(dice: random.Random) -> tuple[Any, ...]:
    on = date(2014, 1, 1) + timedelta(days=dice.randint(0, 5_200))
    facts = [_fact(dice, name, on) for name in FACTS]
    kind = dice.choice([*KINDS, "unknown"]) if dice.random() < 0.2 else dice.choice(list(KINDS))
    return (kind, day_number(on), dice.choice(["PU", "BPU"]), *facts)


def _fact(dice: random.Random, name: str, on: date) -> Any:
    fact = FACTS[name]
    if dice.random() < 0.1:
        return None
    if fact.unit is Unit.WORD:
        return dice.choice([*fact.words, *fact.words, "nothing"]) if name != "cause" else dice.choice(fact.words)
    if fact.unit is Unit.YES:
        return dice.random() < 0.05
    if fact.unit is Unit.DAY:
        return day_number(on - timedelta(days=dice.randint(-20, 8_000)))
    bounds = {"loss_shares": 90_000, "months": 7, "home_care_months": 30, "paid_months": 300, "days": 60}
    highest = min(fact.highest, bounds.get(name, 40_000_000))
    edge = [fact.lowest - 1, fact.lowest, fact.highest, fact.highest + 1]
    return dice.choice(edge) if dice.random() < 0.02 else dice.randint(fact.lowest, highest)
