"""What an auditor asks: who was paid for after death, after 65, after leaving, or by two payers at once.

Each question begins with the few whom it can concern, then reads their months: lines on bills that are due and what
BPJS posted. Corrections are counted in: a month that a credit took back is not found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from payung.office import bulk
from payung.office.access.remembering import remembered

AFTER_DEATH, AFTER_65, AFTER_LEAVING, TWO_PAYERS = "after_death", "after_65", "after_leaving", "two_payers"
QUESTIONS = (AFTER_DEATH, AFTER_65, AFTER_LEAVING, TWO_PAYERS)
AGE_LIMIT_YEARS = 65
"""A BPU joins before 65; who is a member stays until the spell ends (docs/decisions). PU have no such limit."""

# Whom a question concerns: membership, person, and the day after whose month nothing should be paid.
_DEAD = """
    SELECT m.id AS membership_id, m.person_id, min(d.died_on) AS day
    FROM (
        SELECT c.person_id, c.event_on AS died_on FROM claims_case c
        WHERE c.government_id = %(government)s AND c.event = 'death' AND c.state <> 'dropped'
        UNION ALL
        SELECT r.person_id, r.died_on FROM outside_outsiderow r
        WHERE r.government_id = %(government)s AND r.state = 'matched' AND r.dead AND r.died_on IS NOT NULL
    ) d CROSS JOIN LATERAL registry_group(d.person_id) g JOIN registry_membership m ON m.person_id = g
    WHERE d.died_on <= %(on)s GROUP BY 1, 2
"""
_AGED = """
    SELECT m.id AS membership_id, m.person_id, (p.birth_date + make_interval(years => %(age)s))::date AS day
    FROM registry_person p JOIN registry_membership m ON m.person_id = p.id
    WHERE p.government_id = %(government)s AND m.membership_class = 'BPU'
      AND p.birth_date <= (%(on)s::date - make_interval(years => %(age)s))::date
"""
# Who has no job left, and whom the newest personnel master that was compared calls gone.
_GONE = """
    SELECT membership_id, m.person_id, min(day) AS day
    FROM (
        SELECT j.membership_id, max(j.until_month) AS day FROM registry_job j
        WHERE j.government_id = %(government)s AND j.replaced_at IS NULL
        GROUP BY 1 HAVING bool_and(j.until_month IS NOT NULL) AND max(j.until_month) <= %(on)s
        UNION ALL
        SELECT c.membership_id, r.until_on FROM reports_compared c JOIN reports_masterrow r ON r.row_id = c.row_id
        WHERE c.standing = 'gone' AND r.until_on <= %(on)s AND c.comparison_id = (
            SELECT id FROM reports_comparison WHERE government_id = %(government)s
            ORDER BY made_at DESC, id DESC LIMIT 1)
    ) g JOIN registry_membership m ON m.id = g.membership_id GROUP BY 1, 2
"""
_CONCERNED: Mapping[str, str] = {AFTER_DEATH: _DEAD, AFTER_65: _AGED, AFTER_LEAVING: _GONE}

# Of the concerned (`whom`): what stands on due bills and what was posted, month by month. A bill is paid when its
# payments reach its total.
_MONTHS = """
    settled AS MATERIALIZED (
        SELECT b.id, coalesce((SELECT sum(p.amount_rupiah) FROM billing_payment p WHERE p.bill_id = b.id), 0)
                     >= b.total_rupiah AS paid
        FROM billing_bill b WHERE b.government_id = %(government)s AND b.state IN ('final', 'sent')
    ), told AS (
        SELECT w.membership_id, l.for_month AS month, l.opd_id, l.total_rupiah::bigint AS billed,
               CASE WHEN s.paid THEN l.total_rupiah ELSE 0 END::bigint AS paid, 0::bigint AS posted
        FROM whom w JOIN billing_billline l ON l.membership_id = w.membership_id AND l.for_month > w.day
        JOIN settled s ON s.id = l.bill_id
        UNION ALL
        SELECT w.membership_id, t.month, NULL, 0, 0, t.amount_rupiah
        FROM whom w JOIN billing_posting t ON t.membership_id = w.membership_id AND t.month > w.day
    ), months AS (
        SELECT membership_id, month, max(opd_id) AS opd_id, sum(billed)::bigint AS billed, sum(paid)::bigint AS paid,
               sum(posted)::bigint AS posted
        FROM told GROUP BY 1, 2 HAVING sum(billed) > 0 OR (max(opd_id) IS NULL AND sum(posted) > 0)
    )
"""
_OF_ONE = """
    SELECT coalesce(a.survivor_id, w.person_id) AS person_id, w.membership_id, w.day, max(m.opd_id) AS opd_id,
           NULL::bigint AS other_opd_id, min(m.month) AS first_month, max(m.month) AS last_month, count(*) AS months,
           sum(m.billed)::bigint AS billed, sum(m.paid)::bigint AS paid, sum(m.posted)::bigint AS posted
    FROM whom w JOIN months m ON m.membership_id = w.membership_id
    LEFT JOIN registry_alias a ON a.person_id = w.person_id GROUP BY 1, 2, 3
"""
# One human being with several memberships: merged persons, or persons who share a NIK.
_SHARED = """
    WITH members AS (
        SELECT m.id AS membership_id, coalesce(a.survivor_id, m.person_id) AS person_id, p.nik_sealed
        FROM registry_membership m LEFT JOIN registry_alias a ON a.person_id = m.person_id
        JOIN registry_person p ON p.id = coalesce(a.survivor_id, m.person_id)
        WHERE m.government_id = %(government)s
    ), alike AS (
        SELECT coalesce(encode(nik_sealed, 'hex'), person_id::text) AS human, array_agg(membership_id) AS memberships,
               min(person_id) AS person_id
        FROM members GROUP BY 1 HAVING count(*) > 1
    ), whom AS (
        SELECT x.membership_id, k.human, k.person_id, '-infinity'::date AS day
        FROM alike k CROSS JOIN LATERAL unnest(k.memberships) x (membership_id)
    ), {months}, twice AS (
        SELECT w.human, m.month, count(*) AS payers, min(m.opd_id) AS opd_id, max(m.opd_id) AS other_opd_id,
               sum(m.billed)::bigint AS billed, sum(m.paid)::bigint AS paid, sum(m.posted)::bigint AS posted
        FROM whom w JOIN months m ON m.membership_id = w.membership_id
        WHERE m.month <= %(on)s GROUP BY 1, 2 HAVING count(*) > 1
    )
    SELECT k.person_id, NULL::bigint AS membership_id, NULL::date AS day, min(t.opd_id) AS opd_id,
           max(t.other_opd_id) AS other_opd_id, min(t.month) AS first_month, max(t.month) AS last_month,
           count(*) AS months, sum(t.billed)::bigint AS billed, sum(t.paid)::bigint AS paid,
           sum(t.posted)::bigint AS posted
    FROM alike k JOIN twice t ON t.human = k.human GROUP BY k.human, k.person_id
"""


@dataclass(frozen=True)
class Found:
    """Somebody whom a question names, with the months that it is about. `day` is that of the death, of becoming 65,
    or of leaving; None where two pay at once, who then stand in `opd` and `other_opd`. Rupiah.
    """

    person_id: int
    name: str
    opd: str
    other_opd: str
    day: date | None
    first_month: date
    last_month: date
    months: int
    billed_rupiah: int
    paid_rupiah: int
    posted_rupiah: int


@dataclass(frozen=True)
class Total:
    """How many a question finds, and the rupiah billed and paid for them."""

    count: int
    billed_rupiah: int
    paid_rupiah: int


_FOUND = {
    "person_id": pl.Int64, "name": pl.String, "opd": pl.String, "other_opd": pl.String, "day": pl.Date,
    "first_month": pl.Date, "last_month": pl.Date, "months": pl.Int64, "billed_rupiah": pl.Int64,
    "paid_rupiah": pl.Int64, "posted_rupiah": pl.Int64,
}  # fmt: skip
_TOTAL = {"count": pl.Int64, "billed": pl.Int64, "paid": pl.Int64}


def _statement(question: str) -> str:
    """Raises KeyError for another question."""
    if question == TWO_PAYERS:
        return _SHARED.format(months=_MONTHS)
    return f"WITH whom AS MATERIALIZED ({_CONCERNED[question]}), {_MONTHS} {_OF_ONE}"


def _asked(government_id: int, on: date) -> dict[str, object]:
    return {"government": government_id, "on": on, "age": AGE_LIMIT_YEARS}


def total(government_id: int, question: str, on: date) -> Total:
    """The figures of one question on a day, as far as the reader sees."""
    query = f"""SELECT count(*), coalesce(sum(billed), 0)::bigint, coalesce(sum(paid), 0)::bigint
                FROM ({_statement(question)}) f"""  # noqa: S608  # our own text, values are parameters
    return Total(*remembered(query, _asked(government_id, on), schema=_TOTAL).row(0))


def found(government_id: int, question: str, on: date, *, after: int = 0, limit: int | None = None) -> list[Found]:
    """Exactly those whom `total` counts, by person."""
    query = f"""
        SELECT f.person_id, p.name, coalesce(o.short_name, ''), coalesce(x.short_name, ''), f.day, f.first_month,
               f.last_month, f.months, f.billed, f.paid, f.posted
        FROM ({_statement(question)}) f JOIN registry_person p ON p.id = f.person_id
        LEFT JOIN places_opd o ON o.id = f.opd_id LEFT JOIN places_opd x ON x.id = f.other_opd_id
        WHERE f.person_id > %(after)s ORDER BY f.person_id, f.membership_id LIMIT %(limit)s
    """  # noqa: S608  # our own text, values are parameters
    frame = bulk.read(query, {**_asked(government_id, on), "after": after, "limit": limit}, schema=_FOUND)
    return [Found(**row) for row in frame.iter_rows(named=True)]
