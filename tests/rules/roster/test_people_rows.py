"""Every physical row is accounted for once; titles, totals, signatures and blanks are nobody."""

from datetime import date
from pathlib import Path

import polars as pl
import xlsxwriter

from payung.rules.roster import answer, collecting
from payung.rules.roster.checking import Checked, check
from payung.rules.roster.reading import read
from tests.rules.roster import books

ON = date(2022, 10, 1)


def checked(path: Path, *sheets: list[list[books.Value]], hidden: tuple[int, ...] = ()) -> Checked:
    return check(read(books.xlsx(path / "a.xlsx", *sheets, hidden=hidden)), on=ON, membership_class="PU", place="32.73")


def verdicts(found: Checked) -> list[str]:
    return found.rows["verdict"].to_list()


NOBODY = "not_a_person"


def test_a_whole_list_as_an_office_sends_it(tmp_path: Path) -> None:
    blank: list[books.Value] = []
    rows: list[list[books.Value]] = [
        ["PEMERINTAH KOTA BANDUNG"],
        ["DAFTAR NAMA TENAGA NON ASN"],
        blank,
        list(books.HEADING),
        [f"({number})" for number in range(1, 11)],
        ["A", "SEKRETARIAT"],
        books.person(1),
        books.person(2),
        ["JUMLAH", None, "2 orang", None, None, None, None, None, None, 5000000],
        blank,
        ["BIDANG PELAYANAN"],
        books.person(3),
        list(books.HEADING),
        books.person(4),
        books.person(5, NIK=None),
        [None, None, "Sub Total", None, None, None, None, None, None, 7500000],
        ["TOTAL", None, None, None, None, None, None, None, None, 12500000],
        blank,
        [None, "Mengetahui,", None, None, None, None, None, "Bandung, 3 Oktober 2022"],
        [None, None, "KEPALA DINAS KESEHATAN", None, None, None, None, "Bendahara Pengeluaran"],
        blank,
        [None, None, "Drs. H. Ahmad Fauzi, M.Si", None, None, None, None, "Siti Aminah"],
        [None, "NIP. 19680312 199003 1 004", None, None, None, None, None, "NIP. 19700512 199503 2 001"],
        ["Data sintetis"],
    ]
    found = checked(tmp_path, rows)
    people = {7, 8, 12, 14, 15}
    assert verdicts(found) == [
        ("human" if row == 15 else "clean") if row in people else NOBODY for row in range(1, len(rows) + 1)
    ]
    assert found.findings.select("row", "code").rows() == [(15, "nik_missing")]


def test_people_without_any_nik_are_still_people(tmp_path: Path) -> None:
    rows = [
        list(books.HEADING),
        *(books.person(number, NIK=None) for number in range(1, 5)),
        [None, None, "Mengetahui"],
    ]
    assert verdicts(checked(tmp_path, rows)) == [NOBODY, *["human"] * 4, NOBODY]


def test_a_nameless_row_with_marks_of_a_person_is_one(tmp_path: Path) -> None:
    rows = [list(books.HEADING), books.person(1, NAMA=None), books.person(2, NAMA=None, NIK=None), [3]]
    assert verdicts(checked(tmp_path, rows)) == [NOBODY, "reject", "reject", NOBODY]


def test_rows_end_at_the_last_filled_one(tmp_path: Path) -> None:
    found = checked(tmp_path, [list(books.HEADING), books.person(1), [], [" "], []])
    assert found.rows.height == 2


def test_people_under_no_heading_are_not_lost(tmp_path: Path) -> None:
    rows: list[list[books.Value]] = [["lanjutan"], books.person(1), books.person(2)]
    found = checked(tmp_path, rows)
    assert verdicts(found) == [NOBODY, "human", "human"]
    assert found.findings["code"].to_list() == ["header_missing"] * 2
    above = checked(tmp_path, [books.person(3), list(books.HEADING), books.person(1)])
    assert verdicts(above) == ["human", NOBODY, "clean"]


def test_sheets_without_people_are_nobody(tmp_path: Path) -> None:
    recap: list[list[books.Value]] = [["No", "OPD", "Jumlah"], [1, "Dinkes", 120], [2, "Disdik", 88]]
    found = checked(tmp_path, [list(books.HEADING), books.person(1)], recap)
    assert verdicts(found) == [NOBODY, "clean", NOBODY, NOBODY, NOBODY]
    assert found.rows["sheet"].to_list() == ["Data", "Data", "Data 2", "Data 2", "Data 2"]
    assert found.rows["row"].to_list() == [1, 2, 1, 2, 3]


def test_hidden_sheets_come_last_and_ask(tmp_path: Path) -> None:
    rows = [list(books.HEADING), books.person(1)]
    found = checked(tmp_path, rows, rows, hidden=(0,))
    assert found.findings.select("sheet", "code").rows() == [
        ("Data", "sheet_hidden"), ("Data", "duplicate_row"),
    ]  # fmt: skip
    assert verdicts(found) == [NOBODY, "reject", NOBODY, "clean"]


def test_a_cell_merged_over_rows_speaks_for_all_of_them(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    page = book.add_worksheet()
    page.write_row("A1", ["NIK", "Nama", "L/P", "Unit Kerja", "Kecamatan"])
    for row, person in enumerate((books.person(1), books.person(2), books.person(3)), 1):
        page.write_row(row, 0, [person[1], person[2], "L"])
    page.merge_range("D2:D4", "Puskesmas Garuda")
    page.merge_range("E2:E3", "Coblong")
    book.close()
    found = check(read(tmp_path / "a.xlsx"), on=ON, membership_class="PU", place="32.73")
    assert found.rows["unit"].to_list() == [None, *["Puskesmas Garuda"] * 3]
    assert found.rows["kecamatan_code"].to_list() == [None, "32.73.02", "32.73.02", None]


def test_column_types_stay_whatever_the_file_lacks(tmp_path: Path) -> None:
    for rows in ([["NIK", "Nama", "L/P"]], [["x"]], [list(books.HEADING), books.person(1)]):
        found = checked(tmp_path, rows)
        assert found.rows.schema == answer.ROWS_SCHEMA
        assert found.findings.schema == collecting.FINDINGS_SCHEMA


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    workbook = read(books.xlsx(tmp_path / "a.xlsx", [list(books.HEADING), books.person(1)]))
    check(workbook, on=ON, membership_class="PU", progress=lambda done, whole: told.append((done, whole)))
    assert told[-1] == (2, 2) and told == sorted(told)


def test_values_of_a_row(tmp_path: Path) -> None:
    heading = [
        "NIK",
        "Nama",
        "Tempat/Tgl Lahir",
        "JK",
        "No KK",
        "KPJ",
        "NIP",
        "HP",
        "Alamat",
        "OPD",
        "TMT",
        "Ibu Kandung",
    ]
    row: list[books.Value] = [
        "3273021208909001", "H. ASEP", "Bandung, 12-08-1990", "L", "3273021208109001", "22012345678",
        "196803121990031004", "+62 812 345 678", "Jl.  Dago\n12", "Dinkes", date(2020, 1, 5), "IMAS",
    ]  # fmt: skip
    found = checked(tmp_path, [[*heading], row]).rows.row(1, named=True)
    assert {name: found[name] for name in found if found[name] is not None} == {
        "sheet": "Data", "row": 2, "verdict": "repaired", "nik": "3273021208909001", "name": "ASEP", "titles": "H.",
        "birth_date": date(1990, 8, 12), "birth_place": "Bandung", "sex": "L", "kk": "3273021208109001",
        "kpj": "22012345678", "nip": "196803121990031004", "phone": "+62 812 345 678", "address": "Jl. Dago 12",
        "unit": "Dinkes", "start_date": date(2020, 1, 5), "mother_name": "IMAS",
    }  # fmt: skip
    assert isinstance(found, dict) and pl.Series([found["wage"]]).null_count() == 1
