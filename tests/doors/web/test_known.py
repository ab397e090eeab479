"""The date on which a page is asked to know: the dashboard, a count and a person, with a banner that says so."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from stage import Office


def shown(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_pages_answer_as_known_on_a_day_and_say_so(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    person = reverse("person", kwargs={"person_id": office.parts["person_id"]})
    for address in (reverse("home") + "?bulan=2022-10", reverse("counted") + "?bulan=2022-10", person + "?"):
        assert 'id="then"' not in shown(client, address)
        then = shown(client, address + "&diketahui=2022-10-02")
        assert "Seperti diketahui pada 2 Okt 2022" in then
        assert "Kembali ke keadaan sekarang" in then
    assert "SINTETIS" in shown(client, reverse("counted") + "?bulan=2022-10&diketahui=2022-10-03")
    assert "SINTETIS" not in shown(client, reverse("counted") + "?bulan=2022-10&diketahui=2022-10-02")
    assert "belum pernah masuk daftar" in shown(client, person + "?hari=2022-10-20&diketahui=2022-10-02")
    assert "belum pernah masuk daftar" not in shown(client, person + "?hari=2022-10-20&diketahui=2022-10-03")


def test_today_later_days_and_what_is_no_day_are_now(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    tomorrow = timezone.localdate() + timedelta(days=1)
    for text in (timezone.localdate().isoformat(), tomorrow.isoformat(), "9999-12-31", "kemarin", ""):
        assert 'id="then"' not in shown(client, reverse("home") + f"?diketahui={text}")


def test_the_date_is_kept_from_the_count_to_the_person(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    page = shown(client, reverse("counted") + "?bulan=2022-10&diketahui=2022-10-03")
    assert f"/peserta/{office.parts['person_id']}?diketahui=2022-10-03" in page
    assert "diketahui=2022-10-03" in shown(client, reverse("home") + "?bulan=2022-10&diketahui=2022-10-03")
