"""A correction on the request's page: proposed with old and new value, decided by a second person, numbers masked."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from stage import Office

from payung.office.access.models import AuditEvent, User
from payung.office.places.scope import whole_government
from payung.office.privacy.actions import receive
from payung.office.privacy.models import Correction
from payung.office.registry.models import Person

pytestmark = pytest.mark.django_db
OTHER_NIK = "3273064408800777"


def text(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.fixture
def request_id(office: Office) -> int:
    with whole_government(office.cast.government, by=office.cast.admin):
        person = Person.objects.get(pk=office.parts["person_id"])
        made = receive(
            person=person, kind="correction", wording="", handler=office.cast.admin, by=office.cast.admin,
            at=timezone.now(),
        )  # fmt: skip
    return made.pk


def address(request_id: int, name: str = "request") -> str:
    return reverse(name, kwargs={"request_id": request_id})


def person(office: Office) -> Person:
    with whole_government(office.cast.government):
        return Person.objects.get(pk=office.parts["person_id"])


def test_proposed_by_one_and_decided_by_another(client: Client, office: Office, request_id: int) -> None:
    client.force_login(office.cast.admin)
    assert "Ajukan perbaikan" in text(client.get(address(request_id)))
    fields = {"field": "name", "value": "Siti Aminah", "holds_from": ""}
    assert client.post(address(request_id, "request-correct"), fields).status_code == 302
    page = text(client.get(address(request_id)))
    assert "Siti Aminah" in page and person(office).name in page and "Menunggu orang kedua" in page
    assert "masih menunggu putusan" in text(client.post(address(request_id, "request-correct"), fields))
    answer = {"koreksi": Correction.objects.latest("pk").pk, "putusan": "approve", "suara": office.cast.admin.pk}
    assert "Anda sendiri" in text(client.post(address(request_id, "request-correction-decide"), answer))
    client.force_login(User.objects.get(username="kedua"))
    assert "Perbaikan Nama" in text(client.get(reverse("waiting")))
    assert "Setujui perbaikan ini" in text(client.get(address(request_id)))
    assert client.post(address(request_id, "request-correction-decide"), answer).status_code == 302
    assert person(office).name == "Siti Aminah"
    assert "sudah diperbaiki" in text(client.get(address(request_id)))


def test_what_cannot_be_is_said_beside_the_field(client: Client, office: Office, request_id: int) -> None:
    client.force_login(office.cast.admin)
    wrong = client.post(address(request_id, "request-correct"), {"field": "nik", "value": "3273064408800000"})
    assert "tidak mungkin benar" in text(wrong) and "3273064408800000" in text(wrong), "what was typed is not lost"
    nobody = {"koreksi": "0", "putusan": "approve"}
    assert client.post(address(request_id, "request-correction-decide"), nobody).status_code == 404


def test_numbers_are_masked_until_a_recorded_look(client: Client, office: Office, request_id: int) -> None:
    client.force_login(office.cast.admin)
    client.post(address(request_id, "request-correct"), {"field": "nik", "value": OTHER_NIK})
    page = text(client.get(address(request_id)))
    assert "3273••••••••0777" in page and OTHER_NIK not in page
    assert OTHER_NIK in text(client.post(address(request_id, "request-correction-open")))
    look = AuditEvent.objects.filter(deed="see_marks", subject=f"person:{office.parts['person_id']}").latest("pk")
    assert look.detail == {"purpose": "person_asked", "note": f"request:{request_id}"}
