"""Marks that stand instead of a value: empty marks, ditto marks, and text that begins like a formula."""

import polars as pl

from payung.rules.roster.collecting import Findings
from payung.rules.roster.vocabulary import SHEET_FIELDS

_SUSPICIOUS = (
    r"^\s*(?:$|[^\w\s(']|[nN]/?[aA]\b|[sS]\s?\.?\s?[dD]\b|''"
    r"|(?i:null|none|nihil|kosong|sda|s\.d|idem|ditto|dito|sama)\b)"
)
_EMPTY = r"(?i)^[\s\-–—._]*(?:n/?a|#n/?a!?|#[a-z0-9/]+!|null|none|nihil|kosong)?[\s\-–—._]*$"
_DITTO = (
    r"(?i)^[\s\-–—.]*(?:[\"“”″〃]+|'{2,}|s\.?\s?d\.?\s?a\.?|idem|dito|ditto|sama(?: dengan)?(?: di)? ?atas)[\s\-–—.]*$"
)
_FORMULA = r"^\s*[=+\-@]"
_PLAIN_NUMBER = r"^\s*[+\-]?[\d\s().\-/]+$"
_COPIED_DOWN = ("job", "unit", "kecamatan", "desa", "address")
"""Where a ditto mark may take the value above: nothing here is a mark of the person."""


def read_marks(people: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """The people with empty and ditto marks taken out; a ditto mark for a place or a job takes the value
    above.

    Adds `<field>_ditto` (true where an identity mark was dittoed) for the checks that would call the cell
    empty.
    """
    changed: dict[str, pl.Series] = {}
    doubted = people.select(pl.col(SHEET_FIELDS).str.contains(_SUSPICIOUS).fill_null(value=False))
    for name in [suspicious.name for suspicious in doubted if suspicious.any()]:
        text, suspicious = people[name], doubted[name]
        ditto = suspicious & text.str.contains(_DITTO)
        empty = suspicious & text.str.contains(_EMPTY) & ~ditto
        formula = suspicious & ~empty & ~ditto & text.str.contains(_FORMULA) & ~text.str.contains(_PLAIN_NUMBER)
        if name != "number":
            findings.add("formula_text", name, people.filter(formula).select("person", pl.col(name).alias("value")))
        text = text.set(empty | ditto, None)
        if ditto.any():
            text = _dittoed(people, name, text, ditto, findings)
            changed[name + "_ditto"] = ditto.alias(name + "_ditto")
        changed[name] = text.alias(name)
    return people.with_columns(changed.values())


def dittoed(people: pl.DataFrame, name: str) -> pl.Series:
    """Whether a ditto mark stood in this field: its cell is not to be called empty as well."""
    if name + "_ditto" in people.columns:
        return people[name + "_ditto"]
    return pl.repeat(value=False, n=people.height, eager=True)


def _dittoed(people: pl.DataFrame, name: str, text: pl.Series, ditto: pl.Series, findings: Findings) -> pl.Series:
    found = people.select("person", pl.col(name).alias("value")).filter(ditto)
    if name not in _COPIED_DOWN:
        if name != "number":
            findings.add("ditto_mark", name, found)
        return text
    above = (
        people.select(pl.col("block"), text.alias("text"))
        .select(pl.col("text").forward_fill().over("block"))
        .to_series()
    )
    mended = found.with_columns(above.filter(ditto).alias("suggestion"))
    findings.add("ditto_mark", name, mended.filter(pl.col("suggestion").is_not_null()), severity="repaired")
    findings.add("ditto_mark", name, mended.filter(pl.col("suggestion").is_null()), severity="warning")
    return text.zip_with(~ditto, above)
