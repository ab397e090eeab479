"""A month's draft, decided by a second person; sent, taken back; and that the narrow comparison is the whole one."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payung.office.access.roles import NotAllowed
from payung.office.agreements.models import Agreement
from payung.office.approvals.actions import DecisionRefused
from payung.office.approvals.models import Proposal, Verdict
from payung.office.billing import frames, queries, review, unanswered
from payung.office.billing.actions import NothingToBill, bill_month
from payung.office.billing.codes import correct_code
from payung.office.billing.models import Bill, BillLine, BillRun, CodeChange, LeftOut, Touched
from payung.office.billing.open_months import MonthClosed, first_open, runs_now, window
from payung.office.billing.payments import PaymentRefused, receive_payment
from payung.office.billing.runs import BillRefused, RunRefused, decide_run, finalise, send, void, withdraw
from payung.office.enrolment.actions import apply_leavers
from payung.office.ledger.actions import close
from payung.office.ledger.queries import balances
from payung.office.places.scope import whole_government
from payung.rules.months import Month
from tests.office.cast import AT, Cast, approve, approve_run, billed, call_cast, drafted, enrol, people

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER, DECEMBER = Month(2022, 10), Month(2022, 11), Month(2022, 12)
PER_HEAD = 4_420 + 5_524
CODE = "12345678901"


@pytest.fixture
def cast() -> Cast:
    """Ten people at public works, not billed yet."""
    called = call_cast()
    enrol(called, called.heading(called.works), people(10))
    return called


def say(cast: Cast, run: BillRun, verdict: Verdict, comment: str = "") -> BillRun:
    with whole_government(cast.government, by=cast.admin):
        return decide_run(run_id=run.pk, verdict=verdict, comment=comment, by=cast.admin, at=AT)


def pay(cast: Cast, bill: Bill, amount: int = 1) -> object:
    return receive_payment(
        bill_id=bill.pk, amount_rupiah=amount, paid_on=date(2022, 11, 10), reference="SP2D", by=cast.treasurer, at=AT
    )


def test_a_draft_is_not_owed_until_a_second_person_approves(cast: Cast) -> None:
    run = drafted(cast, OCTOBER)
    (head,) = review.bills_of(run)
    assert (head.state, head.total_rupiah, head.outstanding_rupiah) == ("draft", 10 * PER_HEAD, 0)
    assert head.money_state == "draft"
    assert balances(government_id=cast.government.pk) == {}
    assert run.proposal.amount_rupiah == 10 * PER_HEAD
    with pytest.raises(DecisionRefused, match="own_proposal"):
        decide_run(run_id=run.pk, verdict=Verdict.APPROVE, comment="", by=cast.treasurer, at=AT)
    with pytest.raises(PaymentRefused, match="not_due"):
        pay(cast, Bill.objects.get())
    (bill,) = approve_run(cast, run)
    assert bill.state == Bill.FINAL and bill.final_at == AT
    assert sum(balances(government_id=cast.government.pk).values()) == 0
    assert balances(government_id=cast.government.pk)["beban:iuran:APBD"] == 10 * PER_HEAD


def test_two_treasurers_make_one_draft_and_two_admins_one_decision(cast: Cast) -> None:
    run = drafted(cast, OCTOBER)
    assert drafted(cast, OCTOBER) == run and Bill.objects.count() == 1
    approve_run(cast, run)
    again = finalise(run_id=run.pk, by=cast.admin, at=AT + timedelta(days=1))
    assert again.settled_at == AT
    with pytest.raises(RunRefused, match="already_final"):
        say(cast, run, Verdict.APPROVE)
    assert balances(government_id=cast.government.pk)["beban:iuran:APBD"] == 10 * PER_HEAD


def test_finalise_needs_the_approval(cast: Cast) -> None:
    run = drafted(cast, OCTOBER)
    with pytest.raises(RunRefused, match="not_approved"):
        finalise(run_id=run.pk, by=cast.admin, at=AT)
    approve(cast, run.proposal, by=cast.admin)
    assert finalise(run_id=run.pk, by=cast.admin, at=AT).state == BillRun.FINAL


def test_what_was_refused_is_void_and_owed_again(cast: Cast) -> None:
    run = say(cast, drafted(cast, OCTOBER), Verdict.REFUSE, "Daftar Dinas belum lengkap, NIK 3273061208900001")
    assert run.state == BillRun.VOID
    voided = Bill.objects.get()
    assert voided.state == Bill.VOID and "3273061208900001" not in voided.void_reason
    assert balances(government_id=cast.government.pk) == {}
    (anew,) = billed(cast, OCTOBER)
    assert (anew.sequence, anew.total_rupiah) == (2, 10 * PER_HEAD)
    assert set(BillLine.objects.filter(bill=anew).values_list("reason", flat=True)) == {"regular"}


def test_sent_back_it_is_made_anew_by_its_maker(cast: Cast) -> None:
    run = say(cast, drafted(cast, OCTOBER), Verdict.REVISE, "tunggu tambahan")
    enrol(cast, cast.heading(cast.works, kind="additions"), people(2, first=50))
    other = bill_month(government=cast.government, month=OCTOBER, holidays=frozenset(), by=cast.admin, at=AT)
    assert other == run, "only its maker makes it anew"
    second = drafted(cast, OCTOBER)
    assert (second.version, second.proposal_id, second.proposal.state) == (2, run.proposal_id, Proposal.OPEN)
    run.refresh_from_db()
    assert run.state == BillRun.VOID
    assert sum(bill.total_rupiah for bill in approve_run(cast, second)) == 12 * PER_HEAD


def test_a_draft_is_withdrawn_with_a_reason(cast: Cast) -> None:
    run = drafted(cast, OCTOBER)
    with pytest.raises(RunRefused, match="no_reason"):
        withdraw(run_id=run.pk, reason="", by=cast.treasurer, at=AT)
    withdraw(run_id=run.pk, reason="salah bulan", by=cast.treasurer, at=AT)
    with pytest.raises(RunRefused, match="set_aside"):
        say(cast, run, Verdict.APPROVE)
    approve_run(cast, drafted(cast, OCTOBER))
    with pytest.raises(RunRefused, match="already_final"):
        withdraw(run_id=BillRun.objects.latest("pk").pk, reason="x", by=cast.treasurer, at=AT)


def test_a_bill_is_sent_once_under_its_code(cast: Cast) -> None:
    (bill,) = billed(cast, OCTOBER)
    for wrong in ("", "1234567890", "1234567890a", "١٢٣٤٥٦٧٨٩٠١"):
        with pytest.raises(BillRefused, match="code_not_sound"):
            send(bill_id=bill.pk, payment_code=wrong, by=cast.treasurer, at=AT)
    for _ in range(2):
        assert send(bill_id=bill.pk, payment_code=CODE, by=cast.treasurer, at=AT).state == Bill.SENT
    with pytest.raises(BillRefused, match="sent_with_another_code"):
        send(bill_id=bill.pk, payment_code="12345678902", by=cast.treasurer, at=AT)
    pay(cast, bill, 10 * PER_HEAD)
    assert queries.bill(cast.area, bill.pk).money_state == "paid"


def test_a_mistyped_code_is_replaced_with_a_reason_and_what_stood_before_is_kept(cast: Cast) -> None:
    (bill,) = billed(cast, OCTOBER)
    told = {"bill_id": bill.pk, "by": cast.treasurer, "at": AT}
    with pytest.raises(BillRefused, match="not_sent"):
        correct_code(payment_code=CODE, reason="salah ketik", **told)
    send(payment_code=CODE, **told)
    for code, reason, refusal in (
        ("123", "salah ketik", "code_not_sound"), (CODE, "salah ketik", "same_code"), ("22345678901", " ", "no_reason"),
    ):  # fmt: skip
        with pytest.raises(BillRefused, match=refusal):
            correct_code(payment_code=code, reason=reason, **told)
    change = correct_code(payment_code="22345678901", reason="salah ketik", **told)
    bill.refresh_from_db()
    assert (change.code_before, bill.payment_code, bill.state) == (CODE, "22345678901", Bill.SENT)
    pay(cast, bill)
    with pytest.raises(BillRefused, match="code_is_paid"):
        correct_code(payment_code=CODE, reason="kembali", **told)
    correct_code(payment_code=CODE, reason="kembali", although_paid=True, **told)
    for unsaid in (
        lambda: Bill.objects.filter(pk=bill.pk).update(payment_code="33345678901"),
        lambda: CodeChange.objects.update(reason="lain"),
        lambda: CodeChange.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            unsaid()


def test_whom_the_law_has_no_answer_for_is_kept_with_the_run_and_why() -> None:
    cast = call_cast()
    rows = [*people(3), *(row | {"wage": None} for row in people(2, first=50))]
    Agreement.objects.filter(pk=cast.agreement.pk).update(wage_base="honorarium", wage_base_place="")
    enrol(cast, cast.heading(cast.works), rows)
    before = unanswered.of_month(cast.government, NOVEMBER, limit=None)
    run = drafted(cast, NOVEMBER)
    assert run.left_out == 2 and unanswered.of_run(run, limit=None) == before
    assert {(one.name, one.opd, one.refusal) for one in before} == {
        (row["name"], cast.works.short_name, "wage_missing") for row in rows[3:]
    }
    assert {(one.first_month, one.last_month) for one in before} == {(OCTOBER.first_day, NOVEMBER.first_day)}
    first, second = before
    assert unanswered.of_run(run, after=first.membership_id, limit=1) == [second]
    with pytest.raises(DatabaseError), transaction.atomic():
        LeftOut.objects.update(refusal="x")


def test_what_was_billed_for_somebody_without_an_answer_now_is_not_credited(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.works, kind="additions"), [people(1, first=50)[0] | {"wage": None}])
    billed(cast, OCTOBER)
    Agreement.objects.filter(pk=cast.agreement.pk).update(wage_base="honorarium", wage_base_place="")
    run = drafted(cast, NOVEMBER)
    reasons = set(BillLine.objects.filter(bill__run=run).values_list("reason", flat=True))
    assert run.left_out == 1 and reasons == {"regular", "wage_change"}


def test_a_voided_bill_reverses_its_journal_and_its_lines_are_owed_again(cast: Cast) -> None:
    (bill,) = billed(cast, OCTOBER)
    with pytest.raises(NotAllowed):
        void(bill_id=bill.pk, reason="salah", by=cast.treasurer, at=AT)
    with pytest.raises(BillRefused, match="no_reason"):
        void(bill_id=bill.pk, reason="", by=cast.admin, at=AT)
    for _ in range(2):
        void(bill_id=bill.pk, reason="salah mata anggaran", by=cast.admin, at=AT)
    assert set(balances(government_id=cast.government.pk).values()) == {0}
    with pytest.raises(PaymentRefused, match="not_due"):
        pay(cast, bill)
    made = billed(cast, NOVEMBER)
    reasons = BillLine.objects.filter(bill__in=made).values_list("reason", "for_month")
    assert sorted(set(reasons)) == [("rebilled", OCTOBER.first_day), ("regular", NOVEMBER.first_day)]
    assert sum(item.total_rupiah for item in made) == 20 * PER_HEAD


def test_what_was_paid_is_not_voided(cast: Cast) -> None:
    (bill,) = billed(cast, OCTOBER)
    pay(cast, bill)
    with pytest.raises(BillRefused, match="has_payments"):
        void(bill_id=bill.pk, reason="salah", by=cast.admin, at=AT)
    voiding = {"state": Bill.VOID, "voided_by": cast.admin, "voided_at": AT, "void_reason": "x"}
    with pytest.raises(DatabaseError, match="was paid"), transaction.atomic():
        Bill.objects.filter(pk=bill.pk).update(**voiding)


def test_the_database_lets_states_move_forward_alone(cast: Cast) -> None:
    run = drafted(cast, OCTOBER)
    (draft,) = run.bill_set.all()
    for change, said in (
        ({"state": Bill.FINAL, "final_at": AT}, "was not approved"),
        ({"total_rupiah": 1}, "never changed"),
        ({"heads": 1}, "never changed"),
    ):
        with pytest.raises(DatabaseError, match=said), transaction.atomic():
            Bill.objects.filter(pk=draft.pk).update(**change)
    (bill,) = approve_run(cast, run)
    for back in ({"state": Bill.DRAFT}, {"number": "x"}, {"final_at": AT + timedelta(1)}):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Bill.objects.filter(pk=bill.pk).update(**back)
    with pytest.raises(DatabaseError, match="settled once"), transaction.atomic():
        BillRun.objects.update(month=NOVEMBER.first_day)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Bill.objects.filter(pk=bill.pk)._raw_delete("default")


def test_an_envelope_holds_what_it_declares(cast: Cast) -> None:
    (bill,) = billed(cast, OCTOBER)
    line = BillLine.objects.filter(bill=bill)[0]
    line.pk, line.for_month = None, NOVEMBER.first_day
    with pytest.raises(DatabaseError, match="no more lines"), transaction.atomic():
        line.save(force_insert=True)
    lying = Bill.objects.get(pk=bill.pk)
    lying.pk, lying.number, lying.sequence, lying.state, lying.final_at = None, "x", 9, Bill.DRAFT, None
    with pytest.raises(DatabaseError, match="does not hold"), transaction.atomic():
        lying.save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_who_left_gives_a_credit_note_that_asks_for_nothing(cast: Cast) -> None:
    billed(cast, OCTOBER)
    billed(cast, NOVEMBER)
    gone = enrol(cast, cast.heading(cast.works, month=NOVEMBER.first_day), people(0) or people(1))
    apply_leavers(plan_id=gone.pk, by=cast.admin, at=AT)
    (credit,) = billed(cast, NOVEMBER)
    head = queries.bill(cast.area, credit.pk)
    assert (head.total_rupiah, head.outstanding_rupiah, head.money_state) == (-9 * PER_HEAD, 0, "credit")
    assert set(BillLine.objects.filter(bill=credit).values_list("reason", flat=True)) == {"ended"}
    with pytest.raises(BillRefused, match="nothing_to_pay"):
        send(bill_id=credit.pk, payment_code=CODE, by=cast.treasurer, at=AT)


def test_the_decider_sees_who_came_who_left_and_every_correction(cast: Cast) -> None:
    billed(cast, OCTOBER)
    enrol(cast, cast.heading(cast.works, kind="additions"), people(2, first=50))
    enrol(cast, cast.heading(cast.works, month=NOVEMBER.first_day, kind="additions"), people(1, first=70))
    gone = enrol(
        cast,
        cast.heading(cast.works, month=NOVEMBER.first_day),
        [*people(9), *people(2, first=50), *people(1, first=70)],
    )
    apply_leavers(plan_id=gone.pk, by=cast.admin, at=AT)
    run = drafted(cast, NOVEMBER)
    counted = {kind: change.heads for kind, change in review.changes(run).items()}
    assert counted == {"joined": 3, "left": 1, "wage": 0, "same": 9}
    for kind, heads in counted.items():
        assert len(review.changed_people(run, kind, limit=50)) == heads
    (late,) = review.corrections(run)
    assert (late.reason, late.lines, late.total_rupiah) == ("late_entry", 2, 2 * PER_HEAD)
    assert len(review.corrected_lines(run, "late_entry", limit=50)) == 2
    first = review.changed_people(run, "same", limit=5)
    rest = review.changed_people(run, "same", after=first[-1].membership_id, limit=50)
    assert len(first) + len(rest) == 9


def test_open_months_follow_the_closing_of_the_year(cast: Cast) -> None:
    assert first_open(Month(2023, 2), None) == Month(2022, 1)
    assert first_open(Month(2023, 2), date(2022, 11, 30)) == Month(2022, 1)
    assert first_open(Month(2023, 2), date(2022, 12, 31)) == Month(2023, 1)
    with pytest.raises(MonthClosed):
        first_open(DECEMBER, date(2022, 12, 31))
    billed(cast, OCTOBER)
    with whole_government(cast.government, by=cast.treasurer):
        close(government_id=cast.government.pk, through=date(2022, 12, 31), at=AT)
    made = billed(cast, Month(2023, 1))
    assert set(BillLine.objects.filter(bill__in=made).values_list("for_month", flat=True)) == {date(2023, 1, 1)}
    with pytest.raises(MonthClosed):
        drafted(cast, NOVEMBER)


def test_only_touched_members_are_compared_again(cast: Cast) -> None:
    billed(cast, OCTOBER)
    assert window(cast.government.pk, NOVEMBER, runs_now(cast.government.pk, NOVEMBER)).settled == OCTOBER
    assert not Touched.objects.exists()
    enrol(cast, cast.heading(cast.works, month=NOVEMBER.first_day, kind="additions"), people(1, first=70))
    assert not Touched.objects.exists(), "who starts after the last run is nothing to compare again"
    enrol(cast, cast.heading(cast.works, kind="additions"), people(2, first=50))
    assert Touched.objects.count() == 2
    billed(cast, NOVEMBER)
    assert not Touched.objects.exists()
    with whole_government(cast.government, by=cast.admin):
        Agreement.objects.filter(pk=cast.agreement.pk).update(wage_base="UMK", wage_base_place="32.73")
    assert Touched.objects.count() == 13


def test_another_law_is_compared_for_everybody(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    billed(cast, OCTOBER)
    monkeypatch.setattr("payung.office.billing.open_months.law_digest", lambda: "0" * 64)
    assert window(cast.government.pk, NOVEMBER, runs_now(cast.government.pk, NOVEMBER)).settled is None


Step = tuple[str, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["join", "wage", "leave", "bill", "refuse", "void", "late"]), st.integers(0, 3)),
    min_size=2,
    max_size=7,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(steps=STEPS)
def test_the_narrow_comparison_is_the_whole_one(steps: list[Step]) -> None:
    """Whatever happened between the runs, in whatever order."""
    with transaction.atomic():
        cast = call_cast()
        wages = dict.fromkeys(range(1, 5), 2_500_000)
        hand_over(cast, wages, OCTOBER)
        for number, (step, which) in enumerate(steps):
            carry_out(cast, step, which, wages, number)
            assert_same(cast)
        transaction.set_rollback(True)


def hand_over(cast: Cast, wages: dict[int, int], month: Month, kind: str = "additions") -> object:
    rows = [row for number, wage in wages.items() for row in people(1, first=number, wage=wage)]
    return enrol(cast, cast.heading(cast.works, month=month.first_day, kind=kind), rows)


def carry_out(cast: Cast, step: str, which: int, wages: dict[int, int], number: int) -> None:
    month = OCTOBER.shift(which)
    if step in ("join", "late"):
        wages[100 + number] = 3_000_000
        hand_over(cast, {100 + number: 3_000_000}, month if step == "join" else OCTOBER)
    elif step == "wage":
        wages[1 + which % 4] = 2_500_000 + 1_000 * (number + 1)
        hand_over(cast, wages, month)
    elif step == "leave" and len(wages) > 1:
        wages.pop(max(wages))
        made = hand_over(cast, wages, month, kind="complete")
        apply_leavers(plan_id=made.pk, by=cast.admin, at=AT)  # type: ignore[attr-defined]  # a plan, told as an object
    elif step in ("bill", "refuse"):
        try:
            run = drafted(cast, month)
        except NothingToBill:
            return
        say(cast, run, Verdict.APPROVE if step == "bill" else Verdict.REFUSE, "x")
    elif step == "void":
        found = Bill.objects.filter(state__in=Bill.DUE).order_by("pk")[which : which + 1]
        for bill in found:
            void(bill_id=bill.pk, reason="x", by=cast.admin, at=AT)


def assert_same(cast: Cast) -> None:
    for last in (OCTOBER, NOVEMBER, OCTOBER.shift(4)):
        found = window(cast.government.pk, last, runs_now(cast.government.pk, last))
        with whole_government(cast.government):
            narrow = frames.compare(cast.government.pk, found).lines
            whole = frames.compare(cast.government.pk, replace(found, settled=None)).lines
        order = ["membership_id", "for_month", "budget_line_id"]
        assert narrow.sort(order).equals(whole.sort(order)), pl.concat([narrow, whole])
