"""The verb of the month: bill it."""

from datetime import date, datetime

import polars as pl
from django.db.models import Max

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.billing import frames
from payung.office.billing.accounts import by_programme, expense, payable
from payung.office.billing.models import AMOUNTS, Bill
from payung.office.ledger.actions import NewJournal, post
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.rules.law.deadlines import due_on
from payung.rules.months import Month


class NothingToBill(Exception):
    """Every line of the month stands on a bill already, or nobody is protected in it."""


def bill_month(
    *, government: Government, month: Month, holidays: frozenset[date], by: User, at: datetime
) -> list[Bill]:
    """The bills of a month: one per payment unit, budget line and class, with lines and journals.

    Holds what is owed and not billed yet since January of that year; repeating it raises NothingToBill. People
    to whom the law has no answer (no wage, say) are left out and named by `queries.preview`.
    """
    with whole_government(government, by=by):
        return _bill_month(government, month, holidays, by, at)


def _bill_month(government: Government, month: Month, holidays: frozenset[date], by: User, at: datetime) -> list[Bill]:
    Government.objects.select_for_update(no_key=True).get(pk=government.pk)
    first = Month(month.year, 1)
    owed = frames.owed_lines(government.pk, first=first, last=month)
    lines = frames.lines(government.pk, owed.lines, first=first, last=month)
    if lines.is_empty():
        raise NothingToBill(str(month))
    grouped = _with_units(lines, month)
    heads = _headings(grouped, government)
    bills = _store_bills(heads, government=government, month=month, holidays=holidays, by=by, at=at)
    ids = pl.DataFrame(
        {
            "unit_id": [bill.unit_id for bill in bills],
            "budget_line_id": [bill.budget_line_id for bill in bills],
            "class": [bill.membership_class for bill in bills],
            "bill_id": [bill.pk for bill in bills],
        },
        schema={"unit_id": pl.Int64, "budget_line_id": pl.Int64, "class": pl.String, "bill_id": pl.Int64},
    )
    stored = grouped.join(ids, on=["unit_id", "budget_line_id", "class"]).with_columns(
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
    _post_bills(bills, heads, government, at)
    record(
        "bill_month",
        subject=f"government:{government.pk}",
        by=by,
        at=at,
        detail={
            "month": str(month),
            "bills": len(bills),
            "total_rupiah": sum(bill.total_rupiah for bill in bills),
            "left_out": owed.refused.height,
        },
    )
    return bills


def _with_units(lines: pl.DataFrame, month: Month) -> pl.DataFrame:
    """Each line with the payment unit that invoices its OPD in that month, and the agreement's class."""
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
    return joined


def _headings(grouped: pl.DataFrame, government: Government) -> pl.DataFrame:
    """One row per bill: unit, budget line, class, heads and the sum of each amount, with the fund's kind."""
    funds = bulk.read(
        "SELECT l.id, f.kind FROM agreements_budgetline l JOIN agreements_fund f ON f.id = l.fund_id"
        " WHERE f.government_id = %s",
        [government.pk],
        schema={"budget_line_id": pl.Int64, "fund": pl.String},
    )
    return (
        grouped.group_by("unit_id", "budget_line_id", "class")
        .agg(pl.col("membership_id").n_unique().alias("heads"), *(pl.col(name).sum() for name in AMOUNTS))
        .with_columns(pl.sum_horizontal(AMOUNTS).alias("total"))
        .join(funds, on="budget_line_id", how="left")
        .sort("unit_id", "budget_line_id", "class")
    )


def _store_bills(
    heads: pl.DataFrame,
    *,
    government: Government,
    month: Month,
    holidays: frozenset[date],
    by: User,
    at: datetime,
) -> list[Bill]:
    used = Bill.objects.filter(government=government, month=month.first_day)
    last = {
        (unit, line, klass): sequence
        for unit, line, klass, sequence in used.values_list("unit_id", "budget_line_id", "membership_class").annotate(
            Max("sequence")
        )
    }
    count = used.count()
    due = {klass: due_on(klass, month, holidays).day for klass in heads["class"].unique()}
    return Bill.objects.bulk_create(
        Bill(
            government=government,
            unit_id=head["unit_id"],
            budget_line_id=head["budget_line_id"],
            membership_class=head["class"],
            month=month.first_day,
            sequence=last.get((head["unit_id"], head["budget_line_id"], head["class"]), 0) + 1,
            number=f"{government.code}/{month}/{count + index:04d}",
            state=Bill.FINAL,
            due_on=due[head["class"]],
            heads=head["heads"],
            total_rupiah=head["total"],
            made_by=by,
            made_at=at,
        )
        for index, head in enumerate(heads.iter_rows(named=True), start=1)
    )


def _post_bills(bills: list[Bill], heads: pl.DataFrame, government: Government, at: datetime) -> None:
    """Owed to BPJS per programme, against the expense of the fund that pays."""
    journals = []
    for bill, head in zip(bills, heads.iter_rows(named=True), strict=True):
        owed = by_programme(head)
        if not any(owed.values()):
            continue
        entries = {payable(programme): -amount for programme, amount in owed.items()}
        entries[expense(head["fund"])] = head["total"]
        journals.append(
            NewJournal(key=f"bill:{bill.pk}", booked_on=bill.month, memo=f"Tagihan {bill.number}", entries=entries)
        )
    post(government_id=government.pk, journals=journals, at=at)
