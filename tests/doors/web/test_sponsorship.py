"""A pledge on the pages: looked at, made, its paper filed; a month's list, what was deducted, the payment."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from payung.office.access.actions import add_user
from payung.office.access.models import User
from payung.office.access.roles import Role
from payung.office.places.actions import grant_area
from payung.office.places.scope import whole_government
from payung.office.sponsorship.models import DeductionList, Order, Pledge, Remittance, Return
from payung.rules.months import Month
from tests.office.cast import billed
from tests.office.sponsors import AT, NIPS, Sponsors, at_work, on, pledged, worker

pytestmark = pytest.mark.django_db
TYPED = {
    "nik": worker(1)["NIK"], "name": "SINTETIS BARU", "birth_place": "Sukabumi", "birth_date": "1985-05-17",
    "sex": "P", "job": "Tukang kebun", "sector": "other",
}  # fmt: skip


@pytest.fixture
def world(standing_sponsors: Sponsors, db: None) -> Sponsors:
    return at_work(standing_sponsors)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_sponsor_looks_then_pledges_and_prints_his_paper(world: Sponsors) -> None:
    client = signed_in(world.login)
    looked = client.post(reverse("pledge-new"), {**TYPED, "langkah": "lihat"}).content.decode()
    assert "Rp42.000.000" in looked and "Rp70.000.000" in looked and 'value="janji"' in looked
    with whole_government(world.cast.government):
        assert Pledge.objects.count() == 0
    assert client.post(reverse("pledge-new"), {**TYPED, "langkah": "janji"}).status_code == 302
    with whole_government(world.cast.government):
        one = Pledge.objects.get()
    page = client.get(reverse("pledges")).content.decode()
    assert "SINTETIS BARU" in page and "menunggu surat bertanda tangan" in page and TYPED["nik"] not in page
    paper = client.post(reverse("pledge-letter"), {"janji": one.pk})
    assert paper.content.startswith(b"%PDF")
    assert client.post(reverse("pledge-consent"), {"pledge": one.pk}).status_code == 403
    at = {"pledge_id": one.pk}
    assert reverse("pledge-withdraw", kwargs=at) in client.get(reverse("pledge", kwargs=at)).content.decode()
    assert client.post(reverse("pledge-withdraw", kwargs=at)).status_code == 302
    assert "dibatalkan" in client.get(reverse("pledges")).content.decode()


def test_what_stands_against_it_is_said_before_anything_is_made(world: Sponsors) -> None:
    old = {**TYPED, "birth_date": "1950-05-17", "nik": worker(1, born=date(1950, 5, 17))["NIK"], "langkah": "lihat"}
    page = signed_in(world.login).post(reverse("pledge-new"), old).content.decode()
    assert "Data pekerja belum dapat dipakai" in page and 'value="janji"' not in page
    assert 'class="error"' in page, "the field that cannot stand is marked"
    assert "Rp42.000.000" not in page, "nothing is promised"
    mistyped = {**TYPED, "nik": TYPED["nik"][:-1], "langkah": "lihat"}
    assert "Tertulis 15 angka" in signed_in(world.login).post(reverse("pledge-new"), mistyped).content.decode()


def test_an_operator_files_the_paper_of_a_pledge_and_stops_it(world: Sponsors) -> None:
    client = signed_in(world.operator)
    client.post(reverse("pledge-new"), {**TYPED, "nip": NIPS[1], "langkah": "janji"})
    with whole_government(world.cast.government):
        one = Pledge.objects.get()
    assert one.sponsor_id == world.sponsors[1].pk
    signed = SimpleUploadedFile("surat.pdf", b"%PDF-1.4 contoh", "application/pdf")
    assert client.post(reverse("pledge-consent"), {"pledge": one.pk, "paper": signed}).status_code == 302
    with whole_government(world.cast.government):
        assert Order.objects.get().until_month is None
    stop = {"step": "stop", "last": str(Month.of(timezone.localdate()))}
    assert client.post(reverse("pledge-step", kwargs={"pledge_id": one.pk}), stop).status_code == 302
    with whole_government(world.cast.government):
        (order,) = Order.objects.filter(replaced_at__isnull=True)
    assert order.until_month == Month.of(timezone.localdate()).first_day


def test_a_month_is_made_returned_and_paid(world: Sponsors) -> None:
    pledged(world, 1)
    pledged(world, 2, sponsor=1)
    operator, treasurer = signed_in(world.operator), signed_in(world.cast.treasurer)
    assert operator.post(reverse("deductions-fix"), {"bulan": "2025-11"}).status_code == 302
    with whole_government(world.cast.government):
        fixed = DeductionList.objects.get(opd=world.cast.works)
        billed(world.cast, Month(2025, 11), at=on(2025, 11, 4))
    sheet = operator.post(reverse("deductions-workbook"), {"daftar": fixed.pk})
    assert sheet.content.startswith(b"PK")
    filled = SimpleUploadedFile("hasil.csv", b"NO;DIPOTONG;KETERANGAN\n1;16.800;\n2;0;gagal\n", "text/csv")
    wrong = SimpleUploadedFile("hasil.csv", b"NO;DIPOTONG\n1;16.800\n2;99.000\n", "text/csv")
    page = operator.post(reverse("deductions-return"), {"daftar": fixed.pk, "workbook": wrong}).content.decode()
    assert "melebihi iuran atau tunggakannya. NO 2." in page
    told = {"daftar": fixed.pk, "workbook": filled}
    assert operator.post(reverse("deductions-return"), told).status_code == 302
    with whole_government(world.cast.government):
        assert Return.objects.get().taken_rupiah == 16_800
    behind = reverse("deduction-list", kwargs={"deduction_list_id": fixed.pk})
    undo = reverse("deductions-take-back", kwargs={"deduction_list_id": fixed.pk})
    assert undo in operator.get(behind).content.decode() and undo not in treasurer.get(behind).content.decode()
    assert "Tulis alasannya." in operator.post(undo, {"comment": ""}).content.decode()
    assert operator.post(undo, {"comment": "salah berkas"}).status_code == 302
    page = operator.get(behind).content.decode()
    assert "dibatalkan oleh" in page and "salah berkas" in page and "Hasilnya belum dicatat." in page
    filled.seek(0)
    assert operator.post(reverse("deductions-return"), told).status_code == 302
    payment = {"daftar": fixed.pk, "paid_on": "2025-11-12", "reference": "BKU-1"}
    assert operator.post(reverse("deductions-pay"), payment).status_code == 403
    assert treasurer.post(reverse("deductions-pay"), payment).status_code == 302
    with whole_government(world.cast.government):
        assert Remittance.objects.count() == 1
    page = treasurer.get(reverse("deductions") + "?bulan=2025-11").content.decode()
    assert "Rp16.800" in page and "ASN B" in page and "belum pernah diposting" in page and "selesai" in page
    assert "jadi tidak dapat dibatalkan" in operator.get(behind).content.decode()
    assert f'href="{behind}"' in page and f'href="{behind}?hitung=kurang"' in page
    whole, missing = (treasurer.get(behind + asked).content.decode() for asked in ("", "?hitung=kurang"))
    assert "ASN A" in whole and "terpotong penuh" in whole and "BKU-1" not in whole
    assert "ASN A" not in missing and "ASN B" in missing and "gagal" in missing


def test_lists_of_others_are_not_there(world: Sponsors) -> None:
    pledged(world, 1)
    client = signed_in(world.operator)
    for name in ("deductions-workbook", "deductions-return"):
        assert client.post(reverse(name), {"daftar": 10**9}).status_code == 404
        assert client.post(reverse(name), {"daftar": "x"}).status_code == 404


def test_an_operator_of_one_office_sees_and_makes_its_own_alone(world: Sponsors) -> None:
    pledged(world, 1)
    pledged(world, 2, sponsor=2)
    with whole_government(world.cast.government):
        narrow = add_user(
            username="kes", full_name="Kes", role=Role.OPD_OPERATOR, password="rahasia-panjang", by=None, at=AT
        )
        grant_area(user=narrow, government=world.cast.government, opd=world.cast.health, by=None, at=AT)
    client = signed_in(narrow)
    page = client.get(reverse("pledges")).content.decode()
    assert "ASN C" in page and "ASN A" not in page
    client.post(reverse("deductions-fix"), {"bulan": "2025-11"})
    with whole_government(world.cast.government):
        (own,) = DeductionList.objects.all()
    assert own.opd_id == world.cast.health.pk
    page = client.get(reverse("deductions") + "?bulan=2025-11").content.decode()
    assert "Dinkes" in page and "DPU" not in page
