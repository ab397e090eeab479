"""Money on the pages: a statement uploaded, what waits looked at and used, returned by two people; the books closed."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from payung.doors.world.bank_formats import as_mt940
from payung.office.access.models import AuditEvent
from payung.office.agreements.models import Agreement
from payung.office.billing.models import Bill, Payment
from payung.office.billing.receipt_models import Receipt, Refund
from payung.office.billing.receipts import outstanding
from payung.office.ledger.queries import closed_through
from payung.office.places.scope import whole_government
from payung.rules.months import Month
from tests.doors.web.stage import Office, open_office, work_off
from tests.office.cast import drafted, enrol, people
from tests.office.test_statements import out, told

pytestmark = pytest.mark.django_db
MARK = re.compile(r"\b\d{16}\b")


@pytest.fixture
def office() -> Office:
    return open_office()


def shown(client: Client, name: str, **parts: int) -> str:
    return client.get(reverse(name, kwargs=parts), follow=True).content.decode()


def asked(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def told_in(workbook: bytes) -> str:
    """Every cell of a workbook as one text."""
    cells = load_workbook(BytesIO(workbook)).worksheets[0].iter_rows(values_only=True)
    return "\n".join(str(cell) for row in cells for cell in row)


def test_from_the_banks_file_to_a_refund_by_two_people(client: Client, office: Office) -> None:
    client.force_login(office.cast.treasurer)
    bill = Bill.objects.get(pk=office.parts["bill_id"])
    content = as_mt940(told(out(1, outstanding(bill) + 7_000, f"iuran {bill.number}"), out(2, 3_000, "setoran tunai")))
    file = SimpleUploadedFile("mutasi.sta", content)
    made = client.post(reverse("statement-upload"), {"workbook": file, "pays": "out"})
    work_off(office)
    assert "2 pembayaran baru, 0 langsung melunasi" in client.get(made["Location"]).content.decode()
    (statement,) = re.findall(r'href="([^"]*rekening=\d+)">2</a>', shown(client, "money"))
    listed = client.get(statement.replace("&amp;", "&")).content.decode()
    assert "Hanya dari rekening koran mutasi.sta" in listed and listed.count('<th scope="row"') == 2
    listed = shown(client, "receipts")
    assert "menyebut tagihan ini, uangnya lebih" in listed and "tidak ada usulan" in listed
    known, unknown = Receipt.objects.filter(from_bank=True).order_by("pk")
    page = {"receipt_id": known.pk}
    client.post(reverse("receipt-accept", kwargs=page), {"usulan": "lain"})
    assert outstanding(bill) > 0, "a guess that is not the one shown is not taken"
    client.post(reverse("receipt-accept", kwargs=page), {"usulan": str(((bill.pk, outstanding(bill)),))})
    assert outstanding(bill) == 0
    client.post(reverse("receipt-hold", kwargs=page), {"unit": bill.unit_id, "reason": "unitnya"})
    assert "7.000" in shown(client, "receipts") + client.get(reverse("receipts") + "?jenis=credit").content.decode()
    back = {"receipt_id": unknown.pk}
    asked = {"amount": "3.000", "returned_on": "2022-11-20", "reference": "RETUR-1", "reason": "salah kirim"}
    client.post(reverse("receipt-refund", kwargs=back), asked)
    refund = Refund.objects.get()
    decided = {"pengembalian": refund.pk, "putusan": "approve"}
    assert client.post(reverse("receipt-refund-decide", kwargs=back), decided).status_code == 403
    client.force_login(office.cast.admin)
    assert "Pengembalian Rp3.000" in shown(client, "waiting")
    client.post(reverse("receipt-refund-decide", kwargs=back), decided)
    assert Refund.objects.get().booked_at is not None
    assert "disetujui dan dibukukan" in shown(client, "receipt", **back)


def test_a_payment_to_the_wrong_bill_is_taken_back_with_a_reason(client: Client, office: Office) -> None:
    client.force_login(office.cast.treasurer)
    payment = Payment.objects.get()
    address = reverse("receipt-take-back", kwargs={"receipt_id": payment.receipt_id})
    assert "Tuliskan alasannya" in client.post(address, {"baris": payment.pk}).content.decode()
    client.post(address, {"baris": payment.pk, "comment": "salah tagihan"})
    assert "salah tagihan" in shown(client, "receipt", receipt_id=payment.receipt_id)
    settle = {"bill": payment.bill_id, "amount": "10.001"}
    asked = client.post(reverse("receipt-settle", kwargs={"receipt_id": payment.receipt_id}), settle)
    assert "tidak sebanyak itu" in asked.content.decode() and 'value="10.001"' in asked.content.decode()


def test_a_broken_statement_is_refused_in_a_sentence(client: Client, office: Office) -> None:
    client.force_login(office.cast.treasurer)
    file = SimpleUploadedFile("x.xml", b"<Document/>")
    made = client.post(reverse("statement-upload"), {"workbook": file, "pays": "out"})
    work_off(office)
    assert "bukan rekening koran yang dikenal" in client.get(made["Location"]).content.decode()


def test_the_books_are_shown_closed_and_taken_along(client: Client, office: Office) -> None:
    client.force_login(office.cast.treasurer)
    book = shown(client, "ledger")
    assert "utang:bpjs:JKK" in book
    for account in re.findall(r"\?nomor=(\d+)", book):
        page = client.get(reverse("ledger-account"), {"nomor": account}).content.decode()
        assert re.search(r'<th scope="row"><a href="/(tagihan|uang|klaim)', page), "each entry opens what it books"
    assert client.get(reverse("ledger-account"), {"nomor": account, "unduh": "xlsx"}).content[:2] == b"PK"
    assert b'option "operating_currency" "IDR"' in client.get(reverse("ledger-text")).content
    for day, said in (
        ("2999-01-01", "belum lewat"),
        ("2022-12-31", "Buku ditutup sampai"),
        ("2022-12-01", "sudah ditutup"),
    ):
        assert said in client.post(reverse("ledger-close"), {"through": day}).content.decode()
    assert str(closed_through(government_id=office.cast.government.pk)) == "2022-12-31"
    client.force_login(office.narrow)
    assert "utang:bpjs" not in shown(client, "ledger")


@pytest.mark.django_db(databases=["default", "progress"])
def test_the_three_way_match_opens_to_people_and_to_a_list(client: Client, office: Office) -> None:
    client.force_login(office.cast.auditor)
    page = client.get(reverse("three-way") + "?bulan=2022-10").content.decode()
    assert "ditagih, belum diposting" in page and "minta cabang BPJS" in page and "SINTETIS" in page
    plain = client.get(reverse("three-way") + "?bulan=2022-10&unduh=xlsx").content
    assert "DPU" in told_in(plain) and "Mohon ditelusuri" in told_in(plain) and not MARK.search(told_in(plain))
    assert "Buat berkas untuk cabang" not in page
    address = reverse("three-way-file") + "?bulan=2022-10&hasil=not_posted"
    assert client.post(address).status_code == 403
    client.force_login(office.cast.operator)
    assert client.get(address)["Location"].startswith(reverse("three-way")), "asked plainly nothing is opened"
    assert not AuditEvent.objects.filter(deed="see_marks").exists()
    made = client.post(address)
    look = AuditEvent.objects.get(deed="see_marks")
    assert look.detail == {"purpose": "bpjs", "note": "2022-10 ditagih, belum diposting"}
    work_off(office)
    assert MARK.search(told_in(client.get(f"{made['Location']}/hasil").content))


def test_whom_a_draft_leaves_out_is_listed_with_the_reason_and_what_to_do(client: Client, office: Office) -> None:
    cast = office.cast
    with whole_government(cast.government):
        Agreement.objects.filter(pk=cast.agreement.pk).update(wage_base="honorarium", wage_base_place="")
    (nobody_said,) = people(1, first=200)
    enrol(cast, cast.heading(cast.works, kind="additions"), [nobody_said | {"wage": None}])
    client.force_login(cast.treasurer)
    ahead = asked(client, reverse("bill-month") + "?bulan=2022-11")
    assert "1 orang dilewati" in ahead and reverse("bill-month-left-out") in ahead
    listed = asked(client, reverse("bill-month-left-out") + "?bulan=2022-11")
    assert "Upah (BPU: penghasilan) kosong" in listed and nobody_said["name"] in listed
    with whole_government(cast.government, by=cast.treasurer):
        run = drafted(cast, Month(2022, 11))
    page = reverse("bill-run-left-out", kwargs={"run_id": run.pk})
    assert page in asked(client, reverse("bill-run", kwargs={"run_id": run.pk}))
    assert "Tanyakan upahnya" in asked(client, page)
    assert client.get(page + "?unduh=xlsx").content[:2] == b"PK"
