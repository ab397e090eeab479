"""A list on the pages, from columns nobody knows to people who are right: named, read, mended, checked, corrected."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from stage import Office, work_off

from payung.doors.jobs.models import Job
from payung.doors.web.figures import long_month
from payung.office.access.models import AuditEvent
from payung.office.enrolment.changes import counts
from payung.office.enrolment.models import ConfirmedLayout, Mend, RosterList, WaitingUpload
from payung.office.places.scope import whole_government

pytestmark = pytest.mark.django_db(databases=["default", "progress"])
STRANGE = "Kolom Satu;Kolom Dua;Kolom Tiga;Kolom Empat;Kolom Lima;Kolom Enam;Kolom Tujuh"
WHOLE = "3273065208800055"


def people(*niks: str) -> list[str]:
    return [
        f"{nik};SINTETIS {chr(70 + number)}URNA;Bandung;12-08-1980;P;Petugas;2500000" for number, nik in enumerate(niks)
    ]


def sent(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("asing.csv", "\n".join(lines).encode())


def upload(client: Client, office: Office, file: SimpleUploadedFile) -> Job:
    cast = office.cast
    form = {
        "agreement": cast.agreement.pk, "opd": cast.works.pk, "month": "2022-10", "kind": "additions",
        "budget_line": cast.lines[cast.works.pk].pk, "workbook": file,
    }  # fmt: skip
    answer = client.post(reverse("list-upload"), form)
    assert answer.status_code == 302
    job: Job = work_off(office, kind="receive_list")
    return job


def page(client: Client, name: str, **parts: Any) -> str:
    return text(client.get(reverse(name, kwargs=parts or None)))


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def done(job: Job) -> dict[str, Any]:
    with whole_government(job.government):
        job.refresh_from_db()
    assert job.state == Job.DONE, job.message
    result: dict[str, Any] = job.result
    return result


@pytest.fixture
def operator(client: Client, office: Office) -> Client:
    client.force_login(office.cast.operator)
    return client


NIKS = tuple(f"32730652088000{number}" for number in (51, 52, 53, 54))


def test_from_unknown_columns_to_people_who_are_right(operator: Client, office: Office) -> None:
    lines = [STRANGE, *people(*NIKS, "32730652088005")]
    job = upload(operator, office, sent(*lines))
    with whole_government(office.cast.government):
        waiting = WaitingUpload.objects.get(pk=done(job)["upload_id"])
    assert "Tentukan isi kolom" in page(operator, "job", job_id=job.pk)
    assert "asing.csv" in page(operator, "lists")
    address = reverse("upload-waiting", kwargs={"upload_id": waiting.pk})
    shown = text(operator.get(address))
    assert "SINTETIS FURNA" in shown
    assert NIKS[0] not in shown
    assert "Isi daftar" in shown and "Mata anggaran" in shown and long_month(waiting.month) in shown
    refused = text(operator.post(address, {"kolom-0-C": "birth_place"}))
    assert "Tentukan paling sedikit kolom NIK atau Nama" in refused
    fields = ("nik", "name", "birth_place", "birth_date", "sex", "job", "wage")
    operator.post(address, {f"kolom-0-{letter}": field for letter, field in zip("ABCDEFG", fields, strict=True)})
    read = done(work_off(office, kind="read_waiting"))
    with whole_government(office.cast.government):
        first = RosterList.objects.get(pk=read["list_id"])
        layout = ConfirmedLayout.objects.get(pk__in=first.layout_ids)
    assert first.reading.counts["verdicts"] == {"clean": 4, "human": 1}
    assert "Dibaca menurut susunan yang disetujui" in page(operator, "list", list_id=first.pk)
    assert "kolom satu: NIK" in page(operator, "layouts")

    opened = text(operator.post(reverse("list-row", kwargs={"list_id": first.pk}), {"posisi": "5"}))
    assert "32730652088005" in opened
    assert AuditEvent.objects.filter(deed="see_marks", subject=f"list:{first.pk}").exists()
    saved = operator.post(reverse("list-mend", kwargs={"list_id": first.pk}), {"posisi": "5", "isi-A": WHOLE})
    assert saved["Location"] == reverse("list-mends", kwargs={"list_id": first.pk})
    standing = page(operator, "list-mends", list_id=first.pk)
    assert "1 perbaikan belum diperiksa" in standing
    assert WHOLE not in standing
    operator.post(reverse("list-recheck", kwargs={"list_id": first.pk}))
    job = work_off(office, kind="recheck_list")
    with whole_government(office.cast.government):
        second = RosterList.objects.get(pk=done(job)["list_id"])
        assert counts(second)["mended"] == 1
    assert second.reading.counts["verdicts"] == {"clean": 5}
    assert "Lihat yang berubah" in page(operator, "job", job_id=job.pk)
    assert WHOLE not in page(operator, "list-changes", list_id=second.pk)
    assert "sudah diganti perbaikannya" in page(operator, "list", list_id=first.pk)

    correct = reverse("list-correct", kwargs={"list_id": second.pk})
    operator.post(correct, {"workbook": sent(STRANGE, *people(*NIKS, WHOLE, "3273065208800056"))})
    again = done(work_off(office, kind="receive_list"))
    with whole_government(office.cast.government):
        third = RosterList.objects.get(pk=again["list_id"])
        assert (third.predecessor_id, counts(third)["added"]) == (second.pk, 1)
    operator.post(reverse("layout-revoke", kwargs={"layout_id": layout.pk}))
    assert "kolom satu: NIK" not in page(operator, "layouts")


def test_a_mend_is_undone_and_an_upload_dropped(operator: Client, office: Office) -> None:
    parts = {"list_id": office.parts["list_id"], "mend_id": office.parts["mend_id"]}
    operator.post(reverse("mend-undo", kwargs=parts))
    operator.post(reverse("upload-drop", kwargs={"upload_id": office.parts["upload_id"]}))
    with whole_government(office.cast.government):
        assert not Mend.objects.filter(replaced_at=None).exists()
        assert not WaitingUpload.objects.filter(settled_at=None).exists()


def test_a_row_without_text_is_asked_for_again_and_one_without_findings_leads_back(
    operator: Client, office: Office
) -> None:
    parts = {"list_id": office.parts["list_id"]}
    again = text(operator.post(reverse("list-mend", kwargs=parts), {"posisi": "7", "isi-C": " "}))
    assert "Tulis isi yang benar" in again
    for position in ("0", "abc", ""):
        response = operator.post(reverse("list-row", kwargs=parts), {"posisi": position})
        assert response["Location"] == reverse("list", kwargs=parts)
