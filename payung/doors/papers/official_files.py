"""The files for BPJS: the sheet of the layout, every cell text, at most 10,000 rows each, all of them in one zip.

SIPP takes .xls and .xlsx; these are .xlsx. It refuses a renamed template, so a second file of a kind has the same name
in a folder of its own.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from payung.doors.papers.spreadsheet import cell_text, new_workbook
from payung.rules.roster.known_layouts import Layout


@dataclass(frozen=True)
class OfficialFile:
    """One file: its number among those of its kind, its name, its layout, and the texts of its rows by field."""

    kind: str
    number: int
    name: str
    layout: Layout
    cells: pl.DataFrame


def official_zip(files: Iterator[OfficialFile], *, made_on: date) -> bytes:
    """All files, each in the folder of its kind and number: "new-1/template_tk_14005857.xlsx"."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(f"{file.kind}-{file.number}/{file.name}", official_workbook(file, made_on=made_on))
    return target.getvalue()


def official_workbook(file: OfficialFile, *, made_on: date) -> bytes:
    """The heading as the layout has it, then a row for each person; a cell without a value stays empty."""
    target = io.BytesIO()
    with new_workbook(target, title=file.layout.name, made_on=made_on) as book:
        sheet = book.add_worksheet((*file.layout.sheet_names, "Daftar")[0])
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(file.layout.columns) - 1, 18, text)
        for at, column in enumerate(file.layout.columns):
            sheet.write_string(0, at, column.heading, text)
        wanted = file.cells.select(column.field for column in file.layout.columns)
        for row, values in enumerate(wanted.iter_rows(), start=1):
            for at, value in enumerate(values):
                if value is not None:
                    sheet.write_string(row, at, cell_text(value), text)
    return target.getvalue()
