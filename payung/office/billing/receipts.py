"""Verbs of money: it came, it settles a bill, that is taken back, it is held for another unit, it is returned.

Every verb is one event with one balanced journal. What came and settles nothing is the credit of the unit for which
it is held, usable for its next bill; while nobody knows the payer it waits in suspense.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.approvals.actions import decide, propose
from payung.office.approvals.models import Proposal, Verdict
from payung.office.billing.accounts import cash_of, held_for, moved, purse, settled
from payung.office.billing.models import Bill, Payment
from payung.office.billing.open_bills import owed_of
from payung.office.billing.receipt_models import Holding, Receipt, Refund
from payung.office.ledger.actions import AccountName, NewJournal, post
from payung.office.ledger.queries import open_day
from payung.office.places.models import Government, PaymentUnit
from payung.office.places.scope import whole_government
from payung.rules.identity.hiding import hide_marks


class ReceiptRefused(Exception):
    """This cannot be done with the receipt; `reason` is `not_positive`, `reference_used`, `more_than_left`,
    `more_than_outstanding`, `not_due`, `already_taken_back`, `same_unit`, `nothing_left`, `no_reason` or
    `already_decided`, `refund_waits`, `not_approved` or `other_money`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def in_turn(government_id: int) -> None:
    """Whoever moves money of a government waits here for who moves it now."""
    Government.objects.select_for_update(no_key=True).get(pk=government_id)


def typed(government_id: int, reference: str) -> Receipt | None:
    """The receipt that a person recorded under this reference."""
    typed_in = Receipt.objects.filter(government_id=government_id, from_bank=False, credit_note=None)
    return typed_in.filter(reference=reference).first()


def paid(bill: Bill) -> int:
    """Rupiah that settle the bill so far."""
    return int(Payment.objects.filter(bill=bill).aggregate(paid=Sum("amount_rupiah"))["paid"] or 0)


def outstanding(bill: Bill) -> int:
    """Rupiah that a due bill still asks for; a credit note asks for nothing."""
    return max(bill.total_rupiah - paid(bill), 0)


def left_of(receipt: Receipt) -> int:
    """Rupiah of a receipt that settle nothing and were not returned, asked-for refunds counted as returned.

    Nothing is left of a credit note that was taken back.
    """
    if receipt.credit_note is not None and receipt.credit_note.state == Bill.VOID:
        return 0
    used = Payment.objects.filter(receipt=receipt).aggregate(used=Sum("amount_rupiah"))["used"] or 0
    waiting = Refund.objects.filter(receipt=receipt).exclude(proposal__state=Proposal.REFUSED)
    return int(receipt.amount_rupiah - used - (waiting.aggregate(gone=Sum("amount_rupiah"))["gone"] or 0))


def held_by(receipt: Receipt) -> PaymentUnit | None:
    """For whom the rest of a receipt is held; None while nobody knows."""
    last = Holding.objects.filter(receipt=receipt).select_related("unit").order_by("-pk").first()
    return last.unit if last else receipt.unit


def record_receipt(
    *,
    government: Government,
    unit: PaymentUnit | None,
    amount_rupiah: int,
    paid_on: date,
    reference: str,
    by: User,
    at: datetime,
) -> Receipt:
    """Money that was paid, not yet for anything. The same reference, amount and day change nothing.

    Raises ReceiptRefused.
    """
    with whole_government(government, by=by):
        in_turn(government.pk)
        if amount_rupiah <= 0:
            raise ReceiptRefused("not_positive")
        standing = typed(government.pk, reference)
        if standing is not None:
            if (standing.amount_rupiah, standing.paid_on) == (amount_rupiah, paid_on):
                return standing
            raise ReceiptRefused("reference_used")
        receipt = Receipt.objects.create(
            government=government, unit=unit, paid_on=paid_on, amount_rupiah=amount_rupiah, reference=reference,
            from_bank=False, recorded_by=by, recorded_at=at,
        )  # fmt: skip
        entries = {cash_of(unit): -amount_rupiah, _account(unit): amount_rupiah}
        _post(receipt, f"receipt:{receipt.pk}", paid_on, f"Pembayaran {reference}", entries, at)
        record("record_receipt", subject=f"receipt:{receipt.pk}", by=by, at=at)
        return receipt


def allocate(*, receipt_id: int, bill_id: int, amount_rupiah: int, by: User, at: datetime) -> Payment:
    """What is left of a receipt settles a bill, whole or in part, whoever's bill it is.

    Raises ReceiptRefused, also where workers' own money would pay for an office or an office for them: first it is held
    for the other, with a reason.
    """
    with whole_government(Receipt.objects.get(pk=receipt_id).government, by=by):
        receipt = _locked(receipt_id)
        require(by, Deed.RECEIVE_PAYMENT)
        bill = Bill.objects.select_related("unit").get(pk=bill_id, government=receipt.government)
        holder = held_by(receipt)
        if holder is not None and cash_of(holder) != cash_of(bill.unit):
            raise ReceiptRefused("other_money")
        if bill.state not in Bill.DUE:
            raise ReceiptRefused("not_due")
        if amount_rupiah <= 0:
            raise ReceiptRefused("not_positive")
        if amount_rupiah > left_of(receipt):
            raise ReceiptRefused("more_than_left")
        before = paid(bill)
        if before + amount_rupiah > bill.total_rupiah:
            raise ReceiptRefused("more_than_outstanding")
        payment = Payment.objects.create(
            government=receipt.government, bill=bill, receipt=receipt, paid_on=receipt.paid_on,
            amount_rupiah=amount_rupiah, recorded_by=by, recorded_at=at,
        )  # fmt: skip
        _post_settlement(payment, before, f"Pembayaran {receipt.reference} untuk {bill.number}", at)
        record("allocate", subject=f"receipt:{receipt.pk}", by=by, at=at, detail={"bill": bill.pk})
        return payment


def allocate_parts(*, receipt_id: int, parts: Sequence[tuple[int, int]], by: User, at: datetime) -> list[Payment]:
    """Several bills (id, rupiah) at once: all of them or none. Raises ReceiptRefused."""
    with whole_government(Receipt.objects.get(pk=receipt_id).government, by=by):
        return [
            allocate(receipt_id=receipt_id, bill_id=bill_id, amount_rupiah=part, by=by, at=at)
            for bill_id, part in parts
        ]


def take_back(*, payment_id: int, reason: str, by: User, at: datetime) -> Payment:
    """The payment settled the wrong bill: what it settled is owed again and left of the receipt.

    Once; again changes nothing. Raises ReceiptRefused without a reason.
    """
    with whole_government(Payment.objects.get(pk=payment_id).government, by=by):
        payment = Payment.objects.select_related("bill").get(pk=payment_id)
        _locked(payment.receipt_id)
        require(by, Deed.RECEIVE_PAYMENT)
        standing = Payment.objects.filter(takes_back=payment).first()
        if standing is not None:
            return standing
        if payment.takes_back_id is not None:
            raise ReceiptRefused("already_taken_back")
        if not reason:
            raise ReceiptRefused("no_reason")
        before = paid(payment.bill)
        back = Payment.objects.create(
            government_id=payment.government_id, bill=payment.bill, receipt_id=payment.receipt_id,
            paid_on=payment.paid_on, amount_rupiah=-payment.amount_rupiah, takes_back=payment,
            reason=_said(reason), recorded_by=by, recorded_at=at,
        )  # fmt: skip
        _post_settlement(back, before, f"Pembatalan pembayaran untuk {payment.bill.number}", at)
        record("take_payment_back", subject=f"bill:{payment.bill_id}", by=by, at=at)
        return back


def hold_for(*, receipt_id: int, unit_id: int, reason: str, by: User, at: datetime) -> Holding:
    """What is left of a receipt is held for this unit from now on. Raises ReceiptRefused."""
    with whole_government(Receipt.objects.get(pk=receipt_id).government, by=by):
        receipt = _locked(receipt_id)
        require(by, Deed.RECEIVE_PAYMENT)
        unit = PaymentUnit.objects.get(pk=unit_id, government=receipt.government)
        before, rest = held_by(receipt), left_of(receipt)
        if before == unit:
            raise ReceiptRefused("same_unit")
        if rest <= 0:
            raise ReceiptRefused("nothing_left")
        if Refund.objects.filter(receipt=receipt, booked_at__isnull=True).exclude(
            proposal__state=Proposal.REFUSED
        ).exists():  # fmt: skip
            raise ReceiptRefused("refund_waits")
        holding = Holding.objects.create(
            government=receipt.government, receipt=receipt, unit=unit, amount_rupiah=rest, reason=_said(reason),
            held_by=by, held_at=at,
        )  # fmt: skip
        entries = {_account(before): -rest, _account(unit): rest}
        if receipt.credit_note_id is None:
            entries |= moved(cash_of(before), cash_of(unit), rest)
        memo = f"Pembayaran {receipt.reference} atas nama {unit.name}"
        _post(receipt, f"holding:{holding.pk}", receipt.paid_on, memo, entries, at)
        record("hold_receipt", subject=f"receipt:{receipt.pk}", by=by, at=at, detail={"unit": unit.pk})
        return holding


def ask_refund(
    *, receipt_id: int, amount_rupiah: int, returned_on: date, reference: str, reason: str, by: User, at: datetime
) -> Refund:
    """What is left of a receipt came back to the payer; waits for a second person. Raises ReceiptRefused."""
    with whole_government(Receipt.objects.get(pk=receipt_id).government, by=by):
        receipt = _locked(receipt_id)
        require(by, Deed.RECEIVE_PAYMENT)
        if amount_rupiah <= 0:
            raise ReceiptRefused("not_positive")
        if amount_rupiah > left_of(receipt):
            raise ReceiptRefused("more_than_left")
        if not reason:
            raise ReceiptRefused("no_reason")
        proposal = propose(government=receipt.government, kind="refund", amount_rupiah=amount_rupiah, by=by, at=at)
        return Refund.objects.create(
            government=receipt.government, receipt=receipt, proposal=proposal, amount_rupiah=amount_rupiah,
            returned_on=returned_on, reference=reference, reason=_said(reason), made_by=by, made_at=at,
        )  # fmt: skip


@transaction.atomic
def decide_refund(
    *, refund_id: int, verdict: Verdict, comment: str, by: User, at: datetime, on_behalf_of: User | None = None
) -> Refund:
    """Decide on a refund; the yes that settles it books it. Raises DecisionRefused, NotAllowed, ReceiptRefused."""
    found = Refund.objects.select_related("proposal").get(pk=refund_id)
    if found.booked_at is not None:
        raise ReceiptRefused("already_decided")
    proposal = decide(
        proposal_id=found.proposal_id, version=found.proposal.version, verdict=verdict, comment=comment, by=by, at=at,
        on_behalf_of=on_behalf_of,
    )  # fmt: skip
    return book_refund(refund_id=refund_id, by=by, at=at) if proposal.state == Proposal.APPROVED else found


def book_refund(*, refund_id: int, by: User, at: datetime) -> Refund:
    """Book an approved refund; again changes nothing. Raises ReceiptRefused when it was not approved."""
    with whole_government(Refund.objects.get(pk=refund_id).government, by=by):
        receipt = _locked(Refund.objects.get(pk=refund_id).receipt_id)
        refund = Refund.objects.select_related("proposal").get(pk=refund_id)
        if refund.booked_at is not None:
            return refund
        if refund.proposal.state != Proposal.APPROVED:
            raise ReceiptRefused("not_approved")
        refund.booked_at = at
        refund.save(update_fields=["booked_at"])
        entries = {_purse(receipt): refund.amount_rupiah, _account(held_by(receipt)): -refund.amount_rupiah}
        _post(receipt, f"refund:{refund.pk}", refund.returned_on, f"Pengembalian {refund.reference}", entries, at)
        record("book_refund", subject=f"receipt:{receipt.pk}", by=by, at=at)
        return refund


def _locked(receipt_id: int) -> Receipt:
    receipt = Receipt.objects.select_related("government").get(pk=receipt_id)
    in_turn(receipt.government_id)
    return receipt


def _account(unit: PaymentUnit | None) -> AccountName:
    return held_for(unit.number if unit else None)


def _purse(receipt: Receipt) -> AccountName:
    """Whose money the rest of a receipt is; what a credit note gives back is that of its fund."""
    if receipt.credit_note is None:
        return cash_of(held_by(receipt))
    return purse(receipt.credit_note.budget_line.fund.kind)


def _said(reason: str) -> str:
    return hide_marks(reason)[:200]


def _post_settlement(payment: Payment, before: int, memo: str, at: datetime) -> None:
    """The bill's payables against what is held for the receipt's payer."""
    owed, holder, amount = owed_of([payment.bill_id])[payment.bill_id], held_by(payment.receipt), payment.amount_rupiah
    entries = settled(owed, before_rupiah=before, after_rupiah=before + amount)
    entries[_account(holder)] = -amount
    if payment.receipt.credit_note_id is None:
        entries |= moved(cash_of(holder), purse(payment.bill.budget_line.fund.kind), amount)
    _post(payment.receipt, f"payment:{payment.pk}", payment.paid_on, memo, entries, at)


def _post(receipt: Receipt, key: str, day: date, memo: str, entries: dict[AccountName, int], at: datetime) -> None:
    booked_on = open_day(day, government_id=receipt.government_id)
    journal = NewJournal(key=key, booked_on=booked_on, memo=memo[:200], entries=entries)
    post(government_id=receipt.government_id, journals=[journal], at=at)
