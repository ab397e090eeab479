"""The award file on the pages: noted, frozen by a job, downloaded, proved when it comes back; changed, it says so."""

import io
import json
import re
import zipfile
from io import BytesIO

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from stage import Office, work_off

from payung.doors.cli import award as command
from payung.doors.jobs.models import Job
from payung.doors.papers.award_paper import FILES, PAPER
from payung.office.reports.award import Figure, proved
from payung.office.reports.award_freezing import MANIFEST, check
from payung.office.reports.award_models import AwardEntry, AwardFile

pytestmark = pytest.mark.django_db(databases=["default", "progress"])
REGULATION = {
    "tahun": "2022", "jenis": "regulation", "regulation-code": "Perwal", "regulation-number": "7/2022",
    "regulation-title": "Perlindungan pekerja rentan", "regulation-dated_on": "2022-03-01",
}  # fmt: skip


def text(response: HttpResponse) -> str:
    return response.content.decode()


def frozen(client: Client, office: Office) -> tuple[AwardFile, bytes]:
    """The year's file through the job, and its pack."""
    client.force_login(office.cast.admin)
    client.post(reverse("award-freeze"), {"tahun": "2022"})
    job = work_off(office)
    job.refresh_from_db()
    assert job.state == Job.DONE, job.message
    made = AwardFile.objects.order_by("-pk")[0]
    return made, client.get(reverse("award-download", kwargs={"award_id": made.pk})).content


def answer(client: Client, name: str, content: bytes) -> str:
    return text(client.post(reverse("award-verify"), {"file": SimpleUploadedFile(name, content)}))


def rows_of(pack: zipfile.ZipFile, name: str) -> list[list[object]]:
    """What stands below the headings of a list's workbook, without its sum."""
    book = CalamineWorkbook.from_filelike(BytesIO(pack.read(FILES[name])))
    sheet = book.get_sheet_by_index(0).to_python()
    heading = next(at for at, row in enumerate(sheet) if len([cell for cell in row if cell != ""]) == len(row))
    return [row for row in sheet[heading + 1 :] if row[0] not in ("", "Jumlah") and row[1] != ""]


def test_a_frozen_file_leads_from_every_figure_to_its_list(client: Client, office: Office) -> None:
    made, content = frozen(client, office)
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        assert set(pack.namelist()) == {MANIFEST, "isi.json", PAPER, *FILES.values()}
        assert pack.read(PAPER).startswith(b"%PDF")
        told = json.loads(pack.read("isi.json"))
        people = [row for row in rows_of(pack, "people") if isinstance(row[0], float | int)]
        numbers = dict(
            zip(
                ("decreed", "registered", "active", "posted"),
                zip(*(row[-4:] for row in people), strict=True),
                strict=True,
            )
        )
        lists = {
            name: pl.DataFrame(one["rows"], schema=one["columns"], orient="row").cast({pl.Null: pl.Int64})
            for name, one in told["lists"].items()
        }
        lists["people"] = pl.DataFrame(
            {"line": [int(row[0]) for row in people]} | {name: list(map(int, cells)) for name, cells in numbers.items()}
        )
        figures = [Figure(**figure) for figure in told["figures"]]
        assert [figure for figure in figures if not proved(figure, lists)] == []
        assert len(rows_of(pack, "regulations")) == len(lists["regulations"]) == 1
        assert all("SINTETIS " not in str(rows_of(pack, name)) for name in ("people", "segments", "claims"))
    assert made.content == told


def test_a_pack_comes_back_genuine_or_says_what_was_changed(client: Client, office: Office) -> None:
    made, content = frozen(client, office)
    assert "Berkas yang diperiksa" in text(client.get(reverse("award-verify")))
    assert "Asli: sama dengan berkas tahun 2022" in answer(client, "berkas.zip", content)
    assert made.sha256 in answer(client, "berkas.zip", content)
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        parts = {name: pack.read(name) for name in pack.namelist()}
    assert "Asli: sama dengan berkas tahun 2022" in answer(client, "berkas.pdf", parts[PAPER])
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as pack:
        for name, part in parts.items():
            pack.writestr(name, part + b" " if name == PAPER else part)
    assert f"{PAPER} berubah sejak dibekukan." in answer(client, "berkas.zip", changed.getvalue())
    assert "bukan paket penghargaan" in answer(client, "berkas.zip", b"apa saja")


def test_the_same_file_frozen_again_the_same_day_is_the_same_pack(client: Client, office: Office) -> None:
    first, content = frozen(client, office)
    again, same = frozen(client, office)
    assert (first.pk, check(content).digest) == (again.pk, check(same).digest)


def test_regulations_innovations_and_weights_are_noted_and_taken_back(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    where = reverse("award") + "?tahun=2022"
    client.post(reverse("award-note"), REGULATION)
    assert "Perlindungan pekerja rentan" in text(client.get(where))
    client.post(
        reverse("award-note"), {"tahun": "2022", "jenis": "innovation", "innovation-title": "Kartu di balai warga"}
    )
    weight = {
        "tahun": "2022",
        "jenis": "weight",
        "weight-code": "kinerja",
        "weight-percent": "60",
        "weight-number": "Surat 3",
    }
    client.post(reverse("award-note"), weight)
    assert "Bobot kriteria ini sudah dicatat." in text(client.post(reverse("award-note"), weight))
    page = text(client.get(where))
    assert "Kartu di balai warga" in page
    assert "60 %" in page
    assert "inovasi belum dicatat" not in page
    noted = AwardEntry.objects.get(title="Kartu di balai warga")
    gone = reverse("award-remove", kwargs={"note_id": noted.pk})
    client.post(gone)
    assert client.post(gone).status_code == 404
    assert "inovasi belum dicatat" in text(client.get(where))


def test_what_is_half_filled_in_is_asked_again(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    page = text(client.post(reverse("award-note"), REGULATION | {"regulation-number": ""}))
    assert "Perlindungan pekerja rentan" in page
    assert re.search(r"<details class=\"confirm\" open>", page)
    assert client.post(reverse("award-note"), {"jenis": "x"}).status_code == 404


def test_a_year_without_counted_months_says_so_and_freezes_nothing(client: Client, office: Office) -> None:
    client.force_login(office.cast.admin)
    assert "Belum ada bulan tahun ini yang dihitung" in text(client.get(reverse("award") + "?tahun=2021"))
    before = AwardFile.objects.count()
    job = client.post(reverse("award-freeze"), {"tahun": "2021"})["Location"]
    work_off(office)
    assert "Hitung dulu lima angkanya." in text(client.get(job))
    assert AwardFile.objects.count() == before


def test_the_head_of_region_reads_and_does_not_freeze(client: Client, office: Office) -> None:
    client.force_login(office.cast.treasurer)
    assert "Kriteria juri" in text(client.get(reverse("award")))
    assert client.post(reverse("award-freeze"), {"tahun": "2022"}).status_code == 403


def test_the_command_tells_genuine_from_changed(
    client: Client, office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    _, content = frozen(client, office)
    assert command._verify(content) == 0
    assert "ASLI: berkas 2022 Kota Contoh" in capsys.readouterr().out
    assert command._verify(content[:-40]) == 1
    assert "TIDAK ASLI" in capsys.readouterr().out


def test_a_user_without_an_area_is_shown_neither_plans_nor_the_file(client: Client, office: Office) -> None:
    client.force_login(office.nowhere)
    for name in ("award", "award-verify", "scenarios", "scenarios-compare"):
        assert client.get(reverse(name)).status_code == 403, name
