"""The one question across governments: kind and months, about the own people only, recorded, and nothing else."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from payung.doors.installation.folder import DataFolder
from payung.doors.installation.keys import KeyRing, make_keys
from payung.office.access.actions import add_user
from payung.office.access.marks import seal
from payung.office.access.models import AuditEvent
from payung.office.access.roles import Role
from payung.office.enrolment.actions import plan
from payung.office.enrolment.elsewhere import OtherPayer, ask_for_person, count_paid_elsewhere, paid_elsewhere
from payung.office.enrolment.models import PaidElsewhere, Plan, PlanItem
from payung.office.places.actions import grant_area
from payung.office.places.scope import NOBODY, _set, seen_by, whole_government
from payung.office.registry.models import Person
from tests.office.cast import AT, OCTOBER, Cast, call_cast, enrol, hand_in, people

pytestmark = pytest.mark.django_db
ANSWER = OtherPayer("APBD", OCTOBER, None)


@pytest.fixture
def other() -> Cast:
    """A neighbour who pays for ten people from October on; then nobody looks."""
    cast = call_cast(code="32.74", prefix="lain-")
    enrol(cast, cast.heading(cast.works), people(10))
    return cast


@pytest.fixture
def cast(other: Cast) -> Cast:
    """One's own government, which has enrolled nobody yet."""
    called = call_cast()
    _set(NOBODY, "default")
    return called


def planned(cast: Cast, rows: list[dict[str, Any]], **told: Any) -> Plan:
    with whole_government(cast.government, by=cast.operator):
        return plan(roster_list=hand_in(cast, cast.heading(cast.health, **told), rows), by=cast.operator, at=AT)


def ask_raw(own: str, subject: int, ids: list[int], forms: list[bytes]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM enrolment_paid_elsewhere(%s, %s, %s::bigint[], %s::bytea[], int4range(0, 4), %s, %s)",
            [own, subject, ids, forms, OCTOBER, AT],
        )
        return list(cursor.fetchall())


def test_a_plan_says_which_of_its_people_somebody_else_pays_for(cast: Cast) -> None:
    made = planned(cast, people(4, first=8))
    assert made.counts == {"join": 4}
    with seen_by(cast.operator):
        told = paid_elsewhere(made)
        assert [(one.row, one.payer) for one in told] == [(13, ANSWER), (14, ANSWER), (15, ANSWER)]
        assert count_paid_elsewhere(made) == 3
    (event,) = _asked(cast)
    assert event.detail == {"asked": 4, "answers": 3}


def _asked(cast: Cast) -> list[AuditEvent]:
    with whole_government(cast.government):
        return list(AuditEvent.objects.filter(deed="ask_other_payers").order_by("pk"))


def test_nothing_of_the_other_government_crosses(cast: Cast, other: Cast) -> None:
    planned(cast, people(3))
    with seen_by(cast.admin):
        assert Person.objects.count() == 0
        kept = PaidElsewhere.objects.values()[0]
    assert set(kept) == {
        "id", "government_id", "plan_id", "row_id", "position", "fund_kind", "from_month", "until_month",
    }  # fmt: skip
    assert kept["government_id"] == cast.government.pk
    with seen_by(other.admin):
        assert not PaidElsewhere.objects.exists()
        assert not AuditEvent.objects.filter(deed="ask_other_payers", by=cast.operator).exists()


def test_only_months_and_programmes_of_the_list_count(cast: Cast, other: Cast) -> None:
    with whole_government(other.government), connection.cursor() as cursor:
        cursor.execute("UPDATE enrolment_spell SET replaced_at = %s", [AT])
        cursor.execute(
            "INSERT INTO enrolment_spell (government_id, membership_id, programmes, payer_opd_id, budget_line_id,"
            " agreement_id, from_month, until_month, recorded_at) SELECT government_id, membership_id, programmes,"
            " payer_opd_id, budget_line_id, agreement_id, '2022-01-01', '2022-11-01', recorded_at FROM enrolment_spell"
        )
    first = planned(cast, people(2))
    later = planned(cast, people(2, first=3), month=date(2022, 12, 1))
    with seen_by(cast.operator):
        assert {one.payer for one in paid_elsewhere(first)} == {OtherPayer("APBD", OCTOBER, date(2022, 11, 1))}
        assert paid_elsewhere(later) == []


def test_one_person_is_asked_about_and_each_question_is_recorded(cast: Cast) -> None:
    with whole_government(cast.government):
        enrol(cast, cast.heading(cast.works), people(2, first=10))
    with seen_by(cast.operator):
        paid, unpaid = Person.objects.order_by("pk")
        assert ask_for_person(paid.pk, since=OCTOBER, at=AT) == [ANSWER]
        assert ask_for_person(paid.pk, since=OCTOBER, at=AT) == [ANSWER]
        assert ask_for_person(unpaid.pk, since=OCTOBER, at=AT) == []
    events = [(one.subject, one.detail) for one in _asked(cast) if one.subject.startswith("person:")]
    assert events == [
        (f"person:{paid.pk}", {"asked": 1, "answers": 1}),
        (f"person:{paid.pk}", {"asked": 1, "answers": 1}),
        (f"person:{unpaid.pk}", {"asked": 1, "answers": 0}),
    ]


def test_numbers_cannot_be_tried_out(cast: Cast, other: Cast) -> None:
    """A NIK that stands in no own row finds nothing, under whatever id it is asked."""
    made = planned(cast, people(1, first=50))
    strange = seal(people(1)[0]["nik"], kind="nik")
    with whole_government(other.government):
        theirs = Person.objects.order_by("pk")[0]
    with whole_government(cast.government, by=cast.operator):
        row_id = PlanItem.objects.get(plan=made).row_id
        assert row_id is not None
        listed = made.roster_list_id
        assert ask_raw("list", listed, [row_id], [strange]) == []
        assert ask_raw("person", theirs.pk, [theirs.pk], [strange]) == []
        assert ask_raw("list", other.government.pk, [theirs.pk], [strange]) == []
        assert ask_raw("anything", listed, [row_id], [strange]) == []
    assert [event.detail["asked"] for event in _asked(cast)][1:] == [0, 0, 0, 0]


def test_nobody_told_and_roles_that_do_not_plan_are_refused(cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="receive_list"), transaction.atomic():
        ask_raw("person", 1, [1], [b"x"])
    for role in Role:
        if role in (Role.GOVERNMENT_ADMIN, Role.OPD_OPERATOR):
            continue
        with whole_government(cast.government):
            user = add_user(
                username=f"kolom-{role.value}", full_name="Kolom", role=role, password="rahasia-panjang", by=None, at=AT
            )
            grant_area(user=user, government=cast.government, opd=None, by=None, at=AT)
        with seen_by(user), pytest.raises(DatabaseError, match="receive_list"), transaction.atomic():
            ask_raw("person", 1, [1], [b"x"])


def test_an_operator_asks_only_about_people_he_sees(cast: Cast) -> None:
    with whole_government(cast.government):
        enrol(cast, cast.heading(cast.works), people(1))
    with whole_government(cast.government):
        user = add_user(
            username="kes", full_name="Kes", role=Role.OPD_OPERATOR, password="rahasia-panjang", by=None, at=AT
        )
        grant_area(user=user, government=cast.government, opd=cast.health, by=None, at=AT)
        person = Person.objects.get()
    with seen_by(user):
        assert ask_raw("person", person.pk, [person.pk], [bytes(person.nik_sealed or b"")]) == []


def test_while_keys_are_rotated_every_live_form_is_asked(tmp_path: Path, settings: Any) -> None:
    folder = DataFolder(tmp_path).make()
    make_keys(folder)
    settings.PAYUNG_KEY_RING = ring = KeyRing(folder, told=None)
    other = call_cast(code="32.74", prefix="lain-")
    enrol(other, other.heading(other.works), people(2))
    ring.add()
    cast = call_cast()
    made = planned(cast, people(2))
    with seen_by(cast.operator):
        assert [one.payer for one in paid_elsewhere(made)] == [ANSWER, ANSWER]
