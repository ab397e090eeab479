"""Files of every kind come back with the same cells, each with its kind and its physical row."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from payung.rules.roster.checking import check
from payung.rules.roster.reading import read
from payung.rules.roster.unreadable import UnreadableWorkbook
from payung.rules.roster.workbook import Sheet
from tests.rules.roster import books

ROWS = [books.HEADING, books.ASEP, books.EUIS]
TEXTS = [[None if value is None else str(value) for value in row] for row in ROWS]


def texts(sheet: Sheet) -> list[list[str | None]]:
    return [list(row) for row in sheet.texts.rows()]


def test_xlsx(tmp_path: Path) -> None:
    sheet = read(books.xlsx(tmp_path / "a.xlsx", ROWS)).sheets[0]
    assert texts(sheet) == TEXTS
    assert sheet.value(2, "B") == "3273021208909001" and sheet.value(2, "J") == 2500000
    assert sheet.name == "Data" and not sheet.hidden


def test_binary_workbooks_and_opendocument(tmp_path: Path) -> None:
    for file in (books.xlsb(tmp_path / "a.xlsb", ROWS), books.ods(tmp_path / "a.ods", ROWS)):
        sheet = read(file).sheets[0]
        assert texts(sheet) == TEXTS, file
        assert sheet.value(3, "J") == 3100000


def test_old_workbooks() -> None:
    shown, hidden = read(Path(__file__).parent / "files" / "daftar.xls").sheets
    assert shown.value(2, "E") == date(1990, 8, 12) and shown.value(2, "B") == "3273021208909001"
    assert hidden.hidden and hidden.height == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_files_in_any_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    file = tmp_path / "daftar.csv"
    lines = [delimiter.join(["NIK", "Nama", "Gaji"]), "", delimiter.join(["3273021208909001", "José", "2500000"])]
    file.write_bytes("\r\n".join(lines).encode(encoding))
    sheet = read(file).sheets[0]
    assert texts(sheet) == [["NIK", "Nama", "Gaji"], [None] * 3, ["3273021208909001", "José", "2500000"]]
    assert sheet.name == ""


def test_commas_inside_cells_and_lines_of_excel(tmp_path: Path) -> None:
    file = tmp_path / "daftar.csv"
    file.write_text('sep=;\nNama;TTL;Gaji\n"Asep";"Bandung, 12-08-1990";"2,5 jt"\n"Eu\nis";x;y\n', encoding="utf-8")
    assert texts(read(file).sheets[0]) == [
        [None] * 3,
        ["Nama", "TTL", "Gaji"],
        ["Asep", "Bandung, 12-08-1990", "2,5 jt"],
        ["Eu\nis", "x", "y"],
    ]


def test_rows_keep_their_physical_numbers(tmp_path: Path) -> None:
    empty: list[books.Value] = []
    rows = [empty, empty, [None, None, "NIK"], empty, [None, None, "3273021208909001"], [None, "  "], empty]
    sheet = read(books.xlsx(tmp_path / "a.xlsx", rows)).sheets[0]
    assert sheet.height == 5 and sheet.letters == ["A", "B", "C"]
    assert sheet.value(3, "C") == "NIK" and sheet.value(5, "C") == "3273021208909001"
    assert sheet.filled.to_list() == [0, 0, 1, 0, 1]


def test_kinds_of_cells(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    page = book.add_worksheet()
    day, moment = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    page.write_datetime("A1", datetime(1980, 5, 12), day)
    page.write_datetime("A2", datetime(1980, 5, 12, 13, 30), moment)
    page.write_boolean("A3", True)
    page.write_number("A4", 3203232305960008)
    page.write_number("A5", 0.1)
    page.write_number("A6", -7)
    page.write_string("A7", "007")
    page.write_string("A8", "=1+1")
    page.write_formula("A9", "=1+1", None, 2)
    page.write_string("A10", "a\x1fb")
    page.write_number("A11", 1e300)
    book.close()
    sheet = read(tmp_path / "a.xlsx").sheets[0]
    assert [sheet.value(row, "A") for row in range(1, 12)] == [
        date(1980, 5, 12), datetime(1980, 5, 12, 13, 30), True, 3203232305960008, 0.1, -7, "007",
        "=1+1", 2, "a b", 1e300,
    ]  # fmt: skip


def test_hidden_sheets_hidden_rows_and_merges_are_told(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    page, other = book.add_worksheet("Dinas & Badan"), book.add_worksheet("Lama")
    other.hide()
    other.write("A1", "x")
    page.merge_range("B2:C3", "judul")
    page.write("A9", "isi")
    page.set_row(8, None, None, {"hidden": True})
    book.close()
    first, second = read(tmp_path / "a.xlsx").sheets
    assert (first.name, first.hidden, first.merged, first.hidden_rows) == (
        "Dinas & Badan", False, ((2, 2, 3, 3),), (9,),
    )  # fmt: skip
    assert second.hidden


def test_many_rows_cross_the_chunks_whole(tmp_path: Path) -> None:
    rows: list[list[books.Value]] = [[n, f"teks {n}" if n % 3 else None, n % 2 == 0] for n in range(1, 10_001)]
    sheet = read(books.xlsx(tmp_path / "a.xlsx", rows)).sheets[0]
    assert sheet.texts["A"].to_list() == [str(n) for n in range(1, 10_001)]
    assert sheet.texts["B"].null_count() == 3333
    assert sheet.kinds.schema == dict.fromkeys("ABC", pl.UInt8)


@pytest.mark.parametrize("delimiter", ["~", "^"])
def test_seldom_delimiters(tmp_path: Path, delimiter: str) -> None:
    file = tmp_path / "daftar.txt"
    file.write_text("\n".join(delimiter.join(row) for row in (["NIK", "Nama"], ["1", "Asep, S.Pd"])), encoding="utf-8")
    assert texts(read(file).sheets[0]) == [["NIK", "Nama"], ["1", "Asep, S.Pd"]]


def test_latin_1_and_old_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "daftar.csv"
    file.write_bytes("NIK;Nama\r1;Jos\u00e9 \u0081\r".encode("latin-1"))
    assert texts(read(file).sheets[0]) == [["NIK", "Nama"], ["1", "José \x81"]]


def test_a_quotation_mark_never_closed_loses_nobody(tmp_path: Path) -> None:
    file = tmp_path / "daftar.csv"
    file.write_text('NIK;Nama;Gaji\n1;"Asep;2\n2;Ujang;2\n3;Euis;2\n', encoding="utf-8")
    with pytest.raises(UnreadableWorkbook) as refused:
        read(file)
    assert refused.value.code == "text_table_broken"
    file.write_text('NIK;Nama;Alamat\n1;Asep;"Jl. Mawar; no. 2\nCoblong"\n2;Ujang;x\n', encoding="utf-8")
    assert read(file).sheets[0].height == 3


WRITERS: dict[str, Any] = {"xlsx": books.xlsx, "xlsb": books.xlsb, "ods": books.ods}


@pytest.mark.parametrize("suffix", WRITERS)
def test_numbers_that_lost_their_last_digit_in_every_format(tmp_path: Path, suffix: str) -> None:
    people = [books.person(number) for number in range(1, 7)]
    rows: list[list[books.Value]] = [[*books.HEADING], *people]
    lost = int(str(people[0][1])[:15] + "0")
    rows[1] = books.person(1, NIK=lost)
    file = WRITERS[suffix](tmp_path / f"a.{suffix}", rows)
    answer = check(read(file), on=date(2022, 10, 1), membership_class="PU", place="32.73")
    assert answer.findings.select("row", "code", "value").rows() == [(2, "nik_precision_lost", str(lost))]
