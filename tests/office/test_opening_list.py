"""Starting in the middle: who is a member already counts for coverage, and what was paid before is never billed."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from payung.office.billing import three_way
from payung.office.billing.actions import NothingToBill
from payung.office.billing.models import BillLine
from payung.office.coverage.frames import states_on
from payung.office.coverage.queries import Cell, State, cover_on, strip
from payung.office.enrolment.actions import PlanNotApplicable, apply, plan
from payung.office.enrolment.models import PaidBefore, PlanItem, RosterList
from payung.office.registry.models import Membership
from payung.office.reports.heads import heads
from payung.rules.months import Month
from tests.office.cast import AT, Cast, approved, billed, call_cast, drafted, enrol, hand_in, people

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER, DECEMBER = Month(2022, 10), Month(2022, 11), Month(2022, 12)
SINCE, SEPTEMBER, NOVEMBER_FIRST = date(2019, 3, 12), date(2022, 9, 1), date(2022, 11, 1)
KPJ = "22000000011"


def opening(count: int, *, first: int = 1, since: date | None = SINCE, until: date | None = SEPTEMBER) -> list[Any]:
    """Rows of an opening list."""
    return [{**row, "member_since": since, "paid_until": until} for row in people(count, first=first)]


def begin(cast: Cast, rows: list[Any]) -> Any:
    return enrol(cast, cast.heading(cast.works, kind=RosterList.OPENING), rows)


def test_months_paid_before_are_never_billed() -> None:
    cast = call_cast()
    begin(cast, [*opening(2), *opening(1, first=30, until=NOVEMBER_FIRST)])
    (october,) = billed(cast, OCTOBER)
    assert october.heads == 2 and {line.for_month for line in BillLine.objects.all()} == {OCTOBER.first_day}
    (november,) = billed(cast, NOVEMBER)
    assert november.heads == 2 and BillLine.objects.exclude(reason="regular").count() == 0
    (december,) = billed(cast, DECEMBER)
    assert december.heads == 3
    with pytest.raises(NothingToBill):
        drafted(cast, Month(2022, 9))


def test_an_opening_list_proves_its_months_and_the_clock_runs_on_from_them() -> None:
    cast = call_cast()
    begin(cast, [{**opening(1)[0], "kpj": KPJ}])
    member = Membership.objects.get()
    assert member.number_issued_on == SINCE and member.kpj_sealed is not None
    days = {
        date(2019, 3, 1): State.PLANNED, date(2019, 3, 12): State.CONFIRMED, date(2021, 7, 1): State.CONFIRMED,
        date(2022, 9, 30): State.CONFIRMED, date(2022, 10, 1): State.IN_GRACE, date(2022, 12, 31): State.IN_GRACE,
        date(2023, 1, 1): State.LAPSED,
    }  # fmt: skip
    for day, state in days.items():
        (told,) = cover_on(member.person_id, day)
        assert (day, told.state) == (day, state)
        assert states_on([member.pk], day)["state"].to_list() == [state.value]
    (told,) = cover_on(member.person_id, date(2022, 9, 30))
    assert [reason.code for reason in told.reasons] == ["spell", "opening_list"]
    begin(cast, opening(1, first=70, until=OCTOBER.first_day))
    enrol(cast, cast.heading(cast.works, kind=RosterList.ADDITIONS), people(1, first=80))
    ids = list(Membership.objects.order_by("pk").values_list("pk", flat=True))
    assert states_on(ids, date(2022, 10, 20))["state"].to_list() == ["in_grace", "confirmed", "planned"]
    cells = [cell for _, cell in strip(member.pk, Month(2022, 9), OCTOBER)]
    assert cells == [Cell.POSTED, Cell.UNPAID]


def test_nobody_is_awaited_for_a_month_paid_before() -> None:
    cast = call_cast()
    begin(cast, opening(1, until=OCTOBER.first_day))
    assert [one.heads for one in three_way.outcomes(cast.government, OCTOBER)] == [0]
    assert {one.name: one.heads for one in three_way.outcomes(cast.government, NOVEMBER)}["roster_only"] == 1


@pytest.mark.parametrize(
    ("since", "until", "reason"),
    [
        (None, SEPTEMBER, "since_missing"),
        (date(2022, 11, 2), NOVEMBER_FIRST, "since_later"),
        (SINCE, None, "paid_missing"),
        (SINCE, date(2019, 2, 1), "paid_before_since"),
        (SINCE, date(2024, 11, 1), "paid_too_far"),
    ],
)
def test_who_does_not_tell_enough_waits_for_a_person(since: date | None, until: date | None, reason: str) -> None:
    cast = call_cast()
    made = begin(cast, opening(1, since=since, until=until))
    assert [(item.kind, item.reason) for item in PlanItem.objects.filter(plan=made)] == [("human", reason)]
    assert not PaidBefore.objects.exists()


def test_an_opening_list_changes_no_wage_and_opens_nobody_twice() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(1))
    begin(cast, [*opening(1), *opening(1, first=20)])
    again = begin(cast, [{**row, "wage": 3_000_000} for row in opening(1)])
    assert [(item.kind, item.reason) for item in PlanItem.objects.filter(plan=again)] == [("already", "as_listed")]
    assert PaidBefore.objects.count() == 1


def test_what_was_paid_before_is_told_once_and_by_two_people() -> None:
    cast = call_cast()
    listed = hand_in(cast, cast.heading(cast.works, kind=RosterList.OPENING), opening(1))
    made = approved(cast, listed)
    apply(plan_id=made.pk, by=cast.admin, at=AT)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        PaidBefore.objects.update(until_month=date(2022, 12, 1))
    waiting = hand_in(cast, cast.heading(cast.health, kind=RosterList.OPENING), opening(1, first=60), "lain.xlsx")
    with pytest.raises(PlanNotApplicable, match="not_approved"):
        apply(plan_id=plan(roster_list=waiting, by=cast.operator, at=AT).pk, by=cast.admin, at=AT)


def test_the_five_numbers_name_who_was_paid_before() -> None:
    cast = call_cast()
    begin(cast, opening(2, until=OCTOBER.first_day))
    found = heads(cast.government.pk, OCTOBER)
    assert found["active"].to_list() == [True, True]
    assert found["why_posted"].to_list() == ["paid_before"] * 2
