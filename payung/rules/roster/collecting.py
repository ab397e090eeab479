"""Findings while they are gathered: columns of small frames, put together once at the end."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from payung.rules.roster.catalogue import SEVERITIES, Severity, severity_of

FINDINGS_SCHEMA: dict[str, type[pl.DataType]] = {
    "sheet": pl.String,
    "row": pl.UInt32,
    "column": pl.String,
    "field": pl.String,
    "code": pl.String,
    "severity": pl.String,
    "value": pl.String,
    "suggestion": pl.String,
    "params": pl.String,
}
"""Sheet name, 1-based row, letter of the column ("" when none), field, code, severity, cell as read,
proposal or mended
value, further words of the sentence as JSON text."""

Each = tuple[int, str, str | None, str | None, dict[str, Any]]
"""One finding: person, code, value, suggestion, params."""

_GATHERED: dict[str, type[pl.DataType]] = {
    "person": pl.UInt32,
    "field": pl.String,
    "code": pl.String,
    "severity": pl.String,
    "value": pl.String,
    "suggestion": pl.String,
    "params": pl.String,
}


class Findings:
    """What was found so far. Persons are the numbers of rows in the frame of people."""

    def __init__(self) -> None:
        self._parts: list[pl.DataFrame] = []

    def add(self, code: str, field: str, found: pl.DataFrame, *, severity: Severity | None = None) -> None:
        """Findings of one code: `found` has person and value, perhaps suggestion and params (JSON text)."""
        if found.is_empty():
            return
        given = set(found.columns)
        self._parts.append(
            found.select(
                pl.col("person").cast(pl.UInt32),
                pl.lit(field).alias("field"),
                pl.lit(code).alias("code"),
                pl.lit(severity or severity_of(code)).alias("severity"),
                pl.col("value").cast(pl.String),
                (pl.col("suggestion") if "suggestion" in given else pl.lit(None)).cast(pl.String).alias("suggestion"),
                (pl.col("params") if "params" in given else pl.lit("{}")).alias("params"),
            )
        )

    def add_each(self, field: str, found: Sequence[Each]) -> None:
        """Findings of one field, one by one."""
        if not found:
            return
        self._parts.append(
            pl.DataFrame(
                {
                    "person": [person for person, *_ in found],
                    "field": [field] * len(found),
                    "code": [code for _, code, *_ in found],
                    "severity": [severity_of(code) for _, code, *_ in found],
                    "value": [value for _, _, value, *_ in found],
                    "suggestion": [suggestion for *_, suggestion, _ in found],
                    "params": [json.dumps(params, ensure_ascii=False) for *_, params in found],
                },
                schema=_GATHERED,
            )
        )

    def gathered(self) -> pl.DataFrame:
        """All of them: person, field, code, severity, value, suggestion, params."""
        return pl.concat(self._parts) if self._parts else pl.DataFrame(schema=_GATHERED)


def params_of(words: Iterable[dict[str, Any]]) -> pl.Series:
    """The further words of findings as the JSON text they are kept in."""
    return pl.Series("params", [json.dumps(each, ensure_ascii=False) for each in words], dtype=pl.String)


def worst(gathered: pl.DataFrame) -> pl.DataFrame:
    """For each person with findings the rank of the worst (its place in SEVERITIES): person, rank."""
    ranks = {severity: rank for rank, severity in enumerate(SEVERITIES)}
    ranked = pl.col("severity").replace_strict(ranks, return_dtype=pl.UInt8)
    return gathered.group_by("person").agg(ranked.max().alias("rank"))
