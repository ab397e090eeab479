"""Write laid-out sheets as .xlsx (real dates, merged cells, formulas in subtotals) or .csv with semicolons.

The same sheets give the same bytes: the date inside a workbook is that of the list, never of today.
"""

import csv
from datetime import date, datetime, time
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from payung.doors.world.sheets import Line, Sheet
from payung.doors.world.styles import Style

WIDTHS = {
    "number": 5, "nik": 20, "kk": 20, "name": 30, "mother_name": 26, "sponsor_nip": 21, "sponsor_name": 28, "ttl": 32,
    "birth_place": 16, "birth_date": 13, "started_on": 13, "sex": 6, "job": 28, "unit": 28, "address": 26,
    "account": 16, "village": 20, "district": 20, "phone": 15, "wage": 14, "sk_number": 24,
}  # fmt: skip
LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "align": "center"},
    "head": {
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "border": 1,
        "bg_color": "#D9E1F2",
        "text_wrap": True,
    },
    "section": {"bold": True, "bg_color": "#F2F2F2", "border": 1},
    "total": {"bold": True, "border": 1},
    "total money": {"bold": True, "border": 1, "num_format": "#,##0"},
    "person": {"border": 1},
    "person date": {"border": 1, "num_format": "dd/mm/yyyy"},
    "person money": {"border": 1, "num_format": "#,##0"},
    "person digits": {"border": 1, "num_format": "0"},
    "note": {"italic": True, "font_size": 9},
}


def write_file(path: Path, sheets: list[Sheet], style: Style, *, listed_on: date) -> None:
    """One file of an office. A .csv has one sheet."""
    if style.csv:
        _write_csv(path, sheets[0])
    else:
        _write_workbook(path, sheets, style, listed_on)


def _write_csv(path: Path, sheet: Sheet) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        width = max(len(line.values) for line in sheet.lines)
        for line in sheet.lines:
            padded = [*line.values, *[None] * (width - len(line.values))]
            writer.writerow(["" if value is None else str(value) for value in padded])


def _write_workbook(path: Path, sheets: list[Sheet], style: Style, listed_on: date) -> None:
    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(path, options)
    book.set_properties({
        "title": "Data sintetis",
        "comments": "Dibuat oleh payung world. Tidak seorang pun di dalamnya nyata.",
        "created": datetime.combine(listed_on, time()),
    })  # fmt: skip
    looks = {name: book.add_format(look) for name, look in LOOKS.items()}
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, style, looks)
    book.close()


def _write_sheet(page: Worksheet, sheet: Sheet, style: Style, looks: dict[str, Format]) -> None:
    fields = [column.field for column in style.columns]
    for at, field in enumerate(fields):
        page.set_column(at, at, WIDTHS.get(field, 12))
    for first_row, first_column, last_row, last_column in sheet.merges:
        line = sheet.lines[first_row]
        page.merge_range(
            first_row, first_column, last_row, last_column, line.values[first_column], looks.get(line.look)
        )
    merged = {(row, column) for row, column, _, _ in sheet.merges}
    for row, line in enumerate(sheet.lines):
        if line.hidden:
            page.set_row(row, None, None, {"hidden": True})
        for at, value in enumerate(line.values):
            if value is not None and (row, at) not in merged:
                _write_cell(page, row, at, value, fields[at], line, looks)
        if line.look == "total" and line.sum_from_row and "wage" in fields:
            _write_sum(page, row, fields.index("wage"), sheet, line, looks["total money"])


def _write_cell(
    page: Worksheet,
    row: int,
    at: int,
    value: str | int | date,
    field: str,
    line: Line,
    looks: dict[str, Format],
) -> None:
    if isinstance(value, str):
        page.write_string(row, at, value, looks.get(line.look))
    elif isinstance(value, int):
        kinds = {"wage": "person money", "nik": "person digits"}
        look = kinds.get(field, line.look) if line.look == "person" else line.look
        page.write_number(row, at, value, looks.get(look))
    else:
        page.write_datetime(row, at, value, looks["person date"])


def _write_sum(page: Worksheet, row: int, at: int, sheet: Sheet, line: Line, look: Format) -> None:
    people = [other.values[at] for other in sheet.lines[line.sum_from_row : row]]
    total = sum(value for value in people if isinstance(value, int))
    page.write_formula(row, at, f"=SUM({xl_range(line.sum_from_row, at, row - 1, at)})", look, total)
