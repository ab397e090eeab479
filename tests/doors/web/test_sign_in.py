"""In and out, the language, and what a stranger or the wrong role meets."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from payung.doors.web.rights import RIGHTS, Open, page
from payung.doors.web.views.errors import broken
from payung.doors.world import logins
from payung.office.access.actions import add_user
from payung.office.access.models import AuditEvent, User
from payung.office.access.roles import Role
from payung.office.places.scope import whole_government
from tests.browser import PASSWORD
from tests.office.cast import AT, Cast

OF_THE_LAW = {"law", "law-doubts", "law-changes", "law-table", "contribution", "family", "family-paper", "robots"}
"""The law is for everybody, and holds nobody's data."""
WITHOUT_ACCOUNT = {"family-report", "ranking-public", "health"}
"""What a family tells, the ranking that an office shows, and whether the site works: nobody's data comes back."""


def sign_in(client: Client, **fields: str) -> HttpResponse:
    return client.post(reverse("sign-in"), fields)


def test_name_and_password_lead_to_the_wanted_page_and_are_recorded(client: Client, cast: Cast) -> None:
    answer = sign_in(client, username="treasurer", password=PASSWORD, next="/galeri")
    assert (answer.status_code, answer["Location"]) == (302, "/galeri")
    assert client.get("/galeri").status_code == 200
    signed_in = AuditEvent.objects.get(deed="sign_in")
    assert signed_in.by == cast.treasurer


@pytest.mark.parametrize("fields", [{"username": "treasurer", "password": "salah"}, {"username": "x", "password": "y"}])
def test_a_wrong_name_and_a_wrong_password_are_answered_alike(
    client: Client, cast: Cast, fields: dict[str, str]
) -> None:
    answer = sign_in(client, **fields)
    assert "tidak cocok" in answer.content.decode()
    assert client.get("/galeri").status_code == 302


def test_a_user_who_left_stays_out(client: Client, cast: Cast) -> None:
    auditor = cast.auditor
    auditor.is_active = False
    auditor.save()
    assert "tidak cocok" in sign_in(client, username="auditor", password=PASSWORD).content.decode()


def test_a_demonstration_tells_its_log_ins_and_nobody_elses(client: Client, cast: Cast, settings: Any) -> None:
    name, full_name, role = logins.SERVANT
    add_user(username=name, full_name=full_name, role=role, password=logins.PASSWORD, by=None, at=AT)
    told = f"<b>{name}</b>"
    assert told not in client.get(reverse("sign-in")).content.decode()
    settings.PAYUNG_DEMO = True
    shown = client.get(reverse("sign-in")).content.decode()
    assert told in shown and logins.PASSWORD in shown
    assert "treasurer" not in shown
    with whole_government(cast.government):
        User.objects.filter(username=name).update(is_active=False)
    assert logins.PASSWORD not in client.get(reverse("sign-in")).content.decode()


def test_nobody_is_led_to_another_site(client: Client, cast: Cast) -> None:
    answer = sign_in(client, username="treasurer", password=PASSWORD, next="https://example.org/")
    assert answer["Location"] == reverse("home")


def test_what_was_typed_when_the_session_ended_is_offered_again(client: Client, cast: Cast) -> None:
    asked = client.post(reverse("sign-out"), {"note": "baris 48 & 49", "note2": ""})
    assert asked.status_code == 403
    page_shown = asked.content.decode()
    assert "Sesi Anda sudah berakhir" in page_shown
    carried = page_shown.split('name="carried" value="')[1].split('"')[0].replace("&amp;", "&")
    answer = sign_in(client, username="treasurer", password=PASSWORD, next="/keluar", carried=carried)
    resumed = answer.content.decode()
    assert 'action="/keluar"' in resumed
    assert '<input type="hidden" name="note" value="baris 48 &amp; 49">' in resumed
    assert '<input type="hidden" name="note2" value="">' in resumed


def test_signing_out_ends_the_session(client: Client, cast: Cast) -> None:
    client.force_login(cast.auditor)
    client.post(reverse("sign-out"))
    assert client.get("/galeri").status_code == 302
    assert AuditEvent.objects.filter(deed="sign_out").exists()


def test_the_language_is_kept_on_the_user_and_in_a_cookie(client: Client, cast: Cast) -> None:
    client.post(reverse("language"), {"language": "en", "next": "/masuk"})
    assert '<html lang="en">' in client.get("/masuk").content.decode()
    client.force_login(cast.auditor)
    assert '<html lang="id">' in client.get("/galeri").content.decode()
    client.post(reverse("language"), {"language": "en", "next": "/galeri"})
    assert "Gallery of components" in client.get("/galeri").content.decode()
    assert client.post(reverse("language"), {"language": "xx"}).status_code == 400


def test_every_address_has_a_line_in_the_table_of_rights() -> None:
    assert {pattern.name for pattern in get_resolver().url_patterns} == set(RIGHTS)
    open_to_all = {name for name, right in RIGHTS.items() if right is Open.TO_ALL}
    assert open_to_all == {"sign-in", "sign-in-code", "language", *OF_THE_LAW, *WITHOUT_ACCOUNT}


def test_a_page_is_in_the_table_once() -> None:
    with pytest.raises(ValueError, match="two pages"):
        page("lain", lambda request: HttpResponse(), name="sign-in", needs=Open.TO_ALL)


def test_a_user_without_an_area_is_told_whom_to_ask(client: Client, cast: Cast) -> None:
    client.force_login(
        add_user(username="tanpa", full_name="Tanpa", role=Role.AUDITOR, password=PASSWORD, by=None, at=AT)
    )
    answer = client.get(reverse("home"))
    assert answer.status_code == 403
    assert "belum diberi wilayah kerja" in answer.content.decode()


def test_an_old_form_says_what_to_do(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("sign-in"), {"username": "auditor", "password": PASSWORD})
    assert answer.status_code == 403
    assert "muat ulang" in answer.content.decode()


def test_an_unknown_address_is_a_page_of_ours(client: Client, cast: Cast) -> None:
    client.force_login(cast.auditor)
    answer = client.get("/tidak-ada")
    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.content.decode()


def test_a_fault_of_ours_is_said_plainly_and_asks_no_database(rf: RequestFactory) -> None:
    answer = broken(rf.get("/"))
    assert answer.status_code == 500
    assert "Ada gangguan di pihak kami" in answer.content.decode()


def test_every_answer_carries_the_guarding_headers(client: Client, cast: Cast) -> None:
    headers = client.get(reverse("sign-in")).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
