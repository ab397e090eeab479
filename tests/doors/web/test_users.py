"""The page of users, and what a new user meets first."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from stage import Office

from payung.office.access.models import User
from payung.office.access.roles import Role
from payung.office.places.scope import seen_by

pytestmark = pytest.mark.django_db
TEMPORARY = re.compile(r"\b[a-z2-9]{4}(?:-[a-z2-9]{4}){3}\b")
NEW = {"full_name": "Siti Rahma", "username": "siti.rahma", "role": "opd_operator", "kind": "opd"}
OWN_PASSWORD = "payung-besar-di-hujan"


def text(response: Any) -> str:
    return str(response.content.decode())


def add(client: Client, office: Office, **told: str) -> str:
    """The temporary password of a new operator."""
    page = text(client.post(reverse("user-new"), {**NEW, "opd": str(office.cast.works.pk), **told}))
    found = TEMPORARY.search(page)
    assert found, page
    return found[0]


def address(user: User, name: str = "user") -> str:
    return reverse(name, kwargs={"user_id": user.pk})


def test_a_new_user_signs_in_changes_the_password_and_only_then_works(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    password = add(client, office)
    user = User.objects.get(username="siti.rahma")
    assert password not in text(client.get(address(user)))
    assert "kata sandi sementara" in text(client.get(reverse("users")))
    new = Client()
    new.post(reverse("sign-in"), {"username": "siti.rahma", "password": password})
    for name in ("home", "lists", "account", "second-factor", "people"):
        answer = new.get(reverse(name))
        assert (answer.status_code, answer["Location"]) == (302, reverse("password")), name
    assert "Kata sandi Anda dibuatkan admin" in text(new.get(reverse("password")))
    new.post(reverse("password"), {"current": password, "new": OWN_PASSWORD, "repeated": OWN_PASSWORD})
    page = text(new.get(reverse("lists")))
    assert "daftar.xlsx" in page and "dinkes.xlsx" not in page


def test_a_deactivated_user_is_out_at_once_and_in_again(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    theirs = Client()
    theirs.force_login(office.narrow)
    assert theirs.get(reverse("lists")).status_code == 200
    client.post(address(office.narrow, "user-active"), {"aktif": "0"})
    assert theirs.get(reverse("lists")).status_code == 302
    assert "nonaktif" in text(client.get(address(office.narrow)))
    client.post(address(office.narrow, "user-active"), {"aktif": "1"})
    theirs.force_login(office.narrow)
    assert theirs.get(reverse("lists")).status_code == 200


def test_a_role_and_an_area_change_what_is_seen(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    theirs = Client()
    theirs.force_login(office.narrow)
    client.post(address(office.narrow, "user-area"), {"kind": "opd", "opd": str(office.cast.health.pk)})
    assert "dinkes.xlsx" in text(theirs.get(reverse("lists")))
    client.post(address(office.narrow, "user-role"), {"role": "head_of_region"})
    assert theirs.get(reverse("lists")).status_code == 403
    assert theirs.get(reverse("home")).status_code == 200


def test_a_new_password_is_shown_once_and_the_old_session_ends(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    theirs = Client()
    theirs.force_login(office.narrow)
    page = text(client.post(address(office.narrow, "user-password")))
    assert TEMPORARY.search(page)
    assert theirs.get(reverse("lists")).status_code == 302
    assert not TEMPORARY.search(text(client.get(address(office.narrow))))


@pytest.mark.parametrize(
    ("name", "fields"),
    [("user-role", {"role": "auditor"}), ("user-active", {"aktif": "0"}), ("user-password", {}), ("user-factor", {})],
)
def test_the_own_account_is_refused_in_words(client: Client, office: Office, name: str, fields: Any) -> None:
    client.force_login(office.cast.admin)
    assert "akun Anda sendiri" in text(client.post(address(office.cast.admin, name), fields))
    before = User.objects.get(pk=office.cast.admin.pk)
    assert (before.role, before.is_active, before.password) == (
        office.cast.admin.role, True, office.cast.admin.password,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"username": "Siti Rahma"}, "Pakai 3 sampai 40"),
        ({"username": "auditor"}, "sudah dipakai"),
        ({"opd": ""}, "Pilih OPD-nya."),
        ({"kind": "village", "village": ""}, "Pilih kecamatan atau"),
        ({"kind": "village", "village": "32.74.01"}, "32.74.01"),
        ({"role": "king"}, "king"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(client: Client, office: Office, told: Any, said: str) -> None:
    client.force_login(office.cast.admin)
    page = text(client.post(reverse("user-new"), {**NEW, "opd": str(office.cast.works.pk), **told}))
    assert said in page and 'class="error"' in page
    assert not User.objects.filter(full_name="Siti Rahma").exists()


def test_a_village_officer_is_added_for_a_desa(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    add(client, office, role="village_officer", kind="village", village="32.73.06.1001")
    user = User.objects.get(username="siti.rahma")
    with seen_by(user) as area:
        assert area.villages == ("32.73.06.1001",)
    assert "Kecamatan" in text(client.get(address(user)))


def test_every_role_has_a_first_page_with_a_next_step(client: Client, office: Office) -> None:
    for role in Role:
        client.force_login(User.objects.get(username=role.value))
        answer = client.get(reverse("home"))
        assert answer.status_code == 200, role
        if role is Role.SPONSOR:
            page = text(answer)
            assert "Anda masuk sebagai ASN penanggung." in page
            assert reverse("account") in page and "government_admin" in page
