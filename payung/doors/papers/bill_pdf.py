"""A bill on paper: the sheet that goes to signature, and its members one by one."""

from collections.abc import Sequence
from datetime import date

from payung.doors.papers.bill_form import form
from payung.doors.papers.press import printed
from payung.office.billing.queries import BillHead, Line
from payung.office.places.models import Letterhead


def bill_pdf(
    head: BillHead,
    lines: Sequence[Line],
    *,
    government_name: str,
    printed_on: date,
    language: str,
    letterhead: Letterhead | None = None,
) -> bytes:
    """The bill as PDF, ready for signature: A4, the summary on the first page, then every line.

    `lines` are all the lines of the bill. The same arguments give the same bytes. Raises PaperNotPrinted.
    """
    filled = form(
        head, lines, government_name=government_name, printed_on=printed_on, language=language, letterhead=letterhead
    )
    return printed("bill.typ", filled, printed_on=printed_on, lines=len(lines))
