"""The findings workbook of a list that was really handed in, from the kept file."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from pytest_django import Settings

from payung.doors.papers.findings_workbook import findings_workbook
from payung.office.enrolment.models import RosterList
from payung.office.enrolment.receiving import receive
from tests.office.cast import AT, call_cast

pytestmark = pytest.mark.django_db


def handed_in(name: str, content: bytes) -> RosterList:
    cast = call_cast()
    heading = cast.heading(cast.health)
    received = receive(content=content, name=name, heading=heading, by=cast.operator, at=AT)
    return RosterList.objects.select_related("reading__file", "opd").get(pk=received.roster_list.pk)


def excel() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Dinkes"
    for row in (
        ["DAFTAR TENAGA NON ASN"],
        [],
        ["No", "NIK", "Nama", "Tanggal Lahir", "L/P"],
        [1, "3273061208900001", "Asep Sunandar", "12-08-1990", "L"],
        [2, "32730612089", "Euis Komariah", "13-08-1990", "P"],
    ):
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_the_kept_file_comes_back_with_its_findings(settings: Settings) -> None:
    settings.PAYUNG_DEMO = True
    told: list[tuple[str, int, int]] = []
    name, made = findings_workbook(
        handed_in("Dinkes Oktober.xlsx", excel()), language="id", progress=lambda *step: told.append(step)
    )
    assert name == "Dinkes Oktober - temuan.xlsx"
    book = load_workbook(BytesIO(made))
    assert book.sheetnames == ["Ringkasan Temuan", "Dinkes"]
    assert "padahal NIK 16 angka" in str(book["Dinkes"]["F5"].value)
    summary = [[cell.value for cell in row] for row in book["Ringkasan Temuan"].iter_rows(max_col=2)]
    for told_fact in (
        ["DATA SINTETIS: bukan data orang sebenarnya", None],
        ["Berkas asal", "Dinkes Oktober.xlsx"],
        ["OPD", "Dinkes"],
        ["Bulan", "Oktober 2022"],
        ["Diterima", "3 Oktober 2022"],
        ["bersih", 1],
        ["perlu diputuskan", 1],
    ):
        assert told_fact in summary
    assert [step for step, _, _ in told] == ["read", "write", "write"]


def test_a_text_file_comes_back_as_a_workbook_in_the_reader_s_language(tmp_path: Path) -> None:
    content = b"No;NIK;Nama;Tanggal Lahir;L/P\n1;;Asep Sunandar;12-08-1990;L\n"
    name, made = findings_workbook(
        handed_in("daftar.csv", content), language="en", progress=lambda step, done, whole: None
    )
    assert name == "daftar - findings.xlsx"
    book = load_workbook(BytesIO(made))
    assert book.sheetnames == ["Summary of findings", "Data"]
    assert "The NIK is not filled in" not in str(book["Data"]["F1"].value)
    assert "NIK" in str(book["Data"]["F2"].value)
