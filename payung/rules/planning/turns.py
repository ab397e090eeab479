"""Whose turn it is when the budget does not reach everybody; the rules are data (`turns.toml`)."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from payung.rules.eligibility.priority import ranked

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Group:
    """People who are alike in everything a rule looks at. `segment` is a code, or the office's own words."""

    heads: int
    segment: str
    sector: str = OTHER
    decile: int | None = None
    breadwinner: bool | None = None
    term_ends: date | None = None


@dataclass(frozen=True, slots=True)
class TurnRule:
    """An order by name, told in both languages."""

    code: str
    title: Mapping[str, str]
    reason: Mapping[str, str]
    keys: tuple[str, ...]


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files("payung.rules.planning") / "turns.toml").read_text("utf-8"))


@cache
def turn_rules() -> Mapping[str, TurnRule]:
    """Every rule by its code."""
    return {
        code: TurnRule(code, told["title"], told["reason"], tuple(told["keys"]))
        for code, told in _data().items()
        if code != "sectors"
    }


@cache
def _sectors() -> Mapping[str, str]:
    return {segment: sector for sector, segments in _data()["sectors"].items() for segment in segments}


def sector_of(segment: str | None) -> str:
    """The sector of the law that a segment's work belongs to."""
    return _sectors().get(segment or "", OTHER)


def in_turn(groups: Sequence[Group], rule: TurnRule, price_of: Mapping[str, int]) -> list[Group]:
    """The groups in the order of their turn; `price_of` says what one of each sector costs. Ties stay as they came."""
    frame = pl.DataFrame(
        {
            "key": range(len(groups)),
            "decile": [one.decile for one in groups],
            "segment": [one.segment for one in groups],
            "breadwinner": [one.breadwinner for one in groups],
            "term_ends": [one.term_ends for one in groups],
            "price_rupiah": [price_of[one.sector] for one in groups],
        },
        schema={
            "key": pl.Int64, "decile": pl.Int64, "segment": pl.String, "breadwinner": pl.Boolean,
            "term_ends": pl.Date, "price_rupiah": pl.Int64,
        },
    )  # fmt: skip
    return [groups[key] for key in ranked(frame, rule.keys)["key"]]
