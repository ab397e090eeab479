"""What a budget line may spend, has spent and will need: ceiling, drawdown, reservations, and when it runs out.

*Drawn* is what stands on bills that are due. *Reserved* is what the law asks for everybody in force on the line, for
each month of its year that was not billed yet. A month in which the sum of both passes the ceiling is that in which it
runs out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from payung.office import bulk
from payung.office.access.models import User
from payung.office.access.remembering import remembered
from payung.office.agreements.models import BudgetLine
from payung.office.agreements.paper_models import CeilingChange
from payung.office.agreements.papers import PaperRefused, change_ceiling
from payung.office.enrolment.queries import CARRIED, Carried
from payung.office.reports.prices import DUE, priced
from payung.rules.months import Month

_LINE = {
    "line_id": pl.Int64, "year": pl.Int64, "code": pl.String, "name": pl.String, "fund_id": pl.Int64,
    "fund": pl.String, "fund_kind": pl.String, "opd": pl.String, "heads": pl.Int64, "first_ceiling": pl.Int64,
    "ceiling": pl.Int64, "drawn": pl.Int64, "paid": pl.Int64, "last_billed": pl.Date,
}  # fmt: skip
_LINES = """
    WITH drawn AS (
        SELECT b.budget_line_id AS line_id, sum(b.total_rupiah)::bigint AS drawn,
               max(b.month) FILTER (WHERE r.until_month IS NULL) AS last_billed
        FROM billing_bill b LEFT JOIN billing_billrun r ON r.id = b.run_id
        WHERE b.government_id = %(government)s AND b.state IN ('final', 'sent') GROUP BY 1
    ), paid AS (
        SELECT b.budget_line_id AS line_id, sum(p.amount_rupiah)::bigint AS paid
        FROM billing_payment p JOIN billing_bill b ON b.id = p.bill_id
        WHERE p.government_id = %(government)s GROUP BY 1
    )
    SELECT l.id, l.year, l.code, l.name, f.id, f.name, f.kind, o.short_name, l.heads, l.ceiling_rupiah,
           agreements_ceiling(l.id), coalesce(d.drawn, 0), coalesce(p.paid, 0), d.last_billed
    FROM agreements_budgetline l JOIN agreements_fund f ON f.id = l.fund_id LEFT JOIN places_opd o ON o.id = l.opd_id
    LEFT JOIN drawn d ON d.line_id = l.id LEFT JOIN paid p ON p.line_id = l.id
    WHERE f.government_id = %(government)s AND (l.id = %(line)s OR %(line)s::bigint IS NULL AND f.kind <> 'self')
      AND (%(year)s::int IS NULL OR l.year = %(year)s)
    ORDER BY f.kind, f.name, l.code, o.short_name, l.id
"""
# Everybody in force, those alike together: a hundred thousand people are some hundred rows.
_IN_FORCE = """
    SELECT s.budget_line_id, s.agreement_id, ((1 << upper(s.programmes)) - (1 << lower(s.programmes)))::bigint,
           s.from_month, s.until_month, coalesce(j.wage_reported_rupiah, j.wage_paid_rupiah),
           coalesce(j.sector, 'other'), count(*)
    FROM enrolment_spell s
    LEFT JOIN registry_job j ON j.membership_id = s.membership_id AND j.opd_id = s.payer_opd_id
         AND j.replaced_at IS NULL AND j.until_month IS NULL
    WHERE s.government_id = %(government)s AND s.replaced_at IS NULL AND s.budget_line_id = ANY(%(lines)s)
      AND coalesce(s.until_month, 'infinity') >= %(first)s AND s.from_month <= %(last)s
    GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
_GROUP = {
    "budget_line_id": pl.Int64, "agreement_id": pl.Int64, "mask": pl.Int64, "from_month": pl.Date,
    "until_month": pl.Date, "wage": pl.Int64, "sector": pl.String, "count": pl.Int64,
}  # fmt: skip
# What was paid in advance is drawn already.
_AHEAD = """
    SELECT budget_line_id, for_month, count(*), sum(rupiah)::bigint
    FROM (SELECT b.budget_line_id, l.for_month, l.membership_id, sum(l.total_rupiah)::bigint AS rupiah
          FROM billing_bill b JOIN billing_billline l ON l.bill_id = b.id
          WHERE b.government_id = %(government)s AND b.state IN ('final', 'sent')
            AND b.budget_line_id = ANY(%(lines)s) AND b.budget_line_id IN (
                SELECT r.budget_line_id FROM billing_billrun r WHERE r.state = 'final' AND r.until_month IS NOT NULL)
          GROUP BY 1, 2, 3 HAVING sum(l.total_rupiah) <> 0) told
    GROUP BY 1, 2
"""
_NEEDED = {"budget_line_id": pl.Int64, "month": pl.Date, "heads": pl.Int64, "rupiah": pl.Int64}


@dataclass(frozen=True)
class Needed:
    """What one month that was not billed yet will ask of a line."""

    month: date
    heads: int
    rupiah: int


@dataclass(frozen=True)
class FundLine:
    """A budget line as it stands. Rupiah; `needed` are the months of its year that were not billed, in order."""

    id: int
    year: int
    code: str
    name: str
    fund_id: int
    fund: str
    fund_kind: str
    opd: str | None
    heads: int
    first_ceiling_rupiah: int
    ceiling_rupiah: int
    drawn_rupiah: int
    paid_rupiah: int
    needed: Sequence[Needed]

    @property
    def reserved_rupiah(self) -> int:
        return sum(one.rupiah for one in self.needed)

    @property
    def left_rupiah(self) -> int:
        """What may still be spent; below zero when more was billed than there is."""
        return self.ceiling_rupiah - self.drawn_rupiah

    @property
    def free_rupiah(self) -> int:
        """What is left when everybody in force stays until the end of the year."""
        return self.left_rupiah - self.reserved_rupiah

    @property
    def runs_out(self) -> date | None:
        """The first month that is not wholly paid for; None when the money lasts."""
        left = self.left_rupiah
        for one in self.needed:
            left -= one.rupiah
            if left < 0:
                return one.month
        return None


def fund_lines(government_id: int, *, year: int | None = None, line_id: int | None = None) -> list[FundLine]:
    """The budget lines of a year, or the one of that id, as far as the reader sees them.

    What workers pay themselves is no budget: it stands among no year's lines.
    """
    rows = bulk.read(_LINES, {"government": government_id, "year": year, "line": line_id}, schema=_LINE)
    needed: dict[int, list[Needed]] = {}
    for key, month, heads, rupiah in _needed(government_id, rows).iter_rows():
        needed.setdefault(key, []).append(Needed(month, heads, rupiah))
    return [
        FundLine(
            id=row["line_id"], year=row["year"], code=row["code"], name=row["name"], fund_id=row["fund_id"],
            fund=row["fund"], fund_kind=row["fund_kind"], opd=row["opd"], heads=row["heads"],
            first_ceiling_rupiah=row["first_ceiling"], ceiling_rupiah=row["ceiling"], drawn_rupiah=row["drawn"],
            paid_rupiah=row["paid"], needed=tuple(needed.get(row["line_id"], ())),
        )
        for row in rows.iter_rows(named=True)
    ]  # fmt: skip


def years(government_id: int) -> list[int]:
    """The years with budget lines, newest first."""
    found = BudgetLine.objects.filter(fund__government_id=government_id).values_list("year", flat=True)
    return sorted(set(found), reverse=True)


def _needed(government_id: int, rows: pl.DataFrame) -> pl.DataFrame:
    """What each month not billed yet asks of each line (_NEEDED), in the order of months."""
    if rows.is_empty():
        return pl.DataFrame(schema=_NEEDED)
    first, last = Month(int(rows["year"].min()), 1), Month(int(rows["year"].max()), 12)  # type: ignore[arg-type]  # years of lines
    groups = remembered(
        _IN_FORCE,
        {"government": government_id, "lines": rows["line_id"].to_list(), "first": first.first_day,
         "last": last.first_day},
        schema=_GROUP,
    )  # fmt: skip
    ahead = remembered(_AHEAD, {"government": government_id, "lines": rows["line_id"].to_list()}, schema=_NEEDED)
    own = rows.select(pl.col("line_id").alias("budget_line_id"), "year", "last_billed")
    groups = groups.join(own, on="budget_line_id")
    parts = [_needed_in(government_id, groups, ahead, month) for month in first.until(last)]
    return pl.concat([pl.DataFrame(schema=_NEEDED), *parts])


def _needed_in(government_id: int, groups: pl.DataFrame, ahead: pl.DataFrame, month: Month) -> pl.DataFrame:
    day = month.first_day
    asked = groups.filter(
        (pl.col("year") == month.year)
        & (pl.col("last_billed").fill_null(date.min) < day)
        & (pl.col("from_month") <= day)
        & (pl.col("until_month").fill_null(date.max) >= day)
    )
    if asked.is_empty():
        return pl.DataFrame(schema=_NEEDED)
    alike = asked.group_by("budget_line_id", "agreement_id", "mask", "wage", "sector").agg(pl.col("count").sum())
    told = priced(alike, government_id, month)
    return (
        told.group_by("budget_line_id")
        .agg(
            pl.lit(day).alias("month"),
            pl.col("count").sum().cast(pl.Int64).alias("heads"),
            (pl.sum_horizontal(DUE) * pl.col("count")).sum().cast(pl.Int64).alias("rupiah"),
        )
        .join(ahead, on=["budget_line_id", "month"], how="left", suffix="_ahead")
        .with_columns(pl.col(name) - pl.col(f"{name}_ahead").fill_null(0) for name in ("heads", "rupiah"))
        .filter((pl.col("heads") > 0) | (pl.col("rupiah") > 0))
        .select(list(_NEEDED))
        .sort("budget_line_id")
    )


def changes_of(line_id: int) -> list[CeilingChange]:
    """Every paper that changed a line's ceiling, and what was carried away from it, in the order of days."""
    found = CeilingChange.objects.filter(line_id=line_id) | CeilingChange.objects.filter(source_id=line_id)
    return list(found.select_related("line", "source", "recorded_by").order_by("decided_on", "pk"))


def carry_over(
    *, source: BudgetLine, into: BudgetLine, amount_rupiah: int, document: str, decided_on: date, by: User, at: datetime
) -> CeilingChange:
    """What a line has left at the end of its year goes to a line of a later one.

    Raises NotAllowed; PaperRefused when it is more than what is left, or without a paper.
    """
    (standing,) = fund_lines(source.fund.government_id, line_id=source.pk)
    if amount_rupiah > standing.left_rupiah:
        raise PaperRefused("more_than_left")
    return change_ceiling(
        line=into, amount_rupiah=amount_rupiah, document=document, decided_on=decided_on, by=by, at=at, source=source
    )


_PEOPLE = """
    SELECT s.id, coalesce(a.survivor_id, p.id), coalesce(v.name, p.name), o.short_name, s.from_month, s.until_month
    FROM enrolment_spell s JOIN registry_membership m ON m.id = s.membership_id
    JOIN registry_person p ON p.id = m.person_id LEFT JOIN registry_alias a ON a.person_id = p.id
    LEFT JOIN registry_person v ON v.id = a.survivor_id JOIN places_opd o ON o.id = s.payer_opd_id
    WHERE s.budget_line_id = %(line)s AND s.replaced_at IS NULL AND s.from_month <= %(month)s
      AND coalesce(s.until_month, 'infinity') >= %(month)s AND s.id > %(after)s
      AND NOT EXISTS (
          SELECT 1 FROM billing_billline l JOIN billing_bill b ON b.id = l.bill_id
          JOIN billing_billrun r ON r.id = b.run_id
          WHERE l.membership_id = s.membership_id AND l.for_month = %(month)s AND b.budget_line_id = %(line)s
            AND b.state IN ('final', 'sent') AND r.until_month >= %(month)s)
    ORDER BY s.id LIMIT %(limit)s
"""


def people_of(line_id: int, month: Month, *, after: int = 0, limit: int | None = None) -> list[Carried]:
    """Whom a line pays for in a month and was not billed for in advance, page by page."""
    asked = {"line": line_id, "month": month.first_day, "after": after, "limit": limit}
    return [Carried(*row) for row in bulk.read(_PEOPLE, asked, schema=CARRIED).iter_rows()]
