"""Rows as linkage compares them: every mark read, tidied of writing habits, and unknown where it says nothing.

A table may lack any column. What cannot be read is unknown, never an empty text that could agree with another.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

from payung.rules.identity import birth_dates, names, nik_text
from payung.rules.linkage.sounds import sound

COLUMNS = ("nik", "name", "birth_date", "birth_place", "sex", "village", "mother_name")
"""What a table may tell of a person, beside its `id`."""

FIELDS: dict[str, Any] = {
    "nik": pl.String,
    "name": pl.String,
    "name_sound": pl.String,
    "birth": pl.Date,
    "sex": pl.String,
    "village": pl.String,
    "birth_place": pl.String,
    "mother": pl.String,
}
"""A row ready for comparison. `nik` holds the digits that stand there, also when some were lost."""

SHORTEST_NUMBER = 5
"""Digits; what is shorter is a running number, not a damaged NIK."""

_UNKNOWN = frozenset((
    "", "-", "--", "?", "0", "x", "xx", "xxx", "na", "n/a", "nan", "nihil", "kosong", "null", "none", "lupa",
    "tidak ada", "tdk ada", "belum ada", "tidak tahu", "tidak diketahui", "unknown",
))  # fmt: skip
_MEN = frozenset(("l", "lk", "laki", "laki2", "lakilaki", "pria", "m", "male", "1"))
_WOMEN = frozenset(("p", "pr", "pempuan", "perempuan", "wanita", "f", "female", "2"))
_NOT_DIGITS = re.compile(r"\D+")
_NOT_WORDS = re.compile(r"[\W_]+")
_VILLAGE_WORD = re.compile(r"^(?:kelurahan|kel|desa|ds)\b[.:\s]*", re.IGNORECASE)
_PLACE_WORD = re.compile(r"^(?:kabupaten|kab|kota administrasi|kota adm|kota)\b[.:\s]*", re.IGNORECASE)
_NUMBER_MADE_TEXT = re.compile(r"\.0$")


def read(table: pl.DataFrame, *, on: date) -> pl.DataFrame:
    """`id` and FIELDS of each row of a table whose columns are texts (`birth_date` may be dates).

    `on` settles the century of two-digit years. A missing birth date or sex is taken from a NIK that can exist.
    """
    full = table.with_columns(
        pl.lit(None, dtype=pl.String).alias(name) for name in COLUMNS if name not in table.columns
    )
    digits = _niks(_known(full["nik"]))
    told = pl.DataFrame({
        "id": full["id"],
        "nik": digits,
        "name": _mapped(_known(full["name"]), _name),
        "birth": _births(full["birth_date"], digits, on),
        "sex": _mapped(_known(full["sex"]), _sex),
        "village": _mapped(_known(full["village"]), _village),
        "birth_place": _mapped(_known(full["birth_place"]), _place),
        "mother": _mapped(_known(full["mother_name"]), _name),
    })  # fmt: skip
    return told.with_columns(
        _mapped(told["name"], sound).alias("name_sound"),
        pl.coalesce("birth", _birth_in_nik(on)).alias("birth"),
        pl.coalesce("sex", _sex_in_nik()).alias("sex"),
    ).select("id", *FIELDS)


def whole(digits: pl.Expr) -> pl.Expr:
    """Whether sixteen digits stand there."""
    return digits.str.contains(r"^\d{16}$")


def _known(column: pl.Series) -> pl.Series:
    """The texts of a column without those that only say that nothing is known."""
    if column.dtype != pl.String:
        return column
    bare = column.str.strip_chars()
    return bare.set(bare.str.to_lowercase().is_in(list(_UNKNOWN)), None)


def _mapped(column: pl.Series, reading: Callable[[str], str | None]) -> pl.Series:
    """Each different text read once."""
    texts = column.drop_nulls().unique()
    return column.replace_strict(texts, [reading(text) for text in texts], default=None, return_dtype=pl.String)


def _niks(column: pl.Series) -> pl.Series:
    """Plain sixteen digits as they are, anything else as far as it holds digits."""
    frame = column.alias("nik").to_frame()
    plain = pl.col("nik").str.contains(r"^\d{16}$")
    odd = frame.select(pl.when(~plain).then("nik")).to_series()
    read_ones = frame.select(pl.when(plain).then("nik").otherwise(_mapped(odd, _digits))).to_series()
    repeated = read_ones.str.contains(r"^(?:0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)$")
    return read_ones.set(repeated, None)


def _digits(text: str) -> str | None:
    reading = nik_text.read(text)
    if reading.digits is not None:
        return reading.digits
    if reading.damage in ("missing", "two_in_cell", "precision_lost"):
        return None
    digits = reading.suggestion or _NOT_DIGITS.sub("", _NUMBER_MADE_TEXT.sub("", text))
    return digits if len(digits) >= SHORTEST_NUMBER else None


def _name(text: str) -> str | None:
    return names.key(text) or None


def _sex(text: str) -> str | None:
    bare = _NOT_WORDS.sub("", text).lower()
    return "L" if bare in _MEN else "P" if bare in _WOMEN else None


def _village(text: str) -> str | None:
    return _NOT_WORDS.sub("", _VILLAGE_WORD.sub("", text)).upper() or None


def _place(text: str) -> str | None:
    return _NOT_WORDS.sub("", _PLACE_WORD.sub("", text)).upper() or None


def _births(column: pl.Series, niks: pl.Series, on: date) -> pl.Series:
    """The likeliest day of each text; where there are two, the one that the NIK of the row says."""
    if column.dtype == pl.Date:
        return column
    texts = _known(column.cast(pl.String))
    days = {text: birth_dates.read(text, on).days for text in texts.drop_nulls().unique()}
    first, second = (
        texts.replace_strict(
            list(days), [told[at] if len(told) > at else None for told in days.values()],
            default=None, return_dtype=pl.Date,
        )
        for at in (0, 1)
    )  # fmt: skip
    frame = pl.DataFrame({"nik": niks, "first": first, "second": second}).with_columns(_stem_day().alias("stem"))
    settled = pl.col("second").dt.strftime("%d%m%y") == pl.col("stem")
    return frame.select(pl.when(settled).then("second").otherwise("first")).to_series()


def _stem_day() -> pl.Expr:
    """ddmmyy of the birthday in a NIK, the 40 of women taken off."""
    day = pl.col("nik").str.slice(6, 2).cast(pl.Int32, strict=False)
    plain = pl.when(day > 40).then(day - 40).otherwise(day).cast(pl.String).str.zfill(2)
    return pl.when(whole(pl.col("nik"))).then(plain + pl.col("nik").str.slice(8, 4))


def _birth_in_nik(on: date) -> pl.Expr:
    """The latest such day that is not after `on`."""
    stem = _stem_day()
    recent, before = (
        (stem.str.head(4) + century + stem.str.tail(2)).str.to_date("%d%m%Y", strict=False) for century in ("20", "19")
    )
    return pl.when(recent <= pl.lit(on)).then(recent).otherwise(before)


def _sex_in_nik() -> pl.Expr:
    day = pl.col("nik").str.slice(6, 2).cast(pl.Int32, strict=False)
    sex = pl.when(day.is_between(1, 31)).then(pl.lit("L")).when(day.is_between(41, 71)).then(pl.lit("P"))
    return pl.when(whole(pl.col("nik"))).then(sex)
