"""The NIK of every row: cleaned of writing habits, never of a digit; what is impossible goes to a human."""

from functools import cache
from typing import Any

import polars as pl

from payung.rules.identity import nik_text, regions
from payung.rules.identity.nik import LARGEST_EXACT_NUMBER, WOMAN_DAY_OFFSET
from payung.rules.roster.apart.frames import NUMBER
from payung.rules.roster.checks.marks import dittoed
from payung.rules.roster.checks.precision import lost_digits
from payung.rules.roster.checks.reading_once import read_once, spread
from payung.rules.roster.collecting import Findings, params_of

_SIXTEEN_DIGITS = r"^[0-9]{16}$"
_READING = {
    "digits": pl.String,
    "cleaned": pl.Boolean,
    "damage": pl.String,
    "suggestion": pl.String,
    "params": pl.String,
}


def check_niks(people: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Adds `nik` (sixteen digits, else as read), `nik_usable`, and what it says: `nik_day`, `nik_month`,
    `nik_year` (two digits) and `nik_sex`; these are null where the NIK is not usable.
    """
    plain = people["nik"].str.contains(_SIXTEEN_DIGITS).fill_null(value=False)
    odd = people["nik"].is_not_null() & ~plain
    read = read_once(people, "nik", odd, _read, _READING)
    _report_damage(people, read, findings)
    digits = spread(people, read, "digits", people.select(pl.when(plain).then(pl.col("nik"))).to_series())
    lost = lost_digits(people, "nik", digits)
    shown = digits.fill_null(people["nik"].str.strip_chars())
    people = people.with_columns(shown.alias("nik"), *_said(digits, lost))
    _report_impossible(people, digits, lost, findings)
    return people


def _read(text: str, kind: int) -> dict[str, Any]:
    if kind == NUMBER and "e+" in text:
        return dict.fromkeys(_READING) | {"cleaned": False, "damage": "scientific", "params": "{}"}
    found = nik_text.read(text)
    digits = sum(map(str.isdigit, text))
    return {
        "digits": found.digits,
        "cleaned": found.cleaned,
        "damage": "scientific" if found.damage == "precision_lost" else found.damage,
        "suggestion": found.suggestion or (found.digits if found.cleaned else None),
        "params": f'{{"digits": {digits}}}',
    }


def _report_damage(people: pl.DataFrame, read: pl.DataFrame, findings: Findings) -> None:
    empty = people["nik"].is_null() & ~dittoed(people, "nik")
    findings.add("nik_missing", "nik", people.filter(empty).select("person", pl.lit(None).alias("value")))
    told = read.rename({"text": "value"})
    for damage in ("missing", "two_in_cell", "letters", "scientific", "length"):
        findings.add(f"nik_{damage}", "nik", told.filter(pl.col("damage") == damage))
    findings.add("nik_cleaned", "nik", told.filter(pl.col("cleaned")))


def _said(digits: pl.Series, lost: pl.Series) -> list[pl.Expr]:
    """What the digits say, where they can be a NIK."""
    told = pl.lit(digits)
    day = told.str.slice(6, 2).cast(pl.Int16)
    woman = day > WOMAN_DAY_OFFSET
    birth_day = day - woman.cast(pl.Int16) * WOMAN_DAY_OFFSET
    month, year = told.str.slice(8, 2).cast(pl.Int16), told.str.slice(10, 2).cast(pl.Int16)
    possible = (month >= 1) & (month <= 12) & (birth_day >= 1) & (birth_day <= _days_in(month, year))
    usable = (possible & ~told.str.ends_with("0000") & ~pl.lit(lost)).fill_null(value=False)
    sex = pl.when(woman).then(pl.lit("P")).otherwise(pl.lit("L"))
    parts = {"nik_day": birth_day, "nik_month": month, "nik_year": year, "nik_sex": sex}
    return [
        usable.alias("nik_usable"),
        possible.alias("nik_possible"),
        *(pl.when(usable).then(part).alias(name) for name, part in parts.items()),
    ]


def _days_in(month: pl.Expr, year: pl.Expr) -> pl.Expr:
    """The last day of a month; February by the two-digit year, where 00 was a leap year in 2000."""
    long = 30 + (month + (month > 7).cast(pl.Int16)) % 2
    return pl.when(month == 2).then(28 + (year % 4 == 0).cast(pl.Int16)).otherwise(long)


def _report_impossible(people: pl.DataFrame, digits: pl.Series, lost: pl.Series, findings: Findings) -> None:
    told = (
        people.select("person", "nik_possible", "nik_usable")
        .with_columns(
            digits.alias("value"),
            lost.alias("lost"),
            (people["nik_kind"] == NUMBER).fill_null(value=False).alias("number"),
        )
        .filter(pl.col("value").is_not_null())
    )
    zero = pl.col("value").str.ends_with("0000")
    too_large = pl.col("lost") & pl.col("number") & (pl.col("value").cast(pl.UInt64) > LARGEST_EXACT_NUMBER)
    suspect = pl.col("lost") & ~pl.col("number")
    findings.add("nik_number_too_large", "nik", told.filter(too_large))
    findings.add("nik_column_suspect", "nik", told.filter(suspect))
    dropped = (pl.col("lost") | (zero & pl.col("number"))) & ~too_large & ~suspect
    findings.add("nik_precision_lost", "nik", told.filter(dropped))
    told = told.filter(~pl.col("lost"))
    findings.add("nik_serial_zero", "nik", told.filter(zero & ~pl.col("number")))
    impossible = told.filter(~pl.col("nik_possible") & ~zero)
    parts = params_of({"birth_part": nik[6:12]} for nik in impossible["value"])
    findings.add("nik_birth_impossible", "nik", impossible.with_columns(parts))
    strange = told.filter(pl.col("nik_usable") & ~pl.col("value").str.slice(0, 6).is_in(_known_prefixes()))
    codes = params_of({"region": f"{nik[:2]}.{nik[2:4]}.{nik[4:6]}"} for nik in strange["value"])
    findings.add("nik_region_unknown", "nik", strange.with_columns(codes))


@cache
def _known_prefixes() -> pl.Series:
    """The six digits of every kecamatan in force."""
    return pl.Series(regions.kecamatan_codes(), dtype=pl.String).implode()
