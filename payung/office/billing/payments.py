"""The verb of money for one bill: a receipt that settles it, whole or in part."""

from datetime import date, datetime

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.billing import receipts
from payung.office.billing.models import Bill, Payment
from payung.office.places.scope import whole_government


class PaymentRefused(Exception):
    """The payment does not fit; `reason` is `not_due`, `more_than_outstanding`, `not_positive` or
    `reference_used`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def receive_payment(
    *, bill_id: int, amount_rupiah: int, paid_on: date, reference: str, by: User, at: datetime
) -> Payment:
    """Money for a bill, whole or in part. The same reference for the same bill and amount changes nothing.

    Raises PaymentRefused when the bill is a draft or void, when the amount is not positive or exceeds what is
    outstanding, or when it reuses a reference, and Bill.DoesNotExist for a bill outside the area of the person who
    asks. (Who paid more than one bill asks is for `receipts.record_receipt`.)
    """
    government = Bill.objects.get(pk=bill_id).government
    with whole_government(government, by=by):
        receipts.in_turn(government.pk)
        bill = Bill.objects.select_related("unit").get(pk=bill_id)
        standing = receipts.typed(government.pk, reference)
        if standing is not None:
            paid = Payment.objects.filter(receipt=standing, bill=bill, takes_back__isnull=True).first()
            if paid is not None and standing.amount_rupiah == amount_rupiah:
                return paid
            raise PaymentRefused("reference_used")
        if bill.state not in Bill.DUE:
            raise PaymentRefused("not_due")
        if amount_rupiah <= 0:
            raise PaymentRefused("not_positive")
        if amount_rupiah > receipts.outstanding(bill):
            raise PaymentRefused("more_than_outstanding")
        receipt = receipts.record_receipt(
            government=government, unit=bill.unit, amount_rupiah=amount_rupiah, paid_on=paid_on, reference=reference,
            by=by, at=at,
        )  # fmt: skip
        payment = receipts.allocate(receipt_id=receipt.pk, bill_id=bill.pk, amount_rupiah=amount_rupiah, by=by, at=at)
        detail = {"amount_rupiah": amount_rupiah, "reference": reference}
        record("receive_payment", subject=f"bill:{bill.pk}", by=by, at=at, detail=detail)
        return payment
