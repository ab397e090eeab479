"""What the law adds to a bill that is paid late: how much so far, why, who asks for it, or that it was waived."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from payung.office.agreements.queries import readings_of
from payung.office.billing.charges import employer_of, late_parts, told_of
from payung.office.billing.models import Bill, Payment, Penalty, PenaltyWaiver
from payung.office.billing.queries import BillHead
from payung.office.places.models import Government
from payung.rules.law.figures import Certainty, weakest
from payung.rules.law.penalties import months_late
from payung.rules.law.words import Words


@dataclass(frozen=True)
class LatePart:
    """Rupiah that came after the due day (`paid_on`), or still have not (None), and what that costs so far."""

    rupiah: int
    paid_on: date | None
    months: int
    penalty_rupiah: int


@dataclass(frozen=True)
class Late:
    """The late parts of a bill, oldest first. `employer`: government, private or none, as the law sees the payer.

    `charged_rupiah` is what other bills ask for it already.
    """

    employer: str
    parts: tuple[LatePart, ...]
    citation: str
    certainty: Certainty
    doubts: tuple[Words, ...]
    charged_rupiah: int = 0
    waivers: tuple[PenaltyWaiver, ...] = ()

    @property
    def waiver(self) -> PenaltyWaiver | None:
        """The waiver in force; those taken back stand in `waivers` as well, the oldest first."""
        return next((one for one in self.waivers if one.taken_back_at is None), None)

    @property
    def penalty_rupiah(self) -> int:
        return sum(part.penalty_rupiah for part in self.parts)


def lateness(government: Government, bill: BillHead, *, today: date) -> Late | None:
    """The penalty of a bill as of today by the readings of its month; None when nothing is late."""
    if not bill.is_due:
        return None
    paid = Payment.objects.filter(bill_id=bill.id).values_list("paid_on").annotate(Sum("amount_rupiah"))
    days = [(day, int(rupiah)) for day, rupiah in paid.order_by("paid_on") if rupiah]
    contribution, employer = bill.total_rupiah - bill.penalty_rupiah, employer_of(bill.membership_class, bill.fund_kind)
    found = late_parts(contribution, bill.penalty_rupiah, bill.due_on, days, today)
    if not found:
        return None
    told = told_of(found, bill.due_on, bill.month, employer, readings_of(government.pk), today)
    standing = Penalty.objects.filter(late_bill_id=bill.id).exclude(bill__state=Bill.VOID)
    return Late(
        employer,
        tuple(
            LatePart(rupiah, day, months_late(bill.due_on, day or today), one.value)
            for (rupiah, day), one in zip(found, told, strict=True)
        ),
        told[0].citation,
        weakest([one.certainty for one in told]),
        tuple(dict.fromkeys(doubt for one in told for doubt in one.doubts)),
        int(standing.aggregate(sum=Sum("amount_rupiah"))["sum"] or 0),
        tuple(
            PenaltyWaiver.objects.filter(bill_id=bill.id).select_related("waived_by", "taken_back_by").order_by("pk")
        ),
    )


def asked_by(bill_id: int) -> QuerySet[Penalty]:
    """What a bill asks for the lateness of others, by the late bill."""
    return Penalty.objects.filter(bill_id=bill_id).select_related("late_bill").order_by("late_bill_id")
