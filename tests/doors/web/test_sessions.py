"""Guessing is slow, passwords are good, and sessions end."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from payung.office.access import lockout
from payung.office.access.actions import add_user
from payung.office.access.models import AuditEvent, SignInFailures
from payung.office.access.roles import Role
from tests.browser import PASSWORD
from tests.office.cast import AT, Cast

NEW = "kuda-lumping-naik-becak"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> dict[str, timedelta]:
    """Time that the test moves on: `clock["later"] = timedelta(...)`."""
    moved = {"later": timedelta()}
    real = timezone.now

    def now() -> datetime:
        return real() + moved["later"]

    monkeypatch.setattr(timezone, "now", now)
    return moved


def sign_in(client: Client, name: str, password: str = "salah", **extra: Any) -> HttpResponse:
    return client.post(reverse("sign-in"), {"username": name, "password": password}, **extra)


def inside(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


@pytest.mark.parametrize("name", ["treasurer", "tidak-ada"])
def test_a_name_waits_longer_with_each_failure_whether_or_not_it_exists(
    client: Client, cast: Cast, clock: dict[str, timedelta], name: str
) -> None:
    answers = [sign_in(client, name) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    locked = sign_in(client, name, PASSWORD)
    assert (locked.status_code, inside(client)) == (429, False)
    assert "Tunggu 1 menit" in locked.content.decode()
    clock["later"] = timedelta(minutes=1, seconds=1)
    assert sign_in(client, name).status_code == 200
    assert "Tunggu 2 menit" in sign_in(client, name).content.decode()
    clock["later"] += timedelta(minutes=2)
    assert sign_in(client, name, PASSWORD).status_code == (302 if name == "treasurer" else 200)


def test_signing_in_forgets_the_failures_and_tells_them(client: Client, cast: Cast) -> None:
    for _ in range(3):
        sign_in(client, "Treasurer")
    assert sign_in(client, "treasurer", PASSWORD).status_code == 302
    assert AuditEvent.objects.get(deed="sign_in").detail == {"failed_before": 3}
    assert set(SignInFailures.objects.values_list("failures", flat=True)) == {3}  # the address keeps its own
    assert SignInFailures.objects.count() == 1


def test_an_address_that_tries_many_names_waits_too(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = lockout.Patience(4, timedelta(minutes=1), timedelta(hours=1))
    monkeypatch.setitem(lockout.PATIENCE, "address", quick)
    for number in range(4):
        sign_in(client, f"orang-{number}", REMOTE_ADDR="10.0.0.9")
    assert sign_in(client, "auditor", PASSWORD, REMOTE_ADDR="10.0.0.9").status_code == 429
    assert sign_in(client, "auditor", PASSWORD, REMOTE_ADDR="10.0.0.10").status_code == 302


def test_an_address_is_believed_only_from_our_own_proxies(client: Client, cast: Cast, settings: Any) -> None:
    sign_in(client, "auditor", PASSWORD, HTTP_X_FORWARDED_FOR="1.2.3.4")
    settings.PAYUNG_PROXIES = 1
    sign_in(Client(), "auditor", PASSWORD, HTTP_X_FORWARDED_FOR="6.6.6.6, 1.2.3.4")
    origins = list(AuditEvent.objects.filter(deed="sign_in").order_by("pk").values_list("origin", flat=True))
    assert origins == ["web 127.0.0.1", "web 1.2.3.4"]


def test_locks_are_recorded_without_the_name_and_forgotten_after_a_day(
    client: Client, cast: Cast, clock: dict[str, timedelta]
) -> None:
    for _ in range(6):
        sign_in(client, "treasurer")
    kept = [*SignInFailures.objects.values_list("key", flat=True)]
    assert len(kept) == 2
    assert not any("treasurer" in key for key in kept)
    clock["later"] = timedelta(days=1, hours=1)
    sign_in(client, "treasurer")
    assert set(SignInFailures.objects.values_list("failures", flat=True)) == {1}


@pytest.mark.parametrize("weak", ["pendek-1", "password1234", "123456789012345", "bendahara.kota"])
def test_weak_passwords_are_refused_everywhere(cast: Cast, weak: str) -> None:
    with pytest.raises(ValidationError):
        add_user(username="bendahara.kota", full_name="B", role=Role.TREASURER, password=weak, by=None, at=AT)


def test_a_changed_password_ends_the_other_sessions_and_renews_this_one(client: Client, cast: Cast) -> None:
    other = Client()
    for one in (client, other):
        sign_in(one, "auditor", PASSWORD)
    before = client.session.session_key
    fields = {"current": PASSWORD, "new": NEW, "repeated": NEW}
    assert "sudah diubah" in client.post(reverse("password"), fields).content.decode()
    assert (inside(client), inside(other)) == (True, False)
    assert client.session.session_key != before
    assert AuditEvent.objects.filter(deed="change_password", by=cast.auditor).exists()
    assert sign_in(Client(), "auditor", PASSWORD).status_code == 200
    assert sign_in(Client(), "auditor", NEW).status_code == 302


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"current": "salah"}, "sekarang tidak cocok"),
        ({"repeated": "lain"}, "tidak sama"),
        ({"new": "pendek", "repeated": "pendek"}, "12"),
    ],
)
def test_a_password_is_not_changed_unless_all_is_right(
    client: Client, cast: Cast, change: dict[str, str], said: str
) -> None:
    sign_in(client, "auditor", PASSWORD)
    answer = client.post(reverse("password"), {"current": PASSWORD, "new": NEW, "repeated": NEW} | change)
    assert said in answer.content.decode()
    assert sign_in(Client(), "auditor", PASSWORD).status_code == 302


def test_an_idle_session_ends_and_an_active_one_ends_after_the_day(
    client: Client, cast: Cast, clock: dict[str, timedelta], settings: Any
) -> None:
    sign_in(client, "auditor", PASSWORD)
    for _ in range(3):
        clock["later"] += timedelta(minutes=20)
        assert inside(client)
    clock["later"] += timedelta(minutes=31)
    assert not inside(client)
    sign_in(client, "auditor", PASSWORD)
    settings.PAYUNG_SESSION_HOURS = 1
    for _ in range(2):
        clock["later"] += timedelta(minutes=25)
        assert inside(client)
    clock["later"] += timedelta(minutes=25)
    assert not inside(client)


def test_a_page_that_asks_for_itself_keeps_no_session_alive(
    client: Client, cast: Cast, clock: dict[str, timedelta]
) -> None:
    sign_in(client, "auditor", PASSWORD)
    clock["later"] = timedelta(minutes=20)
    client.get(reverse("account"), headers={"HX-Request": "true"})
    clock["later"] = timedelta(minutes=31)
    assert not inside(client)


def test_signing_in_gives_the_session_a_new_key(client: Client, cast: Cast) -> None:
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    sign_in(client, "auditor", PASSWORD)
    assert client.session.session_key != before


@pytest.mark.parametrize("https", ["", "1"])
def test_over_https_cookies_are_sent_over_https_alone(https: str) -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS")
    script = f"from payung.doors import settings; print(*(bool(getattr(settings, name)) for name in {names}))"
    environment = {**os.environ, "PAYUNG_HTTPS": https}
    told = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.split() == [str(bool(https))] * 3
