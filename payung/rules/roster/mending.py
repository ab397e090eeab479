"""Cells that a person corrected, put in place of what the file holds: the file itself stays as it came."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from payung.rules.roster.apart.frames import TEXT
from payung.rules.roster.workbook import Sheet, Workbook

Cells = Mapping[tuple[int, str], str]
"""(position, letter of the column) -> the text that a person typed. Positions count the rows of all sheets from 0."""


def mended(workbook: Workbook, cells: Cells) -> Workbook:
    """The workbook with these cells as text. Cells that stand on no sheet are left out."""
    sheets, first = [], 0
    for sheet in workbook.sheets:
        own = {
            (position - first, letter): text
            for (position, letter), text in cells.items()
            if 0 <= position - first < sheet.height and letter in sheet.letters
        }
        sheets.append(_mended(sheet, own) if own else sheet)
        first += sheet.height
    return Workbook(workbook.name, tuple(sheets))


def _mended(sheet: Sheet, cells: Cells) -> Sheet:
    texts, kinds = dict(sheet.texts.to_dict()), dict(sheet.kinds.to_dict())
    for letter in {letter for _, letter in cells}:
        rows = {row: text for (row, at), text in cells.items() if at == letter}
        texts[letter] = texts[letter].scatter(list(rows), pl.Series(list(rows.values()), dtype=pl.String))
        kinds[letter] = kinds[letter].scatter(list(rows), pl.Series([TEXT] * len(rows), dtype=pl.UInt8))
    return replace(sheet, texts=pl.DataFrame(texts), kinds=pl.DataFrame(kinds))
