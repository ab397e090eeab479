"""Wage in whole rupiah a month: read when the amount is certain, never multiplied by a guess."""

import re
from decimal import Decimal
from typing import Any

import polars as pl

from payung.rules.money import LARGEST_WAGE_RUPIAH, half_up
from payung.rules.roster.apart.frames import NUMBER
from payung.rules.roster.checks.marks import dittoed
from payung.rules.roster.checks.reading_once import read_once, spread
from payung.rules.roster.collecting import Findings

SMALLEST_CERTAIN_RUPIAH = 50_000
"""A monthly amount below it may be in thousands or millions: a human says which."""

_DIGITS = r"^[0-9]{5,12}$"
_CURRENCY = re.compile(r"^(?:rp|idr)(?![a-z])\.?\s*", re.IGNORECASE)
_TAIL = re.compile(r"\s*(?:,-+|,=|\.-|-)?\s*(?:(?:/|per|se)\s*(?:bulan|bln|bl|orang|org))?\s*$", re.IGNORECASE)
_UNIT = re.compile(r"(\d+(?:[.,]\d{1,3})?)\s*(jt|juta|rb|ribu)\.?", re.IGNORECASE)
_POINTS = re.compile(r"(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(\d{1,2}))?")
_COMMAS = re.compile(r"(\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?")
_DECIMAL = re.compile(r"\d+\.\d+")
_UNITS = {"jt": 1_000_000, "juta": 1_000_000, "rb": 1_000, "ribu": 1_000}
_READING = {"wage": pl.Int64, "code": pl.String, "suggestion": pl.String}


def check_wages(people: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Gives `wage` (Int64, whole rupiah; null when missing or not certain)."""
    text = people["wage"]
    amounts = people.select(
        pl.when(pl.col("wage").str.contains(_DIGITS)).then("wage").cast(pl.Int64, strict=False)
    ).to_series()
    certain = (amounts >= SMALLEST_CERTAIN_RUPIAH) & (amounts <= LARGEST_WAGE_RUPIAH)
    plain = certain.fill_null(value=False)
    read = read_once(people, "wage", text.is_not_null() & ~plain, _read, _READING).rename({"text": "value"})
    for code in ("wage_unreadable", "wage_cleaned", "wage_too_large"):
        findings.add(code, "wage", read.filter(pl.col("code") == code))
    zero = read.filter(pl.col("code") == "wage_missing").select("person", "value")
    empty = people.filter(people["has_wage"] & text.is_null() & ~dittoed(people, "wage"))
    findings.add("wage_missing", "wage", empty.select("person", pl.lit(None).alias("value")))
    findings.add("wage_missing", "wage", zero)
    wage = people.select(pl.when(plain).then(amounts)).to_series()
    return people.with_columns(spread(people, read, "wage", wage).alias("wage"))


def _read(text: str, kind: int) -> dict[str, Any]:
    amount = _number(text) if kind == NUMBER else amount_of(text)
    if amount == 0:
        return {"wage": None, "code": "wage_missing", "suggestion": None}
    if amount is not None and amount > LARGEST_WAGE_RUPIAH:
        return {"wage": None, "code": "wage_too_large", "suggestion": None}
    if amount is None or amount < SMALLEST_CERTAIN_RUPIAH:
        return {"wage": None, "code": "wage_unreadable", "suggestion": None}
    return {"wage": amount, "code": None if text == str(amount) else "wage_cleaned", "suggestion": str(amount)}


def certain_rupiah(text: str, kind: int) -> int | None:
    """The monthly wage of a cell in whole rupiah; None when it is none or not certain."""
    wage: int | None = _read(text, kind)["wage"]
    return wage


def _number(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    return half_up(Decimal(text)) if _DECIMAL.fullmatch(text) else None


def amount_of(text: str) -> int | None:
    """Whole rupiah of a text: "Rp 2.500.000,-", "2,500,000", "2.5 jt", "1.841.487,31" (rounded half up).

    None when the text leaves a doubt, as "2.500.0" or "sekitar 2 juta" do. Small amounts ("2.5") are the
    caller's doubt.
    """
    bare = _TAIL.sub("", _CURRENCY.sub("", text.strip().strip("'")))
    if match := _UNIT.fullmatch(bare):
        amount = Decimal(match[1].replace(",", ".")) * _UNITS[match[2].lower()]
        return int(amount) if amount == int(amount) else None
    if match := _POINTS.fullmatch(bare) or _COMMAS.fullmatch(bare):
        return half_up(Decimal(re.sub(r"\D", "", match[1]) + "." + (match[2] or "0")))
    return None
