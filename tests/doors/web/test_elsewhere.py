"""The warning that another government pays, on the plan and on the person's page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from stage import Office

from payung.office.access.models import AuditEvent
from payung.office.enrolment.actions import plan
from payung.office.places.scope import whole_government
from tests.office.cast import AT, call_cast, enrol, hand_in, people

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def neighbour(office: Office) -> None:
    """A third government pays for two of the people of the waiting plan, and for the first person."""
    other = call_cast(code="32.75", prefix="tetangga-")
    enrol(other, other.heading(other.works), [*people(2, first=30), *people(1)])


def test_a_plan_warns_and_opens_to_exactly_its_people(client: Client, office: Office, neighbour: None) -> None:
    cast = office.cast
    with whole_government(cast.government, by=cast.operator):
        again = hand_in(cast, cast.heading(cast.health, kind="additions"), people(3, first=31), name="lagi.xlsx")
        made = plan(roster_list=again, by=cast.operator, at=AT)
    client.force_login(cast.operator)
    page = text(client.get(reverse("plan", args=[made.pk])))
    assert "1 orang dalam rencana ini juga dibayari di pemerintah daerah lain." in page
    rows = text(client.get(reverse("plan-elsewhere", args=[made.pk])))
    assert rows.count("APBD") == 1
    assert people(1, first=31)[0]["name"] in rows
    assert "32.75" not in rows and "JJ000001" not in rows
    quiet = text(client.get(reverse("plan", args=[office.parts["plan_id"]])))
    assert "dibayari di pemerintah daerah lain" not in quiet


def test_a_person_is_asked_about_by_a_button_and_it_is_recorded(
    client: Client, office: Office, neighbour: None
) -> None:
    client.force_login(office.cast.operator)
    person = {"person_id": office.parts["person_id"]}
    assert "Tanyakan pembayar" in text(client.get(reverse("person", kwargs=person)))
    assert not AuditEvent.objects.filter(deed="ask_other_payers", subject=f"person:{person['person_id']}").exists()
    page = text(client.post(reverse("person-elsewhere", kwargs=person)))
    assert "Orang ini juga dibayari di pemerintah daerah lain." in page
    assert "menanyakan pembayar di pemerintah daerah lain" in page
    client.force_login(office.cast.auditor)
    assert "Tanyakan pembayar" not in text(client.get(reverse("person", kwargs=person)))
    client.force_login(office.strangers[next(role for role in office.strangers if role.value == "opd_operator")])
    assert client.post(reverse("person-elsewhere", kwargs=person)).status_code == 404
