"""Workers who pay themselves: who they are, what they still owe, and how far they have paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from payung.office import bulk
from payung.office.billing.models import BillLine, Payment
from payung.office.places.models import Government, PaymentUnit
from payung.rules.months import Month

_PAYERS = """
    SELECT x.opd_id, u.id, u.number, u.name, l.id, s.heads, coalesce(b.owed, 0)::bigint, b.open_bill,
           (SELECT max(p.for_month) FROM billing_billline p JOIN billing_bill q ON q.id = p.bill_id
            WHERE q.unit_id = u.id AND q.state IN ('final', 'sent') AND q.total_rupiah > 0
              AND q.total_rupiah <= (SELECT sum(y.amount_rupiah) FROM billing_payment y WHERE y.bill_id = q.id))
    FROM places_paymentunit u JOIN places_opdunit x ON x.unit_id = u.id
    JOIN LATERAL (SELECT k.id FROM agreements_budgetline k JOIN agreements_fund f ON f.id = k.fund_id
                  WHERE k.opd_id = x.opd_id AND f.kind = 'self' ORDER BY k.year DESC LIMIT 1) l ON true
    CROSS JOIN LATERAL (
        SELECT count(DISTINCT e.membership_id) AS heads FROM enrolment_spell e
        WHERE e.payer_opd_id = x.opd_id AND e.replaced_at IS NULL AND e.from_month <= %(month)s
          AND coalesce(e.until_month, 'infinity') >= %(month)s) s
    LEFT JOIN LATERAL (
        SELECT sum(o.rest) AS owed, min(o.id) AS open_bill FROM (
            SELECT i.id, i.total_rupiah - coalesce(
                (SELECT sum(y.amount_rupiah) FROM billing_payment y WHERE y.bill_id = i.id), 0) AS rest
            FROM billing_bill i WHERE i.unit_id = u.id AND i.state IN ('final', 'sent') AND i.total_rupiah > 0) o
        WHERE o.rest > 0) b ON true
    WHERE u.government_id = %(government)s AND u.kind = 'self' ORDER BY u.name, u.id
"""
_PAYER = {
    "opd_id": pl.Int64, "unit_id": pl.Int64, "number": pl.String, "name": pl.String, "line_id": pl.Int64,
    "heads": pl.Int64, "owed": pl.Int64, "open_bill": pl.Int64, "until": pl.Date,
}  # fmt: skip


@dataclass(frozen=True)
class SelfPayer:
    """A payer of its own: people in the month asked, rupiah outstanding with the oldest bill that asks for them, and
    the last month of a bill that is wholly paid.
    """

    opd_id: int
    unit_id: int
    number: str
    name: str
    budget_line_id: int
    heads: int
    outstanding_rupiah: int
    open_bill_id: int | None
    paid_until: date | None


def self_payers(government: Government, month: Month) -> list[SelfPayer]:
    """Everybody who pays for himself, by name."""
    told = {"government": government.pk, "month": month.first_day}
    return [SelfPayer(*row) for row in bulk.read(_PAYERS, told, schema=_PAYER).iter_rows()]


def person_of(payments: Sequence[Payment]) -> str:
    """Whose name a receipt bears: that of the one worker for whom all of it paid, empty for a group or an office."""
    bills = {one.bill_id for one in payments if one.bill.unit.kind == PaymentUnit.SELF}
    lines = BillLine.objects.filter(bill_id__in=bills).select_related("membership__person__alias__survivor")
    if len(bills) != len({one.bill_id for one in payments}) or lines.values("membership").distinct().count() != 1:
        return ""
    own = lines[0].membership.person
    return own.alias.survivor.name if hasattr(own, "alias") else own.name
