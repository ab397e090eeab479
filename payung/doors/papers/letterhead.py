"""What an office's letterhead gives its papers: the lines on top, the place, the names below. The one place for all."""

from datetime import date

from payung.doors.papers.legible import legible
from payung.doors.papers.office_paper import Signature
from payung.doors.papers.wording import Wording
from payung.office.billing.models import Bill
from payung.office.places.letterheads import letterhead_on
from payung.office.places.models import Letterhead

OPEN_PLACE = "....................."
"""Room to write by hand, where no letterhead says it."""


def letterhead_of_bill(bill_id: int, day: date) -> Letterhead | None:
    """That of the OPD whose budget line pays, else the government's."""
    bill = Bill.objects.select_related("budget_line").get(pk=bill_id)
    return letterhead_on(bill.government_id, bill.budget_line.opd_id, day)


def letter_lines(letterhead: Letterhead | None) -> list[str]:
    """The lines below the government's name; none without a letterhead."""
    return [legible(line) for line in letterhead.lines] if letterhead else []


def place_and_date(letterhead: Letterhead | None, day: date, wording: Wording) -> str:
    """Bandung, 25 Oktober 2022."""
    return f"{legible(letterhead.city) if letterhead else OPEN_PLACE}, {wording.long_date(day)}"


def signatures(letterhead: Letterhead | None, wording: Wording) -> list[Signature]:
    """The officer and the treasurer, from left to right; without a letterhead names are written by hand."""
    if letterhead is None:
        return [Signature(wording.text("bill", post)) for post in ("officer", "treasurer")]
    return [
        Signature(legible(letterhead.officer_post), legible(letterhead.officer_name), letterhead.officer_number),
        Signature(legible(letterhead.treasurer_post), legible(letterhead.treasurer_name), letterhead.treasurer_number),
    ]
