"""What goes wrong soon, while something can still be done: who is behind it, and how many.

Kinds: `short_cover` (a BPU's cover ends before the waiting months of JKM have passed), `gap` (a gap between two spells
that the clock starts anew after), `grace_ends` (unpaid so long that cover lapses within weeks), `cover_ends` (cover
ends soon and nothing follows), `past_year` (still paid from a budget line of an earlier year).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from payung.office import bulk
from payung.office.access.remembering import remembered
from payung.office.agreements.queries import readings_of
from payung.rules.law.membership import grace_months
from payung.rules.law.tables import table
from payung.rules.months import Month

OF_PEOPLE = ("short_cover", "gap", "grace_ends", "cover_ends", "past_year")
SOON_MONTHS = 2
"""How many months ahead an end of cover is told."""
SOON_DAYS = 45
"""How many days ahead a lapse is told."""

# Runs of months without a break, whatever agreement they rest on. Cover ends with the spell or with its agreement,
# whichever is first; an open end is infinity. Only memberships that can be warned of are looked at: one whose spell
# ends soon, begins later, or is short; most go on without an end.
_RUNS = """
    WITH ends AS MATERIALIZED (
        SELECT id AS agreement_id, coalesce(agreements_until(id), 'infinity') AS last_day FROM agreements_agreement
        WHERE government_id = %(government)s
    ), every AS (
        SELECT s.id, s.membership_id, s.from_month, s.payer_opd_id,
               date_trunc('month', least(coalesce(s.until_month, 'infinity'), e.last_day))::date AS until_month
        FROM enrolment_spell s JOIN ends e ON e.agreement_id = s.agreement_id
        WHERE s.government_id = %(government)s AND s.replaced_at IS NULL
    ), spells AS (
        SELECT * FROM every WHERE membership_id IN (
            SELECT membership_id FROM every
            WHERE until_month BETWEEN %(this)s AND %(soon)s OR from_month >= %(this)s
               OR until_month < from_month + make_interval(months => %(waiting)s))
    ), marked AS (
        SELECT *, from_month > max(until_month) OVER w + interval '1 month' AS breaks
        FROM spells WINDOW w AS (PARTITION BY membership_id ORDER BY from_month, id
                                 ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ), numbered AS (
        SELECT *, count(*) FILTER (WHERE breaks) OVER (PARTITION BY membership_id ORDER BY from_month, id) AS run
        FROM marked
    ), runs AS (
        SELECT membership_id, run, min(from_month) AS from_month, max(until_month) AS until_month,
               max(payer_opd_id) AS opd_id
        FROM numbered GROUP BY 1, 2
    ), told AS (
        SELECT r.*, m.person_id, m.membership_class,
               lead(r.from_month) OVER (PARTITION BY r.membership_id ORDER BY r.run) AS next_month
        FROM runs r JOIN registry_membership m ON m.id = r.membership_id
    )
"""
_OF_KIND: Mapping[str, str] = {
    "short_cover": """SELECT membership_id, person_id, opd_id, until_month AS day FROM told
        WHERE membership_class = 'BPU' AND until_month >= %(this)s AND isfinite(until_month)
          AND until_month < from_month + make_interval(months => %(waiting)s)""",
    "gap": """SELECT membership_id, person_id, opd_id, until_month AS day FROM told
        WHERE next_month >= %(this)s AND isfinite(until_month)""",
    "cover_ends": """SELECT membership_id, person_id, opd_id, until_month AS day FROM told
        WHERE next_month IS NULL AND until_month BETWEEN %(this)s AND %(soon)s""",
}
_GRACE_ENDS = """
    SELECT m.id AS membership_id, m.person_id, s.payer_opd_id AS opd_id, p.last AS day
    FROM enrolment_spell s JOIN registry_membership m ON m.id = s.membership_id
    JOIN LATERAL (SELECT max(b.month) AS last FROM billing_posting b WHERE b.membership_id = m.id) p ON true
    WHERE s.government_id = %(government)s AND s.replaced_at IS NULL AND s.from_month <= %(this)s
      AND coalesce(s.until_month, 'infinity') >= %(this)s
      AND p.last BETWEEN %(grace_from)s AND %(grace_until)s AND m.membership_class = 'BPU'
"""
_PAST_YEAR = """
    SELECT s.membership_id, m.person_id, s.payer_opd_id AS opd_id, s.from_month AS day
    FROM enrolment_spell s JOIN registry_membership m ON m.id = s.membership_id
    WHERE s.government_id = %(government)s AND s.replaced_at IS NULL AND s.from_month <= %(this)s
      AND coalesce(s.until_month, 'infinity') >= %(this)s AND s.budget_line_id = ANY(ARRAY(
          SELECT l.id FROM agreements_budgetline l JOIN agreements_fund f ON f.id = l.fund_id
          WHERE l.year < %(year)s AND f.kind NOT IN ('TPP', 'self', 'employer')))  -- private money has no budget year
"""
_PERSON = {
    "person_id": pl.Int64, "name": pl.String, "opd": pl.String, "day": pl.Date,
}  # fmt: skip


@dataclass(frozen=True)
class Warned:
    """Somebody behind a warning; `day` is the month (its first day) that it speaks of."""

    person_id: int
    name: str
    opd: str
    day: date


def _statement(kind: str) -> str:
    if kind in _OF_KIND:
        return _RUNS + _OF_KIND[kind]
    return _GRACE_ENDS if kind == "grace_ends" else _PAST_YEAR


def _asked(government_id: int, on: date) -> dict[str, object]:
    """The day's months and the law's numbers behind the kinds."""
    this = Month.of(on)
    grace = int(grace_months("BPU", this).value)
    start = readings_of(government_id).on(this)["jkm-waiting-start"]
    waiting = int(table("jkm_waiting").series(start).at(this).value)
    # Grace runs to the end of the last posted month's `grace`-th successor: soon over, and not over yet.
    latest = Month.of(on + timedelta(days=SOON_DAYS))
    over_soon = latest if latest.last_day <= on + timedelta(days=SOON_DAYS) else latest.shift(-1)
    return {
        "government": government_id, "this": this.first_day, "soon": this.shift(SOON_MONTHS).first_day,
        "waiting": waiting, "year": this.year, "grace_from": this.shift(-grace).first_day,
        "grace_until": over_soon.shift(-grace).first_day,
    }  # fmt: skip


def counts_of_people(government_id: int, on: date) -> dict[str, int]:
    """How many memberships stand behind each kind on a day, as far as the reader sees them."""
    asked = _asked(government_id, on)
    together = " UNION ALL ".join(
        f"SELECT '{kind}', count(DISTINCT membership_id) FROM ({_OF_KIND[kind]}) k"  # noqa: S608  # our own words
        for kind in _OF_KIND
    )
    runs = remembered(_RUNS + together, asked, schema={"kind": pl.String, "count": pl.Int64})
    found = dict(runs.iter_rows())
    for kind, statement in (("grace_ends", _GRACE_ENDS), ("past_year", _PAST_YEAR)):
        counted = f"SELECT count(DISTINCT membership_id) FROM ({statement}) k"  # noqa: S608  # our own words
        found[kind] = remembered(counted, asked, schema={"count": pl.Int64}, of_everybody=True).item()
    return {kind: found[kind] for kind in OF_PEOPLE}


def people_behind(government_id: int, kind: str, on: date, *, after: int = 0, limit: int | None = None) -> list[Warned]:
    """Exactly those whom a kind counts, one for each membership, by person."""
    asked = {**_asked(government_id, on), "after": after, "limit": limit}
    found = bulk.read(
        f"""SELECT coalesce(a.survivor_id, k.person_id), coalesce(v.name, p.name), o.short_name, k.day
            FROM (SELECT DISTINCT ON (membership_id) * FROM ({_statement(kind)}) w ORDER BY membership_id, day DESC) k
            JOIN registry_person p ON p.id = k.person_id LEFT JOIN registry_alias a ON a.person_id = p.id
            LEFT JOIN registry_person v ON v.id = a.survivor_id JOIN places_opd o ON o.id = k.opd_id
            WHERE coalesce(a.survivor_id, k.person_id) > %(after)s ORDER BY 1, k.membership_id LIMIT %(limit)s""",  # noqa: S608  # our own words
        asked,
        schema=_PERSON,
    )
    return [Warned(*row) for row in found.iter_rows()]


@dataclass(frozen=True)
class LateBill:
    """A bill that is due in days and not paid yet, or overdue."""

    id: int
    number: str
    unit: str
    month: date
    due_on: date
    outstanding_rupiah: int


PAY_BEFORE_DAYS = 5
"""Bills fall due on the 15th: whoever has not paid by the 10th is told then."""
_LATE = """
    SELECT b.id, b.number, u.name, b.month, b.due_on, (b.total_rupiah - coalesce(p.paid, 0))::bigint
    FROM billing_bill b JOIN places_paymentunit u ON u.id = b.unit_id
    LEFT JOIN LATERAL (SELECT sum(x.amount_rupiah) AS paid FROM billing_payment x WHERE x.bill_id = b.id) p ON true
    WHERE b.government_id = %s AND b.state IN ('final', 'sent') AND b.due_on <= %s
      AND b.total_rupiah > coalesce(p.paid, 0) AND b.total_rupiah > 0
    ORDER BY b.due_on, u.name, b.id
"""


def late_bills(government_id: int, on: date) -> list[LateBill]:
    """Whoever has not paid by the 10th of the month of the due date, the oldest first."""
    found = bulk.read(
        _LATE,
        [government_id, on + timedelta(days=PAY_BEFORE_DAYS)],
        schema={
            "id": pl.Int64, "number": pl.String, "unit": pl.String, "month": pl.Date, "due_on": pl.Date,
            "rupiah": pl.Int64,
        },
    )  # fmt: skip
    return [LateBill(*row) for row in found.iter_rows()]
