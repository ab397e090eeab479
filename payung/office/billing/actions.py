"""Verbs of billing: bill a month, receive a payment, take in BPJS's posting confirmation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db.models import Max, Sum

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.marks import sealed_forms_column
from payung.office.access.models import User
from payung.office.billing import frames, posting_file
from payung.office.billing.models import AMOUNTS, Bill, Payment
from payung.office.files.actions import keep
from payung.office.ledger.actions import AccountName, NewJournal, post
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.rules.law.deadlines import due_on
from payung.rules.money import split_by_largest_remainder
from payung.rules.months import Month

CASH = AccountName("kas:daerah", "Kas daerah")
PROGRAMME_OF = {
    "jkk": "JKK", "jkm": "JKM", "jht_employer": "JHT", "jht_worker": "JHT", "jp_employer": "JP", "jp_worker": "JP",
}  # fmt: skip


class NothingToBill(Exception):
    """Every line of the month stands on a bill already, or nobody is protected in it."""


class PaymentRefused(Exception):
    """The payment does not fit; `reason` is `more_than_outstanding`, `not_positive` or `reference_used`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def expense(fund_kind: str) -> AccountName:
    """The expense account of a fund's kind."""
    return AccountName(f"beban:iuran:{fund_kind}", f"Beban iuran Jamsostek, {fund_kind}")


def payable(programme: str) -> AccountName:
    """What is owed to BPJS for a programme."""
    return AccountName(f"utang:bpjs:{programme}", f"Utang iuran {programme}")


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
        owed = _by_programme(head)
        if not any(owed.values()):
            continue
        entries = {payable(programme): -amount for programme, amount in owed.items()}
        entries[expense(head["fund"])] = head["total"]
        journals.append(
            NewJournal(key=f"bill:{bill.pk}", booked_on=bill.month, memo=f"Tagihan {bill.number}", entries=entries)
        )
    post(government_id=government.pk, journals=journals, at=at)


def _by_programme(amounts: Mapping[str, Any]) -> dict[str, int]:
    """Rupiah per programme, both shares together."""
    result: dict[str, int] = {}
    for column, programme in PROGRAMME_OF.items():
        result[programme] = result.get(programme, 0) + int(amounts[column] or 0)
    return {programme: amount for programme, amount in result.items() if amount}


def receive_payment(
    *, bill_id: int, amount_rupiah: int, paid_on: date, reference: str, by: User, at: datetime
) -> Payment:
    """Money for a bill, whole or in part. The same reference for the same bill and amount changes nothing.

    Raises PaymentRefused when it is not positive, exceeds what is outstanding, or reuses a reference, and
    Bill.DoesNotExist for a bill outside the area of the person who asks.
    """
    government = Bill.objects.get(pk=bill_id).government
    with whole_government(government, by=by):
        return _receive_payment(bill_id, amount_rupiah, paid_on, reference, by, at)


def _receive_payment(
    bill_id: int, amount_rupiah: int, paid_on: date, reference: str, by: User, at: datetime
) -> Payment:
    bill = Bill.objects.select_for_update().get(pk=bill_id)
    standing = Payment.objects.filter(government=bill.government, reference=reference).first()
    if standing is not None:
        if (standing.bill_id, standing.amount_rupiah) == (bill.pk, amount_rupiah):
            return standing
        raise PaymentRefused("reference_used")
    if amount_rupiah <= 0:
        raise PaymentRefused("not_positive")
    paid = Payment.objects.filter(bill=bill).aggregate(paid=Sum("amount_rupiah"))["paid"] or 0
    if paid + amount_rupiah > bill.total_rupiah:
        raise PaymentRefused("more_than_outstanding")
    payment = Payment.objects.create(
        government=bill.government,
        bill=bill,
        paid_on=paid_on,
        amount_rupiah=amount_rupiah,
        reference=reference,
        recorded_by=by,
        recorded_at=at,
    )
    _post_payment(bill, payment, already_paid=paid, at=at)
    record(
        "receive_payment",
        subject=f"bill:{bill.pk}",
        by=by,
        at=at,
        detail={"amount_rupiah": amount_rupiah, "reference": reference},
    )
    return payment


def _post_payment(bill: Bill, payment: Payment, *, already_paid: int, at: datetime) -> None:
    """Each payment settles the programmes in proportion; parts of many payments add up to the whole bill."""
    sums = bill.billline_set.aggregate(**{name: Sum(name) for name in AMOUNTS})
    owed = _by_programme(sums)
    before = split_by_largest_remainder(already_paid, list(owed.values()))
    after = split_by_largest_remainder(already_paid + payment.amount_rupiah, list(owed.values()))
    entries = {
        payable(programme): now - then for programme, now, then in zip(owed, after, before, strict=True) if now != then
    }
    entries[CASH] = -payment.amount_rupiah
    journal = NewJournal(
        key=f"payment:{payment.pk}",
        booked_on=payment.paid_on,
        memo=f"Pembayaran {payment.reference} untuk {bill.number}",
        entries=entries,
    )
    post(government_id=bill.government_id, journals=[journal], at=at)


@dataclass(frozen=True)
class Confirmed:
    """What a posting file brought: rows by outcome. `unknown` names file rows that fit nobody."""

    rows: int
    posted: int
    already: int
    different: int
    unknown: tuple[int, ...]


def confirm_posted(*, government: Government, content: bytes, name: str, by: User, at: datetime) -> Confirmed:
    """Take in BPJS's confirmation, person by person and month by month; the same file twice changes nothing.

    Rows are matched by NIK. A KPJ that the file tells is kept. `different` counts rows whose amount is not the
    one billed (they are stored as confirmed). Raises `UnreadableWorkbook` or `posting_file.NoPostingColumns`.
    """
    told = posting_file.read_postings(content, name)
    with whole_government(government, by=by):
        return _confirm_posted(government, told, content, name, by, at)


def _confirm_posted(
    government: Government, told: pl.DataFrame, content: bytes, name: str, by: User, at: datetime
) -> Confirmed:
    file, _ = keep(government=government, content=content, name=name, by=by, at=at)
    bulk.stage(
        told,
        "told_postings",
        {"row": "bigint", "nik_sealed": "bytea", "kpj_sealed": "bytea", "month": "date", "amount": "bigint"},
    )
    forms = pl.Series("nik_sealed", sealed_forms_column(told["nik_sealed"], kind="nik"), pl.List(pl.String))
    niks = told.select("row", forms).explode("nik_sealed").drop_nulls()
    bulk.stage(niks, "told_niks", {"row": "bigint", "nik_sealed": "bytea"})
    matched = bulk.read(_MATCHED, [government.pk], schema=_MATCHED_TYPES)
    known = matched.filter(pl.col("membership_id").is_not_null()).unique(["membership_id", "month"], keep="first")
    bulk.stage(known, "matched_postings", {"row": "bigint", "membership_id": "bigint"})
    posted = bulk.execute(
        """INSERT INTO billing_posting (government_id, membership_id, month, amount_rupiah, file_id, recorded_at)
           SELECT %s, k.membership_id, t.month, t.amount, %s, %s
           FROM matched_postings k JOIN told_postings t USING (row)
           ON CONFLICT (membership_id, month) DO NOTHING""",
        [government.pk, file.pk, at],
    )
    bulk.execute(
        """UPDATE registry_membership m SET kpj_sealed = t.kpj_sealed
           FROM matched_postings k JOIN told_postings t USING (row)
           WHERE m.id = k.membership_id AND m.kpj_sealed IS NULL AND t.kpj_sealed IS NOT NULL"""
    )
    outcome = Confirmed(
        rows=told.height,
        posted=posted,
        already=known.height - posted,
        different=known.filter(pl.col("amount") != pl.col("billed").fill_null(0)).height,
        unknown=tuple(matched.filter(pl.col("membership_id").is_null())["row"].sort().to_list()),
    )
    record(
        "confirm_posted",
        subject=f"file:{file.pk}",
        by=by,
        at=at,
        detail={"rows": outcome.rows, "posted": outcome.posted, "unknown": len(outcome.unknown)},
    )
    return outcome


_MATCHED = """
    SELECT DISTINCT ON (t.row) t.row, m.id, t.month, t.amount,
           (SELECT sum(l.total_rupiah)::bigint FROM billing_billline l
            WHERE l.membership_id = m.id AND l.for_month = t.month)
    FROM told_postings t
    LEFT JOIN told_niks n USING (row)
    LEFT JOIN registry_person p ON p.government_id = %s AND p.nik_sealed = n.nik_sealed
    LEFT JOIN registry_membership m ON m.person_id = p.id
         AND EXISTS (SELECT 1 FROM enrolment_spell s WHERE s.membership_id = m.id AND s.replaced_at IS NULL
                     AND s.from_month <= t.month AND coalesce(s.until_month, 'infinity') >= t.month)
    ORDER BY t.row, m.id
"""
_MATCHED_TYPES = {
    "row": pl.Int64, "membership_id": pl.Int64, "month": pl.Date, "amount": pl.Int64, "billed": pl.Int64,
}  # fmt: skip
