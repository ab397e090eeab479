"""A paper of the office in one form: letterhead, title, facts, tables with their sums, terbilang, signatures, notes.

The same content becomes a PDF to sign and a workbook to go on working with.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.conf import settings
from lokal import terbilang

from payung.doors.papers.heading import heading, heading_lines
from payung.doors.papers.legible import legible
from payung.doors.papers.press import printed
from payung.doors.papers.spreadsheet import FIGURE, RUPIAH, cell_text, new_workbook, print_setup
from payung.doors.papers.wording import Wording

Cell = str | int | None
NARROW_TABLE = 6
"""A table of more columns than these is printed across the sheet."""


@dataclass(frozen=True)
class Column:
    """A heading; `width` in millimetres, 0 for what is left. Figures stand right."""

    heading: str
    width: int = 0
    figures: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table; its last row sums it up when there is a sum. Figures are whole numbers, None an empty cell."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] = ()


@dataclass(frozen=True)
class Signature:
    """Room for one hand: the post, and who holds it as far as that is known. None: somebody who has no such number."""

    post: str
    name: str = ""
    employee_number: str | None = ""


@dataclass(frozen=True)
class OfficePaper:
    """What the paper says, worded in one language. `amount` is its label and rupiah, also printed as terbilang;
    `letter` are the lines of the office's own letterhead, which then stand in place of `office`. What those who sign
    declare stands above their hands, notes below.
    """

    language: str
    government: str
    office: str
    title: str
    subject: str
    footer: str
    facts: Sequence[tuple[str, str]] = ()
    sheets: Sequence[Sheet] = ()
    amount: tuple[str, int] | None = None
    place_and_date: str = ""
    declared: Sequence[str] = ()
    signatures: Sequence[Signature] = ()
    notes: Sequence[str] = field(default_factory=tuple)
    letter: Sequence[str] = ()
    pictures: Sequence[str] = ()
    """SVG, each as wide as the page, before the tables."""

    @property
    def lines(self) -> int:
        return sum(len(sheet.rows) for sheet in self.sheets)


def in_words(rupiah: int) -> str:
    """Terbilang of an amount as Indonesian papers print it; a credit says so first."""
    words = terbilang(abs(rupiah), currency=True, case="sentence")
    return f"Minus {words[0].lower()}{words[1:]}" if rupiah < 0 else words


def paper_pdf(paper: OfficePaper, *, printed_on: date) -> bytes:
    """The paper on A4. The same arguments give the same bytes. Raises PaperNotPrinted."""
    return printed("office_paper.typ", _form(paper), printed_on=printed_on, lines=paper.lines)


def _form(paper: OfficePaper) -> dict[str, Any]:
    wording = Wording(paper.language)
    label, rupiah = paper.amount or ("", 0)
    return {
        "language": paper.language,
        "banner": wording.text("page", "synthetic") if settings.PAYUNG_DEMO else "",
        **_heading(paper, wording),
        "pictures": list(paper.pictures),
        "title": paper.title,
        "subject": legible(paper.subject),
        "facts": [[told, legible(value)] for told, value in paper.facts],
        "sheets": [_printed(sheet, wording) for sheet in paper.sheets],
        "amount": [label, wording.rupiah(rupiah), wording.text("bill", "in_words"), in_words(rupiah)] if label else [],
        "place_and_date": paper.place_and_date,
        "declared": list(paper.declared),
        "signatures": [[one.post, one.name, _number(one, wording)] for one in paper.signatures],
        "notes": list(paper.notes),
        "footer": paper.footer,
        "page_of": wording.text("page", "page_of"),
        "wide": any(len(sheet.columns) > NARROW_TABLE for sheet in paper.sheets),
    }


def _number(one: Signature, wording: Wording) -> str:
    if one.employee_number is None:
        return ""
    return f"{wording.text('bill', 'employee_number')} {one.employee_number}".strip()


def _heading(paper: OfficePaper, wording: Wording) -> dict[str, Any]:
    return heading(paper.government, paper.letter, wording, office=paper.office)


def _printed(sheet: Sheet, wording: Wording) -> dict[str, Any]:
    def told(cell: Cell) -> str:
        return "" if cell is None else wording.number(cell) if isinstance(cell, int) else legible(cell)

    return {
        "title": sheet.title,
        "columns": [[one.heading, one.width, one.figures] for one in sheet.columns],
        "rows": [[told(cell) for cell in row] for row in sheet.rows],
        "total": [told(cell) for cell in sheet.total],
    }


def paper_workbook(paper: OfficePaper, *, made_on: date) -> bytes:
    """The paper as .xlsx, one sheet a table: texts as texts, figures as figures, sums as values."""
    wording = Wording(paper.language)
    target = BytesIO()
    with new_workbook(target, title=paper.title, made_on=made_on) as book:
        for sheet in paper.sheets:
            _write(book, paper, sheet, wording)
    return target.getvalue()


def _write(book: xlsxwriter.Workbook, paper: OfficePaper, sheet: Sheet, wording: Wording) -> None:
    page = book.add_worksheet(sheet.title[:31])
    bold = book.add_format({"bold": True})
    shade = book.add_format({"bold": True, "bg_color": "#F3F3F3", "bottom": 1, "text_wrap": True})
    figure = book.add_format({"num_format": FIGURE})
    sums = book.add_format({"bold": True, "top": 1, "num_format": FIGURE})
    banner = wording.text("page", "synthetic") if settings.PAYUNG_DEMO else ""
    facts = [f"{label}: {told}" for label, told in paper.facts]
    above = filter(None, (banner, *heading_lines(_heading(paper, wording)), paper.title, paper.subject, *facts))
    row = -1
    for row, text in enumerate(above):  # the rows go on below
        page.write_string(row, 0, cell_text(text), bold)
    row += 2
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, 16 if column.figures else 8 if column.width and column.width < 14 else 32)
        page.write_string(row, at, column.heading, shade)
    heading_row = row
    for cells, form in (*((cells, None) for cells in sheet.rows), *(((sheet.total, bold),) if sheet.total else ())):
        row += 1
        for at, cell in enumerate(cells):
            if isinstance(cell, int):
                page.write_number(row, at, cell, sums if form else figure)
            elif cell:
                page.write_string(row, at, cell_text(cell), form)
    if paper.amount and sheet is paper.sheets[-1]:
        page.write_string(row + 2, 0, paper.amount[0], bold)
        page.write_number(row + 2, 1, paper.amount[1], book.add_format({"bold": True, "num_format": RUPIAH}))
        page.write_string(row + 3, 0, in_words(paper.amount[1]))
    for at, note in enumerate(paper.notes, start=row + 5):
        page.write_string(at, 0, cell_text(note))
    print_setup(page, header=f"{paper.title} · {paper.subject}", page_of=wording.text("page", "page_of"),
                repeat_row=heading_row)  # fmt: skip
