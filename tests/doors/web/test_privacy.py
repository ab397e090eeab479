"""Requests of a person on screen: asked, shown for printing, answered; the record of processing."""

import json

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from stage import Office

from payung.office.access.models import AuditEvent
from payung.office.privacy.models import Request
from payung.office.registry.models import Person

pytestmark = pytest.mark.django_db


def text(response: HttpResponse) -> str:
    return response.content.decode()


def asked(client: Client, office: Office, kind: str) -> Request:
    address = reverse("request-new", kwargs={"person_id": office.parts["person_id"]})
    assert "Catat permintaan" in text(client.post(address))
    fields = {"kind": kind, "wording": "NIK saya 3273061208900001", "handler": office.cast.admin.pk}
    assert 'aria-invalid="true"' in text(client.post(address, fields | {"handler": office.cast.operator.pk}))
    answer = client.post(address, fields)
    made = Request.objects.latest("pk")
    assert answer["Location"] == reverse("request", kwargs={"request_id": made.pk})
    return made


def test_a_request_is_noted_without_its_marks_and_answered(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    made = asked(client, office, "access")
    page = reverse("request", kwargs={"request_id": made.pk})
    shown = text(client.get(page))
    assert "Sisa 71 jam" in shown and "NIK saya ••••••••" in shown
    answer = reverse("request-answer", kwargs={"request_id": made.pk})
    assert "Tulis alasan penolakan" in text(client.post(answer, {"putusan": "refuse", "answer": ""}))
    client.post(answer, {"putusan": "grant", "answer": "Datanya sudah dicetak."})
    assert "Datanya sudah dicetak." in text(client.get(page))
    assert "sudah dijawab" in text(client.post(answer, {"putusan": "refuse", "answer": "tidak"}))


def test_a_late_request_says_so(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    assert office.parts["request_id"] and timezone.now() > Request.objects.get(pk=office.parts["request_id"]).due_at
    assert "terlambat" in text(client.get(reverse("requests")))
    assert "sudah lewat" in text(client.get(reverse("request", kwargs={"request_id": office.parts["request_id"]})))


def test_what_is_held_is_shown_and_the_look_recorded(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    person = Person.objects.get(pk=office.parts["person_id"])
    address = reverse("request-data", kwargs={"request_id": office.parts["request_id"]})
    assert client.get(address).status_code == 302, "never by an address alone"
    assert person.name in text(client.post(address, {"bentuk": "cetak"}))
    answer = client.post(address, {"bentuk": "json"})
    assert "attachment" in answer["Content-Disposition"]
    assert json.loads(answer.content)["registry.Person"][0]["name"] == person.name
    looks = AuditEvent.objects.filter(deed="see_marks", subject=f"person:{person.pk}")
    assert [look.detail["purpose"] for look in looks] == ["person_asked"] * 2


def test_an_erasure_of_somebody_covered_cannot_be_granted(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    made = asked(client, office, "erasure")
    assert "masih terlindungi" in text(client.get(reverse("request", kwargs={"request_id": made.pk})))
    answer = reverse("request-answer", kwargs={"request_id": made.pk})
    assert "masih wajib disimpan" in text(client.post(answer, {"putusan": "grant", "answer": ""}))
    assert Request.objects.get(pk=made.pk).state == Request.OPEN


def test_the_record_of_processing_says_what_is_assumed(client: Client, office: Office) -> None:
    client.force_login(office.cast.auditor)
    page = text(client.get(reverse("processing")))
    assert "UU 27/2022 pasal 20" in page and "dianggap" in page
