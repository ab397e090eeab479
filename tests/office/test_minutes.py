"""Minutes freeze what was counted: the same numbers are the same paper, others are another, none is changed."""

import pytest
from django.db import DatabaseError, transaction

from payung.office.access.roles import NotAllowed
from payung.office.places.queries import Area
from payung.office.reports.counting import count_month
from payung.office.reports.minutes import NotCounted, digest_of, draw_up
from payung.office.reports.models import Minutes
from payung.rules.months import Month
from tests.office.cast import AT, Cast, call_cast, enrol, people

pytestmark = pytest.mark.django_db
OCT = Month(2022, 10)


@pytest.fixture
def cast() -> Cast:
    called = call_cast()
    enrol(called, called.heading(called.works), people(3))
    return called


def drawn(cast: Cast) -> Minutes:
    return draw_up(area=cast.area, first=OCT, last=OCT, by=cast.treasurer, at=AT)


def count(cast: Cast) -> None:
    count_month(government=cast.government, month=OCT, by=cast.treasurer, at=AT)


def test_the_same_numbers_are_the_same_minutes(cast: Cast) -> None:
    count(cast)
    first = drawn(cast)
    first.refresh_from_db()
    assert drawn(cast).pk == first.pk
    assert first.sha256 == digest_of(first.content)
    assert [(one["number"], one["heads"]) for one in first.content["numbers"]] == [
        ("decreed", 3), ("registered", 0), ("active", 0), ("posted", 0),
    ]  # fmt: skip


def test_other_numbers_are_other_minutes_and_the_first_stay(cast: Cast) -> None:
    count(cast)
    first = drawn(cast)
    enrol(cast, cast.heading(cast.health), people(2, first=50))
    count(cast)
    second = drawn(cast)
    assert second.pk != first.pk
    first.refresh_from_db()
    assert first.content["numbers"][0]["heads"] == 3
    with pytest.raises(DatabaseError), transaction.atomic():
        Minutes.objects.filter(pk=first.pk).update(content={})


def test_only_counted_months_and_only_for_the_whole_government(cast: Cast) -> None:
    with pytest.raises(NotCounted):
        drawn(cast)
    count(cast)
    with pytest.raises(NotAllowed):
        draw_up(area=Area(cast.government, (cast.works.pk,)), first=OCT, last=OCT, by=cast.treasurer, at=AT)
    with pytest.raises(NotAllowed):
        draw_up(area=cast.area, first=OCT, last=OCT, by=cast.auditor, at=AT)
