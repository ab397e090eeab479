"""Which penalties of late bills no bill has asked for yet, and on which bill of a month each is asked.

The employer bears it and pays it together with a later month's contribution, so it stands on the next bill of the same
unit. What was asked and is no longer owed (waived, the late bill taken back) is given back the same way.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from payung.office import bulk
from payung.rules.law.answers import Answer
from payung.rules.law.dated import DatedReadings
from payung.rules.law.penalties import penalty
from payung.rules.money import split_by_largest_remainder
from payung.rules.months import Month


def employer_of(membership_class: str, fund_kind: str) -> str:
    """Whom the law sees in who pays. A worker without an employer (BPU) owes no penalty; a fund of kind `employer` is a
    private employer's; all others are the government's own.
    """
    if membership_class == "BPU":
        return "none"
    return "private" if fund_kind == "employer" else "government"


def late_parts(
    contribution: int, penalty_rupiah: int, due_on: date, days: Sequence[tuple[date, int]], today: date
) -> list[tuple[int, date | None]]:
    """Rupiah of contributions that came after the due day, or have not come (None). Penalties bear no penalty: what
    was paid counts for both in proportion.
    """
    if contribution + penalty_rupiah <= 0 or contribution <= 0:
        return []
    parts: list[tuple[int, date | None]] = []
    paid = share = 0
    for day, rupiah in days:
        paid += rupiah
        before, share = share, split_by_largest_remainder(paid, [contribution, penalty_rupiah])[0]
        if day > due_on and share != before:
            parts.append((share - before, day))
    if today > due_on and share < contribution:
        parts.append((contribution - share, None))
    return parts


def told_of(
    late: Sequence[tuple[int, date | None]],
    due_on: date,
    month: date,
    employer: str,
    readings: DatedReadings,
    today: date,
) -> list[Answer[int]]:
    of_month, as_read = Month.of(month), readings.on(Month.of(month))
    return [
        penalty(rupiah, due_on, day or today, month=of_month, employer=employer, readings=as_read)
        for rupiah, day in late
    ]


_LATE_BILLS = """
    SELECT b.id, b.unit_id, b.budget_line_id, k.opd_id, f.kind, b.membership_class, b.month, b.due_on,
           b.state IN ('final', 'sent') AND w.id IS NULL, b.total_rupiah - b.penalty_rupiah, b.penalty_rupiah,
           coalesce(c.charged, 0)::bigint, p.day, p.rupiah
    FROM billing_bill b JOIN agreements_budgetline k ON k.id = b.budget_line_id
    JOIN agreements_fund f ON f.id = k.fund_id LEFT JOIN billing_penaltywaiver w ON w.bill_id = b.id
         AND w.taken_back_at IS NULL
    LEFT JOIN (SELECT n.late_bill_id, sum(n.amount_rupiah) AS charged FROM billing_penalty n
               JOIN billing_bill a ON a.id = n.bill_id AND a.state <> 'void'
               WHERE n.government_id = %(government)s GROUP BY 1) c ON c.late_bill_id = b.id
    LEFT JOIN LATERAL (SELECT y.paid_on AS day, sum(y.amount_rupiah)::bigint AS rupiah FROM billing_payment y
               WHERE y.bill_id = b.id GROUP BY 1 HAVING sum(y.amount_rupiah) <> 0) p ON true
    WHERE b.government_id = %(government)s AND b.membership_class <> 'BPU' AND b.due_on < %(today)s
      AND b.final_at IS NOT NULL AND b.total_rupiah > 0 AND (b.state <> 'void' OR c.charged <> 0)
    ORDER BY b.id, p.day
"""
_LATE_BILL = {
    "late_bill_id": pl.Int64, "unit_id": pl.Int64, "line_id": pl.Int64, "opd_id": pl.Int64, "fund_kind": pl.String,
    "class": pl.String, "month": pl.Date, "due_on": pl.Date, "owes": pl.Boolean, "contribution": pl.Int64,
    "penalty": pl.Int64, "charged": pl.Int64, "day": pl.Date, "rupiah": pl.Int64,
}  # fmt: skip
HEADING = ("unit_id", "budget_line_id", "class")
CHARGED = pl.Schema(
    {"unit_id": pl.Int64, "budget_line_id": pl.Int64, "class": pl.String, "late_bill_id": pl.Int64,
     "amount_rupiah": pl.Int64}
)  # fmt: skip


def to_charge(government_id: int, heads: pl.DataFrame, *, readings: DatedReadings, today: date) -> pl.DataFrame:
    """What the bills with these headings (HEADING) have to ask for late ones: CHARGED.

    A penalty goes to the bill of its unit, class and budget line, else to one from a line of the same OPD and kind of
    fund (the next year's); where there is none it waits for one.
    """
    told = {"government": government_id, "today": today}
    found = bulk.read(_LATE_BILLS, told, schema=_LATE_BILL)
    rows = []
    for _, days in found.group_by("late_bill_id", maintain_order=True):
        one = days.row(0, named=True)
        paid = [(day, rupiah) for day, rupiah in days.select("day", "rupiah").iter_rows() if day is not None]
        employer = employer_of(one["class"], one["fund_kind"])
        late = late_parts(one["contribution"], one["penalty"], one["due_on"], paid, today) if one["owes"] else []
        owed = sum(part.value for part in told_of(late, one["due_on"], one["month"], employer, readings, today))
        rows.append((one["late_bill_id"], owed - one["charged"]))
    schema = {"late_bill_id": pl.Int64, "amount_rupiah": pl.Int64}
    charges = pl.DataFrame(rows, schema=schema, orient="row").filter(pl.col("amount_rupiah") != 0)
    if charges.is_empty():
        return CHARGED.to_frame()
    return _placed(charges.join(found.unique("late_bill_id"), on="late_bill_id"), heads)


def _placed(charges: pl.DataFrame, heads: pl.DataFrame) -> pl.DataFrame:
    """Each beside the heading that asks for it; those without one are left out."""
    lines = bulk.read(
        """SELECT k.id, k.opd_id, f.kind FROM agreements_budgetline k JOIN agreements_fund f ON f.id = k.fund_id
           WHERE k.id = ANY(%s)""",
        [heads["budget_line_id"].unique().to_list()],
        schema={"budget_line_id": pl.Int64, "opd_id": pl.Int64, "fund_kind": pl.String},
    )
    asked = heads.select(HEADING).join(lines, on="budget_line_id")
    both = charges.join(asked, on=["unit_id", "class", "opd_id", "fund_kind"], nulls_equal=True)
    chosen = both.sort("late_bill_id", pl.col("line_id") != pl.col("budget_line_id"), "budget_line_id")
    return chosen.unique("late_bill_id", keep="first", maintain_order=True).select(CHARGED.names())
