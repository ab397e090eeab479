"""A month of the OPD that are asked: what each deducted and paid, and its list line by line."""

from dataclasses import dataclass

import polars as pl

from payung.office import bulk
from payung.office.sponsorship.models import Circular, Deduction, DeductionList
from payung.office.sponsorship.pledges import told_of
from payung.office.sponsorship.returns import arrears_of
from payung.rules.months import Month


@dataclass(frozen=True)
class OpdMonth:
    """A month of one OPD: asked, really deducted, missing, advanced, paid. `list_id` is None before it is fixed."""

    opd_id: int
    opd: str
    list_id: int | None
    heads: int
    due_rupiah: int
    returned: bool
    taken_rupiah: int
    bridged_rupiah: int
    missing_rupiah: int
    paid_rupiah: int
    receipt_id: int | None


_OVERVIEW = """
    SELECT o.id, o.short_name, l.id, coalesce(l.heads, 0), coalesce(l.total_rupiah, 0), r.id IS NOT NULL,
           coalesce(r.taken_rupiah, 0), coalesce(r.bridged_rupiah, 0),
           (coalesce(l.total_rupiah, 0) - coalesce(t.taken, 0))::bigint, coalesce(c.amount_rupiah, 0),
           c.id
    FROM sponsorship_scope s JOIN places_opd o ON o.id = s.opd_id
    LEFT JOIN sponsorship_deductionlist l ON l.opd_id = s.opd_id AND l.circular_id = s.circular_id AND l.month = %s
    LEFT JOIN sponsorship_return r ON r.deduction_list_id = l.id AND r.taken_back_at IS NULL
    LEFT JOIN LATERAL (
        SELECT sum(k.amount_rupiah) AS taken FROM sponsorship_taken k JOIN sponsorship_deduction d
        ON d.id = k.deduction_id
        WHERE d.deduction_list_id = l.id AND k.outcome <> 'bridged' AND k.replaced_at IS NULL) t ON true
    LEFT JOIN sponsorship_remittance m ON m.returned_id = r.id LEFT JOIN billing_receipt c ON c.id = m.receipt_id
    WHERE s.circular_id = %s ORDER BY o.id
"""
_OVERVIEW_TYPES = {
    "opd_id": pl.Int64, "opd": pl.String, "list_id": pl.Int64, "heads": pl.Int64, "due": pl.Int64,
    "returned": pl.Boolean, "taken": pl.Int64, "bridged": pl.Int64, "missing": pl.Int64, "paid": pl.Int64,
    "receipt": pl.Int64,
}  # fmt: skip


def overview(circular: Circular, month: Month) -> list[OpdMonth]:
    """Every OPD that is asked, in a month; in the scope of the user. What is missing counts later arrears as paid."""
    found = bulk.read(_OVERVIEW, [month.first_day, circular.pk], schema=_OVERVIEW_TYPES)
    return [OpdMonth(*row) for row in found.iter_rows()]


@dataclass(frozen=True)
class Line:
    """A line of a deduction list as an OPD reads it, with what its sponsor still owes for earlier months.

    `outcome` is what came back of it (`month_models.OUTCOMES`), empty before; `taken_rupiah` counts what was deducted
    for it in later months too.
    """

    number: int
    pledge_id: int
    sponsor: str
    worker: str
    due_rupiah: int
    owed_rupiah: int
    outcome: str
    taken_rupiah: int


_TAKEN = """
    SELECT d.id, max(t.outcome) FILTER (WHERE t.outcome NOT IN ('arrears', 'bridged')),
           coalesce(sum(t.amount_rupiah) FILTER (WHERE t.outcome <> 'bridged'), 0)::bigint
    FROM sponsorship_taken t JOIN sponsorship_deduction d ON d.id = t.deduction_id
    WHERE d.deduction_list_id = %s AND t.replaced_at IS NULL GROUP BY 1
"""


def lines_of(deduction_list: DeductionList) -> list[Line]:
    """Every line of a list, in its order."""
    owed = dict(arrears_of(deduction_list).group_by("pledge_id").agg(pl.col("owed_rupiah").sum()).iter_rows())
    back = bulk.read(_TAKEN, [deduction_list.pk], schema={"id": pl.Int64, "outcome": pl.String, "taken": pl.Int64})
    taken = {one: (outcome or "", rupiah) for one, outcome, rupiah in back.iter_rows()}
    lines = Deduction.objects.filter(deduction_list=deduction_list).select_related("pledge__sponsor")
    return [
        Line(
            number=one.number,
            pledge_id=one.pledge_id,
            sponsor=one.pledge.sponsor.name,
            worker=told_of(one.pledge).get("Nama", ""),
            due_rupiah=one.due_rupiah,
            owed_rupiah=owed.get(one.pledge_id, 0),
            outcome=taken.get(one.pk, ("", 0))[0],
            taken_rupiah=taken.get(one.pk, ("", 0))[1],
        )
        for one in lines.order_by("number")
    ]
