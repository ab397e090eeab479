"""What the law adds to a bill that is paid late: shown beside the bill, never part of it."""

from dataclasses import dataclass
from datetime import date

from payung.office.agreements.queries import readings_of
from payung.office.billing.models import Payment
from payung.office.billing.queries import BillHead
from payung.office.places.models import Government
from payung.rules.law.figures import Certainty, weakest
from payung.rules.law.penalties import months_late, penalty
from payung.rules.law.words import Words
from payung.rules.months import Month


@dataclass(frozen=True)
class LatePart:
    """Rupiah that came after the due day (`paid_on`), or still have not (None), and what that costs so far."""

    rupiah: int
    paid_on: date | None
    months: int
    penalty_rupiah: int


@dataclass(frozen=True)
class Late:
    """The late parts of a bill, oldest first. `employer`: government, private or none, as the law sees the payer."""

    employer: str
    parts: tuple[LatePart, ...]
    citation: str
    certainty: Certainty
    doubts: tuple[Words, ...]

    @property
    def penalty_rupiah(self) -> int:
        return sum(part.penalty_rupiah for part in self.parts)


def lateness(government: Government, head: BillHead, *, today: date) -> Late | None:
    """The penalty of a bill as of today by the readings of its month; None when nothing is late.

    A worker without an employer (BPU) owes none; a fund of kind `employer` is a private employer's; all others are the
    government's own.
    """
    if not head.is_due:
        return None
    employer = "none" if head.membership_class == "BPU" else "private" if head.fund_kind == "employer" else "government"
    rows = list(Payment.objects.filter(bill_id=head.id).order_by("paid_on", "pk"))
    gone = {row.takes_back_id for row in rows}
    standing = [row for row in rows if row.takes_back_id is None and row.pk not in gone]
    owing: list[tuple[int, date | None]] = [(row.amount_rupiah, row.paid_on) for row in standing]
    owing.append((head.outstanding_rupiah, None))
    late = [(rupiah, day) for rupiah, day in owing if rupiah and (day or today) > head.due_on]
    if not late:
        return None
    month = Month.of(head.month)
    readings = readings_of(government.pk).on(month)
    told = [
        penalty(rupiah, head.due_on, day or today, month=month, employer=employer, readings=readings)
        for rupiah, day in late
    ]
    return Late(
        employer,
        tuple(
            LatePart(rupiah, day, months_late(head.due_on, day or today), one.value)
            for (rupiah, day), one in zip(late, told, strict=True)
        ),
        told[0].citation,
        weakest([one.certainty for one in told]),
        tuple(dict.fromkeys(doubt for one in told for doubt in one.doubts)),
    )
