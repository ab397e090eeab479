"""A family without an account tells of a death; an officer finds whom it is about. No personal data comes back."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from stage import Office

from payung.office.claims import family
from payung.office.claims.models import Case, FamilyReport
from payung.office.registry.models import Person

pytestmark = pytest.mark.django_db


def told(office: Office, name: str, **other: str) -> dict[str, object]:
    return {
        "government": office.cast.government.pk, "event": "death", "name": name, "on": "2022-10-04",
        "reporter": "SINTETIS ISTRI", "phone": "0812 0000 0000", **other,
    }  # fmt: skip


def test_the_answer_is_a_reference_and_the_same_for_a_member_and_a_stranger(office: Office) -> None:
    stranger, known = Client(), Person.objects.get(pk=office.parts["person_id"])
    assert "Siapa namanya?" in stranger.get(reverse("family-report")).content.decode()
    answers = []
    for name in (known.name, "TIDAK DIKENAL"):
        page = stranger.post(reverse("family-report"), told(office, name)).content.decode()
        reference = FamilyReport.objects.latest("pk").reference
        assert reference in page and name not in page and "SINTETIS ISTRI" not in page and "0812" not in page
        answers.append(re.sub(r'value="\w{64}"', "", page.replace(reference, "")))  # the form's token differs always
    assert answers[0] == answers[1]


def test_what_cannot_be_is_said_and_nothing_is_kept(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger, before = Client(), FamilyReport.objects.count()
    wrong = told(office, "X", on="2099-01-01", nik="123", phone="12")
    page = stranger.post(reverse("family-report"), wrong).content.decode()
    assert "belum tiba" in page and "NIK ada 16 angka" in page and "0812 0000 0000" in page
    monkeypatch.setitem(family.MOST_AN_HOUR, "address", 0)
    response = stranger.post(reverse("family-report"), told(office, "X"))
    assert response.status_code == 429 and "Terlalu banyak" in response.content.decode()
    assert FamilyReport.objects.count() == before


def test_an_officer_finds_the_person_and_the_case_is_proposed(client: Client, office: Office) -> None:
    person = Person.objects.get(pk=office.parts["person_id"])
    Client().post(reverse("family-report"), told(office, person.name, place="Desa Contoh"))
    report = FamilyReport.objects.latest("pk")
    part = {"report_id": report.pk}
    client.force_login(office.cast.operator)
    assert report.reference in client.get(reverse("family-reports")).content.decode()
    page = client.post(reverse("family-report-one", kwargs=part)).content.decode()
    assert person.name in page and "0812 0000 0000" in page
    match = reverse("family-report-match", kwargs=part | {"person_id": person.pk})
    assert match in page
    made = client.post(match)
    case = Case.objects.get(person=person, event_on=date(2022, 10, 4))
    assert (made["Location"], case.source, case.state) == (
        reverse("claim", kwargs={"case_id": case.pk}), "family", "proposed",
    )  # fmt: skip
    assert client.post(reverse("family-report-aside", kwargs=part), {"reason": "known"}).status_code == 404
    second = {"report_id": office.parts["report_id"]}
    assert client.post(reverse("family-report-aside", kwargs=second), {"reason": "x"}).status_code == 404
    client.post(reverse("family-report-aside", kwargs=second), {"reason": "prank"})
    assert FamilyReport.objects.get(pk=second["report_id"]).told_sealed is None
