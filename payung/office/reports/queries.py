"""The programme of a month, OPD by OPD: listed, protected, billed, paid, posted; now, or as known at an instant."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from payung.office import bulk
from payung.office.access.remembering import remembered
from payung.office.known import RECORDED, STANDING
from payung.office.places.queries import Area
from payung.office.places.scope import counting_everybody
from payung.rules.months import Month


@dataclass(frozen=True)
class OpdLine:
    """One OPD in one month. Heads and rupiah.

    `listed` are the rows of the newest complete list and the additions after it; of those `waiting` need a person,
    `rejected` cannot be enrolled, and `unapplied` would join by a plan that is not applied yet.
    `again` are those of the `protected` who stand in a second list, as a second agreement pays for them as well;
    `carried` those whom civil servants pay for by their pledges, who stand in no list.
    `ended` joined by a list that stands and are protected no more.
    """

    opd_id: int
    opd: str
    listed: int
    waiting: int
    rejected: int
    unapplied: int
    protected: int
    again: int
    carried: int
    ended: int
    billed_rupiah: int
    paid_rupiah: int
    posted: int


@dataclass(frozen=True)
class Programme:
    """The month in one look, with its OPD; every total is the sum of its lines."""

    month: Month
    lines: tuple[OpdLine, ...]

    def total(self, column: str) -> int:
        """The sum of one column of `lines`."""
        return sum(int(getattr(line, column)) for line in self.lines)


_KNOWN_SPELL = STANDING.format(row="s")
STANDING_LISTS = f"""WITH standing AS (
        -- The newest complete list of each OPD and agreement, and the additions handed in after it; a corrected list
        -- stands in place of the one it corrects.
        SELECT l.opd_id, l.reading_id, l.id, l.kind
        FROM enrolment_rosterlist l
        WHERE l.month <= %(month)s AND {RECORDED.format(column="l.received_at")} AND NOT EXISTS (
            SELECT 1 FROM enrolment_rosterlist n
            WHERE n.opd_id = l.opd_id AND n.agreement_id = l.agreement_id AND n.kind = 'complete'
              AND n.month <= %(month)s AND {RECORDED.format(column="n.received_at")}
              AND (n.month, n.received_at, n.id) > (l.month, l.received_at, l.id))
          AND NOT EXISTS (
            SELECT 1 FROM enrolment_rosterlist c
            WHERE c.predecessor_id = l.id AND {RECORDED.format(column="c.received_at")})
    )"""  # noqa: S608  # our own text, values are parameters
"""The lists that say who is in an OPD in a month, for queries that ask about `month` and `known_at`."""
_OVER = "(s.until_month < %(month)s OR s.replaced_at IS NOT NULL)"
"""Spells that may be over: few, so that whoever is protected need not be looked at."""
JOINED_BY_LISTS = f"""
        SELECT l.opd_id, s.membership_id
        FROM standing l JOIN enrolment_plan n ON n.roster_list_id = l.id JOIN enrolment_spell s ON s.plan_id = n.id
        WHERE s.from_month <= %(month)s AND {RECORDED.format(column="s.recorded_at")} AND {_OVER}
        UNION
        SELECT l.opd_id, i.membership_id
        FROM standing l JOIN enrolment_plan n ON n.roster_list_id = l.id JOIN enrolment_planitem i ON i.plan_id = n.id
        WHERE i.kind IN ('already', 'wage') AND {RECORDED.format(column="n.made_at")}
          AND i.membership_id IN (SELECT s.membership_id FROM enrolment_spell s WHERE {_OVER})
"""  # noqa: S608  # our own text, values are parameters
"""Whom a list that stands brought in, or found protected, and whose spell was over or changed: OPD and membership."""
UNBOUND = f"""NOT EXISTS (
            SELECT 1 FROM enrolment_spell x WHERE x.membership_id = j.membership_id AND {STANDING.format(row="x")}
              AND x.from_month <= %(month)s AND coalesce(x.until_month, 'infinity') >= %(month)s)
"""  # noqa: S608  # our own text, values are parameters
"""Of these, who is protected no more in the month: died, left, at the end of the term; of who died before the first
month no spell stands at all."""
_BY_OPD = f"""
    {STANDING_LISTS}, listed AS (
        -- The newest plan of a list knows more than its reading: who resembles somebody, whom another OPD pays.
        -- A month's changes name people of other lists: only whom their plan takes in, or could not, stand here anew.
        SELECT l.opd_id,
               sum(CASE WHEN l.kind = 'changes' THEN coalesce((p.counts->>'join')::int, 0)
                            + coalesce((p.counts->>'human')::int, 0) + coalesce((p.counts->>'reject')::int, 0)
                        ELSE g.people END) AS people,
               sum(coalesce((p.counts->>'human')::int, 0) + CASE WHEN p.id IS NULL THEN g.human ELSE 0 END) AS waiting,
               sum(coalesce((p.counts->>'reject')::int, 0) + CASE WHEN p.id IS NULL THEN g.reject ELSE 0 END)
                   AS rejected,
               sum(CASE WHEN p.id IS NULL THEN g.people - g.human - g.reject
                        WHEN p.applied_at IS NULL THEN coalesce((p.counts->>'join')::int, 0) ELSE 0 END) AS unapplied
        FROM standing l
        LEFT JOIN LATERAL (
            SELECT coalesce((r.counts->'verdicts'->>'human')::int, 0) AS human,
                   coalesce((r.counts->'verdicts'->>'reject')::int, 0) AS reject,
                   (SELECT coalesce(sum(value::int), 0) FROM jsonb_each_text(r.counts->'verdicts')) AS people
            FROM files_reading r WHERE r.id = l.reading_id AND l.kind <> 'changes') g ON true
        LEFT JOIN LATERAL (
            SELECT n.id, n.counts,
                   CASE WHEN {RECORDED.format(column="n.applied_at")} THEN n.applied_at END AS applied_at
            FROM enrolment_plan n WHERE n.roster_list_id = l.id AND {RECORDED.format(column="n.made_at")}
            ORDER BY n.id DESC LIMIT 1) p ON true
        GROUP BY 1
    ), bound AS MATERIALIZED (
        -- The lines are looked up once: joined, the planner walks the spells again for each of them.
        SELECT opd_id, membership_id, count(*) AS agreements, bool_and(pledged) AS pledged
        FROM (SELECT s.payer_opd_id AS opd_id, s.membership_id, s.agreement_id,
                     bool_and(s.budget_line_id = ANY(ARRAY(
                         SELECT k.id FROM agreements_budgetline k JOIN agreements_fund f ON f.id = k.fund_id
                         WHERE f.kind = 'TPP'))) AS pledged
              FROM enrolment_spell s
              WHERE {_KNOWN_SPELL} AND s.from_month <= %(month)s
                AND coalesce(s.until_month, 'infinity') >= %(month)s GROUP BY 1, 2, 3) agreed
        GROUP BY 1, 2
    ), protected AS (
        -- Whoever is paid for under two agreements (JHT beside JKK and JKM) stands in a list of each.
        SELECT opd_id, count(*) AS heads, sum(agreements - 1) AS again, count(*) FILTER (WHERE pledged) AS carried
        FROM bound GROUP BY 1
    ), ended AS (
        SELECT j.opd_id, count(DISTINCT j.membership_id) AS heads FROM ({JOINED_BY_LISTS}) j WHERE {UNBOUND} GROUP BY 1
    ), billed AS (
        SELECT l.opd_id, sum(l.total_rupiah)::bigint AS rupiah
        FROM billing_billline l WHERE l.bill_id = ANY(ARRAY(
            SELECT b.id FROM billing_bill b WHERE b.month = %(month)s AND {RECORDED.format(column="b.final_at")}
              AND (b.voided_at IS NULL OR b.voided_at > %(known_at)s::timestamptz)))
        GROUP BY 1
    ), paid AS (
        SELECT k.opd_id, sum(p.amount_rupiah)::bigint AS rupiah
        FROM billing_payment p JOIN billing_bill b ON b.id = p.bill_id
        JOIN agreements_budgetline k ON k.id = b.budget_line_id
        WHERE b.month = %(month)s AND {RECORDED.format(column="p.recorded_at")} GROUP BY 1
    ), posted AS (
        SELECT b.opd_id, count(*) AS heads
        FROM billing_posting t JOIN bound b ON b.membership_id = t.membership_id
        WHERE t.month = %(month)s AND {RECORDED.format(column="t.recorded_at")} GROUP BY 1
    )
    SELECT o.id, o.short_name,
           coalesce(people, 0), coalesce(waiting, 0), coalesce(rejected, 0), coalesce(unapplied, 0),
           coalesce(protected.heads, 0), coalesce(protected.again, 0), coalesce(protected.carried, 0),
           coalesce(ended.heads, 0),
           coalesce(billed.rupiah, 0), coalesce(paid.rupiah, 0), coalesce(posted.heads, 0)
    FROM places_opd o
    LEFT JOIN listed ON listed.opd_id = o.id LEFT JOIN protected ON protected.opd_id = o.id
    LEFT JOIN ended ON ended.opd_id = o.id
    LEFT JOIN billed ON billed.opd_id = o.id LEFT JOIN paid ON paid.opd_id = o.id
    LEFT JOIN posted ON posted.opd_id = o.id
    WHERE o.government_id = %(government)s
    ORDER BY o.short_name
"""  # noqa: S608  # our own text, values are parameters
_LINE = {
    "opd_id": pl.Int64, "opd": pl.String, "listed": pl.Int64, "waiting": pl.Int64, "rejected": pl.Int64,
    "unapplied": pl.Int64, "protected": pl.Int64, "again": pl.Int64, "carried": pl.Int64, "ended": pl.Int64,
    "billed_rupiah": pl.Int64, "paid_rupiah": pl.Int64,
    "posted": pl.Int64,
}  # fmt: skip


def programme(area: Area, month: Month, *, known_at: datetime | None = None) -> Programme:
    """The month in the area's OPD; with `known_at` from what was recorded by that instant.

    All OPD are counted at once and cut to the area: one count serves every reader. Whoever sees people by where they
    live has every OPD, with those people alone.
    """
    asked = {"month": month.first_day, "government": area.government.pk, "known_at": known_at}
    with nullcontext() if area.villages else counting_everybody():
        frame = remembered(_BY_OPD, asked, schema=_LINE, of_everybody=True)
    lines = (OpdLine(**row) for row in frame.iter_rows(named=True))
    return Programme(month=month, lines=tuple(line for line in lines if area.villages or area.allows(line.opd_id)))


def months(area: Area) -> list[Month]:
    """The months in which this government has protected people or bills, newest first."""
    frame = bulk.read(
        """SELECT DISTINCT month FROM (
               SELECT month FROM billing_bill WHERE government_id = %s
               UNION SELECT l.month FROM enrolment_rosterlist l JOIN agreements_agreement a ON a.id = l.agreement_id
               WHERE a.government_id = %s) AS seen ORDER BY month DESC""",
        [area.government.pk, area.government.pk],
        schema={"month": pl.Date},
    )
    found: list[date] = frame["month"].to_list()
    return [Month.of(day) for day in found]
