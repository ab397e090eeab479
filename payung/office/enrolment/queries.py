"""Questions about lists and plans. Every count opens to exactly its rows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db.models import Count, Q, QuerySet

from payung.office import bulk
from payung.office.access.marks import unseal
from payung.office.enrolment.models import ConfirmedLayout, Plan, PlanItem, RosterList, Spell, WaitingUpload
from payung.office.places.queries import Area
from payung.rules.months import Month

KINDS = ("join", "wage", "move", "already", "human", "reject", "leave")
"""Plan kinds in the order in which a page shows them."""


@dataclass(frozen=True)
class ListLine:
    """One list as the overview shows it."""

    id: int
    opd: str
    file_name: str
    month: date
    kind: str
    received_at: datetime
    received_by: str
    verdicts: dict[str, int]
    plan_id: int | None
    plan_state: str

    @property
    def people(self) -> int:
        return sum(self.verdicts.values())


@dataclass(frozen=True)
class PlannedPerson:
    """One line of a plan. The NIK is in clear: mask it before a screen."""

    kind: str
    reason: str
    position: int
    name: str
    nik: str | None
    birth_date: date | None
    sheet: str | None
    row: int | None
    person_id: int | None
    wage_before_rupiah: int | None
    wage_after_rupiah: int | None
    member_since: date | None
    paid_until: date | None


def visible_lists(area: Area) -> QuerySet[RosterList]:
    """The lists that an area shows."""
    lists = RosterList.objects.filter(agreement__government=area.government)
    return lists if area.opd_ids is None else lists.filter(opd_id__in=area.opd_ids)


def visible_plans(area: Area) -> QuerySet[Plan]:
    """The plans that an area shows."""
    return Plan.objects.filter(roster_list__in=visible_lists(area))


def lists(area: Area, *, month: date | None = None, replaced: bool = False) -> list[ListLine]:
    """Lists of the area, newest first, each with its newest plan; those that a corrected one replaced when asked."""
    found = visible_lists(area).select_related("opd", "reading__file", "received_by")
    if not replaced:
        found = found.filter(successor__isnull=True)
    if month is not None:
        found = found.filter(month=month)
    plans: dict[int, Plan] = {}
    for plan in Plan.objects.filter(roster_list__in=found).select_related("proposal").order_by("pk"):
        plans[plan.roster_list_id] = plan
    return [_line(item, plans.get(item.pk)) for item in found.order_by("-received_at", "-pk")]


def _line(item: RosterList, plan: Plan | None) -> ListLine:
    return ListLine(
        id=item.pk,
        opd=item.opd.short_name,
        file_name=item.reading.file.name,
        month=item.month,
        kind=item.kind,
        received_at=item.received_at,
        received_by=item.received_by.full_name,
        verdicts=item.reading.counts.get("verdicts", {}),
        plan_id=plan.pk if plan else None,
        plan_state=plan_state(plan) if plan else "none",
    )


def waiting_uploads(area: Area) -> list[WaitingUpload]:
    """Files whose columns a person must still name, the oldest first."""
    found = WaitingUpload.objects.filter(government=area.government, settled_at=None)
    if area.opd_ids is not None:
        found = found.filter(opd_id__in=area.opd_ids)
    return list(found.select_related("opd", "file", "received_by").order_by("received_at", "pk"))


def confirmed_layouts(area: Area) -> list[ConfirmedLayout]:
    """The layouts in force of the area, by OPD, the newest first."""
    found = ConfirmedLayout.objects.filter(government=area.government, replaced_at=None)
    if area.opd_ids is not None:
        found = found.filter(opd_id__in=area.opd_ids)
    return list(found.select_related("opd", "confirmed_by").order_by("opd__name", "-confirmed_at"))


def plan_state(plan: Plan) -> str:
    """open (waits for a decision), returned, approved, refused, applied, or superseded by a newer version."""
    if plan.version < plan.proposal.version:
        return "superseded"
    return "applied" if plan.applied_at else plan.proposal.state


def heads_under(government_id: int, month: Month) -> dict[int, int]:
    """Agreement -> memberships with a spell under it in that month."""
    spells = Spell.objects.filter(
        government_id=government_id, replaced_at__isnull=True, from_month__lte=month.first_day
    )
    current = spells.filter(Q(until_month__isnull=True) | Q(until_month__gte=month.first_day))
    return dict(current.values_list("agreement_id").annotate(Count("membership_id", distinct=True)))


@dataclass(frozen=True)
class Carried:
    """Somebody with a spell that somebody pays for; `id` is the row's place in its list: membership or spell."""

    id: int
    person_id: int
    name: str
    opd: str
    from_month: date
    until_month: date | None


_UNDER = """
    SELECT DISTINCT ON (s.membership_id) s.membership_id, coalesce(a.survivor_id, p.id), coalesce(v.name, p.name),
        coalesce(o.short_name, ''), s.from_month, s.until_month
    FROM enrolment_spell s JOIN registry_membership m ON m.id = s.membership_id
    JOIN registry_person p ON p.id = m.person_id LEFT JOIN registry_alias a ON a.person_id = p.id
    LEFT JOIN registry_person v ON v.id = a.survivor_id LEFT JOIN places_opd o ON o.id = s.payer_opd_id
    WHERE s.agreement_id = %(agreement)s AND s.replaced_at IS NULL AND s.from_month <= %(month)s
      AND coalesce(s.until_month, 'infinity') >= %(month)s AND s.membership_id > %(after)s
    ORDER BY s.membership_id, s.from_month DESC, s.id LIMIT %(limit)s
"""
CARRIED = {
    "id": pl.Int64, "person_id": pl.Int64, "name": pl.String, "opd": pl.String, "from_month": pl.Date,
    "until_month": pl.Date,
}  # fmt: skip


def people_under(agreement_id: int, month: Month, *, after: int = 0, limit: int | None = None) -> list[Carried]:
    """Who stands under an agreement in a month: exactly as many as `heads_under` counts."""
    asked = {"agreement": agreement_id, "month": month.first_day, "after": after, "limit": limit}
    return [Carried(*row) for row in bulk.read(_UNDER, asked, schema=CARRIED).iter_rows()]


def planned_people(plan: Plan, kind: str, *, after: int = -1, limit: int = 50) -> list[PlannedPerson]:
    """The people behind one count of a plan, in the sheet's own order, after a position."""
    items = (
        PlanItem.objects.filter(plan=plan, kind=kind, position__gt=after)
        .select_related("row", "person")
        .order_by("position")[:limit]
    )
    return [_planned(item) for item in items]


def _planned(item: PlanItem) -> PlannedPerson:
    source: Any = item.row if item.row is not None else item.person
    return PlannedPerson(
        kind=item.kind,
        reason=item.reason,
        position=item.position,
        name=source.name or "",
        nik=unseal(source.nik_sealed, kind="nik"),
        birth_date=source.birth_date,
        sheet=item.row.sheet if item.row else None,
        row=item.row.row if item.row else None,
        person_id=item.person_id,
        wage_before_rupiah=item.wage_before_rupiah,
        wage_after_rupiah=item.wage_after_rupiah,
        member_since=item.row.member_since if item.row else None,
        paid_until=item.row.paid_until if item.row else None,
    )
