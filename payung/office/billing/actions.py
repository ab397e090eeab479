"""The verb of the month: make its bills, as a draft that waits for a second person (see `runs`)."""

from datetime import date, datetime

import polars as pl
from django.db.models import Count, Max
from django.utils import timezone

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.approvals.actions import propose, propose_again
from payung.office.approvals.models import Proposal
from payung.office.billing import frames, unanswered
from payung.office.billing.charges import CHARGED, HEADING, to_charge
from payung.office.billing.models import AMOUNTS, Bill, BillRun, Penalty
from payung.office.billing.open_months import Advance, Window, runs_now, window
from payung.office.billing.runs import set_aside
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.rules.law.deadlines import due_on
from payung.rules.months import Month

RECKONED_AGAIN = "Dihitung ulang setelah dikembalikan"


class NothingToBill(Exception):
    """Every line of the month stands on a bill already, or nobody is protected in it."""


def bill_month(
    *,
    government: Government,
    month: Month,
    holidays: frozenset[date],
    by: User,
    at: datetime,
    advance: Advance | None = None,
) -> BillRun:
    """The draft of a month's bills: one per payment unit, budget line and class, with its lines; nothing is posted.

    Holds what is owed and not billed yet in the open months. A draft that waits for its decision is returned as it
    stands; one that was sent back to this user is made anew and proposed again. With `advance` it is one bill, of what
    that payer owes for this month and those to come. Raises NothingToBill, MonthClosed and AdvanceRefused. People to
    whom the law has no answer (no wage, say) are left out and named by `explaining.preview`.
    """
    with whole_government(government, by=by):
        return _bill_month(government, month, advance, holidays, by, at)


def _bill_month(
    government: Government, month: Month, advance: Advance | None, holidays: frozenset[date], by: User, at: datetime
) -> BillRun:
    Government.objects.select_for_update(no_key=True).get(pk=government.pk)
    runs = runs_now(government.pk, month, advance)
    standing = runs.draft
    if standing is not None and not _to_make_anew(standing, by):
        return standing
    if standing is not None:
        set_aside(standing, RECKONED_AGAIN, by=by, at=at)
    open_months = window(government.pk, month, runs, advance)
    compared = frames.compare(government.pk, open_months, advance)
    grouped = with_units(compared.lines, month, advance)
    if grouped.is_empty():
        raise NothingToBill(str(month))
    heads, charges = _headings(grouped), CHARGED.to_frame()
    if advance is None:
        charges = to_charge(government.pk, heads, readings=open_months.readings, today=timezone.localdate(at))
    heads = _with_penalties(heads, charges)
    amount = int(heads.filter(pl.col("total") > 0)["total"].sum())
    proposal = _propose(government, amount, standing, by, at)
    refused = unanswered.one_row_each(compared.refused)
    run = _store_run(open_months, advance, proposal, left_out=refused.height, by=by, at=at)
    unanswered.keep(run, refused)
    bills = _store_bills(heads, run=run, holidays=holidays)
    _store_lines(grouped, bills, government)
    _store_penalties(charges, bills, run)
    if open_months.overtakes:
        bulk.execute("DELETE FROM billing_touched WHERE government_id = %s", [government.pk])
    detail = {"run": run.pk, "month": str(month), "bills": len(bills), "left_out": run.left_out}
    total = sum(bill.total_rupiah for bill in bills)
    subject = f"government:{government.pk}"
    record("bill_month", subject=subject, by=by, at=at, detail=detail | {"total_rupiah": total})
    return run


def _to_make_anew(run: BillRun, by: User) -> bool:
    """Refused, or sent back to the one who asks."""
    state = run.proposal.state
    return state == Proposal.REFUSED or (state == Proposal.RETURNED and run.proposal.made_by_id == by.pk)


def _propose(government: Government, amount_rupiah: int, before: BillRun | None, by: User, at: datetime) -> Proposal:
    """A new proposal, or the next version of the one that was sent back."""
    if before is not None and before.proposal.state == Proposal.RETURNED:
        return propose_again(proposal_id=before.proposal_id, amount_rupiah=amount_rupiah, comment="", by=by, at=at)
    return propose(government=government, kind="bill", amount_rupiah=amount_rupiah, by=by, at=at)


def _store_run(
    open_months: Window, advance: Advance | None, proposal: Proposal, *, left_out: int, by: User, at: datetime
) -> BillRun:
    return BillRun.objects.create(
        government=proposal.government,
        month=open_months.last.first_day,
        first_month=open_months.first.first_day,
        until_month=advance.until.first_day if advance else None,
        unit_id=advance.unit_id if advance else None,
        budget_line_id=advance.budget_line_id if advance else None,
        proposal=proposal,
        version=proposal.version,
        law_digest=open_months.law_digest,
        readings=open_months.choices,
        left_out=left_out,
        made_by=by,
        made_at=at,
    )


def _ids_of(bills: list[Bill]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "unit_id": [bill.unit_id for bill in bills],
            "budget_line_id": [bill.budget_line_id for bill in bills],
            "class": [bill.membership_class for bill in bills],
            "bill_id": [bill.pk for bill in bills],
        },
        schema={"unit_id": pl.Int64, "budget_line_id": pl.Int64, "class": pl.String, "bill_id": pl.Int64},
    )


def _store_penalties(charges: pl.DataFrame, bills: list[Bill], run: BillRun) -> None:
    Penalty.objects.bulk_create(
        Penalty(
            government_id=run.government_id, bill_id=one["bill_id"], late_bill_id=one["late_bill_id"],
            reckoned_on=timezone.localdate(run.made_at), amount_rupiah=one["amount_rupiah"],
        )
        for one in charges.join(_ids_of(bills), on=HEADING, maintain_order="left").iter_rows(named=True)
    )  # fmt: skip


def _store_lines(grouped: pl.DataFrame, bills: list[Bill], government: Government) -> None:
    stored = grouped.join(_ids_of(bills), on=["unit_id", "budget_line_id", "class"]).with_columns(
        pl.lit(government.pk).alias("government_id")
    )
    bulk.write(
        stored,
        "billing_billline",
        columns=[
            "government_id", "bill_id", "membership_id", "opd_id", "agreement_id", "for_month", "reason", "wage_rupiah",
            *AMOUNTS, "total_rupiah",
        ],
    )  # fmt: skip
    bulk.refresh_statistics(stored.height, "billing_billline")


def with_units(lines: pl.DataFrame, month: Month, advance: Advance | None = None) -> pl.DataFrame:
    """Each line with the payment unit that invoices its OPD in that month, and the agreement's class; of an advance
    only those of its unit.
    """
    units = bulk.read(
        """SELECT DISTINCT ON (opd_id) opd_id, unit_id FROM places_opdunit
           WHERE from_month <= %s AND coalesce(until_month, 'infinity') >= %s ORDER BY opd_id, from_month DESC""",
        [month.first_day, month.first_day],
        schema={"opd_id": pl.Int64, "unit_id": pl.Int64},
    )
    classes = bulk.read(
        "SELECT id, membership_class FROM agreements_agreement",
        schema={"agreement_id": pl.Int64, "class": pl.String},
    )
    joined = lines.join(units, on="opd_id", how="left").join(classes, on="agreement_id", how="left")
    assert joined["unit_id"].null_count() == 0, "every OPD has a payment unit from its first month"
    return joined.filter(pl.col("unit_id") == advance.unit_id) if advance else joined


def _headings(grouped: pl.DataFrame) -> pl.DataFrame:
    """One row per bill: unit, budget line, class, and what its envelope declares: heads, lines and total."""
    return (
        grouped.group_by("unit_id", "budget_line_id", "class")
        .agg(
            pl.col("membership_id").n_unique().alias("heads"),
            pl.len().alias("line_count"),
            pl.col("total_rupiah").sum().alias("total"),
            pl.col("for_month").min().alias("first_month"),
        )
        .sort("unit_id", "budget_line_id", "class")
    )


def _with_penalties(heads: pl.DataFrame, charges: pl.DataFrame) -> pl.DataFrame:
    """The total of a heading is its lines and its penalties."""
    of_heading = charges.group_by(HEADING).agg(pl.col("amount_rupiah").sum().alias("penalty"))
    both = heads.join(of_heading, on=HEADING, how="left", maintain_order="left")
    return both.with_columns(pl.col("penalty").fill_null(0)).with_columns(pl.col("total") + pl.col("penalty"))


def _store_bills(heads: pl.DataFrame, *, run: BillRun, holidays: frozenset[date]) -> list[Bill]:
    month, used = Month.of(run.month), Bill.objects.filter(government=run.government_id, month=run.month)
    grouped = used.values_list("unit_id", "budget_line_id", "membership_class").annotate(Max("sequence"), Count("pk"))
    last, count = {}, 0
    for unit, line, klass, sequence, bills in grouped:
        last[unit, line, klass], count = sequence, count + bills
    # What is paid in advance is due with the first month it is for; a month's bill with its month.
    due = {
        (klass, first): due_on(klass, max(month, Month.of(first)), holidays).day
        for klass, first in heads.select("class", "first_month").unique().iter_rows()
    }
    return Bill.objects.bulk_create(
        Bill(
            government_id=run.government_id,
            run=run,
            unit_id=head["unit_id"],
            budget_line_id=head["budget_line_id"],
            membership_class=head["class"],
            month=run.month,
            sequence=last.get((head["unit_id"], head["budget_line_id"], head["class"]), 0) + 1,
            number=f"{run.government.code}/{month}/{count + index:04d}",
            due_on=due[head["class"], head["first_month"]],
            heads=head["heads"],
            line_count=head["line_count"],
            penalty_rupiah=head["penalty"],
            total_rupiah=head["total"],
            made_by_id=run.made_by_id,
            made_at=run.made_at,
        )
        for index, head in enumerate(heads.iter_rows(named=True), start=1)
    )
