"""The verbs of mercy: nothing is asked for the lateness of a bill; or it is asked again."""

from datetime import date, datetime

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.billing.models import Bill, PenaltyWaiver
from payung.office.billing.receipts import in_turn
from payung.office.places.scope import whole_government
from payung.rules.identity.hiding import hide_marks


class WaiverRefused(Exception):
    """This bill's penalty is not waived, or not asked again; `reason` is `not_due`, `no_employer`, `no_reason`, or
    `not_waived` or `unsaid`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def waive_penalty(
    *, bill_id: int, document: str, decided_on: date, reason: str, by: User, at: datetime
) -> PenaltyWaiver:
    """No penalty for this bill, now or later, by a dated paper; what another bill asked for it already is given back
    with that unit's next one. Again changes nothing.

    Raises NotAllowed, WaiverRefused, and Bill.DoesNotExist for a bill outside the area of the person who asks.
    """
    with whole_government(Bill.objects.get(pk=bill_id).government, by=by):
        require(by, Deed.APPROVE_BILL)
        bill = Bill.objects.get(pk=bill_id)
        in_turn(bill.government_id)
        standing = PenaltyWaiver.objects.filter(bill=bill, taken_back_at=None).first()
        if standing is not None:
            return standing
        if bill.state not in Bill.DUE:
            raise WaiverRefused("not_due")
        if bill.membership_class == "BPU":
            raise WaiverRefused("no_employer")
        if not reason or not document:
            raise WaiverRefused("no_reason")
        made = PenaltyWaiver.objects.create(
            government_id=bill.government_id, bill=bill, document=hide_marks(document)[:120], decided_on=decided_on,
            reason=hide_marks(reason)[:200], waived_by=by, waived_at=at,
        )  # fmt: skip
        detail = {"document": made.document, "decided_on": str(decided_on)}
        record("waive_penalty", subject=f"bill:{bill.pk}", by=by, at=at, detail=detail)
        return made


def take_back_waiver(*, bill_id: int, reason: str, by: User, at: datetime) -> PenaltyWaiver:
    """The penalty is owed again; what was given back is asked anew with that unit's next bill.

    Raises NotAllowed, WaiverRefused, and Bill.DoesNotExist for a bill outside the area of the person who asks.
    """
    with whole_government(Bill.objects.get(pk=bill_id).government, by=by):
        require(by, Deed.APPROVE_BILL)
        bill = Bill.objects.get(pk=bill_id)
        in_turn(bill.government_id)
        standing = PenaltyWaiver.objects.filter(bill=bill, taken_back_at=None).first()
        if standing is None:
            raise WaiverRefused("not_waived")
        if not reason:
            raise WaiverRefused("unsaid")
        standing.taken_back_by, standing.taken_back_at, standing.taken_back_reason = by, at, hide_marks(reason)[:200]
        standing.save(update_fields=["taken_back_by", "taken_back_at", "taken_back_reason"])
        record("take_back_waiver", subject=f"bill:{bill.pk}", by=by, at=at, detail={"document": standing.document})
        return standing
