"""A month of TPP: the list, what was really taken, one payment, what a sponsor owes and what a worker keeps."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from django.db import DatabaseError, IntegrityError, transaction

from payung.office import bulk
from payung.office.access.roles import NotAllowed
from payung.office.billing.models import Bill, BillLine, Payment
from payung.office.billing.receipts import left_of, outstanding
from payung.office.places.scope import seen_by, whole_government
from payung.office.sponsorship import events, pledges
from payung.office.sponsorship.lists import TooEarly, fix_lists
from payung.office.sponsorship.models import Deduction, DeductionList, Pledge, Return, Taken
from payung.office.sponsorship.opd_months import overview
from payung.office.sponsorship.queries import own_pledges, receipt_of, warnings_of
from payung.office.sponsorship.remittances import remit
from payung.office.sponsorship.returns import ReturnRefused, everybody, record_return
from payung.office.sponsorship.taking_back import take_back_return
from payung.rules.months import Month
from tests.office.cast import billed
from tests.office.sponsors import Sponsors, at_work, call_sponsors, on, pledged

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = Month(2025, 11), Month(2025, 12)


@pytest.fixture
def world(standing_sponsors: Sponsors, db: None) -> Sponsors:
    return at_work(standing_sponsors)


def the_list(world: Sponsors, month: Month, opd: int | None = None) -> DeductionList:
    """The fixed list of an OPD (public works), made when it is not there yet."""
    fix_lists(circular=world.circular, month=month, by=world.operator, at=on(month.year, month.month))
    return DeductionList.objects.get(month=month.first_day, opd_id=opd or world.cast.works.pk)


def returned(world: Sponsors, fixed: DeductionList, **less: tuple[int, int, str]) -> Return:
    """Everything was deducted but of the lines named `line_1=(amount, arrears, outcome)`."""
    told = everybody(fixed).rows()
    changed = [(number, *less[f"line_{number}"]) if f"line_{number}" in less else row for row in told
               for number in (row[0],)]  # fmt: skip
    frame = pl.DataFrame(changed, schema=["number", "amount_rupiah", "arrears_rupiah", "outcome"], orient="row")
    month = Month.of(fixed.month)
    return record_return(deduction_list=fixed, told=frame, by=world.operator, at=on(month.year, month.month, 9))


def paid(world: Sponsors, fixed: DeductionList) -> Any:
    return remit(
        deduction_list=fixed, paid_on=fixed.month.replace(day=12), reference=f"BKU-{fixed.pk}",
        by=world.cast.treasurer, at=on(fixed.month.year, fixed.month.month, 12),
    )  # fmt: skip


def test_a_list_holds_every_standing_order_once_and_agrees_with_the_bill(world: Sponsors) -> None:
    for number, sponsor in ((1, 0), (2, 0), (3, 1), (4, 2)):
        pledged(world, number, sponsor=sponsor, with_jht=number == 3)
    fixed = fix_lists(circular=world.circular, month=NOVEMBER, by=world.operator, at=on(2025, 11))
    assert (fixed.lists, fixed.heads, fixed.total_rupiah) == (2, 4, 3 * 16_800 + 36_800)
    assert fix_lists(circular=world.circular, month=NOVEMBER, by=world.operator, at=on(2025, 11)).lists == 0
    assert Deduction.objects.count() == 4
    bills = billed(world.cast, NOVEMBER, at=on(2025, 11, 4))
    asked = dict(DeductionList.objects.values_list("opd_id", "total_rupiah"))
    assert {bill.billline_set.all()[0].opd_id: bill.total_rupiah for bill in bills} == asked
    told = DeductionList.objects.get(opd=world.cast.works).tariffs
    assert {(one["with_jht"], one["due_rupiah"]) for one in told} == {(False, 16_800), (True, 36_800)}


def test_the_relief_of_april_needs_nobody(world: Sponsors) -> None:
    pledged(world, 1)
    pledged(world, 2, sector="transport")
    totals = {}
    for month in Month(2025, 12).until(Month(2026, 4)):
        totals[str(month)] = fix_lists(
            circular=world.circular, month=month, by=world.operator, at=on(month.year, month.month)
        ).total_rupiah
    assert totals == {
        "2025-12": 33_600, "2026-01": 25_200, "2026-02": 25_200, "2026-03": 25_200, "2026-04": 16_800,
    }  # fmt: skip
    certain = DeductionList.objects.get(month=date(2026, 4, 1), opd=world.cast.works).tariffs[0]
    assert certain["certainty"] == "doubtful"
    assert any("TPP" in doubt["reason"] or "fund" in doubt["id"] for doubt in certain["doubts"]), certain["doubts"]


def test_a_list_is_not_fixed_before_its_day_nor_by_others(world: Sponsors) -> None:
    with pytest.raises(TooEarly):
        fix_lists(circular=world.circular, month=Month(2025, 12), by=world.operator, at=on(2025, 11, 30))
    with pytest.raises(NotAllowed):
        fix_lists(circular=world.circular, month=NOVEMBER, by=world.login, at=on(2025, 11))


def test_who_joins_after_the_list_begins_with_the_next_month(world: Sponsors) -> None:
    the_list(world, NOVEMBER)
    late = pledged(world, 1, at=on(2025, 11, 20))
    assert late.wanted_month == date(2025, 12, 1)


def test_all_taken_is_one_payment_that_settles_the_bill(world: Sponsors) -> None:
    pledged(world, 1)
    pledged(world, 2, sponsor=1)
    fixed = the_list(world, NOVEMBER)
    (bill,) = billed(world.cast, NOVEMBER, at=on(2025, 11, 4))
    with pytest.raises(ReturnRefused, match="not_returned"):
        paid(world, fixed)
    assert returned(world, fixed).to_pay_rupiah == 33_600
    receipt = paid(world, fixed)
    assert paid(world, fixed) == receipt
    assert (outstanding(bill), left_of(receipt), Payment.objects.count()) == (0, 0, 1)
    with pytest.raises(NotAllowed):
        remit(deduction_list=fixed, paid_on=fixed.month, reference="X", by=world.operator, at=on(2025, 11, 12))


def test_a_failed_deduction_is_the_sponsors_arrears_and_not_the_workers_loss(world: Sponsors) -> None:
    first, second = pledged(world, 1), pledged(world, 2, sponsor=1)
    fixed = the_list(world, NOVEMBER)
    (bill,) = billed(world.cast, NOVEMBER, at=on(2025, 11, 4))
    returned(world, fixed, line_2=(0, 0, "failed"))
    paid(world, fixed)
    assert outstanding(bill) == 16_800
    assert BillLine.objects.filter(membership=second.membership).exists()
    with whole_government(world.cast.government, by=world.operator):
        (warning,) = warnings_of(world.circular, opd_id=world.cast.works.pk, on=date(2025, 12, 5))
    assert (warning.pledge_id, warning.owed_rupiah, warning.months) == (second.pk, 16_800, (NOVEMBER,))
    december = the_list(world, DECEMBER)
    billed(world.cast, DECEMBER, at=on(2025, 12, 4))
    returned(world, december, line_2=(16_800, 16_800, "full"))
    paid(world, december)
    bill.refresh_from_db()
    assert [outstanding(one) for one in Bill.objects.all()] == [0, 0]
    with whole_government(world.cast.government, by=world.operator):
        assert warnings_of(world.circular, opd_id=world.cast.works.pk, on=date(2025, 12, 20)) == []
        lines = receipt_of(second.sponsor_id, year=2025)
    assert [(str(one.month), one.due_rupiah, one.taken_rupiah) for one in lines] == [
        ("2025-11", 16_800, 16_800), ("2025-12", 16_800, 16_800)
    ]  # fmt: skip
    assert first.pk != second.pk


def test_the_bridging_fund_advances_and_is_repaid() -> None:
    world = call_sponsors(bridging=True)
    pledged(world, 1)
    fixed = the_list(world, NOVEMBER)
    (bill,) = billed(world.cast, NOVEMBER, at=on(2025, 11, 4))
    made = returned(world, fixed, line_1=(6_800, 0, "short"))
    assert (made.taken_rupiah, made.bridged_rupiah, made.to_pay_rupiah) == (6_800, 10_000, 16_800)
    paid(world, fixed)
    assert outstanding(bill) == 0
    december = the_list(world, DECEMBER)
    billed(world.cast, DECEMBER, at=on(2025, 12, 4))
    later = returned(world, december, line_1=(16_800, 10_000, "full"))
    assert (later.taken_rupiah, later.repaid_rupiah, later.to_pay_rupiah) == (26_800, 10_000, 16_800)


def test_what_is_no_longer_carried_is_no_longer_owed(world: Sponsors) -> None:
    one = pledged(world, 1)
    for month in (NOVEMBER, DECEMBER):
        fixed = the_list(world, month)
        billed(world.cast, month, at=on(month.year, month.month, 4))
        returned(world, fixed, line_1=(0, 0, "failed"))
    pledges.stop(pledge_id=one.pk, last=NOVEMBER, by=world.operator, at=on(2026, 1), reason="lapsed")
    with whole_government(world.cast.government, by=world.operator):
        (warning,) = warnings_of(world.circular, opd_id=world.cast.works.pk, on=date(2026, 1, 5))
    assert warning.months == (NOVEMBER,)
    (credit,) = billed(world.cast, Month(2026, 1), at=on(2026, 1, 4))
    assert credit.total_rupiah == -16_800


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ([(1, 16_800, 0, "full")], "lines_missing"),
        ([(1, 16_800, 0, "full"), (2, 16_801, 0, "full")], "more_than_due"),
        ([(1, 16_800, 0, "full"), (2, 16_800, 1, "full")], "more_than_due"),
        ([(1, 16_800, 0, "full"), (2, -1, 0, "short")], "more_than_due"),
        ([(1, 16_800, 0, "full"), (2, 0, 0, "bridged")], "outcome_unknown"),
        ([(1, 16_800, 0, "full"), (1, 0, 0, "failed")], "line_twice"),
        ([(1, 16_800, 0, "full"), (3, 0, 0, "failed")], "line_unknown"),
    ],
)
def test_a_return_that_does_not_fit_is_refused_whole(
    world: Sponsors, told: list[tuple[int, int, int, str]], reason: str
) -> None:
    pledged(world, 1)
    pledged(world, 2, sponsor=1)
    fixed = the_list(world, NOVEMBER)
    frame = pl.DataFrame(told, schema=["number", "amount_rupiah", "arrears_rupiah", "outcome"], orient="row")
    with pytest.raises(ReturnRefused, match=reason):
        record_return(deduction_list=fixed, told=frame, by=world.operator, at=on(2025, 11, 9))
    assert Taken.objects.count() == Return.objects.count() == 0


def test_the_database_keeps_what_was_asked_and_taken(world: Sponsors) -> None:
    pledged(world, 1)
    fixed = the_list(world, NOVEMBER)
    made = returned(world, fixed)
    with pytest.raises(ReturnRefused, match="returned_already"):
        returned(world, fixed)
    line = Deduction.objects.get()
    with pytest.raises(IntegrityError, match="more was taken"), transaction.atomic():
        Taken.objects.create(
            government=world.cast.government, deduction=line, returned=made, outcome="arrears", amount_rupiah=1
        )
    for table in (Deduction, DeductionList, Return, Taken):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            bulk.execute(f"DELETE FROM {table._meta.db_table}")


def test_a_return_told_wrongly_is_taken_back_and_told_anew(world: Sponsors) -> None:
    one = pledged(world, 1)
    pledged(world, 2, sponsor=1)
    fixed = the_list(world, NOVEMBER)
    wrong = returned(world, fixed, line_1=(0, 0, "failed"))
    back: dict[str, Any] = {"deduction_list": fixed, "at": on(2025, 11, 10)}
    with pytest.raises(ReturnRefused, match="no_reason"):
        take_back_return(**back, reason=" ", by=world.operator)
    with pytest.raises(NotAllowed):
        take_back_return(**back, reason="salah berkas", by=world.cast.treasurer)
    gone = take_back_return(**back, reason="salah berkas", by=world.operator)
    assert (gone.pk, gone.taken_back_by, gone.taken_back_reason) == (wrong.pk, world.operator, "salah berkas")
    with pytest.raises(ReturnRefused, match="not_returned"):
        take_back_return(**back, reason="lagi", by=world.operator)
    with whole_government(world.cast.government, by=world.operator):
        works = overview(world.circular, NOVEMBER)[0]
        assert warnings_of(world.circular, opd_id=world.cast.works.pk, on=date(2025, 12, 5)) == []
        assert [line.taken_rupiah for line in receipt_of(one.sponsor_id, year=2025)] == [0]
    assert (works.returned, works.taken_rupiah, works.missing_rupiah) == (False, 0, 33_600)
    with pytest.raises(ReturnRefused, match="not_returned"):
        paid(world, fixed)
    assert returned(world, fixed).to_pay_rupiah == 33_600
    assert (Return.objects.count(), Taken.objects.filter(replaced_at=None).count(), Taken.objects.count()) == (2, 2, 4)
    paid(world, fixed)
    with pytest.raises(ReturnRefused, match="paid"):
        take_back_return(**back, reason="terlambat", by=world.operator)
    for change in ({"taken_back_at": back["at"]}, {"taken_rupiah": 1}):
        with pytest.raises(DatabaseError, match="before it is paid on"), transaction.atomic():
            Return.objects.filter(taken_back_at=None).update(**change)


def test_a_return_whose_arrears_were_deducted_later_waits_for_the_later_one(world: Sponsors) -> None:
    pledged(world, 1)
    november = the_list(world, NOVEMBER)
    returned(world, november, line_1=(0, 0, "failed"))
    december = the_list(world, DECEMBER)
    returned(world, december, line_1=(16_800, 16_800, "full"))
    told: dict[str, Any] = {"reason": "salah berkas", "by": world.operator, "at": on(2025, 12, 10)}
    with pytest.raises(ReturnRefused, match="arrears_settled") as refused:
        take_back_return(deduction_list=november, **told)
    assert refused.value.lines == (1,)
    take_back_return(deduction_list=december, **told)
    take_back_return(deduction_list=november, **told)
    assert not Taken.objects.filter(replaced_at=None).exists()


def test_an_office_sees_its_own_lists_and_a_sponsor_his_own_lines(world: Sponsors) -> None:
    own = pledged(world, 1)
    pledged(world, 2, sponsor=2)
    the_list(world, NOVEMBER)
    with seen_by(world.login):
        assert (DeductionList.objects.count(), Deduction.objects.count()) == (0, 1)
    (page,) = own_pledges(world.sponsors[0], on=date(2025, 11, 20), by=world.login)
    assert (page.pledge_id, page.worker, page.state) == (own.pk, "SINTETIS BABABACA", "planned")


def test_the_overview_adds_up(world: Sponsors) -> None:
    pledged(world, 1)
    pledged(world, 2, sponsor=1)
    fixed = the_list(world, NOVEMBER)
    returned(world, fixed, line_2=(0, 0, "leave"))
    with whole_government(world.cast.government, by=world.operator):
        (works, health) = overview(world.circular, NOVEMBER)
    assert (works.heads, works.due_rupiah, works.taken_rupiah, works.missing_rupiah) == (2, 33_600, 16_800, 16_800)
    assert (health.heads, health.returned) == (0, False)


def test_a_transfer_is_deducted_where_he_serves(world: Sponsors) -> None:
    one = pledged(world, 1)
    events.sponsor_moves(
        sponsor=world.sponsors[0], to=world.cast.health, on=date(2025, 11, 10), by=world.operator, at=on(2025, 11, 10)
    )
    the_list(world, NOVEMBER)
    the_list(world, DECEMBER)
    found = Deduction.objects.filter(pledge=one).order_by("month").values_list("deduction_list__opd_id", flat=True)
    assert list(found) == [world.cast.works.pk, world.cast.health.pk]
    assert Pledge.objects.get().pk == one.pk
