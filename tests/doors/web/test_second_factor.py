"""The second step at sign-in: added, asked for, used once, taken away, and required of some roles."""

import base64
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from payung.office.access.models import AuditEvent, RecoveryCode, SecondFactor
from payung.office.places.scope import as_user, seen_by_nobody
from tests.browser import PASSWORD
from tests.office.cast import Cast

FACTOR, CODE = "/akun/langkah-kedua", "/masuk/kode"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> dict[str, timedelta]:
    """Time that the test moves on: `clock["later"] = timedelta(...)`."""
    moved = {"later": timedelta()}
    real = timezone.now

    def now() -> datetime:
        return real() + moved["later"]

    monkeypatch.setattr(timezone, "now", now)
    return moved


def code_of(secret: str) -> str:
    """What the telephone shows now."""
    key = base64.b32decode(secret.replace(" ", ""))
    return TOTP(key, 6, SHA1(), 30).generate(timezone.now().timestamp()).decode()  # type: ignore[arg-type]  # the library takes the class it documents


def sign_in(client: Client, name: str = "treasurer", **extra: str) -> HttpResponse:
    return client.post(reverse("sign-in"), {"username": name, "password": PASSWORD, **extra})


def inside(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def add_factor(client: Client) -> tuple[str, list[str]]:
    """Secret and recovery codes, as the page showed them."""
    page = client.get(FACTOR).content.decode()
    secret = re.search(r'id="secret">([A-Z2-7 ]+)<', page)
    assert secret is not None
    assert "<svg" in page
    done = client.post(FACTOR, {"code": code_of(secret[1])}).content.decode()
    codes = re.findall(r"<code>([A-Z2-7-]{19})</code>", done)
    assert len(codes) == 10
    return secret[1], codes


def test_it_is_added_once_and_asked_for_from_then_on(client: Client, cast: Cast, clock: dict[str, timedelta]) -> None:
    sign_in(client)
    secret, _ = add_factor(client)
    assert inside(client)
    assert secret not in client.get(FACTOR).content.decode()
    clock["later"] = timedelta(minutes=1)
    other = Client()
    asked = sign_in(other, next="/galeri")
    assert "Kode masuk" in asked.content.decode()
    assert not inside(other)
    answer = other.post(CODE, {"code": code_of(secret), "next": "/galeri"})
    assert (answer.status_code, answer["Location"]) == (302, "/galeri")
    assert inside(other)
    assert AuditEvent.objects.filter(deed="add_second_factor", by=cast.treasurer).exists()


def test_a_code_is_good_once_and_for_its_moment(client: Client, cast: Cast, clock: dict[str, timedelta]) -> None:
    sign_in(client)
    secret, _ = add_factor(client)
    clock["later"] = timedelta(minutes=1)
    used, other = code_of(secret), Client()
    sign_in(other)
    assert other.post(CODE, {"code": used}).status_code == 302
    again = Client()
    sign_in(again)
    assert "tidak cocok atau sudah dipakai" in again.post(CODE, {"code": used}).content.decode()
    clock["later"] = timedelta(minutes=3)
    assert "tidak cocok" in again.post(CODE, {"code": used}).content.decode()
    assert not inside(again)
    assert again.post(CODE, {"code": code_of(secret)}).status_code == 302


def test_a_recovery_code_opens_once(client: Client, cast: Cast) -> None:
    sign_in(client)
    _, codes = add_factor(client)
    for wanted in (302, 200):
        other = Client()
        sign_in(other)
        assert other.post(CODE, {"code": codes[0].lower()}).status_code == wanted
    with as_user(cast.treasurer):
        assert RecoveryCode.objects.filter(used_at__isnull=True).count() == 9
        kept = "".join(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert codes[1].replace("-", "") not in kept


def test_guesses_at_the_code_wait_like_guesses_at_the_password(client: Client, cast: Cast) -> None:
    sign_in(client)
    secret, _ = add_factor(client)
    other = Client()
    sign_in(other)
    answers = [other.post(CODE, {"code": "000000"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    assert other.post(CODE, {"code": code_of(secret)}).status_code == 429


def test_without_a_right_password_a_moment_ago_there_is_no_second_step(
    client: Client, cast: Cast, clock: dict[str, timedelta]
) -> None:
    assert client.post(CODE, {"code": "123456"})["Location"] == reverse("sign-in")
    sign_in(client)
    secret, _ = add_factor(client)
    other = Client()
    sign_in(other)
    clock["later"] = timedelta(minutes=6)
    assert other.post(CODE, {"code": code_of(secret)})["Location"] == reverse("sign-in")
    assert not inside(other)


def test_what_was_typed_before_the_session_ended_survives_both_steps(
    client: Client, cast: Cast, clock: dict[str, timedelta]
) -> None:
    sign_in(client)
    secret, _ = add_factor(client)
    clock["later"] = timedelta(minutes=1)
    other = Client()
    assert 'name="carried" value="note=a%26b"' in sign_in(other, next="/keluar", carried="note=a%26b").content.decode()
    resumed = other.post(CODE, {"code": code_of(secret), "next": "/keluar", "carried": "note=a%26b"}).content.decode()
    assert '<input type="hidden" name="note" value="a&amp;b">' in resumed


def test_a_role_that_needs_it_opens_nothing_else_before(client: Client, cast: Cast, settings: Any) -> None:
    settings.PAYUNG_SECOND_FACTOR_ROLES = frozenset({"treasurer"})
    sign_in(client)
    answer = client.get(reverse("home"))
    assert (answer.status_code, answer["Location"]) == (302, FACTOR)
    assert client.post(reverse("people-search"), {"q": "x"})["Location"] == FACTOR
    assert "Peran Anda memerlukan" in client.get(FACTOR).content.decode()
    add_factor(client)
    assert client.get(reverse("home")).status_code == 200
    other = Client()
    sign_in(other, "auditor")
    assert other.get(reverse("home")).status_code == 200


def test_it_is_taken_away_with_the_password_only(client: Client, cast: Cast) -> None:
    sign_in(client)
    add_factor(client)
    assert "tidak cocok" in client.post(FACTOR + "/lepas", {"current": "salah"}).content.decode()
    assert client.post(FACTOR + "/lepas", {"current": PASSWORD}).status_code == 302
    assert sign_in(Client()).status_code == 302
    assert AuditEvent.objects.filter(deed="remove_second_factor").exists()


def test_secrets_are_sealed_and_nobody_elses(client: Client, cast: Cast) -> None:
    sign_in(client)
    secret, _ = add_factor(client)
    raw = base64.b32decode(secret.replace(" ", ""))
    with as_user(cast.treasurer), connection.cursor() as cursor:
        cursor.execute("SELECT secret_sealed FROM access_secondfactor")
        (kept,) = cursor.fetchone()
        assert raw not in bytes(kept)
        assert raw.hex().encode() not in bytes(kept)
    with as_user(cast.admin):
        assert (SecondFactor.objects.count(), RecoveryCode.objects.count()) == (0, 0)
    with seen_by_nobody():
        assert SecondFactor.objects.count() == 0
