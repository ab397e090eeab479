"""The posting confirmation as BPJS sends it, read into a frame. The layout is assumed (DECISIONS: known ground).

Columns by name: NIK, BULAN (YYYY-MM), TOTAL, and KPJ where it is told; others are passed over.
"""

import tempfile
from pathlib import Path

import polars as pl

from payung.office.access.marks import seal_column
from payung.rules.roster.reading import read
from payung.rules.roster.workbook import Sheet


class NoPostingColumns(Exception):
    """The file lacks a column that a posting confirmation needs; `missing` names them."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


NEEDED = ("NIK", "BULAN", "TOTAL")
HEADER_WITHIN = 30


def read_postings(content: bytes, name: str) -> pl.DataFrame:
    """One line per confirmed person and month: row (as in the file), nik_sealed, kpj_sealed, month, amount.

    Raises `UnreadableWorkbook` for a file that cannot be read and NoPostingColumns for one of another kind.
    Rows whose month or amount cannot be read keep a null there and match nobody.
    """
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        path = Path(folder) / ("posting" + Path(name).suffix.lower())
        path.write_bytes(content)
        sheets = read(path, name=name).sheets
    found = [table for sheet in sheets if (table := _table(sheet)) is not None]
    if not found:
        raise NoPostingColumns(NEEDED)
    frame = pl.concat(found)
    return frame.with_columns(
        pl.Series("nik_sealed", seal_column(frame["nik"], kind="nik"), dtype=pl.String),
        pl.Series("kpj_sealed", seal_column(frame["kpj"], kind="kpj"), dtype=pl.String),
    ).drop("nik", "kpj")


def _table(sheet: Sheet) -> pl.DataFrame | None:
    """The sheet's postings below its header row, or None when it has no such header."""
    header = _header(sheet)
    if header is None:
        return None
    at, letters = header
    empty = pl.lit(None, pl.String)
    text = {name: pl.col(letters[name]).str.strip_chars() if name in letters else empty for name in (*NEEDED, "KPJ")}
    month = pl.concat_str(text["BULAN"].str.slice(0, 7), pl.lit("-01")).str.to_date("%Y-%m-%d", strict=False)
    body = sheet.texts.with_row_index("row", offset=1).filter(
        (pl.col("row") > at) & pl.any_horizontal(text[name].is_not_null() for name in NEEDED)
    )
    return body.select(
        pl.col("row").cast(pl.Int64),
        text["NIK"].alias("nik"),
        text["KPJ"].alias("kpj"),
        month.alias("month"),
        text["TOTAL"].cast(pl.Int64, strict=False).alias("amount"),
    )


def _header(sheet: Sheet) -> tuple[int, dict[str, str]] | None:
    """The row number of the header and the letter of each named column."""
    for number, cells in sheet.rows(1, min(sheet.height, HEADER_WITHIN)):
        named = {str(cell).strip().upper(): letter for letter, cell in zip(sheet.letters, cells, strict=True) if cell}
        if all(name in named for name in NEEDED):
            return number, named
    return None
