"""What the buttons and forms of the pages do, and what they say when it cannot be done."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from stage import Office, work_off

from payung.doors.jobs.models import Job
from payung.doors.jobs.tasks import run_job
from payung.office.agreements.actions import confirm_reading
from payung.office.agreements.models import BudgetLine
from payung.office.approvals.models import Proposal
from payung.office.billing.models import Payment
from payung.office.enrolment.actions import plan as make_plan
from payung.office.enrolment.models import Plan
from payung.office.places.scope import whole_government
from payung.rules.months import Month
from tests.office.cast import AT, drafted, hand_in, people

CSV = "NAMA;NIK;TANGGAL LAHIR;L/P;JABATAN;UPAH\nSINTETIS BUDI;3273061208900001;12-08-1990;L;Supir;2500000\n"

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


def text(response: HttpResponse) -> str:
    return response.content.decode()


def upload_fields(office: Office, **changes: Any) -> dict[str, Any]:
    fields = {
        "agreement": office.cast.agreement.pk,
        "opd": office.cast.works.pk,
        "month": "2022-11",
        "kind": "additions",
        "workbook": SimpleUploadedFile("daftar.csv", CSV.encode()),
    }
    return fields | changes


def test_an_upload_becomes_a_job_that_ends_at_its_plan(client: Client, office: Office) -> None:
    client.force_login(office.narrow)
    answer = client.post(reverse("list-upload"), upload_fields(office))
    job = Job.objects.get()
    assert answer["Location"] == reverse("job", kwargs={"job_id": job.pk})
    assert job.arguments["budget_line_id"] == office.cast.lines[office.cast.works.pk].pk
    waiting = text(client.get(answer["Location"]))
    assert "boleh ditinggalkan" in waiting
    assert '<meta http-equiv="refresh"' in waiting
    run_job(job_id=str(job.pk), user_id=job.asked_by_id)
    done = text(client.get(answer["Location"]))
    plan = Plan.objects.latest("pk")
    assert reverse("plan", kwargs={"plan_id": plan.pk}) in done
    assert "hx-get" not in done
    part = text(client.get(answer["Location"], headers={"HX-Request": "true"}))
    assert part.startswith("<div id") and "<html" not in part


def test_the_same_file_again_is_said_to_be_known(client: Client, office: Office) -> None:
    client.force_login(office.narrow)
    for _ in range(2):
        answer = client.post(reverse("list-upload"), upload_fields(office))
        work_off(office)
    assert "sudah pernah diterima" in text(client.get(answer["Location"]))


def test_a_file_that_is_no_workbook_ends_in_words(client: Client, office: Office) -> None:
    client.force_login(office.narrow)
    paper = SimpleUploadedFile("daftar.xlsx", b"%PDF-1.7 ini bukan buku kerja")
    answer = client.post(reverse("list-upload"), upload_fields(office, workbook=paper))
    work_off(office)
    page = text(client.get(answer["Location"]))
    assert "Tidak dapat diselesaikan" in page
    assert "PDF" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"workbook": ""}, "Bidang ini tidak boleh kosong"),
        ({"month": "2030-13"}, "2030-13"),
        ({"kind": "semua"}, "semua"),
    ],
)
def test_an_upload_that_does_not_fit_says_where(
    client: Client, office: Office, changes: dict[str, Any], said: str
) -> None:
    client.force_login(office.narrow)
    page = text(client.post(reverse("list-upload"), upload_fields(office, **changes)))
    assert said in page
    assert 'aria-invalid="true"' in page
    assert not Job.objects.exists()


def test_an_opd_outside_the_area_cannot_be_chosen(client: Client, office: Office) -> None:
    client.force_login(office.narrow)
    page = text(client.post(reverse("list-upload"), upload_fields(office, opd=office.cast.health.pk)))
    assert 'aria-invalid="true"' in page
    assert not Job.objects.exists()


def test_several_budget_lines_are_asked_for_and_a_missing_one_is_named(client: Client, office: Office) -> None:
    client.force_login(office.cast.operator)
    line = office.cast.lines[office.cast.works.pk]
    assert "Mata anggaran" not in text(client.get(reverse("list-upload")))
    missing = text(client.post(reverse("list-upload"), upload_fields(office, month="2024-01")))
    assert "belum mempunyai mata anggaran tahun 2024" in missing
    BudgetLine.objects.create(
        fund=line.fund, opd=line.opd, year=2022, code="5.2", name="Lain", ceiling_rupiah=1, heads=1
    )
    assert "Pilih satu" in text(client.post(reverse("list-upload"), upload_fields(office)))
    chosen = client.post(reverse("list-upload"), upload_fields(office, budget_line=line.pk))
    assert chosen.status_code == 302


def test_a_plan_is_approved_by_another_person_only(client: Client, office: Office) -> None:
    cast = office.cast
    with whole_government(cast.government, by=cast.admin):
        roster_list = hand_in(cast, cast.heading(cast.works), people(2, first=50), name="milik-admin.xlsx")
        plan = make_plan(roster_list=roster_list, by=cast.admin, at=AT)
    page, decide = (reverse(name, kwargs={"plan_id": plan.pk}) for name in ("plan", "plan-decide"))
    client.force_login(cast.admin)
    assert "Anda yang mengajukan" in text(client.get(page))
    assert "Anda sendiri yang mengajukan" in text(client.post(decide, {"putusan": "approve"}))
    with whole_government(cast.government):
        assert Proposal.objects.get(pk=plan.proposal_id).state == Proposal.OPEN


def test_approve_then_apply_shows_the_exact_count(client: Client, office: Office) -> None:
    plan_id = {"plan_id": office.parts["waiting_plan_id"]}
    client.force_login(office.cast.admin)
    assert "Rencana Dinkes, Okt 2022 menunggu putusan Anda." in text(client.get(reverse("home")))
    client.post(reverse("plan-decide", kwargs=plan_id), {"putusan": "approve", "comment": "sesuai"})
    page = text(client.get(reverse("plan", kwargs=plan_id)))
    assert "Terapkan 3 perubahan" in page
    assert "3 orang mulai terlindungi sejak Okt 2022" in page
    client.post(reverse("plan-apply", kwargs=plan_id))
    work_off(office, kind="apply_plan")
    assert "Diterapkan oleh" in text(client.get(reverse("plan", kwargs=plan_id)))
    assert "sudah diputuskan" in text(
        client.post(reverse("plan-decide", kwargs=plan_id), {"putusan": "refuse", "comment": "terlambat"})
    )


def test_a_refusal_needs_its_reason_and_shows_it(client: Client, office: Office) -> None:
    plan_id = {"plan_id": office.parts["waiting_plan_id"]}
    client.force_login(office.cast.admin)
    decide = reverse("plan-decide", kwargs=plan_id)
    assert "Tulis alasan penolakan" in text(client.post(decide, {"putusan": "refuse", "comment": " "}))
    client.post(decide, {"putusan": "refuse", "comment": "Daftar bulan lalu"})
    assert "“Daftar bulan lalu”" in text(client.get(reverse("plan", kwargs=plan_id)))


def test_a_list_is_planned_again_from_its_page(client: Client, office: Office) -> None:
    client.force_login(office.cast.operator)
    answer = client.post(reverse("list-plan", kwargs={"list_id": office.parts["list_id"]}))
    newest = Plan.objects.latest("pk")
    assert newest.roster_list_id == office.parts["list_id"]
    assert answer["Location"] == reverse("plan", kwargs={"plan_id": newest.pk})


def test_findings_stand_in_the_sheets_order_and_can_be_filtered(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    address = reverse("list", kwargs={"list_id": office.parts["list_id"]})
    assert "3273••••••••0000" in text(client.get(address))
    assert "3273••••••••0000" not in text(client.get(address + "?berat=reject"))
    assert "3273••••••••0000" in text(client.get(address + "?kode=nik_precision_lost"))
    rows = reverse("list-rows", kwargs={"list_id": office.parts["list_id"]})
    waiting = text(client.get(rows + "?putusan=human"))
    assert waiting.count("<tr>") == 2 and "Angka terakhir NIK hilang" in waiting and "Perbaiki" in waiting


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"amount": "99.999.999"}, "lebih besar daripada sisa"),
        ({"amount": "0"}, "harus lebih dari nol"),
        ({"amount": "sejuta"}, "Tulis rupiah bulat"),
        ({"amount": "10,5"}, "Tulis rupiah bulat"),
        ({"paid_on": "2999-01-01"}, "belum tiba"),
        ({"amount": "5.000", "reference": "SP2D-1"}, "sudah dipakai"),
    ],
)
def test_a_payment_that_does_not_fit_loses_nothing(
    client: Client, office: Office, fields: dict[str, str], said: str
) -> None:
    client.force_login(office.cast.treasurer)
    typed = {"amount": "5.000", "paid_on": "2022-11-12", "reference": "SP2D-2"} | fields
    page = text(client.post(reverse("bill-pay", kwargs={"bill_id": office.parts["bill_id"]}), typed))
    assert said in page
    assert f'value="{typed["amount"]}"' in page
    assert f'value="{typed["reference"]}"' in page
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("amount", ["Rp5.000", "5.000", "5000", "Rp 5.000,-"])
def test_a_payment_is_recorded_as_people_write_rupiah(client: Client, office: Office, amount: str) -> None:
    client.force_login(office.cast.treasurer)
    typed = {"amount": amount, "paid_on": "2022-11-12", "reference": "SP2D-2"}
    client.post(reverse("bill-pay", kwargs={"bill_id": office.parts["bill_id"]}), typed)
    assert Payment.objects.get(receipt__reference="SP2D-2").amount_rupiah == 5_000


def test_a_month_is_billed_after_a_look_at_what_would_be_made(client: Client, office: Office) -> None:
    client.force_login(office.cast.treasurer)
    address = reverse("bill-month") + "?bulan=2022-11"
    assert "Buat 1 konsep tagihan" in text(client.get(address))
    client.post(address)
    job = Job.objects.get(kind="bill_month")
    assert job.arguments == {"month": "2022-11"}
    run_job(job_id=str(job.pk), user_id=job.asked_by_id)
    assert "1 konsep tagihan dibuat" in text(client.get(reverse("job", kwargs={"job_id": job.pk})))
    assert "sudah dibuat dan menunggu persetujuan" in text(client.get(address))


def test_a_draft_is_decided_by_another_and_then_sent_and_taken_back(client: Client, office: Office) -> None:
    cast = office.cast
    with whole_government(cast.government, by=cast.treasurer):
        run = drafted(cast, Month(2022, 11))
        bill_id = run.bill_set.get().pk
    page, decide = (reverse(name, kwargs={"run_id": run.pk}) for name in ("bill-run", "bill-run-decide"))
    client.force_login(cast.treasurer)
    assert "Orang lain harus menyetujuinya" in text(client.get(page))
    assert client.post(decide, {"putusan": "approve"}).status_code == 403
    client.force_login(cast.admin)
    assert "Tagihan November 2022" in text(client.get(reverse("waiting")))
    shown = text(client.get(page + "?isi=same"))
    assert "Setujui tagihan ini" in shown and shown.count('href="/peserta/') == 7
    client.post(decide, {"putusan": "approve"})
    assert "Final dan dibukukan" in text(client.get(page))
    client.force_login(cast.treasurer)
    send = reverse("bill-send", kwargs={"bill_id": bill_id})
    assert "11 angka" in text(client.post(send, {"code": "123"}))
    client.post(send, {"code": "123 4567 8901"})
    page, correct = (reverse(name, kwargs={"bill_id": bill_id}) for name in ("bill", "bill-code"))
    assert "12345678901" in text(client.get(page))
    mended = {"payment_code": "123 4567 8902", "reason": "angka terakhir"}
    assert "diganti" not in text(client.post(correct, mended | {"reason": ""}))
    assert "sama dengan yang sudah tercatat" in text(client.post(correct, mended | {"payment_code": "12345678901"}))
    client.post(correct, mended)
    assert "Kode iuran 12345678901 diganti 12345678902" in text(client.get(page))
    client.force_login(cast.admin)
    void = reverse("bill-void", kwargs={"bill_id": bill_id})
    assert "Tulis alasannya" in text(client.post(void, {"comment": ""}))
    client.post(void, {"comment": "salah mata anggaran"})
    assert "salah mata anggaran" in text(client.get(reverse("bill", kwargs={"bill_id": bill_id})))


def test_a_penalty_is_waived_by_a_paper(client: Client, office: Office) -> None:
    confirm_reading(
        government=office.cast.government, reading="penalty-government", option="as-private",
        from_month=Month(2022, 10), confirmed_by="Surat cabang", by=office.cast.admin, at=AT,
    )  # fmt: skip
    bill = {"bill_id": office.parts["bill_id"]}
    page, waive = reverse("bill", kwargs=bill), reverse("bill-waive", kwargs=bill)
    client.force_login(office.cast.treasurer)
    assert "Hapus denda ini" not in text(client.get(page)) and client.post(waive).status_code == 403
    client.force_login(office.cast.admin)
    assert "Hapus denda ini" in text(client.get(page))
    told = {"document": "SK 900/7", "decided_on": "2023-02-01", "reason": "bencana"}
    assert "Denda dihapus" not in text(client.post(waive, told | {"decided_on": ""}))
    client.post(waive, told)
    shown = text(client.get(page))
    assert "Denda dihapus dengan SK 900/7" in shown and "Hapus denda ini" not in shown
    back = reverse("bill-waive-take-back", kwargs=bill)
    assert "Tulis alasannya" in text(client.post(back, {"comment": ""}))
    client.post(back, {"comment": "salah tagihan"})
    shown = text(client.get(page))
    assert "salah tagihan" in shown and "Hapus denda ini" in shown


def test_a_draft_is_taken_back_with_a_reason(client: Client, office: Office) -> None:
    with whole_government(office.cast.government, by=office.cast.treasurer):
        run = drafted(office.cast, Month(2022, 11))
    client.force_login(office.cast.treasurer)
    page, back = (reverse(name, kwargs={"run_id": run.pk}) for name in ("bill-run", "bill-run-withdraw"))
    assert "Tulis alasannya" in text(client.post(back, {"comment": ""}))
    client.post(back, {"comment": "salah bulan"})
    assert "salah bulan" in text(client.get(page))
    client.force_login(office.cast.admin)
    assert "Tagihan November 2022" not in text(client.get(reverse("waiting")))


def test_a_line_is_explained_down_to_the_article(client: Client, office: Office) -> None:
    client.force_login(office.cast.auditor)
    page = text(client.get(reverse("bill-line", kwargs={"line_id": office.parts["line_id"]})))
    assert "0,24% x Rp1.841.487 = Rp4.420" in page
    assert "PP 44/2015 Pasal 16" in page
    assert "perlu konfirmasi" in page


def test_a_person_is_found_by_a_mistyped_name_and_opens_at_once(client: Client, office: Office) -> None:
    client.force_login(office.cast.auditor)
    several = text(client.post(reverse("people-search"), {"q": "SINTETIS"}))
    assert several.count('href="/peserta/') >= 7
    name = several.split('href="/peserta/')[2].split(">")[1].split("<")[0]
    answer = client.post(reverse("people-search"), {"q": name[:-1]})
    assert answer.status_code in (200, 302)
    assert client.get(reverse("people-search"))["Location"] == reverse("people")


def test_a_persons_page_answers_whether_and_why(client: Client, office: Office) -> None:
    client.force_login(office.cast.auditor)
    address = reverse("person", kwargs={"person_id": office.parts["person_id"]})
    covered = text(client.get(address + "?hari=2022-10-12"))
    assert "Iuran Okt 2022 terbukti diposting BPJS." in covered
    lapsed = text(client.get(address + "?hari=2023-06-12"))
    assert "Masa tenggang 3 bulan, sampai 31 Jan 2023" in lapsed
    assert "Terputus" in lapsed
    assert 'class="posted"' in covered


def test_tables_sort_by_a_link_and_download_as_text_cells(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    upwards = text(client.get(reverse("lists") + "?urut=orang"))
    assert 'aria-sort="ascending"' in upwards
    assert upwards.index("dinkes.xlsx") < upwards.index("daftar.xlsx")
    downwards = text(client.get(reverse("lists") + "?urut=-orang"))
    assert downwards.index("dinkes.xlsx") > downwards.index("daftar.xlsx")
    for page in ("lists", "bills", "home"):
        answer = client.get(reverse(page) + "?unduh=xlsx")
        assert answer["Content-Disposition"].endswith('.xlsx"')
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        assert sheet.max_row > 3
        assert all(cell.data_type in "snd" for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_the_posting_form_hands_its_file_to_a_job(client: Client, office: Office) -> None:
    client.force_login(office.cast.treasurer)
    told = SimpleUploadedFile("posting.csv", b"NIK;BULAN;TOTAL\n3273061208900001;2022-10;9944\n")
    answer = client.post(reverse("posting-upload"), {"workbook": told})
    work_off(office)
    page = text(client.get(answer["Location"]))
    assert "1 baris tidak cocok dengan peserta mana pun: baris 2." in page


def test_a_file_above_the_limit_is_refused_before_any_work(client: Client, office: Office, settings: Any) -> None:
    settings.PAYUNG_LARGEST_UPLOAD_BYTES = 1 << 20
    client.force_login(office.cast.treasurer)
    large = SimpleUploadedFile("posting.csv", b"x" * ((1 << 20) + 1))
    assert "lebih besar dari 1 MB" in text(client.post(reverse("posting-upload"), {"workbook": large}))
    assert not Job.objects.exists()


def test_others_jobs_are_not_found(client: Client, office: Office) -> None:
    client.force_login(office.narrow)
    answer = client.post(reverse("list-upload"), upload_fields(office))
    client.force_login(office.cast.admin)
    assert client.get(answer["Location"]).status_code == 404
