"""Paid in advance on the pages: reckoned month by month, made as a draft, approved by a second person, on paper."""

import pytest
from django.test import Client
from django.urls import reverse

from payung.office.billing.models import Bill, BillRun
from tests.doors.web.stage import Office, open_office, work_off
from tests.office.weavers import PER_HEAD, Weavers

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return open_office()


def test_from_the_month_page_to_a_bill_of_three_months(client: Client, office: Office) -> None:
    group = Weavers(cast=office.cast, people_from=40)
    client.force_login(office.cast.treasurer)
    assert reverse("bill-ahead") in client.get(reverse("bill-month")).content.decode()
    page = reverse("bill-ahead") + "?bulan=2022-10"
    assert "Disnaker" not in client.get(page).content.decode(), "the payer is named, not who looks after the group"
    asked = f"{page}&payer={group.unit_id}-{group.line.pk}&until=2022-12"
    seen = client.get(asked).content.decode()
    assert "Desember 2022" in seen and f"{9 * PER_HEAD:,}".replace(",", ".") in seen
    made = client.post(asked)
    work_off(office)
    run = BillRun.objects.get(until_month__isnull=False)
    assert reverse("bill-run", args=[run.pk]) in client.get(made["Location"]).content.decode()
    assert "Konsep tagihan di muka sampai Desember 2022" in client.get(reverse("bills")).content.decode()
    client.force_login(office.cast.admin)
    assert "Bayar di muka sampai Desember 2022" in client.get(reverse("waiting")).content.decode()
    draft = client.get(reverse("bill-run", args=[run.pk])).content.decode()
    assert "Bulan yang dibayar di muka" in draft and "November 2022" in draft
    client.post(reverse("bill-run-decide", args=[run.pk]), {"putusan": "approve"})
    bill = Bill.objects.get(run=run, state="final")
    shown = client.get(reverse("bill", args=[bill.pk])).content.decode()
    assert "dibayar di muka" in shown and "sampai Desember 2022" in shown
    assert client.get(reverse("bill-pdf", args=[bill.pk])).content.startswith(b"%PDF")
    assert "semua bulan sampai bulan itu sudah tertagih" in client.get(asked).content.decode()


def test_a_month_that_is_not_offered_makes_nothing(client: Client, office: Office) -> None:
    group = Weavers(cast=office.cast, people_from=40)
    client.force_login(office.cast.treasurer)
    page = f"{reverse('bill-ahead')}?bulan=2022-10&payer={group.unit_id}-{group.line.pk}&until=2030-01"
    assert client.post(page).status_code == 200
    assert not BillRun.objects.filter(until_month__isnull=False).exists()
