"""The month ends: what an OPD really deducted is recorded, and one payment follows."""

from datetime import date, datetime

import polars as pl

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.billing import receipts
from payung.office.billing.models import Bill
from payung.office.billing.receipt_models import Receipt
from payung.office.files.models import KeptFile
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.sponsorship.models import DeductionList, Remittance, Return, Scope

TOLD = {"number": pl.Int64, "amount_rupiah": pl.Int64, "arrears_rupiah": pl.Int64, "outcome": pl.String}
"""What an OPD returns: the line of the list, what was deducted for the month, and of arrears, and why not all."""


class ReturnRefused(Exception):
    """This cannot be done with what an OPD returns; `reason` is `returned_already`, `lines_missing`, `line_unknown`,
    `line_twice`, `more_than_due`, `amount_unreadable`, `outcome_unknown`, `not_returned` or `nothing_taken`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_LINES = """
    SELECT d.id, d.number, d.pledge_id, d.due_rupiah FROM sponsorship_deduction d
    WHERE d.deduction_list_id = %s ORDER BY d.number
"""
LINES = {"deduction_id": pl.Int64, "number": pl.Int64, "pledge_id": pl.Int64, "due_rupiah": pl.Int64}
ARREARS_SQL = """
    SELECT d.id, d.pledge_id, d.month, d.due_rupiah - coalesce(t.taken, 0), coalesce(t.bridged, 0)
    FROM sponsorship_deduction d
    JOIN sponsorship_return r ON r.deduction_list_id = d.deduction_list_id
    LEFT JOIN LATERAL (
        SELECT sum(amount_rupiah) FILTER (WHERE outcome <> 'bridged') AS taken,
               sum(amount_rupiah) FILTER (WHERE outcome = 'bridged') AS bridged
        FROM sponsorship_taken t WHERE t.deduction_id = d.id) t ON true
    WHERE d.due_rupiah > coalesce(t.taken, 0) AND {where}
      AND EXISTS (SELECT 1 FROM sponsorship_order o WHERE o.pledge_id = d.pledge_id AND o.replaced_at IS NULL
                  AND o.from_month <= d.month AND coalesce(o.until_month, 'infinity') >= d.month)
    ORDER BY d.pledge_id, d.month
"""
"""What is still owed by sponsors for months in which their order stands, oldest first."""
ARREARS = {
    "deduction_id": pl.Int64, "pledge_id": pl.Int64, "month": pl.Date, "owed_rupiah": pl.Int64, "bridged": pl.Int64,
}  # fmt: skip


def arrears_of(deduction_list: DeductionList) -> pl.DataFrame:
    """What the sponsors on a list still owe for earlier months (ARREARS)."""
    where = "d.month < %s AND d.pledge_id IN (SELECT pledge_id FROM sponsorship_deduction WHERE deduction_list_id = %s)"
    return bulk.read(ARREARS_SQL.format(where=where), [deduction_list.month, deduction_list.pk], schema=ARREARS)


def record_return(
    *, deduction_list: DeductionList, told: pl.DataFrame, by: User, at: datetime, file: KeptFile | None = None
) -> Return:
    """What was really deducted, line by line (TOLD), once. Arrears settle the oldest months first.

    Where the circular has a bridging fund, it advances what is missing of the month. Raises ReturnRefused, NotAllowed.
    """
    require(by, Deed.DEDUCT)
    with whole_government(deduction_list.government, by=by):
        Government.objects.select_for_update(no_key=True).get(pk=deduction_list.government_id)
        if Return.objects.filter(deduction_list=deduction_list).exists():
            raise ReturnRefused("returned_already")
        lines = bulk.read(_LINES, [deduction_list.pk], schema=LINES)
        told = told.select(*TOLD).cast(TOLD)  # type: ignore[arg-type]  # polars types
        _require_sound(lines, told)
        both = lines.join(told, on="number")
        later = _spread(arrears_of(deduction_list), both)
        missing = both.with_columns(pl.col("due_rupiah") - pl.col("amount_rupiah")).filter(pl.col("due_rupiah") > 0)
        bridged = missing if deduction_list.circular.bridging_fund_id else missing.clear()
        made = Return.objects.create(
            government_id=deduction_list.government_id,
            deduction_list=deduction_list,
            file=file,
            taken_rupiah=int(both["amount_rupiah"].sum()) + int(later["amount_rupiah"].sum()),
            bridged_rupiah=int(bridged["due_rupiah"].sum()),
            repaid_rupiah=int(later.filter(pl.col("bridged") > 0)["amount_rupiah"].sum()),
            recorded_by=by,
            recorded_at=at,
        )
        _write_taken(made, both, later, bridged)
        detail = {"list": deduction_list.pk, "taken_rupiah": made.taken_rupiah, "missing": missing.height}
        record("return_deductions", subject=f"opd:{deduction_list.opd_id}", by=by, at=at, detail=detail)
        return made


def everybody(deduction_list: DeductionList) -> pl.DataFrame:
    """A return that says: all of it was deducted, and no arrears (TOLD)."""
    lines = bulk.read(_LINES, [deduction_list.pk], schema=LINES)
    return lines.select(
        "number",
        pl.col("due_rupiah").alias("amount_rupiah"),
        pl.lit(0, pl.Int64).alias("arrears_rupiah"),
        pl.lit("full").alias("outcome"),
    )


def _require_sound(lines: pl.DataFrame, told: pl.DataFrame) -> None:
    if not told["outcome"].is_in(["full", "short", "failed", "moved", "leave"]).all():
        raise ReturnRefused("outcome_unknown")
    if told["number"].is_duplicated().any():
        raise ReturnRefused("line_twice")
    if told.join(lines, on="number", how="anti").height:
        raise ReturnRefused("line_unknown")
    if lines.join(told, on="number", how="anti").height:
        raise ReturnRefused("lines_missing")
    both = lines.join(told, on="number")
    wrong = (pl.col("amount_rupiah") > pl.col("due_rupiah")) | (pl.col("amount_rupiah") < 0)
    if both.filter(wrong | (pl.col("arrears_rupiah") < 0)).height:
        raise ReturnRefused("more_than_due")


def _spread(owed: pl.DataFrame, both: pl.DataFrame) -> pl.DataFrame:
    """What was deducted of arrears, over the months it settles, oldest first. Raises ReturnRefused."""
    paid = both.filter(pl.col("arrears_rupiah") > 0).select("pledge_id", "arrears_rupiah")
    before = pl.col("owed_rupiah").cum_sum().over("pledge_id") - pl.col("owed_rupiah")
    part = pl.min_horizontal("owed_rupiah", pl.max_horizontal(pl.col("arrears_rupiah") - before, pl.lit(0)))
    spread = owed.join(paid, on="pledge_id", maintain_order="left").with_columns(part.alias("amount_rupiah"))
    if int(spread["amount_rupiah"].sum()) != int(paid["arrears_rupiah"].sum()):
        raise ReturnRefused("more_than_due")
    return spread.filter(pl.col("amount_rupiah") > 0)


def _write_taken(made: Return, both: pl.DataFrame, later: pl.DataFrame, bridged: pl.DataFrame) -> None:
    rows = pl.concat(
        [
            both.select("deduction_id", "outcome", "amount_rupiah"),
            later.select("deduction_id", pl.lit("arrears").alias("outcome"), "amount_rupiah"),
            bridged.select(
                "deduction_id", pl.lit("bridged").alias("outcome"), pl.col("due_rupiah").alias("amount_rupiah")
            ),
        ]
    )
    bulk.write(
        rows.with_columns(pl.lit(made.pk).alias("returned_id"), pl.lit(made.government_id).alias("government_id")),
        "sponsorship_taken",
    )
    bulk.refresh_statistics(rows.height, "sponsorship_taken")


def remit(*, deduction_list: DeductionList, paid_on: date, reference: str, by: User, at: datetime) -> Receipt:
    """The one payment of an OPD for a list, received by billing: it settles the OPD's bills from this fund, the oldest
    first; what is left is the unit's credit. Again changes nothing.

    Raises ReturnRefused `not_returned`, `nothing_taken`, NotAllowed, and what `billing.receipts` raises.
    """
    with whole_government(deduction_list.government, by=by):
        require(by, Deed.RECEIVE_PAYMENT)
        returned = Return.objects.select_for_update().filter(deduction_list=deduction_list).first()
        if returned is None:
            raise ReturnRefused("not_returned")
        standing = Remittance.objects.filter(returned=returned).select_related("receipt").first()
        if standing is not None:
            return standing.receipt
        if returned.to_pay_rupiah <= 0:
            raise ReturnRefused("nothing_taken")
        scope = Scope.objects.get(circular_id=deduction_list.circular_id, opd_id=deduction_list.opd_id)
        bills = list(
            Bill.objects.filter(budget_line_id=scope.budget_line_id, state__in=Bill.DUE)
            .select_related("unit")
            .order_by("month", "sequence")
        )
        receipt = receipts.record_receipt(
            government=deduction_list.government, unit=bills[-1].unit if bills else None,
            amount_rupiah=returned.to_pay_rupiah, paid_on=paid_on, reference=reference, by=by, at=at,
        )  # fmt: skip
        receipts.allocate_parts(receipt_id=receipt.pk, parts=_parts(bills, returned.to_pay_rupiah), by=by, at=at)
        Remittance.objects.create(
            government_id=deduction_list.government_id, returned=returned, receipt=receipt, recorded_by=by,
            recorded_at=at,
        )  # fmt: skip
        return receipt


def _parts(bills: list[Bill], amount_rupiah: int) -> list[tuple[int, int]]:
    """Which bills an amount settles, the oldest first."""
    parts = []
    for bill in bills:
        part = min(amount_rupiah, receipts.outstanding(bill))
        if part > 0:
            parts.append((bill.pk, part))
            amount_rupiah -= part
    return parts
