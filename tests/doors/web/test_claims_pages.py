"""A death walked through the pages, from the member's page to the money, each step by whose work it is."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from stage import Office, work_off

from payung.doors.web.vocabulary_claims import SPLIT
from payung.office.access.marks import unseal
from payung.office.access.models import AuditEvent, User
from payung.office.claims.models import Benefit, Case, Document, Heir
from payung.office.claims.queries import unclaimed_deaths
from payung.office.outside.actions import take_in
from tests.office.cast import AT, people
from tests.office.family import PHOTO

pytestmark = pytest.mark.django_db
EVENT = "2022-10-20"


class Walk:
    """One client after the other, signed in as whoever works."""

    def __init__(self, office: Office) -> None:
        self.office, self.client = office, Client()

    def by(self, user: User) -> "Walk":
        self.client.force_login(user)
        return self

    def get(self, name: str, **parts: int) -> str:
        response = self.client.get(reverse(name, kwargs=parts))
        assert response.status_code == 200, (name, response.status_code)
        return response.content.decode()

    def post(self, name: str, told: Mapping[str, object] | None = None, **parts: int) -> Any:
        return self.client.post(reverse(name, kwargs=parts), dict(told or {}))

    def does(self, name: str, told: Mapping[str, object] | None = None, **parts: int) -> None:
        response = self.post(name, told, **parts)
        assert response.status_code == 302, (name, response.content.decode()[-2000:])


@pytest.fixture
def walk(office: Office) -> Walk:
    return Walk(office)


def heir_fields(**told: str) -> dict[str, object]:
    fields = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-MIN_NUM_FORMS": "0", "form-MAX_NUM_FORMS": "8"}
    return {**fields, **{f"form-0-{name}": value for name, value in {"parts": "1", **told}.items()}}


def test_from_the_members_page_to_the_money(walk: Walk) -> None:
    cast, person_id = walk.office.cast, walk.office.parts["person_id"]
    walk.by(cast.operator)
    assert "Buka kasus klaim" in walk.get("person", person_id=person_id)
    told = {"event": "death", "on": EVENT, "claimed": ["jkm"], "reporter": "SINTETIS ISTRI", "bond": "istri"}
    assert "belum tiba" in walk.post("claim-new", told | {"on": "2099-01-01"}, person_id=person_id).content.decode()
    walk.does("claim-new", told, person_id=person_id)
    case = Case.objects.get(event_on=date(2022, 10, 20))
    benefit = Benefit.objects.get(case=case)
    page = walk.get("claim", case_id=case.pk)
    assert "Belum dijawab: apakah meninggal karena kecelakaan kerja?" in page
    assert "Rp42.000.000" in page
    walk.does("claim-facts", {"work_accident": "no", "complete_on": "2022-10-21"}, case_id=case.pk)
    heir = heir_fields(relation="spouse", name="SINTETIS ISTRI", bank="Bank Contoh", account="0011223344")
    walk.does("claim-heirs", heir, case_id=case.pk)
    walk.does("claim-heirs", heir | {"form-0-account": "", "form-0-bank": "Bank Lain"}, case_id=case.pk)
    page = walk.get("claim", case_id=case.pk)
    assert "0011223344" not in page and "Bank Lain 0011••3344" in page
    assert Heir.objects.get(case=case, replaced_at__isnull=True).account_sealed is not None
    missing = walk.post("claim-missing", benefit_id=benefit.pk)
    assert missing.content.startswith(b"%PDF-")
    refused = walk.post("claim-document", {"code": "ktp", "file": SimpleUploadedFile("x.jpg", b"MZ")}, case_id=case.pk)
    assert "bukan foto" in refused.content.decode()
    for paper in ("claim_form", "card", "ktp", "death_certificate", "heir_letter", "kk", "heir_ktp", "bank",
                  "work_letter", "marriage"):  # fmt: skip
        file = SimpleUploadedFile("foto.jpg", PHOTO + paper.encode() + str(case.pk).encode())
        walk.does("claim-document", {"code": paper, "file": file}, case_id=case.pk)
    paper_id = Document.objects.filter(case=case).order_by("pk")[0].pk
    shown = walk.post("claim-paper", document_id=paper_id)
    assert (shown["Content-Type"], shown["Content-Disposition"]) == ("image/jpeg", "inline")
    assert AuditEvent.objects.filter(deed="open_document", subject=f"case:{case.pk}").exists()
    walk.does("claim-paper-out", document_id=paper_id)
    assert "Masih kurang 1 dokumen" in walk.get("claim", case_id=case.pk)
    file = SimpleUploadedFile("foto.jpg", PHOTO + b"claim_form lagi")
    walk.does("claim-document", {"code": "claim_form", "file": file}, case_id=case.pk)
    walk.does("claim-assess", {"comment": "Lengkap"}, benefit_id=benefit.pk)
    assert "Setujui penilaian ini" not in walk.get("claim", case_id=case.pk)
    walk.by(cast.admin)
    assert f"Klaim {case.reference}" in walk.get("waiting")
    assert "Setujui penilaian ini" in walk.get("claim", case_id=case.pk)
    made = benefit.assessment_set.get()
    walk.does("claim-decide", {"putusan": "approve"}, assessment_id=made.pk)
    walk.by(cast.operator)
    assert walk.post("claim-letter", benefit_id=benefit.pk).content.startswith(b"%PDF-")
    pack = zipfile.ZipFile(io.BytesIO(walk.post("claim-pack", benefit_id=benefit.pk).content))
    assert pack.namelist()[:4] == [
        "00-daftar-isi.txt",
        "01-lembar-data.pdf",
        "02-surat-kantor.pdf",
        "03-formulir-pengajuan-jkm-f4.jpg",
    ]
    assert len(pack.namelist()) == 13
    assert "bukan formulir resmi" in pack.read("00-daftar-isi.txt").decode()
    walk.does("claim-submit", {"on": EVENT}, benefit_id=benefit.pk)
    walk.by(cast.treasurer)
    answer = {"granted": "1", "answered_on": EVENT, "letter": "B/1", "amount_rupiah": "10000000"}
    denied = walk.post("claim-answer", answer | {"granted": "0"}, benefit_id=benefit.pk).content.decode()
    assert "Tuliskan alasannya" in denied and 'value="B/1"' in denied
    differs = walk.post("claim-answer", answer, benefit_id=benefit.pk).content.decode()
    assert "Jumlahnya berbeda" in differs and 'value="B/1"' in differs
    walk.does("claim-answer", answer | {"amount_rupiah": "42000000"}, benefit_id=benefit.pk)
    money = {"paid_by": "bpjs", "paid_on": EVENT, "amount_rupiah": "42000000", "reference": "TRF/1"}
    walk.does("claim-payout", money, benefit_id=benefit.pk)
    benefit.refresh_from_db()
    assert benefit.state == "paid"
    newest = {"langkah": f"payout:{benefit.payout_set.get().pk}"}
    assert "Pembayaran TRF/1 salah catat? Batalkan" in walk.get("claim", case_id=case.pk)
    refused = walk.post("claim-take-back", newest, benefit_id=benefit.pk).content.decode()
    assert "Tulis alasannya." in refused
    assert walk.post("claim-take-back", {"langkah": "payout:0"}, benefit_id=benefit.pk).status_code == 404
    walk.does("claim-take-back", newest | {"comment": "salah ketik"}, benefit_id=benefit.pk)
    page = walk.get("claim", case_id=case.pk)
    assert "Pembayaran TRF/1 (Rp42.000.000) dibatalkan" in page and "salah ketik" in page
    walk.does("claim-payout", money, benefit_id=benefit.pk)
    walk.by(cast.operator).does("claim-close", case_id=case.pk)
    assert "selesai" in walk.get("claims")
    check_figures(walk)
    check_hand_over(walk, benefit)


def check_figures(walk: Walk) -> None:
    """Every number of the page opens to as many claims, by every split; both come as workbooks."""

    def page(name: str, asked: Mapping[str, str]) -> str:
        return walk.client.get(reverse(name), asked).content.decode()

    for by in SPLIT:
        told = page("claims-figures", {"tahun": "2022", "menurut": by})
        assert "Rp42.000.000" in told and "0 hari sejak kejadian" in told
    links = re.findall(r'href="([^"]+/klaim\?[^"]+)">([0-9]+)</a>', unescape(told))
    assert len(links) > 4
    for address, count in links:
        assert f"<p>{count} klaim</p>" in walk.client.get(address).content.decode(), address
    for name in ("claims-figures", "claims-figures-list"):
        book = walk.client.get(reverse(name), {"tahun": "2022", "unduh": "xlsx"})
        assert book.content.startswith(b"PK")
    assert "Tidak ada klaim" in page("claims-figures", {"tahun": "2021"})


def check_hand_over(walk: Walk, paid: Benefit) -> None:
    """Only chosen claims, with the ends of their marks alone, as paper and as workbook."""
    assert "Rp42.000.000" in walk.get("claims-hand-over")
    ceremony = {"on": "2022-12-01", "place": "Pendopo", "bentuk": "xlsx"}
    assert "Pilih sedikitnya satu" in walk.post("claims-hand-over", ceremony).content.decode()
    chosen = ceremony | {"klaim": [str(paid.pk)]}
    book = walk.post("claims-hand-over", chosen).content
    cells = {str(cell) for row in CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
             for cell in row}  # fmt: skip
    assert "SINTETIS ISTRI (Istri atau suami)" in cells and "Bank Lain 0011••3344" in cells
    nik = unseal(paid.case.person.nik_sealed, kind="nik") or ""
    assert not any(nik in cell or "0011223344" in cell for cell in cells)
    assert walk.post("claims-hand-over", chosen | {"bentuk": "pdf"}).content.startswith(b"%PDF-")
    assert AuditEvent.objects.filter(deed="hand_over_list").count() == 2


def test_a_list_of_deaths_becomes_proposed_cases(walk: Walk) -> None:
    cast = walk.office.cast
    before = unclaimed_deaths(cast.area).count()
    walk.by(cast.operator)
    one = people(3)[2]
    content = f"NIK;NAMA;TANGGAL MENINGGAL\n{one['nik']};{one['name']};2022-10-25\n"
    found = take_in(
        government=cast.government,
        content=content.encode(),
        name="k.csv",
        told_on=date(2022, 10, 28),
        by=cast.operator,
        at=AT,
    ).outside_list
    asked = walk.post("outside-claims", outside_id=found.pk)
    work_off(walk.office)
    assert "1 kasus klaim baru diusulkan" in walk.client.get(asked["Location"]).content.decode()
    assert "1 kasus klaim sudah ada bagi mereka" in walk.get("outside", outside_id=found.pk)
    assert unclaimed_deaths(cast.area).count() == before + 1
    case = Case.objects.get(state="proposed")
    assert "baru usulan" in walk.get("claim", case_id=case.pk)
    walk.does("claim-take-up", {"claimed": ["jkm"]}, case_id=case.pk)
    walk.does("claims-end")
    assert "Usulan berhenti ditagih" in walk.get("claims")
    proposal = case.ending_set.get().proposal
    walk.by(cast.admin).does("claims-end-decide", {"putusan": "approve"}, ending_id=proposal.pk)
    assert "Usulan berhenti ditagih" not in walk.get("claims")


def test_a_list_of_accidents_is_read_and_deaths_are_sent_to_their_page(walk: Walk) -> None:
    walk.by(walk.office.cast.operator)
    assert reverse("outside-upload") in walk.get("claims-list")
    rows = "NIK;NAMA;TANGGAL KECELAKAAN\n327306410380;SINTETIS;2022-10-25\n"
    assert "0 kasus baru" in walk.post("claims-list", {"workbook": file_of(rows)}).content.decode()
    assert "tidak ditemukan" in walk.post("claims-list", {"workbook": file_of("A;B\n1;2\n")}).content.decode()


def file_of(content: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("kematian.csv", content.encode())


def test_are_we_covered_at_the_counter(walk: Walk) -> None:
    cast, person_id = walk.office.cast, walk.office.parts["person_id"]
    walk.by(cast.operator)
    page = walk.get("covered", person_id=person_id)
    assert "Iurannya menunggak" in page and "Ya, terlindungi" not in page
    assert "Akta kematian" in page
    assert walk.post("covered-paper", person_id=person_id).content.startswith(b"%PDF-")
    cast.operator.language = "en"
    cast.operator.save()
    assert "Papers to keep ready" in walk.by(cast.operator).get("covered", person_id=person_id)


def test_pages_of_a_case_in_english_and_for_those_who_only_read(walk: Walk) -> None:
    cast, parts = walk.office.cast, walk.office.parts
    page = walk.by(cast.auditor).get("claim", case_id=parts["case_id"])
    assert "Pemeriksaan" in page and "Simpan keterangan" not in page and "Ajukan penilaian" not in page
    for name in ("claim-facts", "claim-assess"):
        part = {"case_id": parts["case_id"]} if name == "claim-facts" else {"benefit_id": parts["benefit_id"]}
        assert walk.post(name, **part).status_code == 403
    cast.admin.language = "en"
    cast.admin.save()
    page = walk.by(cast.admin).get("claim", case_id=parts["case_id"])
    assert "How it is reckoned" in page and "Cara menghitung" not in page
