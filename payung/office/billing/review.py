"""What a decider asks of a month's draft: what changed against the month before, and every line behind each number."""

from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import Count, QuerySet, Sum

from payung.office import bulk
from payung.office.billing.models import Bill, BillLine, BillRun
from payung.office.billing.queries import BillHead, Line, heads_of, told
from payung.office.places.queries import Area
from payung.rules.months import Month

CHANGES = ("joined", "left", "wage", "same")
_STANDING = """
    WITH standing AS (
        SELECT l.membership_id, l.for_month, sum(l.total_rupiah)::bigint AS rupiah,
               (array_agg(l.wage_rupiah ORDER BY l.id DESC))[1] AS wage, max(l.id) AS line_id
        FROM billing_bill b JOIN billing_billline l ON l.bill_id = b.id
        WHERE b.government_id = %(government)s AND l.for_month IN (%(month)s, %(before)s)
          AND ((b.run_id = %(run)s AND l.for_month = %(month)s)
               OR (b.state <> 'void' AND coalesce(b.run_id, 0) < %(run)s))
        GROUP BY 1, 2 HAVING sum(l.total_rupiah) <> 0
    ), compared AS (
        SELECT coalesce(n.membership_id, p.membership_id) AS membership_id, p.rupiah AS before, n.rupiah AS now,
               p.wage AS wage_before, n.wage AS wage_now, coalesce(n.line_id, p.line_id) AS line_id,
               CASE WHEN p.membership_id IS NULL THEN 'joined' WHEN n.membership_id IS NULL THEN 'left'
                    WHEN p.wage <> n.wage THEN 'wage' ELSE 'same' END AS change
        FROM (SELECT * FROM standing WHERE for_month = %(month)s) n
        FULL JOIN (SELECT * FROM standing WHERE for_month = %(before)s) p USING (membership_id)
    )
"""
_CHANGES = f"""{_STANDING}
    SELECT change, count(*), coalesce(sum(before), 0)::bigint, coalesce(sum(now), 0)::bigint FROM compared GROUP BY 1
"""  # noqa: S608  # our own text, values are parameters
_PEOPLE = f"""{_STANDING}
    SELECT c.membership_id, p.id, p.name, o.short_name, c.wage_before, c.wage_now, c.before, c.now
    FROM compared c JOIN billing_billline l ON l.id = c.line_id JOIN places_opd o ON o.id = l.opd_id
    JOIN registry_membership m ON m.id = c.membership_id
    LEFT JOIN registry_alias a ON a.person_id = m.person_id
    JOIN registry_person p ON p.id = coalesce(a.survivor_id, m.person_id)
    WHERE c.change = %(change)s AND c.membership_id > %(after)s ORDER BY 1 LIMIT %(limit)s
"""  # noqa: S608  # our own text, values are parameters


@dataclass(frozen=True)
class Change:
    """People of one kind of change: heads, and their rupiah for the month before and for this one."""

    heads: int
    before_rupiah: int
    now_rupiah: int


@dataclass(frozen=True)
class Correction:
    """The lines of one reason for months before: how many, and their rupiah (credits below zero)."""

    reason: str
    lines: int
    total_rupiah: int


@dataclass(frozen=True)
class BilledMonth:
    """One month of a bill in advance: heads and rupiah."""

    month: date
    heads: int
    total_rupiah: int


@dataclass(frozen=True)
class ChangedPerson:
    """One person whose month differs from the one before; None where there is no line."""

    membership_id: int
    person_id: int
    name: str
    opd: str
    wage_before_rupiah: int | None
    wage_rupiah: int | None
    before_rupiah: int | None
    now_rupiah: int | None


def visible_runs(area: Area) -> QuerySet[BillRun]:
    """Runs are seen by whoever sees the whole government."""
    runs = BillRun.objects.filter(government=area.government)
    return runs if area.opd_ids is None else runs.none()


def drafts(area: Area) -> list[BillRun]:
    """The drafts that wait, newest month first."""
    return list(visible_runs(area).filter(state=BillRun.DRAFT).order_by("-month"))


def bills_of(run: BillRun) -> list[BillHead]:
    """The bills of a run, by unit."""
    return heads_of(Bill.objects.filter(run=run))


def changes(run: BillRun) -> dict[str, Change]:
    """By kind of CHANGES: the month as billed with this run against the month before. A supplement counts with the
    month's earlier bills.
    """
    found = bulk.read(
        _CHANGES,
        _asked(run),
        schema={"change": pl.String, "heads": pl.Int64, "before": pl.Int64, "now": pl.Int64},
    )
    counted = {change: Change(heads, before, now) for change, heads, before, now in found.iter_rows()}
    return {kind: counted.get(kind, Change(0, 0, 0)) for kind in CHANGES}


def changed_people(run: BillRun, change: str, *, after: int = 0, limit: int) -> list[ChangedPerson]:
    """The people of one kind of change by membership id, after one; a merged person under the survivor's name."""
    found = bulk.read(
        _PEOPLE,
        {**_asked(run), "change": change, "after": after, "limit": limit},
        schema={
            "membership_id": pl.Int64, "person_id": pl.Int64, "name": pl.String, "opd": pl.String,
            "wage_before_rupiah": pl.Int64, "wage_rupiah": pl.Int64, "before_rupiah": pl.Int64, "now_rupiah": pl.Int64,
        },
    )  # fmt: skip
    return [ChangedPerson(**row) for row in found.iter_rows(named=True)]


def corrections(run: BillRun) -> list[Correction]:
    """The lines that are not the month's own, by reason."""
    found = BillLine.objects.filter(bill__run=run).exclude(reason__in=BillLine.PLANNED).values_list("reason")
    counted = found.annotate(Count("pk"), Sum("total_rupiah")).order_by("reason")
    return [Correction(reason, lines, int(total)) for reason, lines, total in counted]


def months_of(run: BillRun) -> list[BilledMonth]:
    """What a run in advance holds, month by month."""
    found = BillLine.objects.filter(bill__run=run).values_list("for_month").order_by("for_month")
    return [BilledMonth(*row) for row in found.annotate(Count("membership", distinct=True), Sum("total_rupiah"))]


def corrected_lines(run: BillRun, reason: str, *, after: int = 0, limit: int) -> list[Line]:
    """The lines of one reason by line id, after one."""
    return told(BillLine.objects.filter(bill__run=run, reason=reason, pk__gt=after), limit=limit)


def _asked(run: BillRun) -> dict[str, int | date]:
    before = Month.of(run.month).shift(-1).first_day
    return {"government": run.government_id, "run": run.pk, "month": run.month, "before": before}
