"""What a page says when nothing is there yet, or when what was sent cannot be taken."""

from django.conf import settings
from django.test import Client
from django.urls import reverse
from stage import Office

from payung.office.access.roles import Role


def test_what_is_too_large_is_refused_in_words(client: Client, office: Office) -> None:
    body = b"username=" + b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    answer = client.post(reverse("sign-in"), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert "Belum ada yang berubah" in answer.content.decode()
    elsewhere = client.get(reverse("sign-in"), headers={"host": "lain.example"})
    assert (elsewhere.status_code, "Tidak dapat diterima" in elsewhere.content.decode()) == (400, True)


def test_an_empty_government_is_told_its_first_steps(client: Client, office: Office) -> None:
    client.force_login(office.strangers[Role.GOVERNMENT_ADMIN])
    assert reverse("agreement-new") in client.get(reverse("home")).content.decode().split("<main")[1]
    assert "Belum ada perjanjian" in client.get(reverse("list-upload")).content.decode()
    lists = client.get(reverse("lists")).content.decode()
    assert "Belum ada daftar pekerja." in lists
    assert "dengan saringan ini" not in lists
    client.force_login(office.cast.admin)
    assert "Belum ada perjanjian" not in client.get(reverse("list-upload")).content.decode()
