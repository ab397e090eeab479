"""One payment of an OPD for each list that came back, received by billing."""

from collections.abc import Sequence
from datetime import date, datetime

from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.billing.receipt_models import Receipt
from payung.office.billing.receiving import Paid, receive_each
from payung.office.places.scope import whole_government
from payung.office.sponsorship.models import DeductionList, Remittance, Return, Scope
from payung.office.sponsorship.returns import ReturnRefused


def remit(*, deduction_list: DeductionList, paid_on: date, reference: str, by: User, at: datetime) -> Receipt:
    """The one payment of an OPD for a list; see `remit_each`."""
    (receipt,) = remit_each(lists=[(deduction_list, reference)], paid_on=paid_on, by=by, at=at)
    return receipt


def remit_each(*, lists: Sequence[tuple[DeductionList, str]], paid_on: date, by: User, at: datetime) -> list[Receipt]:
    """A payment, with its reference, for each of these lists of one circular, as billing received it.

    It settles the OPD's bills from this fund, the oldest first; what is left is the unit's credit. A list that is paid
    stays as it is. All of them or none. Raises ReturnRefused `not_returned`, `nothing_taken`, NotAllowed, and what
    `receiving.receive_each` raises.
    """
    first, ids = lists[0][0], [one.pk for one, _ in lists]
    with whole_government(first.government, by=by):
        require(by, Deed.RECEIVE_PAYMENT)
        found = {
            one.deduction_list_id: one
            for one in Return.objects.select_for_update().filter(deduction_list__in=ids, taken_back_at=None)
        }
        if len(found) < len(set(ids)):
            raise ReturnRefused("not_returned")
        paid = Remittance.objects.filter(returned__in=found.values()).select_related("receipt", "returned")
        receipts = {one.returned.deduction_list_id: one.receipt for one in paid}
        new = [(one, reference) for one, reference in lists if one.pk not in receipts]
        if any(found[one.pk].to_pay_rupiah <= 0 for one, _ in new):
            raise ReturnRefused("nothing_taken")
        line_of = dict(Scope.objects.filter(circular_id=first.circular_id).values_list("opd_id", "budget_line_id"))
        payments = [Paid(line_of[one.opd_id], found[one.pk].to_pay_rupiah, reference) for one, reference in new]
        made = receive_each(government=first.government, paid=payments, paid_on=paid_on, by=by, at=at)
        Remittance.objects.bulk_create(
            Remittance(
                government_id=one.government_id, returned=found[one.pk], receipt=receipt, recorded_by=by, recorded_at=at
            )
            for (one, _), receipt in zip(new, made, strict=True)
        )
        receipts |= {one.pk: receipt for (one, _), receipt in zip(new, made, strict=True)}
        return [receipts[one] for one in ids]
