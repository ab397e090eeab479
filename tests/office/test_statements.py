"""Bank statements become receipts; what is certain settles its bill, the rest waits with a reason, twice is once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from payung.doors.world.bank_formats import as_camt053, as_csv, as_mt940, as_workbook
from payung.office.access.roles import NotAllowed
from payung.office.approvals.actions import DecisionRefused
from payung.office.approvals.models import Verdict
from payung.office.billing import receipts
from payung.office.billing.models import Bill, Payment
from payung.office.billing.payments import receive_payment
from payung.office.billing.receipt_models import Receipt, Refund, Statement, StatementLine
from payung.office.billing.receipts import ReceiptRefused
from payung.office.billing.statements import TakenIn, take_in
from payung.office.ledger.queries import balances
from payung.office.places.scope import whole_government
from payung.rules.months import Month
from payung.rules.statements.lines import Line, statement
from payung.rules.statements.lines import Statement as Told
from payung.rules.statements.unreadable import UnreadableStatement
from tests.office.cast import AT, Cast, billed, call_cast, enrol, people

pytestmark = pytest.mark.django_db
DAY = date(2022, 11, 10)


def out(number: int, rupiah: int, text: str, *, who: str = "BPJS", day: date = DAY) -> Line:
    """A payment of so much; its number is the bank's own mark."""
    return Line(number, day, Decimal(-rupiah), who, "", text, f"TRX{number}")


def told(*lines: Line) -> Told:
    opening = Decimal(500_000_000)
    return statement(
        "0012345678", lines, opening=opening, closing=opening + sum((line.amount for line in lines), Decimal(0))
    )


def taken(cast: Cast, *lines: Line, name: str = "mutasi.sta") -> TakenIn:
    (one,) = take_in(
        government=cast.government, content=as_mt940(told(*lines)), name=name, pays="out", by=cast.treasurer, at=AT
    )
    return one


def office() -> tuple[Cast, Bill, Bill]:
    """Two units, a bill each: ten people and five."""
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(10))
    enrol(cast, cast.heading(cast.health), people(5, first=100))
    works, health = sorted(billed(cast, Month(2022, 10)), key=lambda bill: -bill.heads)
    return cast, works, health


def balance(cast: Cast) -> dict[str, int]:
    return {code: rupiah for code, rupiah in balances(government_id=cast.government.pk).items() if rupiah}


def test_what_names_its_bill_and_pays_it_exactly_needs_nobody() -> None:
    cast, works, health = office()
    one = taken(
        cast,
        out(1, works.total_rupiah, f"Iuran {works.number} Okt"),
        out(2, health.total_rupiah - 1, f"Iuran {health.number}"),
        out(3, 77_000, "tanpa keterangan"),
        out(4, works.total_rupiah, f"Iuran {works.number} lagi"),
    )
    assert (one.lines, one.known, one.payments, one.settled) == (4, 0, 4, 1)
    assert [(paid.bill_id, paid.amount_rupiah) for paid in Payment.objects.all()] == [(works.pk, works.total_rupiah)]
    waiting = health.total_rupiah - 1 + 77_000 + works.total_rupiah
    standing = balance(cast)
    assert standing["titipan:belum-dikenal"] == waiting
    assert (standing["kas:daerah"], standing["kas:belum-dikenal"]) == (-works.total_rupiah, -waiting)
    assert sum(standing[f"utang:bpjs:{name}"] for name in ("JKK", "JKM")) == -health.total_rupiah


def test_the_same_file_and_the_same_lines_change_nothing() -> None:
    cast, works, _ = office()
    first, second = out(1, works.total_rupiah, works.number), out(2, 5_000, "x", day=date(2022, 11, 11))
    taken(cast, first, second)
    before = balance(cast)
    again = taken(cast, first, second)
    assert (again.known, again.payments, again.settled) == (2, 0, 0)
    later = taken(cast, second, out(3, 6_000, "y", day=date(2022, 11, 12)), name="berikut.sta")
    assert (later.known, later.payments) == (1, 1)
    assert (Statement.objects.count(), StatementLine.objects.count(), Receipt.objects.count()) == (2, 3, 3)
    assert balance(cast)["kas:belum-dikenal"] == before["kas:belum-dikenal"] - 6_000


@pytest.mark.parametrize(("write", "ending"), [(as_csv, "csv"), (as_workbook, "xlsx"), (as_camt053, "xml")])
def test_every_format_comes_to_the_same(write: Callable[[Told], bytes], ending: str) -> None:
    cast, works, _ = office()
    lines = (out(1, works.total_rupiah, works.number), out(2, 5_000, "x"))
    taken(cast, *lines)
    content = write(told(*lines))
    (one,) = take_in(
        government=cast.government, content=content, name=f"m.{ending}", pays="out", by=cast.treasurer, at=AT
    )
    assert (one.known, one.payments, one.statement.proved) == (2, 0, True)


def test_what_was_typed_before_is_known_again_on_the_statement() -> None:
    cast, works, _ = office()
    receive_payment(
        bill_id=works.pk, amount_rupiah=works.total_rupiah, paid_on=DAY, reference="SP2D-0123/2022", by=cast.treasurer,
        at=AT,
    )  # fmt: skip
    one = taken(cast, out(1, works.total_rupiah, f"SP2D-0123/2022 {works.number}"))
    assert (one.payments, one.settled, Receipt.objects.count()) == (1, 0, 1)
    assert StatementLine.objects.get().receipt == Receipt.objects.get()


def test_a_broken_file_leaves_nothing_behind() -> None:
    cast, works, _ = office()
    broken = as_mt940(told(out(1, works.total_rupiah, works.number))).replace(b":62F:C", b":62F:D")
    with pytest.raises(UnreadableStatement, match="saldo"):
        take_in(government=cast.government, content=broken, name="x.sta", pays="out", by=cast.treasurer, at=AT)
    assert not Statement.objects.exists()
    with pytest.raises(NotAllowed):
        take_in(
            government=cast.government, content=as_mt940(told(out(1, 1, "x"))), name="x.sta", pays="out",
            by=cast.auditor, at=AT,
        )  # fmt: skip


def test_a_wrong_bill_and_a_wrong_payer_are_put_right() -> None:
    cast, works, health = office()
    taken(cast, out(1, health.total_rupiah + 900, "iuran dinas kesehatan"))
    receipt = Receipt.objects.get()
    by: dict[str, Any] = {"by": cast.treasurer, "at": AT}
    wrong = receipts.allocate(receipt_id=receipt.pk, bill_id=works.pk, amount_rupiah=10_000, **by)
    back = receipts.take_back(payment_id=wrong.pk, reason="salah tagihan", **by)
    assert receipts.take_back(payment_id=wrong.pk, reason="lagi", **by) == back
    with pytest.raises(ReceiptRefused, match="already_taken_back"):
        receipts.take_back(payment_id=back.pk, reason="x", **by)
    receipts.hold_for(receipt_id=receipt.pk, unit_id=works.unit_id, reason="disangka DPU", **by)
    receipts.hold_for(receipt_id=receipt.pk, unit_id=health.unit_id, reason="ternyata Dinkes", **by)
    with pytest.raises(ReceiptRefused, match="same_unit"):
        receipts.hold_for(receipt_id=receipt.pk, unit_id=health.unit_id, reason="x", **by)
    receipts.allocate(receipt_id=receipt.pk, bill_id=health.pk, amount_rupiah=health.total_rupiah, **by)
    standing = balance(cast)
    assert standing["piutang:bpjs:JJ000002"] == 900 == receipts.left_of(receipt)
    assert "titipan:belum-dikenal" not in standing and "piutang:bpjs:JJ000001" not in standing
    assert (receipts.outstanding(works), receipts.outstanding(health)) == (works.total_rupiah, 0)
    for amount, reason in ((901, "more_than_left"), (0, "not_positive")):
        with pytest.raises(ReceiptRefused, match=reason):
            receipts.allocate(receipt_id=receipt.pk, bill_id=works.pk, amount_rupiah=amount, **by)


def test_credit_pays_the_next_bill() -> None:
    cast, works, _ = office()
    receipt = receipts.record_receipt(
        government=cast.government, unit=works.unit, amount_rupiah=works.total_rupiah + 50_000, paid_on=DAY,
        reference="SP2D-9", by=cast.treasurer, at=AT,
    )  # fmt: skip
    receipts.allocate(
        receipt_id=receipt.pk, bill_id=works.pk, amount_rupiah=works.total_rupiah, by=cast.treasurer, at=AT
    )
    november = next(bill for bill in billed(cast, Month(2022, 11)) if bill.unit_id == works.unit_id)
    receipts.allocate(receipt_id=receipt.pk, bill_id=november.pk, amount_rupiah=50_000, by=cast.treasurer, at=AT)
    assert receipts.outstanding(november) == november.total_rupiah - 50_000
    assert "piutang:bpjs:JJ000001" not in balance(cast)


def test_money_is_returned_by_two_people_once() -> None:
    cast, works, _ = office()
    taken(cast, out(1, 70_000, "salah transfer"))
    receipt = Receipt.objects.get()
    asked = receipts.ask_refund(
        receipt_id=receipt.pk, amount_rupiah=60_000, returned_on=date(2022, 11, 20), reference="RETUR-1",
        reason="salah transfer", by=cast.treasurer, at=AT,
    )  # fmt: skip
    with pytest.raises(ReceiptRefused, match="more_than_left"):
        receipts.allocate(receipt_id=receipt.pk, bill_id=works.pk, amount_rupiah=10_001, by=cast.treasurer, at=AT)
    with pytest.raises(ReceiptRefused, match="refund_waits"):
        receipts.hold_for(receipt_id=receipt.pk, unit_id=works.unit_id, reason="x", by=cast.treasurer, at=AT)
    with pytest.raises(ReceiptRefused, match="not_approved"):
        receipts.book_refund(refund_id=asked.pk, by=cast.treasurer, at=AT)
    say: dict[str, Any] = {"refund_id": asked.pk, "verdict": Verdict.APPROVE, "comment": "", "at": AT}
    with whole_government(cast.government, by=cast.treasurer), pytest.raises((DecisionRefused, NotAllowed)):
        receipts.decide_refund(by=cast.treasurer, **say)
    with whole_government(cast.government, by=cast.admin):
        receipts.decide_refund(by=cast.admin, **say)
    assert balance(cast)["titipan:belum-dikenal"] == 10_000 and balance(cast)["kas:belum-dikenal"] == -10_000
    with whole_government(cast.government, by=cast.admin), pytest.raises(ReceiptRefused, match="already_decided"):
        receipts.decide_refund(by=cast.admin, **say)
    assert receipts.book_refund(refund_id=asked.pk, by=cast.treasurer, at=AT).booked_at == AT
    assert balance(cast)["kas:belum-dikenal"] == -10_000


def test_the_database_holds_the_limits_without_the_verbs() -> None:
    cast, works, _ = office()
    taken(cast, out(1, works.total_rupiah, works.number), out(2, 5_000, "x"))
    small = Receipt.objects.get(amount_rupiah=5_000)
    row: dict[str, Any] = {
        "government": cast.government, "bill": works, "receipt": small, "paid_on": DAY, "recorded_by": cast.treasurer,
        "recorded_at": AT,
    }  # fmt: skip
    paid = Payment.objects.get()
    changes: list[dict[str, Any]] = [{"amount_rupiah": 1}, {"amount_rupiah": -5, "takes_back": paid}]
    for changed in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            Payment.objects.create(**(row | changed))
    with pytest.raises(DatabaseError), transaction.atomic():
        Receipt.objects.filter(pk=small.pk).update(amount_rupiah=1)
    asked = receipts.ask_refund(
        receipt_id=small.pk, amount_rupiah=5_000, returned_on=DAY, reference="R", reason="x", by=cast.treasurer, at=AT
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        Refund.objects.filter(pk=asked.pk).update(booked_at=AT)


def test_a_line_without_the_banks_mark_is_told_by_its_balance() -> None:
    cast, *_ = office()
    plain = [replace(out(number, 5_000, "setoran"), bank_id="") for number in (1, 2)]
    (one,) = take_in(
        government=cast.government, content=as_csv(told(*plain)), name="a.csv", pays="out", by=cast.treasurer, at=AT
    )
    assert (one.lines, one.payments) == (2, 2)
