"""The files for BPJS on the pages: from the board to the zip, and back from an answer to a task that is ticked."""

import io
import zipfile

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from stage import Office, work_off

from payung.doors.jobs.models import Job
from payung.doors.papers.official_files import OfficialFile, official_workbook
from payung.office.access.models import AuditEvent
from payung.office.places.models import PaymentUnit
from payung.office.places.scope import whole_government
from payung.office.submissions import actions
from payung.office.submissions.content import layout_of
from payung.office.submissions.models import Item, ReplyRow, Task
from tests.office.cast import AT, enrol
from tests.office.postbox import CODES, complete, rows_of

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


def text(response: HttpResponse) -> str:
    return response.content.decode()


def worked(office: Office, kind: str) -> Job:
    """The newest job of the kind, done."""
    job = work_off(office, kind=kind)
    with whole_government(office.cast.government):
        job.refresh_from_db()
    return job


def page_of(unit_id: int, name: str = "submission-unit") -> str:
    return reverse(name, kwargs={"unit_id": unit_id}) + "?bulan=2022-10"


def test_a_month_by_the_buttons_alone(client: Client, office: Office) -> None:
    cast = office.cast
    with whole_government(cast.government, by=cast.admin):
        unit = PaymentUnit.objects.get(number="JJ000002")
        enrol(cast, cast.heading(cast.health, kind="additions"), rows_of(2, first=60))
    client.force_login(cast.operator)
    assert "JJ000002" in text(client.get(reverse("submissions") + "?bulan=2022-10"))
    page, step = page_of(unit.pk), page_of(unit.pk, "submission-step")
    shown = text(client.get(page))
    assert "LOKASI_PEKERJAAN" in shown and "GOLONGAN_DARAH" in shown and "admin, di pengaturan NPP" in shown
    client.post(step, {"langkah": "draft"})
    client.post(step, {"langkah": "final"})
    assert "LOKASI_PEKERJAAN" in worked(office, "finalise_submission").message
    wrong = client.post(
        reverse("submission-settings", kwargs={"unit_id": unit.pk}), {**CODES, "template_new": "a (1).xlsx"}
    )
    assert "SIPP menolaknya" in text(wrong)
    client.post(reverse("submission-settings", kwargs={"unit_id": unit.pk}), CODES)
    client.post(step, {"langkah": "lengkapi"})
    assert worked(office, "incomplete_people").result["people"] == 2
    with whole_government(cast.government, by=cast.operator):
        complete(cast, unit, 2, first=60)
    client.post(step, {"langkah": "final"})
    assert worked(office, "finalise_submission").message == ""
    assert "final, belum dikirim" in text(client.get(page))
    made = client.post(step, {"langkah": "berkas"})
    worked(office, "submission_files")
    given = client.get(made["Location"] + "/hasil")
    assert given["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(given.content))
    assert archive.namelist() == ["new-1/template_tk_14005857.xlsx"]
    sheet = load_workbook(io.BytesIO(archive.read(archive.namelist()[0])))["data_tk_baru"]
    assert sheet.max_row == 3 and sheet["A1"].value == "NO_PEGAWAI"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    with whole_government(cast.government):
        assert AuditEvent.objects.filter(deed="see_marks", subject__startswith="submission:").count() == 1
    assert "Tulis periode SIPP" in text(client.post(step, {"langkah": "sent", "periode": "Oktober"}))
    client.post(step, {"langkah": "sent", "periode": "2022-10", "tanggal": "2022-10-12"})
    client.post(step, {"langkah": "sipp_final", "tanggal": "2022-10-12"})
    shown = text(client.get(page))
    assert "dikirim, menunggu jawaban" in shown and "SIPP menunjukkan: Finalisasi" in shown
    client.post(step, {"langkah": "reopen", "alasan": "salah tanggal"})
    assert "salah tanggal" in text(client.get(page))


def test_an_answer_is_read_matched_by_a_person_and_the_task_is_ticked(client: Client, office: Office) -> None:
    client.force_login(office.cast.operator)
    unit_id = office.parts["unit_id"]
    with whole_government(office.cast.government):
        member = Item.objects.filter(outcome="").select_related("membership__person").order_by("pk")[0].membership
    told = f"NIK,KPJ,NAMA\n,22000000077,{member.person.name}\n".encode()
    answer = client.post(
        reverse("submission-reply", kwargs={"unit_id": unit_id}),
        {"reply_kind": "numbers", "told_on": "2022-10-14", "workbook": SimpleUploadedFile("kpj.csv", told)},
    )
    job = worked(office, "receive_from_bpjs")
    assert "1 baris perlu Anda cocokkan sendiri." in text(client.get(answer["Location"]))
    reply = reverse("reply", kwargs={"reply_id": job.result["reply_id"]})
    assert f'<option value="{member.pk}">' in text(client.get(reply))
    with whole_government(office.cast.government):
        row = ReplyRow.objects.get(reply_id=job.result["reply_id"])
    client.post(reply + "/baris", {"baris": row.pk, "peserta": member.pk})
    tasks = reverse("submission-tasks")
    assert "Serahkan kartu" in text(client.get(tasks)) and "Nama tidak sesuai" in text(client.get(tasks))
    with whole_government(office.cast.government):
        card = Task.objects.get(kind="card", membership=member)
    client.post(reverse("task-tick", kwargs={"task_id": card.pk}))
    page = text(client.get(tasks + "?tugas=card"))
    assert "Yang terakhir selesai (1)" in page and page.count("Serahkan kartu") == 1
    client.post(reverse("task-untick", kwargs={"task_id": card.pk}))
    page = text(client.get(tasks + "?tugas=card"))
    assert "Serahkan kartu" in page and "Yang terakhir selesai" not in page


def test_a_unit_of_another_office_is_no_page(client: Client, office: Office) -> None:
    client.force_login(office.narrow)
    with whole_government(office.cast.government):
        other = PaymentUnit.objects.get(number="JJ000002")
    assert client.get(page_of(other.pk)).status_code == 404
    assert client.get(page_of(office.parts["unit_id"])).status_code == 200


def test_no_cell_becomes_a_formula_and_a_file_has_ten_thousand_rows() -> None:
    layout = layout_of("leaver")
    texts = ["=1+1", "+62", "-1", "@x"]
    cells = pl.DataFrame({column.field: texts for column in layout.columns})
    made = official_workbook(OfficialFile("leaver", 1, "a.xlsx", layout, cells), made_on=AT.date())
    sheet = load_workbook(io.BytesIO(made))["data_tk_na"]
    assert [cell.value for cell in sheet["A"]][1:] == texts
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert actions.MOST_ROWS == layout.most_rows == 10_000
