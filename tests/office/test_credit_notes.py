"""What was billed too much is used on the next bill; what was paid and taken back can be billed anew."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from payung.office.billing import money, receipts
from payung.office.billing.models import Bill, Payment
from payung.office.billing.payments import receive_payment
from payung.office.billing.receipt_models import Receipt
from payung.office.billing.runs import BillRefused, void
from payung.office.enrolment.actions import apply_leavers
from payung.office.ledger.queries import balances
from payung.office.places.scope import whole_government
from payung.rules.months import Month
from tests.office.cast import AT, Cast, billed, call_cast, enrol, people

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER, DECEMBER = Month(2022, 10), Month(2022, 11), Month(2022, 12)
PER_HEAD = 4_420 + 5_524
LATER = AT + timedelta(days=40)


def pay(cast: Cast, bill: Bill, reference: str = "SP2D-1") -> Payment:
    return receive_payment(
        bill_id=bill.pk, amount_rupiah=receipts.outstanding(bill), paid_on=date(2022, 11, 10), reference=reference,
        by=cast.treasurer, at=AT,
    )  # fmt: skip


def with_credit(cast: Cast, *, stay: int = 0) -> Bill:
    """Three billed and paid for October and November; then all but `stay` are said to have left before November."""
    enrol(cast, cast.heading(cast.works), people(3))
    for month in (OCTOBER, NOVEMBER):
        (made,) = billed(cast, month)
        pay(cast, made, str(month))
    listed = people(stay) + people(1, first=90, verdict="reject")
    gone = enrol(cast, cast.heading(cast.works, month=NOVEMBER.first_day), listed, at=LATER)
    apply_leavers(plan_id=gone.pk, by=cast.admin, at=LATER)
    (note,) = billed(cast, DECEMBER, at=LATER)
    return note


def test_a_credit_note_settles_the_next_bill_and_the_books_say_so() -> None:
    cast = call_cast()
    note = with_credit(cast)
    assert note.total_rupiah == -3 * PER_HEAD
    credit = Receipt.objects.get(credit_note=note)
    assert (credit.unit, credit.amount_rupiah) == (note.unit, 3 * PER_HEAD)
    enrol(cast, cast.heading(cast.works, month=date(2023, 1, 1), kind="additions"), people(4, first=20), at=LATER)
    (january,) = billed(cast, Month(2023, 1), at=LATER)
    with whole_government(cast.government):
        assert receipts.outstanding(january) == january.total_rupiah - 3 * PER_HEAD
        assert receipts.left_of(credit) == 0
        told = money.credit_of(cast.government, note.pk)
    assert told is not None and (told.rest_rupiah, told.unit_number) == (0, "JJ000001")
    left = balances(government_id=cast.government.pk)
    assert left["piutang:bpjs:JJ000001"] == 0
    assert -sum(left[f"utang:bpjs:{name}"] for name in ("JKK", "JKM")) == january.total_rupiah - 3 * PER_HEAD


def test_a_credit_stays_with_its_unit_and_budget_line() -> None:
    cast = call_cast()
    note = with_credit(cast)
    enrol(cast, cast.heading(cast.health, month=date(2023, 1, 1)), people(4, first=20), at=LATER)
    (january,) = billed(cast, Month(2023, 1), at=LATER)
    with whole_government(cast.government):
        assert receipts.outstanding(january) == january.total_rupiah
        assert receipts.left_of(Receipt.objects.get(credit_note=note)) == 3 * PER_HEAD


def test_a_used_credit_note_is_not_taken_back_an_unused_one_is() -> None:
    cast = call_cast()
    note = with_credit(cast)
    with whole_government(cast.government):
        before = balances(government_id=cast.government.pk)
    enrol(cast, cast.heading(cast.works, month=date(2023, 1, 1), kind="additions"), people(1, first=20), at=LATER)
    billed(cast, Month(2023, 1), at=LATER)
    with pytest.raises(BillRefused, match="credit_used"):
        void(bill_id=note.pk, reason="salah", by=cast.admin, at=LATER)
    with whole_government(cast.government, by=cast.treasurer):
        used = Payment.objects.get(receipt__credit_note=note)
        receipts.take_back(payment_id=used.pk, reason="salah tagihan", by=cast.treasurer, at=LATER)
    void(bill_id=note.pk, reason="salah", by=cast.admin, at=LATER)
    with whole_government(cast.government):
        credit = Receipt.objects.get(credit_note=note)
        assert receipts.left_of(credit) == 0
        assert before["piutang:bpjs:JJ000001"] == 3 * PER_HEAD
        assert balances(government_id=cast.government.pk)["piutang:bpjs:JJ000001"] == 0
    with pytest.raises(DatabaseError, match="no more than came"), transaction.atomic():
        Payment.objects.create(
            government=cast.government, bill=Bill.objects.get(month=date(2023, 1, 1)), receipt=credit,
            paid_on=date(2023, 1, 1), amount_rupiah=1, recorded_by=cast.treasurer, recorded_at=LATER,
        )  # fmt: skip


def test_a_bill_whose_payments_were_all_taken_back_is_voided_and_billed_anew() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(3))
    (made,) = billed(cast, OCTOBER)
    payment = pay(cast, made)
    with pytest.raises(BillRefused, match="has_payments"):
        void(bill_id=made.pk, reason="salah", by=cast.admin, at=AT)
    with pytest.raises(DatabaseError, match="was paid"), transaction.atomic():
        Bill.objects.filter(pk=made.pk).update(state=Bill.VOID, voided_by=cast.admin, voided_at=AT, void_reason="x")
    receipts.take_back(payment_id=payment.pk, reason="salah tagihan", by=cast.treasurer, at=AT)
    void(bill_id=made.pk, reason="salah", by=cast.admin, at=AT)
    (again,) = billed(cast, OCTOBER)
    assert again.total_rupiah == 3 * PER_HEAD
    with whole_government(cast.government, by=cast.treasurer):
        receipts.allocate(
            receipt_id=payment.receipt_id, bill_id=again.pk, amount_rupiah=3 * PER_HEAD, by=cast.treasurer, at=AT
        )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert balances(government_id=cast.government.pk)["utang:bpjs:JKK"] == 0
