"""Credit notes: what was billed too much is the payer's money. It stands as a receipt of its own, and settles the
bills of the same unit and budget line, the oldest first, as soon as a run is final; what is left waits for the next.
"""

from datetime import datetime

import polars as pl

from payung.office import bulk
from payung.office.access.models import User
from payung.office.billing.accounts import held_for, payable, settled
from payung.office.billing.models import Bill, Payment
from payung.office.billing.open_bills import open_bills, owed_of
from payung.office.billing.receipt_models import Receipt
from payung.office.ledger.actions import NewJournal, post
from payung.office.ledger.queries import open_day
from payung.rules.months import Month

_LEFT = """
    SELECT r.id, r.unit_id, u.number, b.budget_line_id, b.number,
           (r.amount_rupiah
            - coalesce((SELECT sum(p.amount_rupiah) FROM billing_payment p WHERE p.receipt_id = r.id), 0)
            - coalesce((SELECT sum(f.amount_rupiah) FROM billing_refund f
                        JOIN approvals_proposal a ON a.id = f.proposal_id
                        WHERE f.receipt_id = r.id AND a.state <> 'refused'), 0))::bigint AS rest
    FROM billing_receipt r JOIN billing_bill b ON b.id = r.credit_note_id
    JOIN places_paymentunit u ON u.id = r.unit_id
    WHERE r.government_id = %s AND b.state IN ('final', 'sent')
      AND NOT EXISTS (SELECT 1 FROM billing_holding h WHERE h.receipt_id = r.id)
    ORDER BY r.id
"""
_LEFT_TYPES = {
    "receipt_id": pl.Int64, "unit_id": pl.Int64, "unit": pl.String, "budget_line_id": pl.Int64, "note": pl.String,
    "rest": pl.Int64,
}  # fmt: skip


def settle_credits(government_id: int, month: Month, *, by: User, at: datetime) -> int:
    """Credit notes become receipts, and what is left of all of them settles open bills; returns the rupiah settled.

    The caller has locked the government.
    """
    _open(government_id, month, by, at)
    credits = bulk.read(_LEFT, [government_id], schema=_LEFT_TYPES).filter(pl.col("rest") > 0)
    if credits.is_empty():
        return 0
    return _use(government_id, credits, month, by, at)


def _open(government_id: int, month: Month, by: User, at: datetime) -> None:
    """A receipt for every credit note that has none; its payables become what is held for the unit."""
    noted = Bill.objects.filter(government=government_id, state__in=Bill.DUE, total_rupiah__lt=0, credit=None)
    notes = list(noted.select_related("unit").order_by("pk"))
    if not notes:
        return
    day = open_day(month.first_day, government_id=government_id)
    Receipt.objects.bulk_create(
        Receipt(
            government_id=government_id, unit=note.unit, paid_on=day, amount_rupiah=-note.total_rupiah,
            reference=note.number, from_bank=False, credit_note=note, recorded_by=by, recorded_at=at,
        )
        for note in notes
    )  # fmt: skip
    owed = owed_of([note.pk for note in notes])
    journals = [
        NewJournal(
            key=f"credit:{note.pk}",
            booked_on=day,
            memo=f"Nota kredit {note.number}",
            entries={
                **{payable(programme): amount for programme, amount in owed[note.pk].items()},
                held_for(note.unit.number): -note.total_rupiah,
            },
        )
        for note in notes
    ]
    post(government_id=government_id, journals=journals, at=at)


def _use(government_id: int, credits: pl.DataFrame, month: Month, by: User, at: datetime) -> int:
    """The oldest credit for the oldest bill of its unit and budget line."""
    bills = open_bills(government_id).join(credits, on=["unit_id", "budget_line_id"], how="semi")
    if bills.is_empty():
        return 0
    owed, day = owed_of(bills["target"].to_list()), open_day(month.first_day, government_id=government_id)
    paid = dict(bills.select("target", "paid").iter_rows())
    asked = dict(bills.select("target", "outstanding").iter_rows())
    payments, entries = [], []
    for credit in credits.iter_rows(named=True):
        rest = credit["rest"]
        own = (pl.col("unit_id") == credit["unit_id"]) & (pl.col("budget_line_id") == credit["budget_line_id"])
        for bill_id in bills.filter(own)["target"]:
            if not (part := min(rest, asked[bill_id])):
                continue
            payments.append(
                Payment(
                    government_id=government_id, bill_id=bill_id, receipt_id=credit["receipt_id"], paid_on=day,
                    amount_rupiah=part, recorded_by=by, recorded_at=at,
                )
            )  # fmt: skip
            parts = settled(owed[bill_id], before_rupiah=paid[bill_id], after_rupiah=paid[bill_id] + part)
            entries.append((f"Nota kredit {credit['note']} untuk tagihan", {**parts, held_for(credit["unit"]): -part}))
            rest, asked[bill_id], paid[bill_id] = rest - part, asked[bill_id] - part, paid[bill_id] + part
    stored = Payment.objects.bulk_create(payments)
    journals = [
        NewJournal(key=f"payment:{payment.pk}", booked_on=day, memo=memo, entries=moved)
        for payment, (memo, moved) in zip(stored, entries, strict=True)
    ]
    post(government_id=government_id, journals=journals, at=at)
    return sum(payment.amount_rupiah for payment in stored)
