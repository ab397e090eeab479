"""Small workbooks with known headings, read into text columns: lists of civil servants, returns of deductions."""

import tempfile
from pathlib import Path

import polars as pl

from payung.rules.roster.reading import read
from payung.rules.roster.workbook import Sheet

HEADER_WITHIN = 30


class NoSuchColumns(Exception):
    """No sheet has the headings that are needed; `missing` names them."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


def table(content: bytes, name: str, *, needed: tuple[str, ...], more: tuple[str, ...] = ()) -> pl.DataFrame:
    """The first sheet with these headings: `row` (as in the file) and a text column for each heading, lower case.

    Raises `UnreadableWorkbook` and NoSuchColumns.
    """
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        path = Path(folder) / ("sheet" + Path(name).suffix.lower())
        path.write_bytes(content)
        sheets = read(path, name=name).sheets
    for sheet in sheets:
        found = _header(sheet, needed)
        if found is not None:
            return _body(sheet, *found, headings=(*needed, *more))
    raise NoSuchColumns(needed)


def _header(sheet: Sheet, needed: tuple[str, ...]) -> tuple[int, dict[str, str]] | None:
    for number, cells in sheet.rows(1, min(sheet.height, HEADER_WITHIN)):
        named = {
            " ".join(str(cell).upper().split()): letter
            for letter, cell in zip(sheet.letters, cells, strict=True)
            if cell
        }
        if all(heading in named for heading in needed):
            return number, named
    return None


def _body(sheet: Sheet, at: int, letters: dict[str, str], *, headings: tuple[str, ...]) -> pl.DataFrame:
    empty = pl.lit(None, pl.String)
    text = {
        heading: pl.col(letters[heading]).str.strip_chars() if heading in letters else empty for heading in headings
    }
    body = sheet.texts.with_row_index("row", offset=1).filter(pl.col("row") > at)
    told = body.select(
        pl.col("row").cast(pl.Int64), *(expression.alias(name.lower()) for name, expression in text.items())
    )
    return told.filter(pl.any_horizontal(pl.col(name.lower()).is_not_null() for name in headings))
