"""`payung roster layouts`, `propose`, and the mappings that `check` takes."""

import json
from pathlib import Path

import pytest

from payung.doors.cli.main import main
from payung.rules.roster.known_layouts import all_layouts
from tests.rules.roster import books

STRANGE: list[books.Value] = ["Urut", "Nomor A", "Sebutan", "Asal", "Hari", "Gol", "Tugas", "Wil 1", "Wil 2", "Uang"]
ON = ["--on", "2022-10-01", "--json"]


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    rows = [STRANGE, *(books.person(number) for number in range(1, 6))]
    return books.xlsx(tmp_path / "aneh.xlsx", rows)


def test_layouts_are_listed_with_their_certainty(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roster", "layouts"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [known.code for known in all_layouts()]
    assert any("2025-05-01" in line for line in lines) and any("(perkiraan)" in line for line in lines)
    assert main(["roster", "layouts", "--lang", "en"]) == 0
    assert "(assumed)" in capsys.readouterr().out


def test_a_proposal_becomes_a_mapping(strange: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roster", "propose", str(strange)]) == 0
    (sheet,) = json.loads(capsys.readouterr().out)["sheets"]
    assert (sheet["sheet"], sheet["header_rows"], sheet["layout"]) == ("Data", [1, 1], None)
    (nik,) = [column for column in sheet["columns"] if column["field"] == "nik"]
    assert nik["letter"] == "B" and "100% isinya tampak seperti NIK" in nik["reasons"]
    mapping = tmp_path / "pemetaan.json"
    mapping.write_text(json.dumps(sheet["mapping"]), encoding="utf-8")
    assert main(["roster", "check", str(strange), *ON, "--mapping", str(mapping)]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [row["verdict"] for row in rows] == ["not_a_person"] + ["clean"] * 5


def test_a_layout_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[list[books.Value]] = [["NIK", "Nama Jenazah", "Tgl Wafat"], ["3273021208909001", "ASEP", "01-01-2022"]]
    file = str(books.xlsx(tmp_path / "wafat.xlsx", rows))
    assert main(["roster", "check", file, *ON, "--layout", "kematian"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][1]["name"] == "ASEP"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--layout", "tidak_ada"], "Tidak ada tata letak tidak_ada. Yang ada: asn,"),
        (["--layout", "sipp_koreksi"], "bukan daftar orang"),
        (["--layout", "opd"], "Tidak ada lembar dengan tata letak Daftar OPD."),
        (["--layout", "dukcapil"], "Tidak ada lembar"),
        (["--mapping", "tiada.json"], "tidak dapat dibaca"),
        (["--mapping", "salah.json"], "tidak ada isian bernama sepatu"),
    ],
)
def test_what_cannot_be_mapped_is_one_sentence(
    strange: Path, words: list[str], sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(strange.parent)
    wrong = {"heading_rows": 1, "columns": [{"letter": "A", "heading": "x", "field": "sepatu"}]}
    Path("salah.json").write_text(json.dumps(wrong), encoding="utf-8")
    assert main(["roster", "check", str(strange), *ON, *words]) == 2
    told = capsys.readouterr()
    assert told.out == "" and sentence in told.err and told.err.count("\n") == 1


def test_missing_columns_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(books.xlsx(tmp_path / "a.xlsx", [["NAMA_LENGKAP", "NOMOR_IDENTITAS", "UPAH"]]))
    assert main(["roster", "check", file, *ON, "--layout", "sipp_tk_lanjutan"]) == 2
    assert "kurang kolom KPJ, LOKASI_PEKERJAAN" in capsys.readouterr().err


def test_a_file_that_cannot_be_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roster", "propose", str(tmp_path / "tiada.xlsx"), "--lang", "en"]) == 2
    assert "was not found" in capsys.readouterr().err
