"""Workers who pay themselves on the pages: opened, listed, paid at the counter, with a receipt."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from payung.office.agreements.models import BudgetLine
from payung.office.billing.models import Bill
from payung.office.enrolment.receiving import Heading
from tests.doors.web.stage import Office, open_office
from tests.office.cast import billed, enrol, people
from tests.office.weavers import OCTOBER, PER_HEAD, bpu_agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return open_office()


def test_one_worker_opens_is_listed_pays_and_takes_a_receipt_along(client: Client, office: Office) -> None:
    cast = office.cast
    client.force_login(cast.admin)
    page = reverse("self-payer-new")
    told = {"kind": "alone", "name": "", "number": "P-01", "first": "2022-10", "heads": 7}
    assert "Jangan memakai NIK" in client.post(page, {**told, "number": "3273060101800001"}).content.decode()
    assert "Tulis nama kelompoknya" in client.post(page, {**told, "kind": "group"}).content.decode()
    assert "sudah dipakai" in client.post(page, {**told, "number": "JJ000001"}).content.decode()
    made = client.post(page, told)
    line = BudgetLine.objects.get(fund__kind="self")
    assert made["Location"] == f"{reverse('list-upload')}?opd={line.opd_id}"
    client.force_login(cast.operator)
    assert f'value="{line.opd_id}" selected' in client.get(made["Location"]).content.decode()
    assert line.opd is not None
    upload = {"agreement": cast.agreement.pk, "opd": line.opd_id, "month": "2022-10", "kind": "complete"}
    refused = client.post(reverse("list-upload"), {**upload, "workbook": SimpleUploadedFile("a.csv", b"NAMA;NIK\n")})
    assert "memerlukan perjanjian BPU" in refused.content.decode()
    agreement = bpu_agreement(cast)
    assert f'value="{agreement.pk}" selected' in client.get(made["Location"]).content.decode()
    heading = Heading(agreement, line.opd, line, OCTOBER.first_day, "complete")
    enrol(cast, heading, people(1, first=60))
    (bill,) = billed(cast, OCTOBER)
    client.force_login(cast.treasurer)
    listed = client.get(reverse("self-payers") + "?bulan=2022-10").content.decode()
    assert "Peserta perorangan P-01" in listed and reverse("bill", args=[bill.pk]) in listed
    shown = client.get(reverse("bill", args=[bill.pk])).content.decode()
    assert '<th scope="col">OPD' not in shown and "Pembayar" in shown
    paid = {"amount": str(PER_HEAD), "paid_on": "2022-10-05", "reference": "TUNAI-1"}
    client.post(reverse("bill-pay", args=[bill.pk]), paid)
    payment = Bill.objects.get(pk=bill.pk).payment_set.get()
    paper = client.get(reverse("receipt-pdf", kwargs={"receipt_id": payment.receipt_id}))
    assert paper.content.startswith(b"%PDF")
    assert "Okt 2022" in client.get(reverse("self-payers") + "?bulan=2022-10").content.decode()
