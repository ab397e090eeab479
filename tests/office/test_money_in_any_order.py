"""Whatever happens in whatever order, what was billed is paid, outstanding or credited, and the ledger says the same.

A state machine over the real verbs on the real database: bill, pay (exact, short, over, for another unit, in time or
late), take back, hold for another payer, return, void, waive a penalty, join, change a wage, leave or move to another
payer, now or months ago (which is what a death told late does). Credit notes and penalties come of themselves with the
next run.
"""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from payung.office.agreements.actions import confirm_reading
from payung.office.agreements.models import Agreement
from payung.office.approvals.models import Verdict
from payung.office.billing import receipts
from payung.office.billing.accounts import PENALTY, by_programme, expense, payable, settled
from payung.office.billing.actions import NothingToBill
from payung.office.billing.models import AMOUNTS, Bill, BillLine, Payment, Penalty
from payung.office.billing.receipt_models import Receipt, Refund
from payung.office.billing.runs import void
from payung.office.billing.waiving import waive_penalty
from payung.office.enrolment.actions import apply_leavers
from payung.office.ledger.queries import balance
from payung.office.places.models import PaymentUnit
from payung.office.places.scope import whole_government
from payung.rules.months import Month
from tests.office.cast import AT, Cast, billed, call_cast, enrol, people

pytestmark = pytest.mark.django_db
FIRST = Month(2022, 10)
LIVE: list[Cast] = []
"""The office as it stands before each run; hypothesis builds the machine without arguments."""


class Money(RuleBasedStateMachine):
    """One run, undone at its end."""

    def __init__(self) -> None:
        super().__init__()
        (self.cast,) = LIVE
        self.month = FIRST
        self.members = {self.cast.works.pk: list(range(1, 7)), self.cast.health.pk: list(range(101, 104))}
        self.since = {number: FIRST for numbers in self.members.values() for number in numbers}
        self.came = self.returned = self.count = 0
        self.undo = transaction.atomic()
        self.undo.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @property
    def told(self) -> dict[str, Any]:
        return {"by": self.cast.treasurer, "at": self.at}

    @property
    def at(self) -> Any:
        self.count += 1
        return AT + timedelta(days=12 * self.count)

    @rule()
    def bill(self) -> None:
        try:
            billed(self.cast, self.month, at=self.at)
        except NothingToBill:
            return
        self.who_is_protected_is_billed()
        self.month = self.month.shift(1) if self.month < Month(2023, 2) else self.month

    def who_is_protected_is_billed(self) -> None:
        """Once its month is billed: as many persons as the roster names, and no others."""
        lines = BillLine.objects.exclude(bill__state=Bill.VOID).filter(for_month=self.month.first_day)
        billed_now = lines.values("membership").annotate(net=Sum("total_rupiah")).filter(net__gt=0)
        assert billed_now.count() == sum(map(len, self.members.values()))

    @precondition(lambda self: Bill.objects.filter(state=Bill.FINAL).exists())
    @rule(
        pick=st.integers(0, 50), change=st.sampled_from([0, -5_000, 5_000, 123]), known=st.booleans(),
        on=st.sampled_from([date(2022, 11, 10), date(2023, 1, 20)]),
    )  # fmt: skip
    def pay(self, pick: int, change: int, known: bool, on: date) -> None:
        """Exact, short or over, in time or late; for the payer's own unit, or nobody knows whose."""
        bill = self._one(Bill.objects.filter(state=Bill.FINAL), pick)
        amount = max(receipts.outstanding(bill) + change, 1_000)
        receipt = receipts.record_receipt(
            government=self.cast.government, unit=bill.unit if known else None, amount_rupiah=amount,
            paid_on=on, reference=f"SP2D-{self.count}", **self.told,
        )  # fmt: skip
        self.came += amount
        if part := min(amount, receipts.outstanding(bill)):
            receipts.allocate(receipt_id=receipt.pk, bill_id=bill.pk, amount_rupiah=part, **self.told)

    @precondition(lambda self: Receipt.objects.exists())
    @rule(receipt=st.integers(0, 50), bill=st.integers(0, 50), part=st.integers(1, 100_000))
    def use_credit(self, receipt: int, bill: int, part: int) -> None:
        credit, due = self._one(Receipt.objects.all(), receipt), self._one(Bill.objects.filter(state=Bill.FINAL), bill)
        if due is not None and (fits := min(part, receipts.left_of(credit), receipts.outstanding(due))):
            receipts.allocate(receipt_id=credit.pk, bill_id=due.pk, amount_rupiah=fits, **self.told)

    @precondition(lambda self: Payment.objects.filter(takes_back__isnull=True).exists())
    @rule(pick=st.integers(0, 50))
    def take_back(self, pick: int) -> None:
        payment = self._one(Payment.objects.filter(takes_back__isnull=True), pick)
        receipts.take_back(payment_id=payment.pk, reason="salah tagihan", **self.told)

    @precondition(lambda self: Receipt.objects.exists())
    @rule(pick=st.integers(0, 50), unit=st.integers(0, 1))
    def change_payer_of_the_money(self, pick: int, unit: int) -> None:
        receipt, other = self._one(Receipt.objects.all(), pick), self._one(PaymentUnit.objects.all(), unit)
        if receipts.held_by(receipt) != other and receipts.left_of(receipt):
            receipts.hold_for(receipt_id=receipt.pk, unit_id=other.pk, reason="salah penyetor", **self.told)

    @precondition(lambda self: Receipt.objects.exists())
    @rule(pick=st.integers(0, 50), verdict=st.sampled_from([Verdict.APPROVE, Verdict.REFUSE]))
    def give_back(self, pick: int, verdict: Verdict) -> None:
        receipt = self._one(Receipt.objects.all(), pick)
        if not (amount := receipts.left_of(receipt)):
            return
        asked = receipts.ask_refund(
            receipt_id=receipt.pk, amount_rupiah=amount, returned_on=date(2022, 12, 1), reference="RETUR",
            reason="lebih", **self.told,
        )  # fmt: skip
        with whole_government(self.cast.government, by=self.cast.admin):
            receipts.decide_refund(refund_id=asked.pk, verdict=verdict, comment="x", by=self.cast.admin, at=self.at)
        self.returned += amount if verdict is Verdict.APPROVE else 0

    @precondition(lambda self: Bill.objects.filter(state=Bill.FINAL, payment__isnull=True).exists())
    @rule(pick=st.integers(0, 50))
    def void(self, pick: int) -> None:
        unpaid = self._one(Bill.objects.filter(state=Bill.FINAL, payment__isnull=True), pick)
        void(bill_id=unpaid.pk, reason="salah", by=self.cast.admin, at=self.at)

    @precondition(lambda self: Bill.objects.filter(state=Bill.FINAL).exists())
    @rule(pick=st.integers(0, 50))
    def waive(self, pick: int) -> None:
        late = self._one(Bill.objects.filter(state=Bill.FINAL), pick)
        waive_penalty(
            bill_id=late.pk, document="SK 1", decided_on=AT.date(), reason="bencana", by=self.cast.admin, at=self.at
        )

    @rule(works=st.booleans())
    def join(self, works: bool) -> None:
        opd = self.cast.works if works else self.cast.health
        number = 300 + self.count
        self.members[opd.pk].append(number)
        self.since[number] = self.month
        heading = self.cast.heading(opd, month=self.month.first_day, kind="additions")
        enrol(self.cast, heading, people(1, first=number), at=self.at)

    @rule(works=st.booleans(), pick=st.integers(0, 50), wage=st.sampled_from([1_900_000, 3_210_987]))
    def amend_a_wage(self, works: bool, pick: int, wage: int) -> None:
        opd = self.cast.works if works else self.cast.health
        number = self.members[opd.pk][pick % len(self.members[opd.pk])]
        heading = self.cast.heading(opd, month=self.month.first_day, kind="additions")
        enrol(self.cast, heading, people(1, first=number, wage=wage), at=self.at)

    @precondition(lambda self: self.month > FIRST)
    @rule(works=st.booleans(), moves=st.booleans(), ago=st.integers(0, 3))
    def leave(self, works: bool, moves: bool, ago: int) -> None:
        """Somebody is no longer named by the complete list; moving, another payer names him from then on."""
        opd, other = self.cast.works, self.cast.health
        opd, other = (opd, other) if works else (other, opd)
        if len(self.members[opd.pk]) < 2:
            return
        gone = self.members[opd.pk].pop()
        month = max(self.since[gone], self.month.shift(-ago))
        rows = [row for number in self.members[opd.pk] for row in people(1, first=number)]
        made = enrol(self.cast, self.cast.heading(opd, month=month.first_day), rows, at=self.at)
        apply_leavers(plan_id=made.pk, by=self.cast.admin, at=self.at)
        if moves:
            self.members[other.pk].append(gone)
            self.since[gone] = month
            heading = self.cast.heading(other, month=month.first_day, kind="additions")
            enrol(self.cast, heading, people(1, first=gone), at=self.at)

    @invariant()
    def every_rupiah_is_somewhere(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        due = list(Bill.objects.filter(state__in=Bill.DUE))
        billed_rupiah = sum(bill.total_rupiah for bill in due)
        used = int(Payment.objects.aggregate(paid=Sum("amount_rupiah"))["paid"] or 0)
        credit_notes = sum(-bill.total_rupiah for bill in due if bill.total_rupiah < 0)
        came = self.came + credit_notes
        assert billed_rupiah == used + sum(map(receipts.outstanding, due)) - credit_notes
        assert self._books("utang:") == used - billed_rupiah - credit_notes
        penalties = sum(bill.penalty_rupiah for bill in due)
        assert self._books("beban:denda:APBD") == penalties
        assert self._books("beban:iuran:APBD") == billed_rupiah - penalties
        assert self._books("kas:") == self.returned - self.came
        assert self._books("titipan:") + self._books("piutang:") == came - self.returned - used

    @invariant()
    def each_payer_month_and_programme_agrees(self) -> None:
        units: dict[str, int] = dict.fromkeys(PaymentUnit.objects.values_list("number", flat=True), 0)
        for receipt in Receipt.objects.all():
            unit, used = (
                receipts.held_by(receipt),
                Payment.objects.filter(receipt=receipt).aggregate(s=Sum("amount_rupiah")),
            )
            gone = Refund.objects.filter(receipt=receipt, booked_at__isnull=False).aggregate(s=Sum("amount_rupiah"))
            if unit:
                units[unit.number] += receipt.amount_rupiah - (used["s"] or 0) - (gone["s"] or 0)
                if receipt.credit_note is not None and receipt.credit_note.state == Bill.VOID:
                    units[unit.number] -= receipt.amount_rupiah
        assert {number: self._books(f"piutang:bpjs:{number}") for number in units} == units
        lines = BillLine.objects.filter(bill__state__in=Bill.DUE)
        sums = lines.aggregate(**{name: Sum(name) for name in AMOUNTS})
        assert sum(int(amount or 0) for amount in sums.values()) == self._books("beban:iuran:")
        for bill in Bill.objects.filter(state__in=Bill.DUE):
            of_bill = bill.billline_set.aggregate(total=Sum("total_rupiah"))
            assert int(of_bill["total"] or 0) == bill.total_rupiah - bill.penalty_rupiah and 0 <= receipts.paid(
                bill
            ) <= max(bill.total_rupiah, 0)

    @invariant()
    def no_lateness_is_asked_twice(self) -> None:
        """Of each late bill all due bills together ask what some day's reckoning found, and nothing once it is waived
        and the next run has been."""
        asked = Penalty.objects.filter(bill__state__in=Bill.DUE).values("late_bill").annotate(sum=Sum("amount_rupiah"))
        for late_bill, rupiah in asked.values_list("late_bill", "sum"):
            late = Bill.objects.get(pk=late_bill)
            most = (late.total_rupiah - late.penalty_rupiah) * 2 * 12 // 100
            assert 0 <= rupiah <= most or Penalty.objects.filter(bill__state=Bill.VOID).exists()

    @invariant()
    def whose_money_it_is(self) -> None:
        """What nobody is known for is apart from the treasury's."""
        unknown = sum(receipts.left_of(one) for one in Receipt.objects.all() if receipts.held_by(one) is None)
        assert self._books("kas:belum-dikenal") == -unknown

    @invariant()
    def each_programme_and_fund_agrees(self) -> None:
        """Billed = paid + outstanding − credit, by unit, month, programme and fund; the books hold what is owed."""
        owed: Counter[str] = Counter()
        spent: Counter[str] = Counter()
        for bill in Bill.objects.filter(state__in=Bill.DUE).select_related("budget_line__fund"):
            spent[expense(bill.budget_line.fund.kind).code] += bill.total_rupiah - bill.penalty_rupiah
            parts = by_programme(bill.billline_set.aggregate(**{name: Sum(name) for name in AMOUNTS}))
            asked = int(bill.penalties.aggregate(sum=Sum("amount_rupiah"))["sum"] or 0)
            assert asked == bill.penalty_rupiah
            parts |= {PENALTY: asked} if asked else {}
            if bill.total_rupiah < 0:  # stands with its receipt
                continue
            paid = settled(parts, before_rupiah=0, after_rupiah=receipts.paid(bill))
            assert sum(parts.values()) - sum(paid.values()) == receipts.outstanding(bill)
            for programme, rupiah in parts.items():
                owed[payable(programme).code] += rupiah - paid[payable(programme)]
        assert {code: -self._books(code) for code in owed} == dict(owed)
        assert {code: self._books(code) for code in spent} == dict(spent)

    def _books(self, prefix: str) -> int:
        return balance(government_id=self.cast.government.pk, code_prefix=prefix)

    @staticmethod
    def _one(found: Any, pick: int) -> Any:
        ordered = list(found.order_by("pk"))
        return ordered[pick % len(ordered)] if ordered else None


def test_money_holds_in_any_order() -> None:
    cast = call_cast(programmes=("JKK", "JKM", "JHT"))
    Agreement.objects.update(wage_base="honorarium", wage_base_place="")
    cast.agreement.refresh_from_db()
    confirm_reading(
        government=cast.government, reading="penalty-government", option="as-private", from_month=FIRST,
        confirmed_by="Surat cabang", by=cast.admin, at=AT,
    )  # fmt: skip
    enrol(cast, cast.heading(cast.works), people(6))
    enrol(cast, cast.heading(cast.health), people(3, first=101))
    billed(cast, FIRST)
    LIVE[:] = [cast]
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
