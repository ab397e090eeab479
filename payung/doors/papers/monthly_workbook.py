"""The sheet that an OPD is sent for a month: a locked line for each of its people, and an empty sheet for new ones."""

import io
from collections.abc import Sequence
from datetime import date

import polars as pl
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from payung.doors.papers.spreadsheet import cell_text, new_workbook, print_setup
from payung.office.enrolment.monthly import UNITS_SHEET
from payung.rules.roster.known_layouts import Column
from payung.rules.roster.monthly import NEW_PEOPLE, NEW_SHEET, lines, template

HOW = (
    "Isi hanya kolom berwarna kuning. Kosong berarti tidak berubah.",
    "Orang baru ditulis di lembar Orang baru. Kolom abu-abu jangan diubah.",
)
HEADING_ROW = 4
"""The headings stand below the title, the two lines of how to fill it in, and an empty one."""
NEW_ROWS = 500
"""Rows of the sheet for new people that are text from the start, so that no NIK loses digits."""
_WIDTHS = {"key": 12, "nik_shown": 20, "name": 32, "moved_to": 26, "note": 32}
_USUAL_WIDTH = 16


def monthly_workbook(expected: pl.DataFrame, units: Sequence[str], *, title: str, made_on: date) -> bytes:
    """`expected` as `rules.roster.monthly.EXPECTED_SCHEMA`; `units` are those to which somebody may move."""
    target = io.BytesIO()
    with new_workbook(target, title=title, made_on=made_on) as book:
        _changes(book, expected, units, title)
        _new_people(book, title)
        sheet = book.add_worksheet(UNITS_SHEET)
        sheet.hide()
        for row, unit in enumerate(units):
            sheet.write_string(row, 0, cell_text(unit))
    return target.getvalue()


def _changes(book: Workbook, expected: pl.DataFrame, units: Sequence[str], title: str) -> None:
    sheet, columns = book.add_worksheet(template().sheet_names[0]), template().columns
    bold = book.add_format({"bold": True})
    locked = book.add_format({"num_format": "@", "bg_color": "#E7E7E7", "locked": True})
    opened = book.add_format({"num_format": "@", "bg_color": "#FFF8DC", "locked": False})
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS.get(column.field, _USUAL_WIDTH))
    sheet.protect("", {"format_columns": True, "autofilter": True, "sort": True})
    sheet.freeze_panes(HEADING_ROW + 1, 3)
    print_setup(sheet, header=title, page_of="{page} / {pages}", repeat_row=HEADING_ROW)
    first, last = HEADING_ROW + 1, HEADING_ROW + max(expected.height, 1)
    _lists(sheet, columns, len(units), first, last)
    for row, text in enumerate((title, *HOW)):
        sheet.write_string(row, 0, cell_text(text), bold if row == 0 else None)
    for at, column in enumerate(columns):
        sheet.write_string(HEADING_ROW, at, column.heading, bold)
    for row, line in enumerate(lines(expected), start=first):
        for at, (column, value) in enumerate(zip(columns, line, strict=True)):
            form = locked if column.locked else opened
            if value is None:
                sheet.write_blank(row, at, None, form)
            else:
                sheet.write_string(row, at, cell_text(str(value)), form)


def _lists(sheet: Worksheet, columns: Sequence[Column], units: int, first: int, last: int) -> None:
    """What can be chosen in a cell, and what is said beside it."""
    for at, column in enumerate(columns):
        if column.codes:
            told = "; ".join(f"{code}: {meaning}" for code, meaning in column.codes.items())
            chosen: dict[str, object] = {"source": list(column.codes), "input_title": "Apa yang berubah?"}
            sheet.data_validation(first, at, last, at, {"validate": "list", "input_message": told, **chosen})
        elif column.field == "moved_to" and units:
            source = f"={UNITS_SHEET}!$A$1:$A${units}"
            sheet.data_validation(first, at, last, at, {"validate": "list", "source": source})


def _new_people(book: Workbook, title: str) -> None:
    sheet = book.add_worksheet(NEW_SHEET)
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    sheet.set_column(0, len(NEW_PEOPLE) - 1, _USUAL_WIDTH + 4)
    sheet.freeze_panes(1, 0)
    print_setup(sheet, header=title, page_of="{page} / {pages}", repeat_row=0)
    for at, heading in enumerate(NEW_PEOPLE):
        sheet.write_string(0, at, heading, bold)
    for row in range(1, NEW_ROWS + 1):
        for at in range(len(NEW_PEOPLE)):
            sheet.write_blank(row, at, None, text)
