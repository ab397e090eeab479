"""The *kode iuran* of a sent bill was typed wrong: another one takes its place, and what stood before is kept."""

from datetime import datetime

from django.db.models import QuerySet

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.billing import receipts
from payung.office.billing.models import Bill, CodeChange
from payung.office.billing.runs import PAYMENT_CODE, BillRefused
from payung.office.places.scope import whole_government
from payung.rules.identity.hiding import hide_marks


def correct_code(
    *, bill_id: int, payment_code: str, reason: str, by: User, at: datetime, although_paid: bool = False
) -> CodeChange:
    """A sent bill gets another code of 11 digits, with a reason; one that is paid only when that was said.

    Raises NotAllowed, BillRefused (`code_not_sound`, `not_sent`, `same_code`, `no_reason`, `code_is_paid`), and
    Bill.DoesNotExist for a bill outside the area of the person who asks.
    """
    with whole_government(Bill.objects.get(pk=bill_id).government, by=by):
        require(by, Deed.BILL)
        bill = Bill.objects.select_for_update(of=("self",)).get(pk=bill_id)
        said = hide_marks(" ".join(reason.split()))[:200]
        if not PAYMENT_CODE.fullmatch(payment_code):
            raise BillRefused("code_not_sound")
        if bill.state != Bill.SENT:
            raise BillRefused("not_sent")
        if bill.payment_code == payment_code:
            raise BillRefused("same_code")
        if not said:
            raise BillRefused("no_reason")
        if receipts.paid(bill) and not although_paid:
            raise BillRefused("code_is_paid")
        change = CodeChange.objects.create(
            government_id=bill.government_id, bill=bill, code_before=bill.payment_code, code=payment_code,
            reason=said, changed_by=by, changed_at=at,
        )  # fmt: skip
        bill.payment_code = payment_code
        bill.save(update_fields=["payment_code"])
        detail = {"from": change.code_before, "to": change.code, "although_paid": although_paid}
        record("correct_payment_code", subject=f"bill:{bill.pk}", by=by, at=at, detail=detail)
        return change


def code_changes(bill_id: int) -> QuerySet[CodeChange]:
    """What codes a bill had before, the newest change first."""
    return CodeChange.objects.filter(bill_id=bill_id).select_related("changed_by").order_by("-pk")
