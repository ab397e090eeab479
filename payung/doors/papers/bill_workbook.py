"""A bill as a workbook: the summary, and every line as figures to go on working with."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import xlsxwriter
from django.conf import settings

from payung.doors.papers.bill_content import amount_columns, holds_all, totals
from payung.doors.papers.bill_summary import write_summary
from payung.doors.papers.heading import heading, heading_lines
from payung.doors.papers.letterhead import letter_lines
from payung.doors.papers.spreadsheet import FIGURE, cell_text, month_format, new_workbook, print_setup
from payung.doors.papers.wording import Wording
from payung.office.billing.queries import BillHead, Line
from payung.office.places.models import Letterhead


def bill_workbook(
    head: BillHead,
    lines: Sequence[Line],
    *,
    government_name: str,
    printed_on: date,
    language: str,
    letterhead: Letterhead | None = None,
) -> bytes:
    """The bill as .xlsx: sheets Ringkasan and Rincian. Amounts are numbers, totals are values, nothing is a formula.

    `lines` are all the lines of the bill.
    """
    assert holds_all(head, lines), "a paper shows every line of its bill"
    wording = Wording(language)
    banner = wording.text("page", "synthetic") if settings.PAYUNG_DEMO else ""
    target = BytesIO()
    above = heading_lines(heading(government_name, letter_lines(letterhead), wording))
    printed = wording.text("page", "printed_on", day=wording.long_date(printed_on))
    header = " · ".join(filter(None, (banner, head.number, head.unit)))
    page_of = wording.text("page", "page_of")
    title = f"{wording.text('bill', 'title')} {head.number}"
    with new_workbook(target, title=title, made_on=printed_on) as book:
        write_summary(book, head, lines, above=[banner, *above] if banner else above, printed=printed, wording=wording)
        _write_lines(book, head.membership_class, lines, wording)
        first, second = book.worksheets()
        print_setup(first, header=header, page_of=page_of, pages_high=1)
        print_setup(second, header=header, page_of=page_of, repeat_row=0)
    return target.getvalue()


def _write_lines(workbook: xlsxwriter.Workbook, membership_class: str, lines: Sequence[Line], wording: Wording) -> None:
    """The sheet Rincian: header, one row a line, the sums at the end."""
    sheet = workbook.add_worksheet(wording.text("bill", "lines_sheet"))
    amounts = amount_columns(lines)
    header = workbook.add_format(
        {"bold": True, "bg_color": "#F3F3F3", "bottom": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    number = workbook.add_format({"align": "center"})
    text = workbook.add_format({"num_format": "@"})
    month = workbook.add_format({"num_format": month_format(wording.language), "align": "center"})
    figure = workbook.add_format({"num_format": FIGURE})
    columns = _columns(membership_class, amounts, wording)
    for at, (label, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, label, header)
    sheet.freeze_panes(1, 2)
    for row, line in enumerate(lines, start=1):
        sheet.write_number(row, 0, row, number)
        sheet.write_string(row, 1, cell_text(line.name), text)
        sheet.write_string(row, 2, cell_text(line.opd), text)
        sheet.write_datetime(row, 3, line.for_month, month)
        figures = (line.wage_rupiah, *(line.amounts[name] for name in amounts), line.total_rupiah)
        for at, value in enumerate(figures, start=4):
            sheet.write_number(row, at, value, figure)
        if line.reason != "regular":
            sheet.write_string(row, len(columns) - 1, wording.text("reason", line.reason), text)
    if lines:
        sheet.autofilter(0, 0, len(lines), len(columns) - 1)
    _write_sums(workbook, lines, len(columns), wording)


def _write_sums(workbook: xlsxwriter.Workbook, lines: Sequence[Line], width: int, wording: Wording) -> None:
    """The last row, under the part that filters move."""
    sheet, row = workbook.worksheets()[-1], len(lines) + 1
    label = workbook.add_format({"bold": True, "top": 1})
    sum_figure = workbook.add_format({"bold": True, "top": 1, "num_format": FIGURE})
    found = totals(lines, amount_columns(lines))
    for at in range(width):
        sheet.write_blank(row, at, None, label)
    sheet.write_string(row, 1, wording.text("bill", "grand_total"), label)
    for at, value in enumerate(found, start=5):
        sheet.write_number(row, at, value, sum_figure)


def _columns(membership_class: str, amounts: Sequence[str], wording: Wording) -> list[tuple[str, float]]:
    """Headers with widths in characters."""
    return [
        (wording.text("bill", "line"), 7),
        (wording.text("bill", "name"), 34),
        (wording.text("bill", "opd"), 26),
        (wording.text("bill", "for_month"), 11),
        (wording.text("bill", f"base_{membership_class}"), 15),
        *((f"{wording.text('column', name)} (Rp)", 14) for name in amounts),
        (wording.text("bill", "sum"), 16),
        (wording.text("bill", "remark"), 44),
    ]
