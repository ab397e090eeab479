"""Kept answers: the same until somebody does something, and never another reader's."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest
from django.core.cache import cache
from django.db import connection, transaction

from payung.office import bulk
from payung.office.access import remembering
from payung.office.access.actions import record
from payung.office.access.models import AuditEvent, User
from payung.office.access.remembering import LOOKS, remembered
from payung.office.access.roles import Role
from payung.office.billing import three_way
from payung.office.places.actions import NewOpd, add_opds, found_government
from payung.office.places.models import Government
from payung.office.places.queries import Area
from payung.office.places.scope import seen_by, tell, whole_government
from payung.office.reports import behind, funds, queries, warnings
from tests.office.story import tell_story
from tests.office.verbs import VERBS

AT = datetime(2022, 10, 3, 2, 0, tzinfo=UTC)
COUNT = "SELECT count(*) FROM places_opd WHERE name <> %(name)s"
NOTHING_TO_DO = {
    "access.second_factor.remove", "billing.three_way.numbers", "enrolment.mending.recheck",
    "places.users.reset_second_factor", "savings.actions.credit",
}  # fmt: skip
"""Verbs that find nothing to do in the story, and so do nothing; or only read."""


@pytest.fixture
def government() -> Iterator[Government]:
    cache.clear()
    yield found_government(code="32.73", name="Kota Bandung", by=None, at=AT)
    cache.clear()


def add_here(government: Government, code: str) -> None:
    new = NewOpd(code=code, name=f"Dinas {code}", short_name=code, unit_number=code)
    add_opds(government=government, opds=[new], unit_kind="PUPR", from_month=AT.date(), by=None, at=AT)


def add(government: Government, code: str) -> None:
    with whole_government(government):
        add_here(government, code)


def count(government: Government, area: Area | None = None, name: str = "", by: User | None = None) -> int:
    """How many OPD are seen, asked as the pages do: in a transaction of its own."""
    with whole_government(government, by=by):
        if area is not None:
            tell(user_id=0, area=area)
        answer: int = remembered(COUNT, {"name": name}, schema={"count": pl.Int64}).item()
    return answer


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every question that came to the database."""
    questions: list[str] = []

    def read(query: str, *words: Any, **told: Any) -> pl.DataFrame:
        questions.append(query)
        return original(query, *words, **told)

    original = bulk.read
    monkeypatch.setattr(bulk, "read", read)
    return questions


@pytest.mark.django_db(transaction=True)
def test_asked_once_until_something_is_done(government: Government, asked: list[str]) -> None:
    add(government, "A")
    assert [count(government) for _ in range(3)] == [1, 1, 1]
    assert len(asked) == 1
    add(government, "B")
    assert [count(government) for _ in range(3)] == [2, 2, 2]
    assert len(asked) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("look", LOOKS)
def test_looks_change_nothing(government: Government, asked: list[str], look: str) -> None:
    add(government, "A")
    count(government)
    with whole_government(government):
        record(look, subject="person:1", by=None, at=AT)
    count(government)
    assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
def test_a_slow_answer_waits_for_others_but_not_for_its_reader(
    government: Government, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "SLOW_SECONDS", 0.0)
    monkeypatch.setattr(remembering, "TIMES_AS_OLD", 1_000_000)
    reader = User.objects.create(username="auditor", role=Role.AUDITOR.value)
    add(government, "A")
    assert count(government, by=reader) == 1
    add(government, "B")
    assert count(government, by=reader) == 1
    with whole_government(government, by=reader):
        record("answer", subject="request:1", by=reader, at=AT)
    assert count(government, by=reader) == 2
    monkeypatch.setattr(remembering, "TIMES_AS_OLD", 0)
    add(government, "C")
    assert count(government, by=reader) == 3


@pytest.mark.django_db(transaction=True)
def test_what_this_transaction_did_is_counted_before_it_is_committed(government: Government) -> None:
    add(government, "A")
    assert count(government) == 1
    with pytest.raises(ZeroDivisionError), whole_government(government):
        add_here(government, "B")
        assert remembered(COUNT, {"name": ""}, schema={"count": pl.Int64}).item() == 2
        raise ZeroDivisionError("it comes to nothing")
    assert count(government) == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_is_told_what_another_may_see(government: Government) -> None:
    other = found_government(code="32.74", name="Kota Cirebon", by=None, at=AT)
    for code in "AB":
        add(government, code)
    add(other, "C")
    assert count(government) == 2
    assert count(other) == 1
    assert count(government, Area(government, ())) == count(government, Area(government, ()), name="Dinas A")
    assert count(government, name="Dinas A") == 1


@pytest.mark.django_db
def test_no_kept_answer_depends_on_who_asks_within_an_area() -> None:
    kept = (queries._BY_OPD, behind._CHANGED, warnings._RUNS, warnings._GRACE_ENDS, warnings._PAST_YEAR,
            three_way._COUNTED, three_way._CHOSEN, funds._IN_FORCE, funds._AHEAD)  # fmt: skip
    told = sorted({table for query in kept for table in re.findall(r"(?:FROM|JOIN) ([a-z]+_[a-z]+)", query)})
    assert len(told) > 10
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_policies WHERE tablename = ANY(%s) AND cmd IN ('ALL', 'SELECT')"
            " AND qual LIKE '%%payung_user%%'",
            [told],
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.GOVERNMENT_ADMIN, Role.TREASURER])
def test_every_verb_that_changes_something_leaves_its_deed(role: Role) -> None:
    silent, story = [], tell_story(role)
    for name, (roles, attempt) in VERBS.items():
        if role in roles:
            with seen_by(story.by), transaction.atomic():
                before = AuditEvent.objects.count()
                attempt(story)
                if AuditEvent.objects.count() == before:
                    silent.append(name)
                transaction.set_rollback(True)
    assert set(silent) <= NOTHING_TO_DO
