"""Requests of a person: the clock, what is held, and an erasure that waits for the duty to keep."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from payung.office.access.models import AuditEvent
from payung.office.access.purposes import Purpose, record_look
from payung.office.access.roles import NotAllowed
from payung.office.billing.models import BillLine
from payung.office.enrolment.actions import apply_leavers
from payung.office.files.models import Row
from payung.office.files.queries import content
from payung.office.privacy.actions import RequestRefused, answer, receive
from payung.office.privacy.erasing import ERASED
from payung.office.privacy.models import Request
from payung.office.privacy.queries import everything_about, handlers, requests
from payung.office.privacy.retention import kept, record_of_processing
from payung.office.registry.models import Person
from payung.office.registry.queries import search
from payung.rules.months import Month
from tests.office.cast import AT, Cast, billed, call_cast, enrol, people

pytestmark = pytest.mark.django_db
LONG_AFTER = datetime(2040, 1, 1, tzinfo=UTC)


@pytest.fixture
def cast() -> Cast:
    called = call_cast()
    enrol(called, called.heading(called.works), people(3))
    billed(called, Month(2022, 10))
    return called


def ask(cast: Cast, kind: str, person: Person) -> Request:
    return receive(
        person=person, kind=kind, wording=f"saya {people(1)[0]['nik']}", handler=cast.admin, by=cast.operator, at=AT
    )


def first(cast: Cast) -> tuple[Person, str]:
    nik = people(1)[0]["nik"]
    (found,) = search(cast.area, nik)
    return Person.objects.get(pk=found.id), nik


def end_cover(cast: Cast, month_day: datetime) -> None:
    """The first one leaves: a complete list without her."""
    plan = enrol(cast, cast.heading(cast.works, month=month_day.date()), people(2, first=2))
    apply_leavers(plan_id=plan.pk, by=cast.admin, at=AT)


def test_a_request_has_its_clock_and_somebody_who_must_act(cast: Cast) -> None:
    person, nik = first(cast)
    made = ask(cast, "access", person)
    assert made.due_at - made.received_at == timedelta(hours=72)
    assert made.handler == cast.admin and nik not in made.wording
    assert handlers(cast.area) == [cast.admin]
    with pytest.raises(NotAllowed):
        receive(person=person, kind="access", wording="", handler=cast.operator, by=cast.operator, at=AT)
    with pytest.raises(IntegrityError, match="request_due_in_72_hours"), transaction.atomic():
        Request.objects.filter(pk=made.pk).update(due_at=AT + timedelta(days=9))


def test_it_is_answered_once_and_a_refusal_says_why(cast: Cast) -> None:
    made = ask(cast, "access", first(cast)[0])
    with pytest.raises(NotAllowed):
        answer(request_id=made.pk, grant=True, answer="", by=cast.operator, at=AT)
    with pytest.raises(RequestRefused, match="no_answer"):
        answer(request_id=made.pk, grant=False, answer=" ", by=cast.admin, at=AT)
    answer(request_id=made.pk, grant=True, answer="sudah dicetak", by=cast.admin, at=AT)
    with pytest.raises(RequestRefused, match="closed"):
        answer(request_id=made.pk, grant=False, answer="tidak", by=cast.admin, at=AT)
    late = ask(cast, "access", first(cast)[0])
    assert [one.pk for one in requests(cast.area)] == [late.pk, made.pk]


def test_everything_held_on_a_person_and_on_nobody_else(cast: Cast) -> None:
    person, nik = first(cast)
    told = everything_about(person)
    rooms = ["registry.Person", "registry.Membership", "registry.Job", "registry.Evidence", "files.Row"]
    assert {*rooms, "enrolment.Spell", "enrolment.PlanItem", "billing.BillLine"} <= set(told)
    assert told["registry.Person"][0]["nik"] == nik and told["files.Row"][0]["nik"] == nik
    text = repr(told)
    for other in people(2, first=2):
        assert other["nik"] not in text and other["name"] not in text


def test_an_erasure_waits_until_nothing_must_be_kept(cast: Cast) -> None:
    person, _ = first(cast)
    assert kept(person.pk).until is None, "covered now"
    made = ask(cast, "erasure", person)
    with pytest.raises(RequestRefused, match="kept"):
        answer(request_id=made.pk, grant=True, answer="", by=cast.admin, at=LONG_AFTER)
    end_cover(cast, datetime(2022, 12, 1, tzinfo=UTC))
    assert str(kept(person.pk).until) == "2032-12-31"
    with pytest.raises(RequestRefused, match="kept"):
        answer(request_id=made.pk, grant=True, answer="", by=cast.admin, at=datetime(2032, 12, 31, tzinfo=UTC))
    assert Person.objects.get(pk=person.pk).name == person.name


def test_an_erasure_redacts_marks_and_names_and_leaves_amounts_ids_and_the_chain(cast: Cast) -> None:
    person, nik = first(cast)
    record_look(subject=f"person:{person.pk}", purpose=Purpose.OTHER, note="surat Bu Ani", by=cast.operator, at=AT)
    end_cover(cast, datetime(2022, 12, 1, tzinfo=UTC))
    lines = list(BillLine.objects.order_by("pk").values())
    events = AuditEvent.objects.count()
    made = ask(cast, "erasure", person)
    answer(request_id=made.pk, grant=True, answer="selesai", by=cast.admin, at=LONG_AFTER)
    erased = Person.objects.get(pk=person.pk)
    assert (erased.name, erased.name_key, erased.birth_date, erased.nik_sealed) == (ERASED, "", None, None)
    text = repr(everything_about(erased))
    assert nik not in text and person.name not in text
    assert search(cast.area, nik) == []
    assert list(BillLine.objects.order_by("pk").values()) == lines
    assert AuditEvent.objects.count() > events
    assert not AuditEvent.objects.filter(detail__note="surat Bu Ani").exists()
    assert {content(row.reading.file) for row in Row.objects.filter(name=ERASED).select_related("reading__file")} == {
        b""
    }
    assert {row.name for row in Person.objects.exclude(pk=person.pk)} == {one["name"] for one in people(2, first=2)}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_record_of_processing_is_whole_in_both_languages() -> None:
    for one in record_of_processing():
        for text in (one.purpose, one.ground, one.data, one.subjects, one.recipients, one.counted_from):
            assert text["id"] and text["en"] and text["id"] != text["en"], one.key
        assert one.certainty in {"certain", "assumed"}
