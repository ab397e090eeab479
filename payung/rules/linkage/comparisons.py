"""What is compared and on which levels (`comparisons.toml`), as data and as Splink asks for it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

UNKNOWN = "unknown"
"""The level of every comparison in which either side says nothing."""


@dataclass(frozen=True, slots=True)
class Level:
    """How two values stand to each other: a condition (None: everything else) and words for a person."""

    key: str
    when: str | None
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field of two rows, and the levels in the order in which they are tried."""

    name: str
    column: str
    title: Mapping[str, str]
    levels: tuple[Level, ...]

    def level(self, key: str) -> Level:
        """The level of that key. Raises LookupError."""
        for level in self.levels:
            if level.key == key:
                return level
        raise LookupError(f"{self.name} has no level {key}")


@cache
def all_of_them() -> tuple[Comparison, ...]:
    """Every comparison, in the order a person reads them."""
    told = tomllib.loads(Path(__file__).with_name("comparisons.toml").read_text(encoding="utf-8"))
    return tuple(
        Comparison(
            name,
            comparison["column"],
            comparison["title"],
            tuple(Level(at["key"], at.get("when"), {"id": at["id"], "en": at["en"]}) for at in comparison["levels"]),
        )
        for name, comparison in told.items()
    )


def splink_settings(
    weights: Mapping[str, Mapping[str, Mapping[str, float]]] | None, *, prior: float, link_type: str
) -> dict[str, Any]:
    """Settings for Splink: with `weights` (comparison -> level -> m, u) to weigh, without them to be trained."""
    return {
        "link_type": link_type,
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": prior,
        "blocking_rules_to_generate_predictions": [],
        "comparisons": [_splink_comparison(one, weights) for one in all_of_them()],
        "additional_columns_to_retain": [],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


def _splink_comparison(
    comparison: Comparison, weights: Mapping[str, Mapping[str, Mapping[str, float]]] | None
) -> dict[str, Any]:
    column = comparison.column
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": f'"{column}_l" IS NULL OR "{column}_r" IS NULL',
            "label_for_charts": UNKNOWN,
            "is_null_level": True,
        }
    ]
    for level in comparison.levels:
        told: dict[str, Any] = {"sql_condition": level.when or "ELSE", "label_for_charts": level.key}
        if weights is not None:
            odds = weights[comparison.name][level.key]
            told |= {"m_probability": odds["m"], "u_probability": odds["u"]}
        levels.append(told)
    return {"output_column_name": comparison.name, "comparison_levels": levels}


def level_keys(comparison: Comparison) -> dict[int, str]:
    """What Splink's numbers of a comparison mean: -1 is unknown, 0 the last level."""
    last = len(comparison.levels) - 1
    return {-1: UNKNOWN, **{last - at: level.key for at, level in enumerate(comparison.levels)}}
