"""The receipt (kuitansi) of a payment: who paid, how much in figures and words, for which bills."""

from collections.abc import Sequence
from datetime import date

from payung.doors.papers.letterhead import letter_lines, place_and_date
from payung.doors.papers.office_paper import Column, OfficePaper, Sheet, Signature
from payung.doors.papers.wording import Wording
from payung.office.billing.models import Bill, Payment
from payung.office.billing.money import ReceiptHead
from payung.office.places.models import Letterhead


def receipt_paper(
    head: ReceiptHead,
    payments: Sequence[Payment],
    *,
    government_name: str,
    printed_on: date,
    language: str,
    person: str = "",
    letterhead: Letterhead | None = None,
) -> OfficePaper:
    """The paper that whoever paid takes along: a worker or a group of workers as well as an office.

    `person` is the one worker who pays alone; when nobody knows who paid, the payers of the settled bills are named.
    `payments` are what the money settled, oldest first; what was taken back again is left out with its counterpart.
    """
    wording = Wording(language)
    gone = {one.takes_back_id for one in payments}
    standing = [one for one in payments if one.takes_back_id is None and one.pk not in gone]
    rows: list[tuple[str | int, ...]] = [
        (one.bill.number, _months(one.bill, wording), one.bill.unit.name, one.amount_rupiah) for one in standing
    ]
    if head.rest_rupiah:
        rows.append((wording.text("receipt", "unused"), "", head.unit or "", head.rest_rupiah))
    widths = (54, 24, 0, 34)
    columns = [
        Column(wording.text("receipt", key), width, figures=key == "amount")
        for key, width in zip(("bill", "month", "payer", "amount"), widths, strict=True)
    ]
    total = (wording.text("bill", "sum_label"), "", "", sum(int(row[-1]) for row in rows))
    day = wording.long_date(printed_on)
    called = f"{person} · {head.unit}" if person else head.unit
    of_bills = ", ".join(sorted({one.bill.unit.name for one in standing}))
    unknown = of_bills or wording.text("receipt", "payer_unknown")
    payer = f"{called} ({head.unit_number})" if head.unit else unknown
    return OfficePaper(
        language=language,
        government=government_name,
        office="",
        title=wording.text("receipt", "title"),
        subject=wording.text("receipt", "subject", reference=head.reference),
        footer=f"{head.reference} · {wording.text('page', 'printed_on', day=day)}",
        facts=[
            (wording.text("receipt", "from"), payer),
            (wording.text("receipt", "paid_on"), wording.long_date(head.paid_on)),
            (wording.text("receipt", "reference"), head.reference),
        ],
        sheets=[Sheet(wording.text("receipt", "for"), columns, rows, total)],
        amount=(wording.text("receipt", "received"), head.amount_rupiah),
        letter=letter_lines(letterhead),
        place_and_date=place_and_date(letterhead, printed_on, wording),
        signatures=[Signature(wording.text("receipt", "receiver"))],
        notes=[wording.text("receipt", "note")],
    )


def _months(bill: Bill, wording: Wording) -> str:
    """The month of the bill, or those that it pays in advance."""
    first, until = wording.short_month(bill.month), bill.run.until_month if bill.run else None
    return wording.text("bill", "month_range", first=first, last=wording.short_month(until)) if until else first
