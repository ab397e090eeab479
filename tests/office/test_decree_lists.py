"""What must always hold of a decree's list: the quota on every day, and that the papers in force explain it whole."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payung.office.agreements.decree_lists import list_on
from payung.office.agreements.decrees import DecreeRefused, set_quota
from payung.office.agreements.models import AmendmentItem, Decree
from payung.office.places.scope import whole_government
from payung.office.verification.lists import END_REASONS, _seated, bring_in_force, propose_list, propose_replacements
from payung.rules.months import Month
from tests.office.cast import Cast, call_cast
from tests.office.pool import FIRST, LAST, NOW, Villager, approve, drafted, paper, propose

pytestmark = pytest.mark.django_db
QUOTA = 4
deeds = st.lists(
    st.tuples(
        st.sampled_from(["list", "replace", "replace", "grow", "again"]), st.integers(0, 11),
        st.lists(st.integers(0, 5), max_size=3), st.sampled_from(END_REASONS), st.booleans(),
    ),
    min_size=2, max_size=6,
)  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds)
def test_in_any_order_the_quota_holds_and_the_papers_explain_the_list(done: list[Any]) -> None:
    with transaction.atomic():
        cast = call_cast()
        decree = drafted(cast, quota=QUOTA, rules=())
        propose(cast, decree, [Villager(number) for number in range(1, 10)])
        for number, deed in enumerate(done):
            _do(cast, decree, number, *deed)
            for day in _days():
                listed = list_on(decree, day)
                assert listed.height <= decree.quota
                assert listed["slot_id"].is_unique().all() and listed["person_id"].is_unique().all()
                assert set(listed["row_id"]) == _told_by_papers(decree, day)
        transaction.set_rollback(True)


def _do(cast: Cast, decree: Decree, number: int, kind: str, later: int, who: list[int], why: str, yes: bool) -> None:
    told = paper(f"SK/{number}", Month.of(FIRST).shift(later).first_day)
    try:
        if kind == "grow":
            set_quota(decree=decree, quota=decree.quota + 1, by=cast.operator, at=NOW)
            decree.refresh_from_db()
            return
        if kind == "replace":
            standing = list_on(decree, told.effective_from - timedelta(days=1))["entry_id"].to_list()
            ending = {standing[at % len(standing)]: why for at in who} if standing else {}
            made = propose_replacements(decree=decree, paper=told, ending=ending, by=cast.operator, at=NOW)
        else:
            made = propose_list(decree=decree, paper=told, by=cast.operator, at=NOW)
        if yes:
            approve(cast, made)
            bring_in_force(amendment_id=made.pk, by=cast.operator, at=NOW)
            bring_in_force(amendment_id=made.pk, by=cast.operator, at=NOW)
    except DecreeRefused as refused:
        assert refused.reason in ("nothing_to_propose", "still_open", "changed_since")


def _days() -> list[date]:
    months = [Month.of(FIRST).shift(step) for step in range(13)]
    return [day for month in months for day in (month.first_day, month.last_day)] + [FIRST - timedelta(days=1), LAST]


def _told_by_papers(decree: Decree, day: date) -> set[int]:
    """The list on a day, told from the items of the papers in force alone."""
    slots: dict[int, list[tuple[date, date, int]]] = {}
    items = AmendmentItem.objects.filter(amendment__decree=decree, amendment__in_force_at__isnull=False)
    for item in items.order_by("amendment__sequence", "-kind"):
        spans = slots.setdefault(item.slot_id, [])
        if item.kind == AmendmentItem.END:
            at = next(place for place, span in enumerate(spans) if span[2] == item.row_id)
            spans[at] = (spans[at][0], item.until_day or date.max, item.row_id)
        else:
            assert item.from_day is not None
            spans.append((item.from_day, item.until_day or date.max, item.row_id))
    return {row for spans in slots.values() for first, last, row in spans if first <= day <= last}


def test_a_hundred_thousand_candidates_are_seated_within_the_quota() -> None:
    order = pl.DataFrame({"key": range(100_000), "desa_code": [f"d{key % 7}" for key in range(100_000)]})
    shares = ["d1"] * 10 + ["d2"] * 5 + [""] * 20
    free = pl.DataFrame({"slot_id": range(35), "number": range(35), "share": shares})
    seats = [seat for seat in _seated(order, free, "desa") if seat is not None]
    assert sorted(seats) == list(range(35))


@pytest.mark.django_db(transaction=True)
def test_two_who_propose_at_once_leave_one_paper() -> None:
    with transaction.atomic():
        cast = call_cast()
        decree = drafted(cast, quota=QUOTA, rules=())
        propose(cast, decree, [Villager(number) for number in range(1, 7)])

    def ask(number: int) -> str:
        try:
            with transaction.atomic(), whole_government(cast.government, by=cast.operator):
                propose_list(decree=decree, paper=paper(f"SK/{number}"), by=cast.operator, at=NOW)
            return "proposed"
        except DecreeRefused as refused:
            return refused.reason
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as both:
        assert sorted(both.map(ask, range(4))) == ["proposed", "still_open", "still_open", "still_open"]
    with whole_government(cast.government, by=cast.operator):
        made = decree.amendment_set.get()
        approve(cast, made)

    def carry_out(_: int) -> object:
        try:
            with whole_government(cast.government, by=cast.operator):
                return bring_in_force(amendment_id=made.pk, by=cast.operator, at=NOW).in_force_at
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as both:
        assert set(both.map(carry_out, range(3))) == {NOW}
    with whole_government(cast.government):
        assert list_on(decree, FIRST).height == QUOTA
