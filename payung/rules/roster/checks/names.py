"""Names: blanks, numbering and titles taken off and kept; what is no name goes to a human."""

import json
from typing import Any

import polars as pl

from payung.rules.identity import names
from payung.rules.roster.checks.marks import dittoed
from payung.rules.roster.checks.reading_once import read_once, spread
from payung.rules.roster.collecting import Findings

_PLAIN_NAME = r"^\p{L}[\p{L}']+(?: [\p{L}']+)*$"
_ALIAS = r"(?i)\S\s*[,(]?\s*\b(?:alias|als)\b"
_BIN = r"(?i)\S\s+(?:bin|binti|bt|bte)\b\.?\s+\S"
_READING = {
    "name": pl.String,
    "titles": pl.String,
    "cleaned": pl.Boolean,
    "readable": pl.Boolean,
    "params": pl.String,
}


def check_names(people: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Gives `name` and `titles` (null where there are none)."""
    titles = "|".join(sorted(names.title_words()))
    text = people["name"]
    plain = (
        text.str.contains(_PLAIN_NAME)
        & (text.str.len_chars() <= names.LONGEST_NAME)
        & ~text.str.contains(rf"^(?i:{titles}) ")
    )
    odd = text.is_not_null() & ~plain.fill_null(value=False)
    read = read_once(people, "name", odd, _read, _READING).rename({"text": "value"})
    empty = text.is_null() & ~dittoed(people, "name")
    findings.add("name_missing", "name", people.filter(empty).select("person", pl.lit(None).alias("value")))
    findings.add("name_unreadable", "name", read.filter(~pl.col("readable")))
    told = read.filter(pl.col("readable")).with_columns(pl.col("name").alias("suggestion"))
    findings.add("name_cleaned", "name", told.filter(pl.col("cleaned")))
    findings.add("name_titles", "name", told.filter(pl.col("titles").is_not_null()))
    _report_second_names(people, findings)
    none = pl.repeat(None, people.height, dtype=pl.String, eager=True)
    return people.with_columns(
        spread(people, read, "name", text).alias("name"), spread(people, read, "titles", none).alias("titles")
    )


def _report_second_names(people: pl.DataFrame, findings: Findings) -> None:
    """A name by which somebody is called beside their own, and the father's name behind "bin" or "binti"."""
    told = people.select("person", pl.col("name").alias("value"))
    findings.add("name_alias", "name", told.filter(pl.col("value").str.contains(_ALIAS)))
    findings.add("name_bin", "name", told.filter(pl.col("value").str.contains(_BIN)))


def _read(text: str, kind: int) -> dict[str, Any]:
    found = names.read(text)
    titles = ", ".join(found.titles) or None
    return {
        "name": found.name if found.readable else text.strip(),
        "titles": titles if found.readable else None,
        "cleaned": found.cleaned,
        "readable": found.readable,
        "params": json.dumps({"titles": titles} if titles else {}, ensure_ascii=False),
    }
