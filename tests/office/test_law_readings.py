"""How a government reads what is doubtful: dated, replaced and kept, and what the next bill makes of it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from payung.office.access.models import AuditEvent
from payung.office.agreements.actions import NotConfirmed, confirm_reading
from payung.office.agreements.models import LawReading
from payung.office.agreements.queries import readings_of
from payung.office.billing import explaining
from payung.office.billing.actions import NothingToBill
from payung.office.billing.models import Bill, BillLine
from payung.office.places.scope import seen_by
from payung.rules.law.readings import DEFAULT_READINGS, UnknownReadingError
from payung.rules.months import Month
from tests.office.cast import AT, Cast, billed, call_cast, enrol, people

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = Month(2022, 10), Month(2022, 11)
LETTER = "Kantor Cabang Contoh, surat B/1/112022"


def read_as(cast: Cast, option: str, *, first: Month = OCTOBER, days: int = 0) -> LawReading:
    return confirm_reading(
        government=cast.government, reading="rounding", option=option, from_month=first, confirmed_by=LETTER,
        by=cast.admin, at=AT + timedelta(days=days),
    )  # fmt: skip


def bill(cast: Cast, month: Month) -> list[Bill]:
    at = AT + timedelta(days=30 * (month.index - OCTOBER.index + 1))
    return billed(cast, month, at=at)


def test_without_a_word_of_the_branch_the_defaults_hold() -> None:
    cast = call_cast()
    assert readings_of(cast.government.pk).on(OCTOBER) == DEFAULT_READINGS


def test_a_reading_holds_from_its_month_on() -> None:
    cast = call_cast()
    read_as(cast, "down", first=NOVEMBER)
    dated = readings_of(cast.government.pk)
    assert [dated.on(month)["rounding"] for month in (OCTOBER, NOVEMBER, NOVEMBER.shift(40))] == [
        "half-up",
        "down",
        "down",
    ]


def test_a_second_word_replaces_the_first_and_both_are_kept() -> None:
    cast = call_cast()
    read_as(cast, "down")
    read_as(cast, "up", days=2)
    assert readings_of(cast.government.pk).on(OCTOBER)["rounding"] == "up"
    assert readings_of(cast.government.pk, known_at=AT + timedelta(days=1)).on(OCTOBER)["rounding"] == "down"
    assert LawReading.objects.count() == 2
    told = [event.detail["option"] for event in AuditEvent.objects.filter(deed="confirm_reading").order_by("pk")]
    assert told == ["down", "up"]


def test_the_next_bill_corrects_the_open_months() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(10))
    bill(cast, OCTOBER)
    read_as(cast, "down", days=31)
    (made,) = bill(cast, NOVEMBER)
    lines = BillLine.objects.filter(bill=made)
    # 0.24 % of 1,841,487 is 4,419.57: a rupiah less for October, and 4,419 for November.
    assert set(lines.filter(for_month=OCTOBER.first_day).values_list("reason", "jkk", "jkm")) == {
        ("rate_change", -1, 0)
    }
    assert set(lines.filter(for_month=NOVEMBER.first_day).values_list("reason", "jkk", "jkm")) == {
        ("regular", 4_419, 5_524)
    }
    with pytest.raises(NothingToBill):
        bill(cast, NOVEMBER)


def test_a_line_is_explained_with_the_reading_of_its_bill() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(1))
    bill(cast, OCTOBER)
    read_as(cast, "down", days=31)
    bill(cast, NOVEMBER)
    before = BillLine.objects.get(bill__month=OCTOBER.first_day)
    after = BillLine.objects.get(for_month=NOVEMBER.first_day)
    assert explaining.explained(cast.area, before.pk).explanation.programmes["JKK"].employer == 4_420
    assert explaining.explained(cast.area, after.pk).explanation.programmes["JKK"].employer == 4_419


def test_only_what_the_law_asks_and_somebody_confirmed() -> None:
    cast = call_cast()
    with pytest.raises(UnknownReadingError):
        read_as(cast, "sideways")
    with pytest.raises(NotConfirmed):
        confirm_reading(
            government=cast.government, reading="rounding", option="up", from_month=OCTOBER, confirmed_by=" ",
            by=cast.admin, at=AT,
        )  # fmt: skip
    assert not LawReading.objects.exists()


def test_the_database_lets_only_the_office_set_them_and_nobody_change_them() -> None:
    cast = call_cast()
    made = read_as(cast, "down")
    with pytest.raises(DatabaseError), transaction.atomic():
        LawReading.objects.filter(pk=made.pk).update(option="up")
    with pytest.raises(DatabaseError), transaction.atomic():
        made.delete()
    with seen_by(cast.auditor), pytest.raises(DatabaseError, match="needs one of"), transaction.atomic():
        read_as(cast, "up", days=1)


def test_each_government_reads_for_itself() -> None:
    cast = call_cast()
    read_as(cast, "down")
    other = call_cast(code="32.74", prefix="lain-")
    assert readings_of(other.government.pk).on(OCTOBER) == DEFAULT_READINGS
