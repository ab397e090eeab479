"""The bills that still ask for money, as frames and one by one, for those who match payments."""

import polars as pl
from django.db.models import Sum

from payung.office import bulk
from payung.office.billing.accounts import PENALTY, by_programme
from payung.office.billing.models import AMOUNTS, Bill
from payung.rules.statements.matching import OpenBill, key_of

_OPEN = """
    SELECT b.id, b.number, b.payment_code, b.unit_id, u.name, to_char(b.month, 'YYYY-MM'),
           coalesce(p.paid, 0)::bigint, (b.total_rupiah - coalesce(p.paid, 0))::bigint, b.budget_line_id, f.kind
    FROM billing_bill b JOIN places_paymentunit u ON u.id = b.unit_id
    JOIN agreements_budgetline k ON k.id = b.budget_line_id JOIN agreements_fund f ON f.id = k.fund_id
    LEFT JOIN (SELECT bill_id, sum(amount_rupiah) AS paid FROM billing_payment WHERE government_id = %(government)s
               GROUP BY 1) p ON p.bill_id = b.id
    WHERE b.government_id = %(government)s AND b.state IN ('final', 'sent')
      AND b.total_rupiah > coalesce(p.paid, 0) AND b.total_rupiah > 0
    ORDER BY b.month, u.name, b.id
"""
_TYPES = {
    "target": pl.Int64, "number": pl.String, "code": pl.String, "unit_id": pl.Int64, "payer": pl.String,
    "month": pl.String, "paid": pl.Int64, "outstanding": pl.Int64,
    "budget_line_id": pl.Int64, "fund_kind": pl.String,
}  # fmt: skip


def open_bills(government_id: int) -> pl.DataFrame:
    """_TYPES of every such bill, `target` being the bill: the oldest month first, by payer."""
    return bulk.read(_OPEN, {"government": government_id}, schema=_TYPES)


def keys_of(bills: pl.DataFrame) -> pl.DataFrame:
    """target, key: the number and the code of each bill as words would name it."""
    both = pl.concat([bills.select("target", pl.col(name).alias("key")) for name in ("number", "code")])
    return both.with_columns(pl.col("key").str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")).filter(
        pl.col("key") != ""
    )


def one_by_one(bills: pl.DataFrame) -> list[OpenBill]:
    """The same for `matching.propose`."""
    return [
        OpenBill(
            id=bill["target"],
            keys=tuple(key_of(text) for text in (bill["number"], bill["code"]) if text),
            unit_id=bill["unit_id"],
            payer=bill["payer"],
            month=bill["month"],
            outstanding_rupiah=bill["outstanding"],
        )
        for bill in bills.iter_rows(named=True)
    ]


def owed_of(bill_ids: list[int]) -> dict[int, dict[str, int]]:
    """Rupiah of each bill by programme, its penalties under PENALTY."""
    found = Bill.objects.filter(pk__in=bill_ids).values_list("pk", "penalty_rupiah")
    sums = found.annotate(*(Sum(f"billline__{name}") for name in AMOUNTS))
    owed = {}
    for bill_id, penalty, *amounts in sums:
        parts = by_programme(dict(zip(AMOUNTS, amounts, strict=True)))
        owed[bill_id] = {**parts, PENALTY: penalty} if penalty else parts
    return owed
