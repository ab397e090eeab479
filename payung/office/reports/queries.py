"""The programme of a month, OPD by OPD: listed, protected, billed, paid, posted; now, or as known at an instant."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from payung.office import bulk
from payung.office.access.marks import unseal_column
from payung.office.known import RECORDED, STANDING
from payung.office.places.queries import Area
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
        SELECT l.opd_id, l.reading_id, l.id
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
_BY_OPD = f"""
    {STANDING_LISTS}, listed AS (
        -- The newest plan of a list knows more than its reading: who resembles somebody, whom another OPD pays.
        SELECT l.opd_id,
               sum(g.people) AS people,
               sum(coalesce((p.counts->>'human')::int, 0) + CASE WHEN p.id IS NULL THEN g.human ELSE 0 END) AS waiting,
               sum(coalesce((p.counts->>'reject')::int, 0) + CASE WHEN p.id IS NULL THEN g.reject ELSE 0 END)
                   AS rejected,
               sum(CASE WHEN p.id IS NULL THEN g.people - g.human - g.reject
                        WHEN p.applied_at IS NULL THEN coalesce((p.counts->>'join')::int, 0) ELSE 0 END) AS unapplied
        FROM standing l
        JOIN LATERAL (
            SELECT coalesce((r.counts->'verdicts'->>'human')::int, 0) AS human,
                   coalesce((r.counts->'verdicts'->>'reject')::int, 0) AS reject,
                   (SELECT coalesce(sum(value::int), 0) FROM jsonb_each_text(r.counts->'verdicts')) AS people
            FROM files_reading r WHERE r.id = l.reading_id) g ON true
        LEFT JOIN LATERAL (
            SELECT n.id, n.counts,
                   CASE WHEN {RECORDED.format(column="n.applied_at")} THEN n.applied_at END AS applied_at
            FROM enrolment_plan n WHERE n.roster_list_id = l.id AND {RECORDED.format(column="n.made_at")}
            ORDER BY n.id DESC LIMIT 1) p ON true
        GROUP BY 1
    ), protected AS (
        -- Whoever is paid for under two agreements (JHT beside JKK and JKM) stands in a list of each.
        SELECT opd_id, count(*) AS heads, sum(agreements - 1) AS again, count(*) FILTER (WHERE pledged) AS carried
        FROM (SELECT s.payer_opd_id AS opd_id, s.membership_id, count(DISTINCT s.agreement_id) AS agreements,
                     bool_and(f.kind = 'TPP') AS pledged
              FROM enrolment_spell s JOIN agreements_budgetline k ON k.id = s.budget_line_id
              JOIN agreements_fund f ON f.id = k.fund_id
              WHERE {_KNOWN_SPELL} AND s.from_month <= %(month)s
                AND coalesce(s.until_month, 'infinity') >= %(month)s GROUP BY 1, 2) bound
        GROUP BY 1
    ), ended AS (
        -- Who joined by a list that stands, and whose cover is over: died, left, or at the end of the term.
        SELECT l.opd_id, count(DISTINCT s.membership_id) AS heads
        FROM standing l JOIN enrolment_plan n ON n.roster_list_id = l.id JOIN enrolment_spell s ON s.plan_id = n.id
        WHERE {_KNOWN_SPELL} AND s.until_month < %(month)s AND NOT EXISTS (
            SELECT 1 FROM enrolment_spell x WHERE x.membership_id = s.membership_id AND {STANDING.format(row="x")}
              AND x.from_month <= %(month)s AND coalesce(x.until_month, 'infinity') >= %(month)s)
        GROUP BY 1
    ), billed AS (
        SELECT l.opd_id, sum(l.total_rupiah)::bigint AS rupiah
        FROM billing_billline l JOIN billing_bill b ON b.id = l.bill_id
        WHERE b.month = %(month)s AND {RECORDED.format(column="b.final_at")}
          AND (b.voided_at IS NULL OR b.voided_at > %(known_at)s::timestamptz) GROUP BY 1
    ), paid AS (
        SELECT k.opd_id, sum(p.amount_rupiah)::bigint AS rupiah
        FROM billing_payment p JOIN billing_bill b ON b.id = p.bill_id
        JOIN agreements_budgetline k ON k.id = b.budget_line_id
        WHERE b.month = %(month)s AND {RECORDED.format(column="p.recorded_at")} GROUP BY 1
    ), posted AS (
        SELECT s.payer_opd_id AS opd_id, count(DISTINCT s.membership_id) AS heads
        FROM billing_posting t JOIN enrolment_spell s ON s.membership_id = t.membership_id
        WHERE t.month = %(month)s AND {RECORDED.format(column="t.recorded_at")}
          AND {_KNOWN_SPELL} AND s.from_month <= %(month)s
          AND coalesce(s.until_month, 'infinity') >= %(month)s GROUP BY 1
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
    WHERE o.government_id = %(government)s AND (%(opds)s::bigint[] IS NULL OR o.id = ANY(%(opds)s::bigint[]))
    ORDER BY o.short_name
"""  # noqa: S608  # our own text, values are parameters
_LINE = {
    "opd_id": pl.Int64, "opd": pl.String, "listed": pl.Int64, "waiting": pl.Int64, "rejected": pl.Int64,
    "unapplied": pl.Int64, "protected": pl.Int64, "again": pl.Int64, "carried": pl.Int64, "ended": pl.Int64,
    "billed_rupiah": pl.Int64, "paid_rupiah": pl.Int64,
    "posted": pl.Int64,
}  # fmt: skip


def programme(area: Area, month: Month, *, known_at: datetime | None = None) -> Programme:
    """The month in the area's OPD; with `known_at` from what was recorded by that instant."""
    frame = bulk.read(
        _BY_OPD,
        {
            "month": month.first_day,
            "government": area.government.pk,
            "opds": None if area.opd_ids is None or area.villages else list(area.opd_ids),
            "known_at": known_at,
        },
        schema=_LINE,
    )
    return Programme(month=month, lines=tuple(OpdLine(**row) for row in frame.iter_rows(named=True)))


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


@dataclass(frozen=True)
class Counted:
    """One membership behind a count. The NIK is in clear: mask it before a screen."""

    membership_id: int
    person_id: int
    name: str
    nik: str | None
    opd: str

    @property
    def id(self) -> int:
        """Its place in the list."""
        return self.membership_id


JOINED, LEFT, UNPROVED = "joined", "left", "unproved"
_PROTECTED = f"""
    SELECT DISTINCT s.membership_id, p.id, p.name, p.nik_sealed, o.short_name
    FROM enrolment_spell s
    JOIN registry_membership m ON m.id = s.membership_id
    LEFT JOIN registry_alias a ON a.person_id = m.person_id
    JOIN registry_person p ON p.id = coalesce(a.survivor_id, m.person_id)
    JOIN places_opd o ON o.id = s.payer_opd_id
    WHERE s.government_id = %(government)s AND {_KNOWN_SPELL} AND s.from_month <= %(month)s
      AND coalesce(s.until_month, 'infinity') >= %(month)s
      AND (%(opd)s::bigint IS NULL OR s.payer_opd_id = %(opd)s) AND s.membership_id > %(after)s {{more}}
    ORDER BY s.membership_id LIMIT %(limit)s
"""  # noqa: S608  # our own text, values are parameters
_NOT_IN = f"""
      AND NOT EXISTS (
        SELECT 1 FROM enrolment_spell x WHERE x.membership_id = s.membership_id AND {STANDING.format(row="x")}
          AND x.from_month <= %(other_month)s AND coalesce(x.until_month, 'infinity') >= %(other_month)s)
"""  # noqa: S608  # our own text, values are parameters
_POSTED = f"""
      AND {{truly}} EXISTS (SELECT 1 FROM billing_posting t
                  WHERE t.membership_id = s.membership_id AND t.month = %(month)s
                    AND {RECORDED.format(column="t.recorded_at")})
"""  # noqa: S608  # our own text, values are parameters

_COUNTED = {
    "membership_id": pl.Int64, "person_id": pl.Int64, "name": pl.String, "nik": pl.String, "opd": pl.String,
}  # fmt: skip


def people_behind(
    area: Area,
    month: Month,
    column: str,
    *,
    opd_id: int | None = None,
    after: int = 0,
    limit: int | None = 50,
    known_at: datetime | None = None,
) -> list[Counted]:
    """Exactly what `protected` or `posted` counts, by membership id, after one; `limit` None for all. `joined` are
    those protected in the month and not in the one before, `left` the other way round, `unproved` those not posted.

    Raises KeyError for another column: lists and plans open their own counts.
    """
    more = {
        "protected": "",
        "posted": _POSTED.format(truly=""),
        UNPROVED: _POSTED.format(truly="NOT"),
        JOINED: _NOT_IN,
        LEFT: _NOT_IN,
    }[column]
    stand, other = (month.shift(-1), month) if column == LEFT else (month, month.shift(-1))
    frame = bulk.read(
        _PROTECTED.format(more=more),
        {
            "month": stand.first_day, "other_month": other.first_day, "government": area.government.pk,
            "opd": opd_id, "after": after, "limit": limit, "known_at": known_at,
        },
        schema=_COUNTED,
    )  # fmt: skip
    opened = frame.with_columns(pl.Series("nik", unseal_column(frame["nik"], kind="nik"), dtype=pl.String))
    return [Counted(**row) for row in opened.iter_rows(named=True)]


_CHANGED = f"""
    WITH now AS (
        SELECT DISTINCT s.membership_id FROM enrolment_spell s
        WHERE s.government_id = %(government)s AND {_KNOWN_SPELL} AND s.from_month <= %(month)s
          AND coalesce(s.until_month, 'infinity') >= %(month)s
    ), before AS (
        SELECT DISTINCT s.membership_id FROM enrolment_spell s
        WHERE s.government_id = %(government)s AND {_KNOWN_SPELL} AND s.from_month <= %(other_month)s
          AND coalesce(s.until_month, 'infinity') >= %(other_month)s
    )
    SELECT (SELECT count(*) FROM (SELECT * FROM now EXCEPT SELECT * FROM before) j),
           (SELECT count(*) FROM (SELECT * FROM before EXCEPT SELECT * FROM now) l)
"""  # noqa: S608  # our own text, values are parameters


def changed_since_last(area: Area, month: Month, *, known_at: datetime | None = None) -> tuple[int, int]:
    """How many memberships are protected in the month and were not in the one before, and the other way round."""
    frame = bulk.read(
        _CHANGED,
        {
            "government": area.government.pk, "month": month.first_day, "other_month": month.shift(-1).first_day,
            "known_at": known_at,
        },
        schema={"joined": pl.Int64, "left": pl.Int64},
    )  # fmt: skip
    joined, left = frame.row(0)
    return joined, left
