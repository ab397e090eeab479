"""`payung roster check`: the shape other offices' scripts rely on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from payung.doors.cli.main import main
from tests.rules.roster import books

KEYS = [
    "sheet", "row", "nik", "name", "birth_date", "birth_place", "sex", "job", "kecamatan", "desa", "wage", "findings",
    "verdict",
]  # fmt: skip


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    rows: list[list[books.Value]] = [
        ["DAFTAR"],
        list(books.HEADING),
        books.person(1),
        books.person(2, NIK="'" + str(books.person(2)[1]), GAJI="2.5"),
    ]
    return books.xlsx(tmp_path / "daftar.xlsx", rows)


def test_json_has_every_physical_row(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roster", "check", str(workbook), "--on", "2022-10-01", "--place", "3273", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [list(row) for row in rows] == [KEYS] * 4
    assert [(row["sheet"], row["row"], row["verdict"]) for row in rows] == [
        ("Data", 1, "not_a_person"), ("Data", 2, "not_a_person"), ("Data", 3, "clean"), ("Data", 4, "human"),
    ]  # fmt: skip
    assert rows[2] | {"findings": []} == rows[2]
    assert (rows[2]["birth_date"], rows[2]["wage"], rows[2]["kecamatan"]) == ("1971-02-14", 2500000, "Coblong")
    nik, wage = rows[3]["findings"]
    assert nik == {
        "field": "nik", "code": "nik_cleaned", "severity": "repaired", "suggestion": rows[3]["nik"],
        "message": f"Lembar Data, baris 4, kolom NIK (B): tertulis '{rows[3]['nik']}. Tanda baca dan spasi dibuang; "
        f"dibaca {rows[3]['nik']}. Tidak ada angka yang diubah.",
    }  # fmt: skip
    assert (wage["code"], wage["severity"], wage["suggestion"]) == ("wage_unreadable", "human", None)


def test_a_text_file_and_the_class(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "daftar.csv"
    file.write_text("NIK;Nama;Tanggal Lahir\n3273020110579013;ASEP;01-10-1957\n", encoding="cp1252")
    for membership_class, verdict in (("PU", "clean"), ("BPU", "reject")):
        assert main(["roster", "check", str(file), "--on", "2022-10-01", "--class", membership_class, "--json"]) == 0
        row = json.loads(capsys.readouterr().out)["rows"][1]
        assert (row["sheet"], row["row"], row["verdict"]) == ("", 2, verdict)


def test_the_page_for_people(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roster", "check", str(workbook), "--on", "2022-10-01"]) == 0
    page = capsys.readouterr().out
    assert "judul kolom di baris 2" in page and "Upah tidak terbaca dengan pasti" in page and "baris 4" in page
    assert main(["roster", "check", str(workbook), "--on", "2022-10-01", "--lang", "en"]) == 0
    assert "heading in row 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["tiada.xlsx", "--on", "2022-10-01"], "tidak ditemukan"),
        (["surat.xlsx", "--on", "2022-10-01", "--json"], "dokumen PDF"),
        (["surat.xlsx", "--on", "2022-10-01", "--place", "32.99"], "32.99"),
        (["surat.xlsx", "--on", "2022-10-01", "--place", "32"], "kabupaten"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    words: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "surat.xlsx").write_bytes(b"%PDF-1.4")
    assert main(["roster", "check", str(tmp_path / words[0]), *words[1:]]) == 2
    told = capsys.readouterr()
    assert told.out == "" and sentence in told.err and told.err.count("\n") == 1


def test_a_wrong_day_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["roster", "check", "a.xlsx", "--on", "1 Okt 2022"])
    assert refused.value.code == 2 and "TTTT-BB-HH" in capsys.readouterr().err


def test_neither_django_nor_a_database_is_imported(workbook: Path) -> None:
    code = (
        "import sys; from payung.doors.cli.main import main; "
        f"main(['roster', 'check', {str(workbook)!r}, '--on', '2022-10-01', '--place', '32.73', '--json']); "
        "sys.exit(len({'django', 'psycopg', 'sqlite3'} & sys.modules.keys()))"
    )
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, env=environment)
    assert done.returncode == 0 and json.loads(done.stdout)["rows"]
