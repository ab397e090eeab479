"""Paid in advance: one bill for months to come; what changes afterwards is credited or asked by the same comparison."""

from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payung.office.agreements.models import Agreement
from payung.office.approvals.models import Verdict
from payung.office.billing.actions import NothingToBill, bill_month
from payung.office.billing.advances import look_ahead, payers_ahead
from payung.office.billing.explaining import preview
from payung.office.billing.models import BillLine
from payung.office.billing.open_months import Advance, AdvanceRefused
from payung.office.billing.payments import receive_payment
from payung.office.billing.postings import confirm_posted
from payung.office.billing.runs import decide_run, void
from payung.office.coverage.queries import State, cover_on
from payung.office.enrolment.receiving import Heading
from payung.office.places.scope import whole_government
from payung.office.registry.models import Membership
from payung.office.reports.funds import fund_lines, people_of
from payung.rules.law.figures import Certainty
from payung.rules.months import Month
from tests.office.cast import AT, billed, enrol, people
from tests.office.weavers import LATER, OCTOBER, PER_HEAD, Weavers

pytestmark = pytest.mark.django_db


def test_three_months_stand_on_one_bill_and_are_not_billed_again() -> None:
    group = Weavers(heads=1)
    bill = group.paid_ahead(Month(2022, 10), Month(2022, 12))
    assert group.lines(bill) == [
        ("2022-10", "regular", PER_HEAD), ("2022-11", "advance", PER_HEAD), ("2022-12", "advance", PER_HEAD),
    ]  # fmt: skip
    assert (bill.heads, bill.line_count, bill.total_rupiah) == (1, 3, 3 * PER_HEAD)
    assert bill.due_on == date(2022, 10, 17), "the 15th is a Saturday"
    for month in (Month(2022, 10), Month(2022, 11), Month(2022, 12)):
        with pytest.raises(NothingToBill):
            billed(group.cast, month)
    (january,) = billed(group.cast, Month(2023, 1))
    assert group.lines(january) == [("2023-01", "regular", PER_HEAD)]


def test_what_was_billed_for_the_month_itself_is_not_in_the_advance() -> None:
    group = Weavers(heads=2)
    billed(group.cast, Month(2022, 10))
    bill = group.paid_ahead(Month(2022, 10), Month(2023, 10))
    assert bill.total_rupiah == 12 * 2 * PER_HEAD
    assert bill.due_on == date(2022, 11, 15), "due with the first month it is for"


def test_who_leaves_is_credited_at_once_for_all_months_paid_ahead() -> None:
    group = Weavers(heads=3)
    group.paid_ahead(Month(2022, 10), Month(2023, 3))
    group.leave_from(Month(2022, 11), stay=2)
    (note,) = billed(group.cast, Month(2022, 11), at=LATER)
    months = ("2022-11", "2022-12", "2023-01", "2023-02", "2023-03")
    assert group.lines(note) == [(month, "ended", -PER_HEAD) for month in months]
    with pytest.raises(NothingToBill):
        billed(group.cast, Month(2022, 12), at=LATER)


def test_who_joins_later_is_billed_month_by_month() -> None:
    group = Weavers(heads=1)
    group.paid_ahead(Month(2022, 10), Month(2022, 12))
    enrol(group.cast, Heading(group.heading.agreement, group.opd, group.line, date(2022, 11, 1), "additions"),
          people(1, first=50), at=LATER)  # fmt: skip
    (bill,) = billed(group.cast, Month(2022, 11), at=LATER)
    assert group.lines(bill) == [("2022-11", "regular", PER_HEAD)]


def test_an_advance_taken_back_is_owed_when_its_months_come() -> None:
    group = Weavers(heads=1)
    bill = group.paid_ahead(Month(2022, 10), Month(2022, 12))
    void(bill_id=bill.pk, reason="salah bulan", by=group.cast.admin, at=AT)
    (october,) = billed(group.cast, Month(2022, 10))
    assert group.lines(october) == [("2022-10", "regular", PER_HEAD)]


def test_each_month_at_its_own_rate_and_as_sure_as_the_law_is() -> None:
    group = Weavers(first=Month(2026, 3), heads=2)
    with whole_government(group.cast.government):
        (payer,) = payers_ahead(group.cast.government, Month(2026, 3))
        seen = look_ahead(group.cast.government, Month(2026, 3), group.until(Month(2027, 2)))
    assert (payer.unit_id, payer.budget_line_id, payer.heads) == (group.unit_id, group.line.pk, 2)
    of_month = {str(one.month): one for one in seen.months}
    assert of_month["2026-03"].total_rupiah == 2 * PER_HEAD
    assert of_month["2026-04"].total_rupiah == PER_HEAD, "half, while the relief lasts"
    assert of_month["2027-01"].total_rupiah == 2 * PER_HEAD
    assert of_month["2026-03"].certainty is Certainty.SOURCED
    bill = group.paid_ahead(Month(2026, 3), Month(2027, 2))
    assert bill.total_rupiah == sum(one.total_rupiah for one in seen.months) == (3 * 2 + 9) * PER_HEAD


def test_a_minimum_wage_that_is_not_published_yet_makes_its_months_unsure() -> None:
    group = Weavers(first=Month(2026, 10), heads=1)
    Agreement.objects.update(wage_base="UMP", wage_base_place="32", wage_nominal_rupiah=None)
    with whole_government(group.cast.government):
        seen = look_ahead(group.cast.government, Month(2026, 12), group.until(Month(2027, 1)))
    unsure = Certainty.NOT_YET_PUBLISHED
    assert [one.certainty is unsure for one in seen.months] == [False, True]


def test_cover_counts_as_its_months_come_however_far_it_is_paid() -> None:
    group = Weavers(heads=1)
    cast = group.cast
    bill = group.paid_ahead(Month(2022, 10), Month(2023, 3))
    receive_payment(bill_id=bill.pk, amount_rupiah=bill.total_rupiah, paid_on=date(2022, 10, 5), reference="TUNAI-1",
                    by=cast.treasurer, at=AT)  # fmt: skip
    person = Membership.objects.get().person_id
    with whole_government(cast.government):
        assert cover_on(person, date(2022, 10, 10))[0].state is State.PLANNED, "no proof yet"
    told = f"NIK,BULAN,TOTAL\n{people(1)[0]['nik']},2022-10,{PER_HEAD}"
    confirm_posted(government=cast.government, content=told.encode(), name="x.csv", by=cast.treasurer, at=AT)
    with whole_government(cast.government):
        assert cover_on(person, date(2022, 10, 20))[0].state is State.CONFIRMED
        assert cover_on(person, date(2022, 12, 20))[0].state is State.IN_GRACE
        assert cover_on(person, date(2023, 3, 20))[0].state is State.LAPSED


def test_only_an_advance_of_one_to_twelve_months_and_of_nobody_with_an_employer() -> None:
    group = Weavers()
    for until in (Month(2022, 10), Month(2022, 9), Month(2023, 11)):
        with pytest.raises(AdvanceRefused):
            group.draft(Month(2022, 10), until)
    cast = group.cast
    enrol(cast, cast.heading(cast.works), people(2, first=20))
    works = Advance(cast.works.opdunit_set.get().unit_id, cast.lines[cast.works.pk].pk, Month(2022, 12))
    with pytest.raises(NothingToBill):
        bill_month(government=cast.government, month=Month(2022, 10), holidays=frozenset(), by=cast.treasurer, at=AT,
                   advance=works)  # fmt: skip
    with whole_government(cast.government):
        assert [payer.unit_id for payer in payers_ahead(cast.government, Month(2022, 10))] == [group.unit_id]


def test_a_draft_in_advance_stands_beside_the_month_and_is_decided_by_itself() -> None:
    group = Weavers(heads=1)
    cast = group.cast
    enrol(cast, cast.heading(cast.works), people(2, first=20))
    draft = group.draft(Month(2022, 10), Month(2022, 12))
    assert group.draft(Month(2022, 10), Month(2022, 12)) == draft
    assert preview(cast.government, Month(2022, 10)).heads == 2, "the weaver stands on the advance"
    (works,) = billed(cast, Month(2022, 10))
    assert works.unit_id == cast.works.opdunit_set.get().unit_id
    with whole_government(cast.government, by=cast.admin):
        decide_run(run_id=draft.pk, verdict=Verdict.REFUSE, comment="tidak jadi", by=cast.admin, at=AT)
    (again,) = billed(cast, Month(2022, 10))
    assert group.lines(again) == [("2022-10", "regular", PER_HEAD)]


def test_a_budget_line_reserves_nothing_twice() -> None:
    group = Weavers(heads=2)
    billed(group.cast, Month(2022, 10))
    group.paid_ahead(Month(2022, 10), Month(2022, 11))
    with whole_government(group.cast.government):
        (line,) = fund_lines(group.cast.government.pk, line_id=group.line.pk)
        assert [(one.month, one.heads, one.rupiah) for one in line.needed] == [(date(2022, 12, 1), 2, 2 * PER_HEAD)]
        assert line.drawn_rupiah == 4 * PER_HEAD
        assert people_of(group.line.pk, Month(2022, 11)) == []
        assert len(people_of(group.line.pk, Month(2022, 12))) == 2


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.integers(0, 2), ahead=st.integers(1, 5), leaves=st.integers(1, 6), stay=st.integers(0, 2),
    told=st.integers(1, 5),
)  # fmt: skip
def test_paid_ahead_or_not_the_same_is_billed_in_the_end(
    start: int, ahead: int, leaves: int, stay: int, told: int
) -> None:
    """Whatever was paid ahead and whoever left: once its month has come, billed is owed."""
    with transaction.atomic():
        group = Weavers()
        for step in range(7):
            month = OCTOBER.shift(step)
            if step == start:
                group.paid_ahead(month, month.shift(ahead))
            if step == told:
                group.leave_from(OCTOBER.shift(leaves), stay=stay)
            with suppress(NothingToBill):
                billed(group.cast, month, at=LATER)
        for step in range(7):
            lines = BillLine.objects.filter(for_month=OCTOBER.shift(step).first_day, bill__budget_line=group.line)
            heads = 3 if step < leaves else stay
            assert sum(lines.values_list("total_rupiah", flat=True)) == heads * PER_HEAD, step
        transaction.set_rollback(True)
