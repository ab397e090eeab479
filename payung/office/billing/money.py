"""Questions about money: what came, what it settled and why, what is left for whom, what waits for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import Count, QuerySet

from payung.office import bulk
from payung.office.billing.models import Payment
from payung.office.billing.open_bills import one_by_one, open_bills
from payung.office.billing.receipt_models import Holding, Refund, Statement
from payung.office.places.models import Government
from payung.rules.statements.matching import OpenBill, Proposed, propose

_RECEIPTS = """
    WITH told AS (
        SELECT r.id, r.paid_on, r.amount_rupiah, r.reference, r.from_bank, r.unit_id,
               coalesce(l.reference || ' ' || l.text || ' ' || l.counterparty, r.reference) AS words,
               (SELECT h.unit_id FROM billing_holding h WHERE h.receipt_id = r.id ORDER BY h.id DESC LIMIT 1) AS held,
               r.credit_note_id, CASE WHEN n.state = 'void' THEN 0 ELSE r.amount_rupiah
               - coalesce((SELECT sum(p.amount_rupiah) FROM billing_payment p WHERE p.receipt_id = r.id), 0)
               - coalesce((SELECT sum(f.amount_rupiah) FROM billing_refund f
                           JOIN approvals_proposal a ON a.id = f.proposal_id
                           WHERE f.receipt_id = r.id AND a.state <> 'refused'), 0) END AS rest,
               l.statement_id
        FROM billing_receipt r LEFT JOIN billing_bill n ON n.id = r.credit_note_id
        LEFT JOIN billing_statementline l ON l.receipt_id = r.id
        WHERE r.government_id = %(government)s
    ), standing AS (
        SELECT t.*, u.number AS unit_number, u.name AS unit_name FROM told t
        LEFT JOIN places_paymentunit u ON u.id = coalesce(t.held, t.unit_id)
    )
"""
_KINDS = {
    "all": "true",
    "unknown": "rest > 0 AND unit_number IS NULL",
    "credit": "rest > 0 AND unit_number IS NOT NULL",
    "settled": "rest = 0",
}
KINDS = tuple(_KINDS)
"""`unknown` money waits in suspense; `credit` is left for a known payer; `settled` is used up."""
_COLUMNS = {
    "id": pl.Int64, "paid_on": pl.Date, "amount": pl.Int64, "reference": pl.String, "from_bank": pl.Boolean,
    "words": pl.String, "rest": pl.Int64, "unit_number": pl.String, "unit": pl.String, "statement_id": pl.Int64,
    "credit_note_id": pl.Int64,
}  # fmt: skip


@dataclass(frozen=True)
class ReceiptHead:
    """A receipt as it stands: `rest` rupiah settle nothing; `unit` is for whom it is held, None when nobody knows.

    No money came for the receipt of a `credit_note_id`: it is what that bill gives back.
    """

    id: int
    paid_on: date
    amount_rupiah: int
    reference: str
    from_bank: bool
    words: str
    rest_rupiah: int
    unit_number: str | None
    unit: str | None
    statement_id: int | None
    credit_note_id: int | None


@dataclass(frozen=True)
class Sum:
    """How many receipts stand so, and what is left of them."""

    count: int
    rest_rupiah: int


def sums(government: Government, *, statement_id: int | None = None) -> dict[str, Sum]:
    """Each of KINDS with its receipts; of one statement or of all."""
    of_one = "" if statement_id is None else " AND statement_id = %(statement)s"
    listed = " UNION ALL ".join(
        f"SELECT '{name}', count(*), coalesce(sum(rest), 0)::bigint FROM standing WHERE {rule}{of_one}"  # noqa: S608  # our own text, values are parameters
        for name, rule in _KINDS.items()
    )
    found = bulk.read(
        _RECEIPTS + listed,
        {"government": government.pk, "statement": statement_id},
        schema={"name": pl.String, "count": pl.Int64, "rest": pl.Int64},
    )
    return {name: Sum(count, rest) for name, count, rest in found.iter_rows()}


def receipts(
    government: Government, kind: str, *, after: int = 0, limit: int = 50, statement_id: int | None = None
) -> list[ReceiptHead]:
    """Receipts of one of KINDS by id, after one; of one statement or of all."""
    of_one = "" if statement_id is None else " AND statement_id = %(statement)s"
    return _read(
        f"{_KINDS[kind]} AND id > %(after)s{of_one} ORDER BY id LIMIT %(limit)s",
        {"government": government.pk, "after": after, "limit": limit, "statement": statement_id},
    )


def receipt(government: Government, receipt_id: int) -> ReceiptHead | None:
    """One receipt, None when the reader's area does not show it."""
    return next(iter(_read("id = %(id)s", {"government": government.pk, "id": receipt_id})), None)


def credit_of(government: Government, bill_id: int) -> ReceiptHead | None:
    """What a credit note gives back, and how much of it is left; None for a bill that is none."""
    return next(iter(_read("credit_note_id = %(id)s", {"government": government.pk, "id": bill_id})), None)


def _read(rule: str, told: dict[str, object]) -> list[ReceiptHead]:
    chosen = f"""SELECT id, paid_on, amount_rupiah, reference, from_bank, words, rest::bigint, unit_number, unit_name,
                 statement_id, credit_note_id FROM standing WHERE {rule}"""  # noqa: S608  # our own text
    return [ReceiptHead(*row) for row in bulk.read(_RECEIPTS + chosen, told, schema=_COLUMNS).iter_rows()]


def bills_to_pay(government: Government) -> list[OpenBill]:
    """The bills that still ask for money, the oldest month first."""
    return one_by_one(open_bills(government.pk))


def proposal(head: ReceiptHead, bills: Sequence[OpenBill]) -> Proposed | None:
    """What the rest of a receipt may be for; the unit for which it is held counts as named."""
    if head.rest_rupiah <= 0:
        return None
    return propose(amount_rupiah=head.rest_rupiah, words=f"{head.words} {head.unit or ''}", bills=bills)


def payments_of(receipt_id: int) -> QuerySet[Payment]:
    """What a receipt settled, and what of that was taken back."""
    found = Payment.objects.filter(receipt_id=receipt_id).select_related("bill__unit", "bill__run", "recorded_by")
    return found.order_by("pk")


def holdings_of(receipt_id: int) -> QuerySet[Holding]:
    """For whom it was held, one after the other."""
    return Holding.objects.filter(receipt_id=receipt_id).select_related("unit", "held_by").order_by("pk")


def refunds_of(receipt_id: int) -> QuerySet[Refund]:
    """What came back, or is asked to be booked so."""
    return Refund.objects.filter(receipt_id=receipt_id).select_related("proposal", "made_by").order_by("pk")


def statements(government: Government) -> QuerySet[Statement]:
    """The statements taken in, newest first; `payment_count` says how many payments each showed."""
    found = Statement.objects.filter(government=government).select_related("file", "received_by")
    return found.annotate(payment_count=Count("statementline__receipt")).order_by("-pk")
