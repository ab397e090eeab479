"""What the cells of a column look like, whatever its heading says: shares of a sample, never a decision."""

from dataclasses import dataclass

import polars as pl

from payung.rules.roster.apart.frames import DATE, MOMENT
from payung.rules.roster.people import column_numbers
from payung.rules.roster.workbook import Sheet

_SAMPLE = 500
_LOOKED_ROWS = 5_000
_LEAST_FULL = 3
"""A row of people fills at least a third of the cells that the fullest row fills."""
FEWEST_CELLS = 3
"""Fewer cells say nothing of a column."""
_MARKS = r"[\s.\-'’_,]"
_NIK = r"^\d{6}(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(?:0[1-9]|1[0-2])\d{6}$"
_WOMAN = r"^\d{6}[4-7]\d{9}$"
_DAY = r"(?i)^\s*(?:\d{1,2}\s*[-/. ]\s*(?:\d{1,2}|[a-z]{3,9})\s*[-/. ]\s*(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}.*)\s*$"
_PATTERNS = {
    "nip": r"^(?:19|20)\d{6}(?:19|20)\d{4}[12]\d{3}$",
    "kpj": r"^[1-9]\d{10}$",
    "phone": r"^(?:\+?62|0)8\d{7,11}$",
}
_AS_WRITTEN = {
    "sex": r"(?i)^\s*(?:l|p|lk|pr|w|laki\s*-?\s*laki|perempuan|pria|wanita)\.?\s*$",
    "birth_place_and_date": r"^\s*\p{L}[\p{L} .']+[,;/]\s*\d.*\d{2}\s*$",
    "name": r"^\s*\p{L}[\p{L}.,' ]*\s+\p{L}[\p{L}.,' ]*$",
    "wage": r"(?i)^\s*(?:rp\.?\s*)?(?:\d{5,9}|\d{1,3}(?:[.,]\d{3}){1,3})(?:,-)?\s*$",
    "number": r"^\s*\d{1,6}[.)]?\s*$",
    "address": r"(?i)\b(?:jl|jln|jalan|kp|kampung|gg|gang|blok|dusun|rt)\b",
}
_DIFFERENT_NAMES, _DIFFERENT_MARKS = 0.5, 0.9


@dataclass(frozen=True, slots=True)
class Look:
    """Shares (0 to 1) of a column's filled cells that look like each field; `filled` cells were looked at."""

    filled: int
    shares: dict[str, float]
    has_women: bool = False
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The rows under a heading that are full enough to be people: in a short list totals, signatures and the numbers
    of the columns would otherwise speak as loud as the people.
    """

    texts: pl.DataFrame
    kinds: pl.DataFrame


def table_below(sheet: Sheet, heading_row: int) -> Table:
    """The first rows below a heading that may be people (`heading_row` 0: the sheet has none)."""
    texts, kinds = (frame.slice(heading_row, _LOOKED_ROWS) for frame in (sheet.texts, sheet.kinds))
    numbers = column_numbers(texts)
    filled = sheet.filled.slice(heading_row, _LOOKED_ROWS)
    fullest = filled.filter(~numbers).max() or 0
    people = ~numbers & (filled * _LEAST_FULL >= fullest)
    return Table(texts.filter(people), kinds.filter(people))


def look_at(table: Table, letter: str) -> Look:
    """A sample of a column."""
    cells = pl.DataFrame({"text": table.texts[letter], "kind": table.kinds[letter]})
    cells = cells.filter(pl.col("text").str.contains(r"\w").fill_null(value=False)).head(_SAMPLE)
    if cells.height < FEWEST_CELLS:
        return Look(cells.height, {})
    told = cells.select(_LOOKS).row(0, named=True)
    different, women = told.pop("different"), bool(told.pop("women"))
    counts_up = told.pop("counts_up")
    shares = {field: share or 0.0 for field, share in told.items()}
    shares["birth_date"] = max(shares["birth_date"], shares.pop("day_cells"))
    shares |= _sixteen_digits(shares["nik"], shares.pop("sixteen"), women=women, different=different)
    if different < _DIFFERENT_NAMES:
        shares["name"] = 0.0
    if (counts_up or 0.0) <= _DIFFERENT_NAMES:
        shares["number"] = 0.0
    return Look(
        cells.height,
        {field: share for field, share in shares.items() if share > 0},
        women,
        different < _DIFFERENT_MARKS,
    )


def _part(true: pl.Expr) -> pl.Expr:
    """The share of cells for which something is true; what cannot be said is not."""
    return true.fill_null(value=False).mean()


_TEXT = pl.col("text")
_BARE = _TEXT.str.replace_all(_MARKS, "")
_LOOKS = [
    *(_part(_BARE.str.contains(pattern)).alias(field) for field, pattern in _PATTERNS.items()),
    *(_part(_TEXT.str.contains(pattern)).alias(field) for field, pattern in _AS_WRITTEN.items()),
    _part(_TEXT.str.contains(_DAY)).alias("birth_date"),
    _part(pl.col("kind").is_in([DATE, MOMENT])).alias("day_cells"),
    _part(_BARE.str.contains(_NIK)).alias("nik"),
    _part(_BARE.str.contains(r"^\d{16}$")).alias("sixteen"),
    _BARE.str.contains(_WOMAN).any().alias("women"),
    (_BARE.n_unique() / pl.len()).alias("different"),
    # Whether most numbers are one more than the one above.
    _part((_TEXT.str.extract(r"(\d{1,6})").cast(pl.Int64, strict=False).diff() == 1).slice(1)).alias("counts_up"),
]
"""All that is asked of a column, in one question: a workbook has many columns, and most have few rows."""


def days_that_fit(table: Table, niks: str, days: str) -> float:
    """The share of a column's plain dates that are the birthday inside the NIK of the same row."""
    nik = pl.col("nik").str.replace_all(_MARKS, "")
    day = pl.coalesce(
        pl.col("day").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False),
        *(pl.col("day").str.strip_chars().str.to_date(form, strict=False) for form in ("%d-%m-%Y", "%d/%m/%Y")),
    )
    pairs = (
        pl.DataFrame({"nik": table.texts[niks], "day": table.texts[days]})
        .with_columns(nik.alias("nik"), day.alias("day"))
        .filter(pl.col("nik").str.contains(_NIK) & pl.col("day").is_not_null())
        .head(_SAMPLE)
    )
    if pairs.height < FEWEST_CELLS:
        return 0.0
    inside = pl.col("nik").str.slice(6, 2).cast(pl.Int32) % 40
    agree = (inside == pl.col("day").dt.day()) & (pl.col("nik").str.slice(8, 4) == pl.col("day").dt.strftime("%m%y"))
    return float(pairs.select(_part(agree)).item() or 0.0)


def _sixteen_digits(niks: float, sixteen: float, *, women: bool, different: float) -> dict[str, float]:
    """NIK and KK have one shape: the day of a KK is never above 40, and a family has one for all."""
    if women or different >= _DIFFERENT_MARKS:
        return {"nik": niks, "kk": 0.0 if women else sixteen * 0.5}
    return {"nik": niks * 0.5, "kk": sixteen}
