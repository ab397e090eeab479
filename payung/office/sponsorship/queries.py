"""Questions of sponsorship: the sponsor's own page, what is owed, and until when cover holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import QuerySet

from payung.office import bulk
from payung.office.access.models import User
from payung.office.coverage.queries import State, cover_on
from payung.office.places.models import Government
from payung.office.places.queries import Area
from payung.office.places.scope import whole_government
from payung.office.sponsorship.models import Circular, Order, Pledge, Sponsor
from payung.office.sponsorship.pledges import told_of
from payung.office.sponsorship.returns import ARREARS, ARREARS_SQL
from payung.rules.law.membership import grace_months
from payung.rules.months import Month


def newest_circular(government: Government, month: Month | None = None) -> Circular | None:
    """The circular by which civil servants of a government are asked now, or were in a month (the newest, where none
    had begun by then); None while there is none.
    """
    found = Circular.objects.filter(government=government).select_related("government", "agreement", "bridging_fund")
    begun = found.filter(agreement__effective_from__lte=month.last_day) if month else found
    return begun.order_by("-pk").first() or found.order_by("-pk").first()


@dataclass(frozen=True)
class OwnPledge:
    """One worker of a sponsor. `state` is that of coverage, or `waiting` for the paper, `withdrawn`, `ended`.

    `protected_until` is the last day on which cover holds by what is posted; None while nothing is.
    """

    pledge_id: int
    worker: str
    job: str
    state: str
    from_month: Month
    until_month: Month | None
    protected_until: date | None
    given_rupiah: int
    owed_rupiah: int


def own_pledges(sponsor: Sponsor, *, on: date, by: User) -> list[OwnPledge]:
    """Every pledge of a sponsor, the newest first, as it stands on a day."""
    with whole_government(sponsor.government, by=by):
        found = Pledge.objects.filter(sponsor=sponsor).select_related("membership").order_by("-pk")
        given = _given([sponsor.pk])
        owed = {row[0]: row[1] for row in _owed("p.sponsor_id = %s", [sponsor.pk])}
        return [_own(one, on, given.get(one.pk, 0), owed.get(one.pk, 0)) for one in found]


def own_pledge(one: Pledge, *, on: date, by: User) -> OwnPledge:
    """One pledge as it stands on a day."""
    with whole_government(one.sponsor.government, by=by):
        owed = dict(row[:2] for row in _owed("p.id = %s", [one.pk]))
        return _own(one, on, _given([one.sponsor_id]).get(one.pk, 0), owed.get(one.pk, 0))


def _own(one: Pledge, on: date, given: int, owed: int) -> OwnPledge:
    told = told_of(one)
    orders = list(Order.objects.filter(pledge=one, replaced_at__isnull=True).order_by("from_month"))
    state, until = _state(one, orders, on)
    last = orders[-1].until_month if orders else one.wanted_until
    return OwnPledge(
        pledge_id=one.pk,
        worker=told.get("Nama", ""),
        job=told.get("Pekerjaan", ""),
        state=state,
        from_month=Month.of(orders[0].from_month if orders else one.wanted_month),
        until_month=Month.of(last) if last else None,
        protected_until=until,
        given_rupiah=given,
        owed_rupiah=owed,
    )


def _state(one: Pledge, orders: Sequence[Order], on: date) -> tuple[str, date | None]:
    if one.withdrawn_at is not None:
        return "withdrawn", None
    if one.membership is None or not orders:
        return "waiting", None
    last = orders[-1].until_month
    ends = Month.of(last).last_day if last else None
    cover = next(c for c in cover_on(one.membership.person_id, on) if c.membership_id == one.membership_id)
    if cover.state is State.CONFIRMED:
        grace = int(grace_months(cover.membership_class, Month.of(on)).value)
        held = Month.of(on).shift(grace).last_day
        return cover.state.value, min(held, ends) if ends else held
    if cover.state is State.ENDED:
        return cover.state.value, ends
    return cover.state.value, cover.until


def _given(sponsor_ids: Sequence[int]) -> dict[int, int]:
    """Rupiah that each pledge's sponsor has really paid."""
    found = bulk.read(
        """SELECT d.pledge_id, sum(t.amount_rupiah)::bigint FROM sponsorship_taken t
           JOIN sponsorship_deduction d ON d.id = t.deduction_id JOIN sponsorship_pledge p ON p.id = d.pledge_id
           WHERE p.sponsor_id = ANY(%s) AND t.outcome <> 'bridged' AND t.replaced_at IS NULL GROUP BY 1""",
        [list(sponsor_ids)],
        schema={"pledge_id": pl.Int64, "given": pl.Int64},
    )
    return dict(found.iter_rows())


def _owed(where: str, parameters: Sequence[object]) -> list[tuple[int, int, list[date]]]:
    """Pledge, rupiah and months that are owed by sponsors."""
    inside = f"d.pledge_id IN (SELECT p.id FROM sponsorship_pledge p WHERE {where})"  # noqa: S608  # own conditions
    found = bulk.read(ARREARS_SQL.format(where=inside), list(parameters), schema=ARREARS)
    grouped = found.group_by("pledge_id", maintain_order=True).agg(pl.col("owed_rupiah").sum(), pl.col("month"))
    return list(grouped.iter_rows())


@dataclass(frozen=True)
class Warning:
    """A sponsor's arrears. `lapses_after` is the last day on which the worker's cover still holds; None when it is
    held by a bridging fund's advance, or nothing was ever posted.
    """

    pledge_id: int
    sponsor: str
    worker: str
    owed_rupiah: int
    months: tuple[Month, ...]
    last_posted: Month | None
    lapses_after: date | None


def warnings_of(circular: Circular, *, opd_id: int, on: date) -> list[Warning]:
    """What sponsors of an OPD have not paid, those whose worker's cover ends first at the top."""
    where = "p.circular_id = %s AND p.sponsor_id IN (SELECT id FROM sponsorship_sponsor WHERE opd_id = %s)"
    owed = _owed(where, [circular.pk, opd_id])
    posted = _last_posted([pledge_id for pledge_id, _, _ in owed], on)
    grace = int(grace_months(circular.agreement.membership_class, Month.of(on)).value)
    pledges = Pledge.objects.select_related("sponsor").in_bulk([pledge_id for pledge_id, _, _ in owed])
    found = []
    for pledge_id, rupiah, months in owed:
        last = posted.get(pledge_id)
        one = pledges[pledge_id]
        found.append(
            Warning(
                pledge_id=pledge_id,
                sponsor=one.sponsor.name,
                worker=told_of(one).get("Nama", ""),
                owed_rupiah=rupiah,
                months=tuple(Month.of(month) for month in months),
                last_posted=last,
                lapses_after=last.shift(grace).last_day if last else None,
            )
        )
    return sorted(found, key=lambda one: (one.lapses_after or date.min, one.pledge_id))


def _last_posted(pledge_ids: Sequence[int], on: date) -> dict[int, Month]:
    found = bulk.read(
        """SELECT p.id, max(b.month) FROM sponsorship_pledge p JOIN billing_posting b
           ON b.membership_id = p.membership_id AND b.month <= %s WHERE p.id = ANY(%s) GROUP BY 1""",
        [on, list(pledge_ids)],
        schema={"pledge_id": pl.Int64, "month": pl.Date},
    )
    return {pledge_id: Month.of(month) for pledge_id, month in found.iter_rows()}


@dataclass(frozen=True)
class ReceiptLine:
    """One month of a sponsor's receipt for one worker."""

    month: Month
    pledge_id: int
    worker: str
    due_rupiah: int
    taken_rupiah: int


def receipt_of(sponsor_id: int, *, year: int) -> list[ReceiptLine]:
    """What was asked of a sponsor in a year and what was really deducted, by month and worker."""
    found = bulk.read(
        """SELECT d.month, d.pledge_id, d.due_rupiah,
               coalesce(sum(t.amount_rupiah) FILTER (WHERE t.outcome <> 'bridged'), 0)::bigint
           FROM sponsorship_deduction d JOIN sponsorship_pledge p ON p.id = d.pledge_id
           LEFT JOIN sponsorship_taken t ON t.deduction_id = d.id AND t.replaced_at IS NULL
           WHERE p.sponsor_id = %s AND extract(year FROM d.month) = %s
           GROUP BY d.id, d.month, d.pledge_id, d.due_rupiah ORDER BY d.month, d.pledge_id""",
        [sponsor_id, year],
        schema={"month": pl.Date, "pledge_id": pl.Int64, "due": pl.Int64, "taken": pl.Int64},
    )
    names = {one.pk: told_of(one).get("Nama", "") for one in Pledge.objects.filter(sponsor_id=sponsor_id)}
    return [
        ReceiptLine(Month.of(month), pledge_id, names.get(pledge_id, ""), due, taken)
        for month, pledge_id, due, taken in found.iter_rows()
    ]


def pledges_in(area: Area, *, waiting: bool | None = None, before: int | None = None) -> QuerySet[Pledge]:
    """The pledges that an area shows, the newest first; only those that wait for their paper, or only the others.

    `before` goes on below a pledge.
    """
    found = Pledge.objects.filter(government=area.government).select_related("sponsor__opd", "circular")
    if waiting is not None:
        found = found.filter(consented_at__isnull=waiting)
        found = found.filter(withdrawn_at__isnull=True) if waiting else found
    return (found.filter(pk__lt=before) if before else found).order_by("-pk")
