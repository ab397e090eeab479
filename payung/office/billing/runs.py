"""What becomes of a month's draft: decided by a second person, made final with its journals, or set aside.

Final bills are sent with the code under which they are paid, and taken back only while no payment of theirs stands: the
journal is reversed and the lines are owed again. States move forward alone; the database keeps that.
"""

import re
from datetime import date, datetime, timedelta

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.approvals.actions import decide
from payung.office.approvals.models import Proposal, Verdict
from payung.office.billing import receipts
from payung.office.billing.accounts import expense, payable, penalty_expense
from payung.office.billing.credits import settle_credits
from payung.office.billing.models import Bill, BillRun
from payung.office.billing.open_bills import owed_of
from payung.office.billing.receipt_models import Receipt
from payung.office.ledger.actions import NewJournal, post, reverse
from payung.office.ledger.queries import closed_through
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.rules.identity.hiding import hide_marks
from payung.rules.months import Month

PAYMENT_CODE = re.compile(r"\d{11}", re.ASCII)


class RunRefused(Exception):
    """The run is not ready for this; `reason` is `not_approved`, `set_aside`, `already_final` or `no_reason`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BillRefused(Exception):
    """The bill does not allow this; `reason` is `not_final`, `code_not_sound`, `sent_with_another_code`,
    `not_sent`, `same_code`, `code_is_paid`, `nothing_to_pay`, `not_due`, `has_payments`, `credit_used` or `no_reason`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def decide_run(
    *,
    run_id: int,
    verdict: Verdict,
    comment: str,
    by: User,
    at: datetime,
    on_behalf_of: User | None = None,
) -> BillRun:
    """Decide on a draft and carry the decision out: approved it is final, refused it is void with the comment.

    Raises DecisionRefused, NotAllowed, and RunRefused when the run is no draft any more.
    """
    found = BillRun.objects.get(pk=run_id)
    if found.state != BillRun.DRAFT:
        raise RunRefused("set_aside") if found.state == BillRun.VOID else RunRefused("already_final")
    proposal = decide(
        proposal_id=found.proposal_id,
        version=found.version,
        verdict=verdict,
        comment=comment,
        by=by,
        at=at,
        on_behalf_of=on_behalf_of,
    )
    if proposal.state == Proposal.APPROVED:
        return finalise(run_id=run_id, by=by, at=at)
    if proposal.state == Proposal.REFUSED:
        return withdraw(run_id=run_id, reason=comment, by=by, at=at)
    return found


def finalise(*, run_id: int, by: User, at: datetime) -> BillRun:
    """Make an approved draft final: its bills are due, and each is posted by one journal. Again changes nothing.

    Raises RunRefused when it was not approved or was set aside.
    """
    named = BillRun.objects.select_related("government").get(pk=run_id)
    with whole_government(named.government, by=by):
        found = _locked(named)
        if found.state == BillRun.FINAL:
            return found
        if found.state == BillRun.VOID:
            raise RunRefused("set_aside")
        if found.proposal.state != Proposal.APPROVED or found.proposal.version != found.version:
            raise RunRefused("not_approved")
        Bill.objects.filter(run=found).update(state=Bill.FINAL, final_at=at)
        _post(found, at)
        settle_credits(found.government_id, Month.of(found.month), by=by, at=at)
        _settle(found, BillRun.FINAL, by=by, at=at)
        record("finalise_bills", subject=f"run:{found.pk}", by=by, at=at)
        return found


def withdraw(*, run_id: int, reason: str, by: User, at: datetime) -> BillRun:
    """Set a draft aside for a reason: its lines are owed again. Again changes nothing.

    Raises RunRefused for a final run or without a reason.
    """
    named = BillRun.objects.select_related("government").get(pk=run_id)
    with whole_government(named.government, by=by):
        found = _locked(named)
        if found.state == BillRun.FINAL:
            raise RunRefused("already_final")
        if not reason:
            raise RunRefused("no_reason")
        if found.state == BillRun.DRAFT:
            set_aside(found, reason, by=by, at=at)
        return found


def set_aside(run: BillRun, reason: str, *, by: User, at: datetime) -> None:
    """A draft and its bills become void. The caller has locked the government."""
    said = _said(reason)
    Bill.objects.filter(run=run).update(state=Bill.VOID, voided_by=by, voided_at=at, void_reason=said)
    _settle(run, BillRun.VOID, reason=said, by=by, at=at)
    record("set_bills_aside", subject=f"run:{run.pk}", by=by, at=at)


def send(*, bill_id: int, payment_code: str, by: User, at: datetime) -> Bill:
    """A final bill went out under its *kode iuran* of 11 digits. The same code again changes nothing.

    Raises BillRefused, and Bill.DoesNotExist for a bill outside the area of the person who asks.
    """
    with whole_government(Bill.objects.get(pk=bill_id).government, by=by):
        require(by, Deed.BILL)
        bill = Bill.objects.select_for_update(of=("self",)).get(pk=bill_id)
        if not PAYMENT_CODE.fullmatch(payment_code):
            raise BillRefused("code_not_sound")
        if bill.state == Bill.SENT:
            if bill.payment_code != payment_code:
                raise BillRefused("sent_with_another_code")
            return bill
        if bill.state != Bill.FINAL:
            raise BillRefused("not_final")
        if bill.total_rupiah <= 0:
            raise BillRefused("nothing_to_pay")
        bill.state, bill.payment_code, bill.sent_by, bill.sent_at = Bill.SENT, payment_code, by, at
        bill.save(update_fields=["state", "payment_code", "sent_by", "sent_at"])
        record("send_bill", subject=f"bill:{bill.pk}", by=by, at=at, detail={"payment_code": payment_code})
        return bill


def void(*, bill_id: int, reason: str, by: User, at: datetime) -> Bill:
    """Take a final or sent bill back: its journal is reversed and its lines are owed again. Again changes nothing.

    Raises NotAllowed, BillRefused when it is a draft, is paid or its credit is used, or without a reason, and
    Bill.DoesNotExist for a bill outside the area of the person who asks.
    """
    with whole_government(Bill.objects.get(pk=bill_id).government, by=by):
        require(by, Deed.APPROVE_BILL)
        government = _locked_government(Bill.objects.get(pk=bill_id).government_id)
        bill = Bill.objects.select_for_update(of=("self",)).get(pk=bill_id)
        if bill.state == Bill.VOID:
            return bill
        if bill.state not in Bill.DUE:
            raise BillRefused("not_due")
        if not reason:
            raise BillRefused("no_reason")
        if receipts.paid(bill):
            raise BillRefused("has_payments")
        credit = Receipt.objects.filter(credit_note=bill).first()
        if credit is not None and receipts.left_of(credit) != credit.amount_rupiah:
            raise BillRefused("credit_used")
        bill.state, bill.voided_by, bill.voided_at, bill.void_reason = Bill.VOID, by, at, _said(reason)
        bill.save(update_fields=["state", "voided_by", "voided_at", "void_reason"])
        posted = [f"credit:{bill.pk}"] if credit is not None else []
        if owed_of([bill.pk])[bill.pk]:
            posted.append(f"bill:{bill.pk}")
        for key in posted:
            reverse(
                government_id=government.pk, of_key=key, key=f"void:{key}",
                booked_on=_open_day(government.pk, bill.month), memo=f"Pembatalan tagihan {bill.number}", at=at,
            )  # fmt: skip
        record("void_bill", subject=f"bill:{bill.pk}", by=by, at=at)
        return bill


def _locked_government(government_id: int) -> Government:
    return Government.objects.select_for_update(no_key=True).get(pk=government_id)


def _locked(named: BillRun) -> BillRun:
    """The run, alone with its government: nobody bills or decides beside it."""
    _locked_government(named.government_id)
    return BillRun.objects.select_for_update(of=("self",)).select_related("proposal").get(pk=named.pk)


def _settle(run: BillRun, state: str, *, by: User, at: datetime, reason: str = "") -> None:
    run.state, run.settled_by, run.settled_at, run.void_reason = state, by, at, reason
    run.save(update_fields=["state", "settled_by", "settled_at", "void_reason"])


def _said(reason: str) -> str:
    return hide_marks(reason)[:200]


def _post(run: BillRun, at: datetime) -> None:
    """Owed to BPJS per programme, against the expense of the fund that pays: one journal for each bill."""
    bills = list(Bill.objects.filter(run=run).select_related("budget_line__fund").order_by("pk"))
    owed_by, day = owed_of([bill.pk for bill in bills]), _open_day(run.government_id, run.month)
    journals = []
    for bill in bills:
        owed, kind = owed_by[bill.pk], bill.budget_line.fund.kind
        if not owed:
            continue
        entries = {payable(programme): -amount for programme, amount in owed.items()}
        entries[expense(kind)] = bill.total_rupiah - bill.penalty_rupiah
        entries[penalty_expense(kind)] = bill.penalty_rupiah
        journals.append(
            NewJournal(key=f"bill:{bill.pk}", booked_on=day, memo=f"Tagihan {bill.number}", entries=entries)
        )
    post(government_id=run.government_id, journals=journals, at=at)


def _open_day(government_id: int, month: date) -> date:
    """The month's first day, or the first day after the closed books."""
    closed = closed_through(government_id=government_id)
    return month if closed is None or closed < month else closed + timedelta(days=1)
