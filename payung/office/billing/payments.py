"""The verb of money: receive a payment for a bill, whole or in part."""

from datetime import date, datetime

from django.db.models import Sum

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.billing.accounts import CASH, by_programme, payable
from payung.office.billing.models import AMOUNTS, Bill, Payment
from payung.office.ledger.actions import NewJournal, post
from payung.office.places.scope import whole_government
from payung.rules.money import split_by_largest_remainder


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
    asks.
    """
    government = Bill.objects.get(pk=bill_id).government
    with whole_government(government, by=by):
        return _receive_payment(bill_id, amount_rupiah, paid_on, reference, by, at)


def _receive_payment(
    bill_id: int, amount_rupiah: int, paid_on: date, reference: str, by: User, at: datetime
) -> Payment:
    bill = Bill.objects.select_for_update().get(pk=bill_id)
    standing = Payment.objects.filter(government=bill.government, reference=reference).first()
    if standing is not None:
        if (standing.bill_id, standing.amount_rupiah) == (bill.pk, amount_rupiah):
            return standing
        raise PaymentRefused("reference_used")
    if bill.state not in Bill.DUE:
        raise PaymentRefused("not_due")
    if amount_rupiah <= 0:
        raise PaymentRefused("not_positive")
    paid = Payment.objects.filter(bill=bill).aggregate(paid=Sum("amount_rupiah"))["paid"] or 0
    if paid + amount_rupiah > bill.total_rupiah:
        raise PaymentRefused("more_than_outstanding")
    payment = Payment.objects.create(
        government=bill.government,
        bill=bill,
        paid_on=paid_on,
        amount_rupiah=amount_rupiah,
        reference=reference,
        recorded_by=by,
        recorded_at=at,
    )
    _post_payment(bill, payment, already_paid=paid, at=at)
    record(
        "receive_payment",
        subject=f"bill:{bill.pk}",
        by=by,
        at=at,
        detail={"amount_rupiah": amount_rupiah, "reference": reference},
    )
    return payment


def _post_payment(bill: Bill, payment: Payment, *, already_paid: int, at: datetime) -> None:
    """Each payment settles the programmes in proportion; parts of many payments add up to the whole bill."""
    sums = bill.billline_set.aggregate(**{name: Sum(name) for name in AMOUNTS})
    owed = by_programme(sums)
    before = split_by_largest_remainder(already_paid, list(owed.values()))
    after = split_by_largest_remainder(already_paid + payment.amount_rupiah, list(owed.values()))
    entries = {
        payable(programme): now - then for programme, now, then in zip(owed, after, before, strict=True) if now != then
    }
    entries[CASH] = -payment.amount_rupiah
    journal = NewJournal(
        key=f"payment:{payment.pk}",
        booked_on=payment.paid_on,
        memo=f"Pembayaran {payment.reference} untuk {bill.number}",
        entries=entries,
    )
    post(government_id=bill.government_id, journals=[journal], at=at)
