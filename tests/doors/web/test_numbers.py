"""The five numbers on their pages: what a number says is what its list holds, and minutes come out as papers."""

import re
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from stage import Office, work_off

from payung.office.places.scope import whole_government
from payung.office.reports.models import CountedMonth, Minutes

OCTOBER = {"bulan": "2022-10"}
LINK = re.compile(r'<a class="count" href="([^"]+)">([+-]?[\d.]+)</a>')


def test_every_number_and_every_reason_opens_to_as_many_as_it_says(client: Client, office: Office) -> None:
    client.force_login(office.cast.treasurer)
    page = client.get(reverse("numbers"), OCTOBER).content.decode()
    found = [(address, int(text.lstrip("+-").replace(".", ""))) for address, text in LINK.findall(page)]
    opening = [(address.replace("&amp;", "&"), count) for address, count in found if address.startswith("/lima")]
    assert len(opening) >= 3 and any("baris=" in address for address, _ in opening)
    for address, count in opening:
        assert f'data-listed="{count}"' in client.get(address).content.decode(), address
        book = load_workbook(BytesIO(client.get(f"{address}&unduh=xlsx").content)).worksheets[0]
        assert book.max_row - 3 == count, address


@pytest.mark.django_db(transaction=True, databases=["default", "progress"])
def test_counting_is_a_job_of_whoever_may(client: Client, office: Office) -> None:
    asked = {"dari": "2022-10", "sampai": "2022-11"}
    client.force_login(office.cast.operator)
    assert client.post(reverse("numbers-count"), asked).status_code == 403
    client.force_login(office.cast.treasurer)
    assert client.post(reverse("numbers-count"), {"dari": "x"}).status_code == 302
    client.post(reverse("numbers-count"), asked)
    job = work_off(office, kind="count_months")
    with whole_government(office.cast.government):
        assert CountedMonth.objects.count() == 2
    assert "Lihat lima angka" in client.get(reverse("job", kwargs={"job_id": job.pk})).content.decode()


def test_minutes_are_papers_for_whom_the_whole_government_is_open(client: Client, office: Office) -> None:
    client.force_login(office.cast.treasurer)
    client.post(reverse("minutes-new"), {"dari": "2022-10", "sampai": "2022-10"})
    with whole_government(office.cast.government):
        one = Minutes.objects.latest("pk")
    paper = client.get(reverse("minutes-pdf", kwargs={"minutes_id": one.pk}))
    assert paper.content.startswith(b"%PDF")
    assert one.sha256[:16] in client.get(reverse("minutes")).content.decode()
    client.force_login(office.narrow)
    assert client.get(reverse("minutes-pdf", kwargs={"minutes_id": one.pk})).status_code == 302


@pytest.mark.parametrize(
    "asked", [{"bulan": "x"}, {"tahun": "2022"}, {"bulan": "2022-10", "opd": "y"}, {"tahun": "99"}]
)
def test_what_cannot_be_read_is_not_asked(client: Client, office: Office, asked: dict[str, str]) -> None:
    client.force_login(office.cast.treasurer)
    assert client.get(reverse("numbers"), asked).status_code == 200
