"""What every workbook of Payung has in common: no text becomes a formula, every sheet prints on A4."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

A4 = 9
LARGEST_TEXT = 32_767
"""UTF-16 units that one cell holds; longer text is cut, with an ellipsis."""

RUPIAH = '"Rp"#,##0;-"Rp"#,##0'
FIGURE = "#,##0;-#,##0"
DAY = "dd-mm-yyyy"

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@contextmanager
def new_workbook(target: BytesIO, *, title: str, made_on: date) -> Iterator[xlsxwriter.Workbook]:
    """A workbook written row by row in constant memory, finished into `target` at the end of the block.

    `made_on` is the day it is dated. Its rows wait in a folder of their own, which goes away whatever happens.
    """
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        workbook = xlsxwriter.Workbook(target, {**_OPTIONS, "tmpdir": folder})
        created = datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC)
        workbook.set_properties({"title": title, "created": created})
        try:
            yield workbook
        finally:
            workbook.close()  # only this closes the files its rows wait in


def month_format(language: str) -> str:
    """ "Okt 2022" out of a date, whatever language Excel speaks."""
    return "[$-409]mmm yyyy" if language == "en" else "[$-421]mmm yyyy"


def print_setup(
    sheet: Worksheet, *, header: str, page_of: str, repeat_row: int | None = None, pages_high: int = 0
) -> None:
    """A4 across, one page wide (and `pages_high` high, 0: as many as it takes), pages numbered by `page_of`.

    The row `repeat_row`, counted from 0, stands on every page.
    """
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, pages_high)
    # Excel takes & for a command, and a digit after the size for part of it.
    sheet.set_header("&C&9 " + header.replace("&", "&&")[:200])
    sheet.set_footer("&R&9 " + page_of.format(page="&P", pages="&N"))
    if repeat_row is not None:
        sheet.repeat_rows(repeat_row)


def cell_text(text: str) -> str:
    """A text that one cell can hold."""
    if len(text) <= LARGEST_TEXT // 2:
        return text
    units = text.encode("utf-16-le", errors="replace")
    if len(units) <= 2 * LARGEST_TEXT:
        return text
    return units[: 2 * (LARGEST_TEXT - 1)].decode("utf-16-le", errors="ignore") + "…"
