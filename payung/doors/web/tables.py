"""A table that is small enough to be whole: sorted by a link, downloaded as a workbook."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from payung.doors.papers.spreadsheet import new_workbook
from payung.doors.web.components import Column
from payung.doors.web.environment import same_page
from payung.doors.web.translation import t

Row = TypeVar("Row")
Cell = str | int | date | None
Written = Callable[[int, int], None]
"""Hears how many rows of how many are written."""
TOLD_ROWS = 1_000
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Field(Generic[Row]):
    """One column: its name in the address, its heading (source text), and what it takes from a row."""

    name: str
    label: str
    value: Callable[[Row], Cell]
    figures: bool = False


@dataclass(frozen=True)
class Arranged(Generic[Row]):
    """Headings and rows, in the order the request asks for."""

    columns: list[Column]
    rows: list[Row]


def headings(*columns: str, figures: Sequence[str] = ()) -> list[Column]:
    """Plain headings from source texts; those named in `figures` stand right."""
    return [Column(t(label), figures=label in figures) for label in columns]


def arrange(request: HttpRequest, fields: Sequence[Field[Row]], rows: Sequence[Row]) -> Arranged[Row]:
    """Sorted by `?urut=name`, or `?urut=-name` downwards; without it the rows stay as they come."""
    asked = request.GET.get("urut", "")
    chosen = next((field for field in fields if field.name == asked.removeprefix("-")), None)
    if chosen is None:
        asked = ""
    columns = [_column(request, field, asked) for field in fields]
    if chosen is None:
        return Arranged(columns=columns, rows=list(rows))
    take = chosen.value
    known = [row for row in rows if take(row) is not None]
    unknown = [row for row in rows if take(row) is None]
    known.sort(key=lambda row: _sortable(take(row)), reverse=asked.startswith("-"))
    return Arranged(columns=columns, rows=known + unknown)


def _sortable(cell: Cell) -> tuple[int, int, str]:
    """Numbers and dates by size, texts by letters."""
    if isinstance(cell, date):
        return (0, cell.toordinal(), "")
    return (0, cell, "") if isinstance(cell, int) else (1, 0, (cell or "").casefold())


def _column(request: HttpRequest, field: Field[Row], asked: str) -> Column:
    down = asked == "-" + field.name
    up = asked == field.name
    return Column(
        label=t(field.label),
        figures=field.figures,
        href=same_page(request, urut="-" + field.name if up else field.name, sesudah=None),
        order="descending" if down else "ascending" if up else "",
    )


def workbook(
    name: str, title: str, fields: Sequence[Field[Row]], rows: Sequence[Row], *, told: Written | None = None
) -> HttpResponse:
    """The table as a workbook. Texts are written as texts, so nothing in them is ever executed."""
    buffer = io.BytesIO()
    with new_workbook(buffer, title=title[:250], made_on=timezone.localdate()) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        thousands = book.add_format({"num_format": "#,##0"})
        day = book.add_format({"num_format": "d mmm yyyy"})
        sheet.write_string(0, 0, title, bold)
        for index, field in enumerate(fields):
            sheet.write_string(2, index, t(field.label), bold)
            sheet.set_column(index, index, 14 if field.figures else 28)
        for number, row in enumerate(rows, start=3):
            if told and number % TOLD_ROWS == 0:
                told(number - 3, len(rows))
            for index, field in enumerate(fields):
                cell = field.value(row)
                if isinstance(cell, date):
                    sheet.write_datetime(number, index, cell, day)
                elif isinstance(cell, int):
                    sheet.write_number(number, index, cell, thousands)
                elif cell:
                    sheet.write_string(number, index, cell)
        sheet.freeze_panes(3, 0)
    return attachment(name, buffer.getvalue(), WORKBOOK_TYPE)


def attachment(name: str, content: bytes, content_type: str) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
