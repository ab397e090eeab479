"""Marital status: Y or T as SIPP has it, out of K/T, kawin, menikah, TK/0 and the like."""

from typing import Any

import polars as pl

from payung.rules.roster.checks.reading_once import read_once, spread
from payung.rules.roster.collecting import Findings

_MARRIED = frozenset(("y", "k", "kawin", "nikah", "menikah", "sudah kawin", "sudah menikah", "kawin tercatat", "ya"))
_NOT_MARRIED = frozenset(
    (
        "t", "tk", "bk", "tidak", "tidak kawin", "belum kawin", "belum menikah", "belum", "lajang", "cerai",
        "cerai hidup", "cerai mati", "janda", "duda", "tidak menikah", "single",
    )
)  # fmt: skip


def check_marriages(people: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Gives `married`: "Y", "T" or null."""
    text = people["married"]
    plain = text.is_in(["Y", "T"]).fill_null(value=False)
    read = read_once(people, "married", text.is_not_null() & ~plain, _read, {"suggestion": pl.String})
    told = read.rename({"text": "value"})
    findings.add("married_cleaned", "married", told.filter(pl.col("suggestion").is_not_null()))
    findings.add("married_unreadable", "married", told.filter(pl.col("suggestion").is_null()))
    return people.with_columns(spread(people, read, "suggestion", text).alias("married"))


def _read(text: str, kind: int) -> dict[str, Any]:
    word = " ".join(text.lower().replace(".", " ").replace("-", " ").split())
    tax = word.replace("/", "").rstrip("0123")
    if word in _MARRIED or tax == "k":
        return {"suggestion": "Y"}
    return {"suggestion": "T" if word in _NOT_MARRIED or tax == "tk" else None}
