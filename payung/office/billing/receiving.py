"""The verb of money for many payers at once: each payment is a receipt of its own that settles its payer's bills."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from payung.office import bulk
from payung.office.access.actions import record_each
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.billing.accounts import cash_of, held_for, moved, purse, settled
from payung.office.billing.models import Payment
from payung.office.billing.open_bills import open_bills, owed_of
from payung.office.billing.receipt_models import Receipt
from payung.office.billing.receipts import ReceiptRefused, in_turn
from payung.office.ledger.actions import AccountName, NewJournal, post
from payung.office.ledger.queries import open_day
from payung.office.places.models import Government, PaymentUnit
from payung.office.places.scope import whole_government

_UNITS = """
    SELECT DISTINCT ON (b.budget_line_id) b.budget_line_id, b.unit_id FROM billing_bill b
    WHERE b.government_id = %s AND b.state IN ('final', 'sent') AND b.budget_line_id = ANY(%s)
    ORDER BY b.budget_line_id, b.month DESC, b.sequence DESC
"""


@dataclass(frozen=True)
class Paid:
    """One payment, for the bills of one budget line."""

    budget_line_id: int
    amount_rupiah: int
    reference: str


@dataclass(frozen=True)
class _Part:
    """What one receipt pays of one bill of some kind of fund, `before_rupiah` of which were paid already."""

    receipt: Receipt
    bill_id: int
    number: str
    fund_kind: str
    before_rupiah: int
    rupiah: int


def receive_each(
    *, government: Government, paid: Sequence[Paid], paid_on: date, by: User, at: datetime
) -> list[Receipt]:
    """A receipt for each payment, in their order; it settles the open bills of its budget line, the oldest first.

    What is left is the credit of the line's unit. A reference that stands with the same amount and day changes nothing.
    All of them or none. Raises NotAllowed, and ReceiptRefused `not_positive` or `reference_used`.
    """
    with whole_government(government, by=by):
        require(by, Deed.RECEIVE_PAYMENT)
        in_turn(government.pk)
        if any(one.amount_rupiah <= 0 for one in paid):
            raise ReceiptRefused("not_positive")
        standing = _standing(government.pk, paid, paid_on)
        new = [one for one in paid if one.reference not in standing]
        made = _receipts(government, new, paid_on, by, at)
        parts = _parts(government.pk, new, made)
        stored = _payments(government.pk, parts, by, at)
        booked_on = open_day(paid_on, government_id=government.pk)
        journals = [_of_receipt(one, booked_on) for one in made] + _of_payments(stored, parts, booked_on)
        post(government_id=government.pk, journals=journals, at=at)
        record_each("record_receipt", {f"receipt:{one.pk}": {} for one in made}, by=by, at=at)
        record_each("allocate", _bills_of(parts), by=by, at=at)
        known = standing | {one.reference: one for one in made}
        return [known[one.reference] for one in paid]


def _standing(government_id: int, paid: Sequence[Paid], paid_on: date) -> dict[str, Receipt]:
    typed = Receipt.objects.filter(government_id=government_id, from_bank=False, credit_note=None)
    found = {one.reference: one for one in typed.filter(reference__in=[one.reference for one in paid])}
    for one in paid:
        known = found.get(one.reference)
        if known is not None and (known.amount_rupiah, known.paid_on) != (one.amount_rupiah, paid_on):
            raise ReceiptRefused("reference_used")
    return found


def _receipts(government: Government, new: Sequence[Paid], paid_on: date, by: User, at: datetime) -> list[Receipt]:
    lines = [one.budget_line_id for one in new]
    found = bulk.read(_UNITS, [government.pk, lines], schema={"line": pl.Int64, "unit": pl.Int64})
    unit_of = dict(found.iter_rows())
    units = PaymentUnit.objects.in_bulk(list(unit_of.values()))
    return Receipt.objects.bulk_create(
        Receipt(
            government=government, unit=units.get(unit_of.get(one.budget_line_id, 0)), paid_on=paid_on,
            amount_rupiah=one.amount_rupiah, reference=one.reference, from_bank=False, recorded_by=by, recorded_at=at,
        )
        for one in new
    )  # fmt: skip


def _parts(government_id: int, new: Sequence[Paid], made: Sequence[Receipt]) -> list[_Part]:
    """Which bills each receipt settles, the oldest of its budget line first."""
    wanted = [one.budget_line_id for one in new]
    bills = open_bills(government_id).filter(pl.col("budget_line_id").is_in(wanted))
    of_line = bills.partition_by("budget_line_id", as_dict=True)
    paid, asked = (dict(bills.select("target", name).iter_rows()) for name in ("paid", "outstanding"))
    parts = []
    for told, receipt in zip(new, made, strict=True):
        left = told.amount_rupiah
        of_payer = of_line.get((told.budget_line_id,), bills.clear())
        for bill_id, number, kind in of_payer.select("target", "number", "fund_kind").iter_rows():
            if rupiah := min(left, asked[bill_id]):
                parts.append(_Part(receipt, bill_id, number, kind, paid[bill_id], rupiah))
                left, asked[bill_id], paid[bill_id] = left - rupiah, asked[bill_id] - rupiah, paid[bill_id] + rupiah
    return parts


def _payments(government_id: int, parts: Sequence[_Part], by: User, at: datetime) -> list[Payment]:
    return Payment.objects.bulk_create(
        Payment(
            government_id=government_id, bill_id=part.bill_id, receipt=part.receipt, paid_on=part.receipt.paid_on,
            amount_rupiah=part.rupiah, recorded_by=by, recorded_at=at,
        )
        for part in parts
    )  # fmt: skip


def _of_receipt(one: Receipt, booked_on: date) -> NewJournal:
    entries = {cash_of(one.unit): -one.amount_rupiah, _held(one): one.amount_rupiah}
    return NewJournal(f"receipt:{one.pk}", booked_on, f"Pembayaran {one.reference}", entries)


def _of_payments(stored: Sequence[Payment], parts: Sequence[_Part], booked_on: date) -> list[NewJournal]:
    owed = owed_of([part.bill_id for part in parts])
    journals = []
    for one, part in zip(stored, parts, strict=True):
        after = part.before_rupiah + part.rupiah
        entries = settled(owed[part.bill_id], before_rupiah=part.before_rupiah, after_rupiah=after)
        entries[_held(part.receipt)] = -part.rupiah
        entries |= moved(cash_of(part.receipt.unit), purse(part.fund_kind), part.rupiah)
        memo = f"Pembayaran {part.receipt.reference} untuk {part.number}"
        journals.append(NewJournal(f"payment:{one.pk}", booked_on, memo[:200], entries))
    return journals


def _bills_of(parts: Sequence[_Part]) -> dict[str, dict[str, list[int]]]:
    """Receipt -> the bills that it settles, as the audit names them."""
    found: dict[str, dict[str, list[int]]] = {}
    for part in parts:
        found.setdefault(f"receipt:{part.receipt.pk}", {"bills": []})["bills"].append(part.bill_id)
    return found


def _held(one: Receipt) -> AccountName:
    return held_for(one.unit.number if one.unit else None)
