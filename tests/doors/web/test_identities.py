"""The pages of identity: asked, answered, merged by two people, found by the other name."""

from django.test import Client
from django.urls import reverse
from stage import Office

from payung.office.access.models import AuditEvent, User
from payung.office.places.scope import whole_government
from payung.office.registry.models import Alias, Judgement, Merge
from tests.browser import PASSWORD


def signed_in(user: User) -> Client:
    client = Client()
    assert client.login(username=user.username, password=PASSWORD)
    return client


def test_a_question_is_answered_and_leaves_the_queue(office: Office) -> None:
    client, row_id = signed_in(office.cast.operator), office.parts["row_id"]
    page = reverse("identity-row", args=[row_id])
    assert page in client.get(reverse("identities")).content.decode()
    shown = client.get(page).content.decode()
    assert "Ya, orang yang sama" in shown and "Bukan, orang baru" not in shown  # its NIK cannot be read
    client.post(reverse("identity-row-answer", args=[row_id]), {"jawaban": "later"})
    with whole_government(office.cast.government):
        assert Judgement.objects.get(row_id=row_id).answer == "later"
    assert page not in client.get(reverse("identities")).content.decode()
    assert page in client.get(reverse("identities") + "?keadaan=later").content.decode()


def test_whole_numbers_are_a_recorded_look(office: Office) -> None:
    client, row_id = signed_in(office.cast.operator), office.parts["row_id"]
    client.post(reverse("identity-row-marks", args=[row_id]))
    with whole_government(office.cast.government):
        assert AuditEvent.objects.filter(deed="see_marks", subject=f"row:{row_id}").exists()


def test_two_become_one_by_two_people_and_are_taken_apart_again(office: Office) -> None:
    maker, checker = signed_in(office.cast.operator), signed_in(office.cast.admin)
    asked = maker.post(reverse("identity-twins-answer", args=[office.parts["pair_id"]]), {"jawaban": "same"})
    with whole_government(office.cast.government):
        made = Merge.objects.latest("pk")
    assert asked["Location"] == reverse("merge", args=[made.pk])
    decide = reverse("merge-decide", args=[made.pk])
    assert maker.post(decide, {"putusan": "approve"}).status_code == 403
    checker.post(decide, {"putusan": "approve"})
    with whole_government(office.cast.government):
        assert Alias.objects.get().survivor_id == made.surviving_id
    led = checker.get(reverse("person", args=[made.absorbed_id]))
    assert led["Location"] == reverse("person", args=[made.surviving_id])
    assert "Juga tercatat sebagai" in checker.get(led["Location"]).content.decode()
    maker.post(reverse("merge-undo", args=[made.pk]))
    checker.post(decide, {"putusan": "approve"})
    with whole_government(office.cast.government):
        assert not Alias.objects.exists()
