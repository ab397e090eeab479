"""Budgeted against decreed, line by line: in heads for a month, in rupiah over months of a year.

A budget line tells a ceiling and heads for a year, and nothing of people: it is compared by OPD and fund only, in
heads with one month, in rupiah with the months that were counted. What a free place of a decree does not explain is
*unexplained*.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from payung.office import bulk
from payung.office.reports.numbers import GAINED, LOST, Difference, Wanted
from payung.office.reports.why import UNEXPLAINED

FREE, OTHER_MONTHS, MORE, NOT_LISTED, NO_LINE = (
    "place_free",
    "other_months",
    "more_than_budgeted",
    "nobody_listed",
    "no_budget_line",
)
LINE = {
    "line_id": pl.Int64, "code": pl.String, "name": pl.String, "fund_kind": pl.String, "fund": pl.String,
    "opd": pl.String, "heads": pl.Int64, "ceiling": pl.Int64, "quota": pl.Int64, "decreed": pl.Int64,
    "in_decrees": pl.Int64, "due": pl.Int64,
    "months": pl.Int64, "other_months": pl.Int64,
}  # fmt: skip
_LINES = """
    WITH quotas AS (
        SELECT d.budget_line_id AS line_id, sum(d.quota * (
            SELECT count(*) FROM generate_series(%(first)s::date, %(last)s::date, interval '1 month') m
            WHERE d.effective_from <= m::date + interval '1 month' - interval '1 day'
              AND coalesce(d.effective_until, 'infinity') >= m::date
              AND EXISTS (SELECT 1 FROM reports_countedmonth c
                          WHERE c.government_id = d.government_id AND c.month = m::date)))::bigint AS quota
        FROM agreements_decree d WHERE d.government_id = %(government)s AND EXISTS (
            SELECT 1 FROM agreements_amendment a WHERE a.decree_id = d.id AND a.in_force_at IS NOT NULL) GROUP BY 1
    ), counted AS (
        SELECT t.budget_line_id AS line_id, sum(t.heads)::bigint AS heads,
               coalesce(sum(t.heads) FILTER (WHERE t.decree_id IS NOT NULL), 0)::bigint AS in_decrees,
               sum(t.due_jkk + t.due_jkm + t.due_jht + t.due_jp)::bigint AS due, count(DISTINCT t.month) AS months
        FROM reports_tally t WHERE t.government_id = %(government)s AND t.month BETWEEN %(first)s AND %(last)s
          AND t.decreed AND (%(opd)s::bigint IS NULL OR t.opd_id = %(opd)s) GROUP BY 1
    ), running AS (
        SELECT d.budget_line_id AS line_id, d.effective_from AS first_day, d.effective_until AS last_day
        FROM agreements_decree d WHERE d.government_id = %(government)s
        UNION ALL
        SELECT l.budget_line_id, greatest(a.effective_from, l.month), agreements_until(a.id)
        FROM enrolment_rosterlist l JOIN agreements_agreement a ON a.id = l.agreement_id
        WHERE l.government_id = %(government)s AND l.amendment_id IS NULL
    ), others AS (
        SELECT r.line_id, count(DISTINCT m) AS months
        FROM running r CROSS JOIN generate_series(%(january)s::date, %(december)s::date, interval '1 month') m
        WHERE r.first_day < m::date + interval '1 month' AND coalesce(r.last_day, 'infinity') >= m::date
          AND NOT (m::date BETWEEN %(first)s AND %(last)s AND EXISTS (
              SELECT 1 FROM reports_countedmonth c WHERE c.government_id = %(government)s AND c.month = m::date))
        GROUP BY 1
    )
    SELECT k.id, k.code, k.name, f.kind, f.name, o.short_name,
           CASE WHEN k.year = %(year)s THEN k.heads ELSE 0 END,
           CASE WHEN k.year = %(year)s THEN agreements_ceiling(k.id) ELSE 0 END,
           coalesce(q.quota, 0), coalesce(c.heads, 0), coalesce(c.in_decrees, 0), coalesce(c.due, 0),
           coalesce(c.months, 0), coalesce(h.months, 0)
    FROM agreements_budgetline k JOIN agreements_fund f ON f.id = k.fund_id LEFT JOIN places_opd o ON o.id = k.opd_id
    LEFT JOIN quotas q ON q.line_id = k.id LEFT JOIN counted c ON c.line_id = k.id
    LEFT JOIN others h ON h.line_id = k.id
    WHERE f.government_id = %(government)s AND (%(fund)s::bigint IS NULL OR f.id = %(fund)s)
      AND (k.year = %(year)s OR c.heads > 0) AND (%(opd)s::bigint IS NULL OR k.opd_id = %(opd)s OR c.heads > 0)
    ORDER BY f.kind, f.name, k.code, o.short_name, k.id
"""


@dataclass(frozen=True)
class Line:
    """One budget line and what the decrees and lists under it make of it. `differences` lead from the one to the
    other: in heads when one month is asked, in rupiah always."""

    line_id: int
    code: str
    name: str
    fund_kind: str
    fund: str
    opd: str | None
    heads: int
    ceiling_rupiah: int
    decreed: int
    due_rupiah: int
    differences: Sequence[Difference]


def lines(government_id: int, wanted: Wanted) -> list[Line]:
    """The budget lines of the year of `wanted.first` (and others from which its months are paid), each explained."""
    asked = {
        "government": government_id, "first": wanted.first.first_day, "last": wanted.last.first_day,
        "year": wanted.first.year, "january": date(wanted.first.year, 1, 1), "december": date(wanted.first.year, 12, 1),
        "opd": wanted.opd, "fund": wanted.fund,
    }  # fmt: skip
    one_month = wanted.first == wanted.last
    return [_line(row, one_month) for row in bulk.read(_LINES, asked, schema=LINE).iter_rows(named=True)]


def _line(row: dict[str, int], one_month: bool) -> Line:
    free, nobody = max(0, row["quota"] - row["in_decrees"]), not row["decreed"]
    price = row["due"] // row["decreed"] if row["decreed"] else 0
    others = row["due"] // row["months"] * row["other_months"] if row["months"] else 0
    heads = _explained(row["heads"], row["decreed"], {FREE: free}, nobody=nobody) if one_month else {}
    rupiah = _explained(row["ceiling"], row["due"], {FREE: free * price, OTHER_MONTHS: others}, nobody=nobody)
    told = sorted(dict.fromkeys((*heads, *rupiah)), key=lambda key: key[1] == UNEXPLAINED)
    return Line(
        line_id=row["line_id"], code=str(row["code"]), name=str(row["name"]), fund_kind=str(row["fund_kind"]),
        fund=str(row["fund"]), opd=None if row["opd"] is None else str(row["opd"]), heads=row["heads"],
        ceiling_rupiah=row["ceiling"], decreed=row["decreed"], due_rupiah=row["due"],
        differences=tuple(Difference(*key, heads.get(key, 0), rupiah.get(key, 0)) for key in told),
    )  # fmt: skip


def _explained(budgeted: int, decreed: int, known: Mapping[str, int], *, nobody: bool) -> dict[tuple[str, str], int]:
    """(side, reason) -> how much leads from what was budgeted to what was decreed; the sum is the difference.

    `known` explains in its order, each as far as something is left to explain.
    """
    rest = budgeted - decreed
    if rest < 0:
        return {(GAINED, MORE if budgeted else NO_LINE): -rest}
    found = {}
    for reason, most in known.items():
        taken = min(rest, most)
        found[LOST, reason] = -taken
        rest -= taken
    found[LOST, NOT_LISTED if nobody else UNEXPLAINED] = -rest
    return {key: amount for key, amount in found.items() if amount}


def together(found: Sequence[Line], *, heads: int, rupiah: int) -> list[Difference]:
    """The differences of many lines, those of one reason as one; they add up to `heads` and `rupiah`.

    What lines outside the reader's area would say is *unexplained* here.
    """
    summed: dict[tuple[str, str], tuple[int, int]] = {}
    for line in found:
        for one in line.differences:
            before = summed.get((one.side, one.reason), (0, 0))
            summed[one.side, one.reason] = (before[0] + one.heads, before[1] + one.rupiah)
    rest = (heads - sum(one[0] for one in summed.values()), rupiah - sum(one[1] for one in summed.values()))
    if any(rest):
        known = summed.get((LOST, UNEXPLAINED), (0, 0))
        summed[LOST, UNEXPLAINED] = (known[0] + rest[0], known[1] + rest[1])
    last = sorted(summed, key=lambda key: key[1] == UNEXPLAINED)
    return [Difference(*key, *summed[key]) for key in last]
