"""A month of a synthetic government through the office: billed, approved, paid, confirmed by BPJS, counted.

Every step can be repeated: what is done is found done.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import polars as pl

from payung.doors.calendar import public_holidays
from payung.doors.world.founding import Founded
from payung.doors.world.report import Show
from payung.office import bulk
from payung.office.access.marks import unseal_column
from payung.office.approvals.models import Verdict
from payung.office.billing.actions import NothingToBill, bill_month
from payung.office.billing.models import BillRun
from payung.office.billing.open_bills import open_bills
from payung.office.billing.postings import Confirmed, confirm_posted
from payung.office.billing.receiving import Paid, receive_each
from payung.office.billing.runs import decide_run
from payung.office.places.scope import whole_government
from payung.office.reports.counting import count_month
from payung.rules.months import Month

_PAID_UNPOSTED = """
    SELECT p.nik_sealed, p.name, p.birth_date, l.for_month, sum(l.total_rupiah)::bigint
    FROM billing_billline l JOIN billing_bill b ON b.id = l.bill_id JOIN registry_membership m ON m.id = l.membership_id
    JOIN registry_person p ON p.id = m.person_id
    WHERE b.state IN ('final', 'sent') AND l.for_month = %s AND NOT EXISTS (
        SELECT 1 FROM billing_posting k WHERE k.membership_id = l.membership_id AND k.month = l.for_month)
    GROUP BY m.id, p.id, l.for_month HAVING sum(l.total_rupiah) > 0 ORDER BY m.id, l.for_month
"""


@dataclass(frozen=True)
class Days:
    """When the steps of a month are done."""

    billed: date
    approved: date
    paid: date
    posted: date


def days_of(month: Month, *, in_advance: bool) -> Days:
    """Wage earners are paid for after the month, by the 15th of the next; everybody else within it, by the 15th."""
    if in_advance:
        return Days(*(month.first_day.replace(day=day) for day in (5, 6, 10, 12)))
    following = month.shift(1).first_day
    return Days(month.last_day, following, following.replace(day=10), following.replace(day=12))


def morning(day: date) -> datetime:
    """Nine o'clock in Bandung."""
    return datetime.combine(day, time(2, 0), tzinfo=UTC)


def bill(founded: Founded, month: Month, days: Days) -> None:
    """The month's bills, final by a second person's yes."""
    government = founded.government
    with suppress(NothingToBill):  # a repeated load finds the month billed
        run = bill_month(
            government=government, month=month, holidays=public_holidays(month.year, month.year + 1),
            by=founded.treasurer, at=morning(days.billed),
        )  # fmt: skip
        if run.state == BillRun.DRAFT:
            with whole_government(government, by=founded.admin):
                decide_run(
                    run_id=run.pk, verdict=Verdict.APPROVE, comment="Sesuai daftar.", by=founded.admin,
                    at=morning(days.approved),
                )  # fmt: skip


def pay(founded: Founded, month: Month, paid_on: date, show: Show) -> None:
    """What is still owed for the month, by one payment of the treasurer for each budget line."""
    with whole_government(founded.government):
        bills = open_bills(founded.government.pk).filter(pl.col("month") == str(month))
    owed = bills.group_by("budget_line_id", maintain_order=True).agg(
        pl.col("outstanding").sum(), pl.col("number").first()
    )
    paid = [Paid(line, rupiah, f"SINTETIS-SP2D-{number}") for line, rupiah, number in owed.iter_rows()]
    receive_each(government=founded.government, paid=paid, paid_on=paid_on, by=founded.treasurer, at=morning(paid_on))
    show("pembayaran", len(paid), len(paid))


def confirmation(founded: Founded, month: Month, people: pl.DataFrame) -> pl.DataFrame:
    """What BPJS will say: everybody billed for the month and not posted yet, in the order in which they came.

    The KPJ is that of the world's `people`; whose NIK went in wrong has it by name and birth date.
    """
    schema = {
        "nik_sealed": pl.String, "name": pl.String, "birth_date": pl.Date, "month": pl.Date, "TOTAL": pl.Int64,
    }  # fmt: skip
    with whole_government(founded.government):
        paid = bulk.read(_PAID_UNPOSTED, [month.first_day], schema=schema)
    niks = pl.Series("NIK", unseal_column(paid["nik_sealed"], kind="nik"), dtype=pl.String)
    known = people.select(pl.col("name").str.to_uppercase(), "birth_date", pl.col("nik").alias("NIK"), "kpj")
    by_name = known.select("name", "birth_date", "kpj").unique(["name", "birth_date"], keep="none")
    told = (
        paid.with_columns(niks, pl.col("name").str.to_uppercase())
        .join(known.select("NIK", "kpj"), on="NIK", how="left", maintain_order="left")
        .join(by_name, on=["name", "birth_date"], how="left", maintain_order="left", suffix="_by_name")
    )
    return told.select(
        "NIK",
        pl.coalesce("kpj", "kpj_by_name").alias("KPJ"),
        pl.col("month").dt.strftime("%Y-%m").alias("BULAN"),
        "TOTAL",
    )


def confirm(founded: Founded, told: pl.DataFrame, name: str, days: Days) -> Confirmed:
    """The confirmation taken in."""
    content = told.select("NIK", "KPJ", "BULAN", "TOTAL").write_csv().encode()
    return confirm_posted(
        government=founded.government, content=content, name=name, by=founded.treasurer, at=morning(days.posted)
    )


def count(founded: Founded, month: Month, days: Days) -> None:
    """The five numbers of the month."""
    count_month(government=founded.government, month=month, by=founded.treasurer, at=morning(days.posted))
