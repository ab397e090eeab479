"""The first sheet of a bill's workbook: facts, sums, footnotes."""

from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format

from payung.doors.papers.bill_content import Table, by_programme, by_reason, facts, title
from payung.doors.papers.bill_notes import notes
from payung.doors.papers.office_paper import in_words
from payung.doors.papers.spreadsheet import FIGURE, RUPIAH, cell_text
from payung.doors.papers.wording import Wording
from payung.office.billing.queries import BillHead, Line

_LAST_COLUMN = 3
_NOTE_CHARACTERS = 110


def write_summary(
    workbook: xlsxwriter.Workbook,
    head: BillHead,
    lines: Sequence[Line],
    *,
    above: Sequence[str],
    printed: str,
    wording: Wording,
) -> None:
    """The sheet Ringkasan, from its first row to its last; `above` stands over the title, `printed` says when."""
    page = _Page(workbook, wording.text("bill", "summary_sheet"))
    for line in above:
        page.line(line, page.bold)
    page.title(title(head, wording))
    page.space()
    for label, value in facts(head, len(lines), wording):
        page.line(label, page.plain, value)
    page.line(printed, page.plain)
    page.space()
    for table in (by_programme(head, lines, wording), by_reason(lines, wording)):
        if table is not None:
            page.table(table)
            page.space()
    page.amount(wording.text("bill", "total"), head.total_rupiah)
    page.line(wording.text("bill", "in_words"), page.plain, in_words(head.total_rupiah))
    if head.paid_rupiah:
        page.amount(wording.text("bill", "paid"), head.paid_rupiah)
        page.amount(wording.text("bill", "outstanding"), head.outstanding_rupiah)
    page.space()
    for note in [*notes(head, lines, wording), wording.text("bill", "values_note")]:
        page.note(note)


class _Page:
    """A sheet written row by row."""

    def __init__(self, workbook: xlsxwriter.Workbook, name: str) -> None:
        self._sheet = workbook.add_worksheet(name)
        self._sheet.set_column(0, 0, 50)
        self._sheet.set_column(1, _LAST_COLUMN, 24)
        self._sheet.hide_gridlines(2)
        self._row = 0
        shade = {"bold": True, "bg_color": "#F3F3F3", "bottom": 1}
        self.plain = workbook.add_format({"align": "left"})
        self.bold = workbook.add_format({"bold": True})
        self._large = workbook.add_format({"bold": True, "font_size": 14})
        self._rupiah = workbook.add_format({"bold": True, "num_format": RUPIAH, "align": "right"})
        self._first_header = workbook.add_format(shade)
        self._header = workbook.add_format({**shade, "align": "right"})
        self._figure = workbook.add_format({"num_format": FIGURE})
        self._sum_label = workbook.add_format({"bold": True, "top": 1})
        self._sum = workbook.add_format({"bold": True, "top": 1, "num_format": FIGURE})
        self._note = workbook.add_format({"text_wrap": True, "valign": "top", "italic": True, "font_size": 9})

    def space(self) -> None:
        """An empty row."""
        self._row += 1

    def title(self, text: str) -> None:
        """The title in large letters."""
        self._sheet.set_row(self._row, 21)
        self.line(text, self._large)

    def line(self, label: str, form: Format, value: str | None = None) -> None:
        """A text, perhaps with another beside it."""
        self._sheet.write_string(self._row, 0, cell_text(label), form)
        if value is not None:
            self._sheet.write_string(self._row, 1, cell_text(value), self.plain)
        self._row += 1

    def amount(self, label: str, rupiah: int) -> None:
        """A label with its rupiah, in bold."""
        self._sheet.write_string(self._row, 0, label, self.bold)
        self._sheet.write_number(self._row, 1, rupiah, self._rupiah)
        self._row += 1

    def table(self, table: Table) -> None:
        """Headers, rows and the row of sums, all of them values."""
        for column, header in enumerate(table.headers):
            self._sheet.write_string(self._row, column, header, self._header if column else self._first_header)
        self._row += 1
        for label, figures in table.rows:
            self._figures(label, figures, None, self._figure)
        self._figures(*table.sums, self._sum_label, self._sum)

    def _figures(self, label: str, figures: Sequence[int], label_form: Format | None, form: Format) -> None:
        self._sheet.write_string(self._row, 0, label, label_form)
        for column, figure in enumerate(figures, start=1):
            self._sheet.write_number(self._row, column, figure, form)
        self._row += 1

    def note(self, text: str) -> None:
        """A footnote across the sheet, as high as it needs."""
        self._sheet.set_row(self._row, 13 * (1 + len(text) // _NOTE_CHARACTERS))
        self._sheet.merge_range(self._row, 0, self._row, _LAST_COLUMN, cell_text(text), self._note)
        self._row += 1
