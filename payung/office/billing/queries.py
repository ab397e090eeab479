"""Questions about bills: what was billed, paid and posted. How a line came about is told in `explaining`."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from payung.office.agreements.models import Agreement
from payung.office.billing.models import AMOUNTS, Bill, BillLine, Payment, Penalty, Posting
from payung.office.known import recorded
from payung.office.places.queries import Area
from payung.office.registry.aliases import group_of
from payung.rules.months import Month


@dataclass(frozen=True)
class BillHead:
    """One bill with what became of it, in rupiah. With `until_month` it is paid in advance up to that month.
    `late_bills` are the numbers of the bills for whose lateness it asks `penalty_rupiah`, and how much for each.
    """

    id: int
    number: str
    unit: str
    unit_number: str
    budget_line: str
    fund: str
    membership_class: str
    month: date
    sequence: int
    state: str
    due_on: date
    heads: int
    total_rupiah: int
    paid_rupiah: int
    amounts: dict[str, int] = field(default_factory=dict)
    run_id: int | None = None
    payment_code: str = ""
    sent_at: datetime | None = None
    void_reason: str = ""
    fund_kind: str = ""
    jkk_groups: tuple[int, ...] = ()
    penalty_rupiah: int = 0
    late_bills: tuple[tuple[str, int], ...] = ()
    until_month: date | None = None
    budget_line_id: int = 0
    voided_at: datetime | None = None
    voided_by: str = ""

    @property
    def is_due(self) -> bool:
        """Final or sent: a draft is not owed yet, a void bill no more."""
        return self.state in Bill.DUE

    @property
    def outstanding_rupiah(self) -> int:
        """What is still to be paid; a credit note asks for nothing."""
        return max(self.total_rupiah - self.paid_rupiah, 0) if self.is_due else 0

    @property
    def money_state(self) -> str:
        """draft or void; else unpaid, partly or paid, derived from the payments and never stored; a total below zero
        is a credit, one of zero leaves nothing to pay.
        """
        if not self.is_due:
            return self.state
        if self.total_rupiah <= 0:
            return "credit" if self.total_rupiah else "nothing"
        if not self.outstanding_rupiah:
            return "paid"
        return "partly" if self.paid_rupiah else "unpaid"


@dataclass(frozen=True)
class Line:
    """One person's line on a bill."""

    id: int
    person_id: int
    name: str
    opd: str
    for_month: date
    reason: str
    wage_rupiah: int
    amounts: dict[str, int]
    total_rupiah: int
    posted: bool


def visible_bills(area: Area) -> QuerySet[Bill]:
    """The bills that an area shows: all of the government, or those with lines of the area's OPD only."""
    bills = Bill.objects.filter(government=area.government)
    if area.opd_ids is None:
        return bills
    return bills.filter(budget_line__opd_id__in=area.opd_ids)


def bills(area: Area, month: Month | None = None) -> list[BillHead]:
    """Bills by unit, newest month first."""
    found = visible_bills(area)
    if month is not None:
        found = found.filter(month=month.first_day)
    return heads_of(found)


def bill(area: Area, bill_id: int) -> BillHead:
    """One bill with its `amounts` and `jkk_groups`. Raises Bill.DoesNotExist when the area does not show it."""
    visible_bills(area).get(pk=bill_id)
    head = heads_of(Bill.objects.filter(pk=bill_id))[0]
    its = BillLine.objects.filter(bill_id=bill_id)
    sums = its.aggregate(**{name: Sum(name, default=0) for name in AMOUNTS})
    groups = Agreement.objects.filter(pk__in=its.values("agreement_id")).values_list("jkk_group", flat=True)
    return replace(
        head,
        amounts={name: int(sums[name]) for name in AMOUNTS},
        jkk_groups=tuple(groups.distinct().order_by("jkk_group")),
    )


def heads_of(found: QuerySet[Bill]) -> list[BillHead]:
    """Each bill with what became of it, newest month first, by unit; without `amounts` and `jkk_groups`, for which
    every line of every bill must be read.
    """
    ids = list(found.values_list("pk", flat=True))
    paid = dict(Payment.objects.filter(bill_id__in=ids).values_list("bill_id").annotate(Sum("amount_rupiah")))
    late: dict[int, tuple[tuple[str, int], ...]] = {}
    asked = Penalty.objects.filter(bill_id__in=ids).values_list("bill_id", "late_bill__number", "amount_rupiah")
    for bill_id, number, rupiah in asked.order_by("late_bill_id"):
        late[bill_id] = (*late.get(bill_id, ()), (number, rupiah))
    ordered = found.select_related("unit", "budget_line__fund", "run", "voided_by").order_by(
        "-month", "unit__name", "sequence"
    )
    return [
        BillHead(
            id=item.pk,
            number=item.number,
            unit=item.unit.name,
            unit_number=item.unit.number,
            budget_line=item.budget_line.name,
            budget_line_id=item.budget_line_id,
            fund=item.budget_line.fund.name,
            membership_class=item.membership_class,
            month=item.month,
            sequence=item.sequence,
            state=item.state,
            due_on=item.due_on,
            heads=item.heads,
            total_rupiah=item.total_rupiah,
            paid_rupiah=int(paid.get(item.pk, 0)),
            run_id=item.run_id,
            payment_code=item.payment_code,
            sent_at=item.sent_at,
            void_reason=item.void_reason,
            voided_at=item.voided_at,
            voided_by=item.voided_by.full_name if item.voided_by else "",
            fund_kind=item.budget_line.fund.kind,
            penalty_rupiah=item.penalty_rupiah,
            late_bills=late.get(item.pk, ()),
            until_month=item.run.until_month if item.run else None,
        )
        for item in ordered
    ]


def lines(bill_id: int, *, after: int = 0, limit: int | None = 50, reason: str | None = None) -> list[Line]:
    """Lines of a bill by line id, after one; `reason` "adjustment" shows only corrections."""
    found = BillLine.objects.filter(bill_id=bill_id, pk__gt=after)
    return told(found.exclude(reason__in=BillLine.PLANNED) if reason == "adjustment" else found, limit=limit)


def told(found: QuerySet[BillLine], *, limit: int | None) -> list[Line]:
    """These lines by line id, each with whether its month is posted."""
    confirmed = Posting.objects.filter(membership=OuterRef("membership"), month=OuterRef("for_month"))
    ordered = found.select_related(*OF_LINE).annotate(confirmed=Exists(confirmed)).order_by("pk")
    return [line_of(item, posted=item.confirmed) for item in (ordered if limit is None else ordered[:limit])]


OF_LINE = ("membership__person__alias__survivor", "opd")


def line_of(item: BillLine, *, posted: bool) -> Line:
    """Of a merged person the survivor is named."""
    own = item.membership.person
    person = own.alias.survivor if hasattr(own, "alias") else own
    return Line(
        id=item.pk,
        person_id=person.pk,
        name=person.name,
        opd=item.opd.short_name,
        for_month=item.for_month,
        reason=item.reason,
        wage_rupiah=item.wage_rupiah,
        amounts={name: getattr(item, name) for name in AMOUNTS},
        total_rupiah=item.total_rupiah,
        posted=posted,
    )


def payments(bill_id: int) -> QuerySet[Payment]:
    """The payments of a bill, oldest first."""
    return Payment.objects.filter(bill_id=bill_id).select_related("recorded_by", "receipt").order_by("paid_on", "pk")


def due(known_at: datetime | None, prefix: str = "") -> Q:
    """The bills that were due at an instant (None: now): final by then, and not yet taken back."""
    if known_at is None:
        return Q(**{f"{prefix}state__in": Bill.DUE})
    final = Q(**{f"{prefix}final_at__lte": known_at})
    return final & (Q(**{f"{prefix}voided_at__isnull": True}) | Q(**{f"{prefix}voided_at__gt": known_at}))


def billed_of(person_id: int, *, known_at: datetime | None = None) -> list[tuple[BillLine, bool]]:
    """Every line of a person that was ever due and was not taken back, with whether its month is posted, oldest month
    first; as known at an instant.
    """
    confirmed = Posting.objects.filter(
        recorded(known_at), membership=OuterRef("membership"), month=OuterRef("for_month")
    )
    found = BillLine.objects.filter(due(known_at, "bill__"), membership__person_id__in=group_of(person_id))
    found = found.select_related("bill", "opd")
    ordered = found.annotate(confirmed=Exists(confirmed)).order_by("for_month", "pk")
    return [(item, bool(item.confirmed)) for item in ordered]
