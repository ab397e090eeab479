"""The sender's workbook rebuilt: every cell where it was, every finding where it belongs."""

import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.cell import Cell as BookCell
from paper_sheets import ABOUT, HEADING, NIK, found, person, rebuilt, sheet

from payung.doors.papers import findings_rebuild
from payung.doors.papers.findings_rebuild import rebuild, sheet_names
from payung.doors.papers.wording import Wording
from payung.rules.roster.reading import read
from payung.rules.roster.workbook import Sheet

TITLE = ["DAFTAR TENAGA NON ASN", None, None, None, None, None]
SHORT_NIK, SHARED = "32730612089", "Euis Komariah"


def faulty() -> Sheet:
    """Title, blank row, heading in row 3, then: clean, a NIK too short, no NIK, a tidied name, twice, signature."""
    return sheet(
        [
            TITLE,
            [None],
            HEADING,
            person(1),
            person(2, SHORT_NIK, SHARED),
            person(3, None, "Ujang Sutisna", date(1985, 3, 1)),
            person(4, "3273061208900002", "  Dadang   Hidayat "),
            person(5),
            [None, None, "Mengetahui,"],
        ]
    )


def look(cell: BookCell) -> tuple[str, str | None]:
    """Fill colour and stroke of the frame."""
    return str(cell.fill.fgColor.rgb)[2:], cell.border.left.style


def test_every_cell_keeps_its_place_and_its_kind() -> None:
    rows = [
        HEADING,
        person(1),
        [2, 3273061208900002, "=1+1", datetime(1990, 8, 12, 7, 30), True, 2.5],
        ["007", NIK, "-", "12 Mei 1980", False, None],
        [None, None, None, None, None, "baris terakhir"],
    ]
    book = rebuilt([sheet(rows), sheet([[None, None], [None, "C2"]], "Lembar 2")])
    assert book.sheetnames == ["Ringkasan Temuan", "Dinkes", "Lembar 2"]
    back = book["Dinkes"]
    read_back = [[back.cell(row, column).value for column in range(1, 7)] for row in range(1, 6)]
    assert read_back[0] == list(HEADING)
    assert read_back[1] == [1, NIK, "Asep Sunandar", datetime(1990, 8, 12), "L", 2_500_000]
    assert read_back[2] == [2, 3273061208900002, "=1+1", datetime(1990, 8, 12, 7, 30), True, 2.5]
    assert read_back[3] == ["007", NIK, "-", "12 Mei 1980", False, None]
    assert read_back[4] == [None, None, None, None, None, "baris terakhir"]
    assert book["Lembar 2"]["B2"].value == "C2"
    assert back["B2"].data_type == "s"
    assert back["B2"].number_format == "@", "retyping a NIK must not make a number of it"
    assert back["D2"].number_format == "dd-mm-yyyy"
    assert back["B3"].number_format == "0", "a long number shows all its digits"
    assert back["C3"].data_type == "s"


@pytest.mark.parametrize("text", ["=1+1", "+62", "-Staf", "@admin", '=HYPERLINK("http://contoh.invalid")', "\t=1"])
def test_texts_that_look_like_formulas_stay_texts(text: str) -> None:
    back = rebuilt([sheet([HEADING, person(1, name=text)])])["Dinkes"]
    assert (back["C2"].value, back["C2"].data_type) == (text, "s")
    assert not [cell for row in back.iter_rows() for cell in row if cell.data_type == "f"]


def test_faulty_cells_are_coloured_framed_and_commented() -> None:
    back = rebuilt([faulty()])["Dinkes"]
    assert look(back["B5"]) == ("FBE4BC", "mediumDashed"), "human"
    assert look(back["B6"]) == ("FBE4BC", "mediumDashed"), "human, though the cell is empty"
    assert look(back["C7"]) == ("DCEFE2", "thin"), "repaired"
    assert look(back["B8"]) == ("F7D4D2", "thick"), "reject"
    assert look(back["B4"]) == ("000000", None), "clean"
    comment = back["B5"].comment
    assert comment is not None
    assert comment.author == "Payung"
    assert "11 angka, padahal NIK 16 angka" in comment.text
    assert comment.text.startswith("Perlu diputuskan.")
    assert back["B4"].comment is None


def test_remarks_stand_right_of_the_last_column_under_their_heading() -> None:
    back = rebuilt([faulty()])["Dinkes"]
    assert [back.cell(row, 7).value is not None for row in range(1, 10)] == [
        False, False, True, False, True, True, True, True, False,
    ]  # fmt: skip
    assert back["G3"].value == "Catatan Payung"
    assert str(back["G5"].value).startswith("Perlu diputuskan. Kolom NIK (B): tertulis 32730612089")
    assert "di lembar Dinkes, baris 4" in str(back["G8"].value)
    assert look(back["G8"])[0] == "F7D4D2"
    assert back.freeze_panes == "A4"
    assert back.auto_filter.ref == "A3:G9"


def test_the_worst_remark_of_a_row_comes_first() -> None:
    """The name is tidied (repaired), the NIK too short (human)."""
    back = rebuilt([sheet([HEADING, person(1), person(2, SHORT_NIK, "1. Asep   Sunandar")])])["Dinkes"]
    first, *rest = str(back["G3"].value).split("\n")
    assert first.startswith("Perlu diputuskan. Kolom NIK")
    assert any(one.startswith("Dirapikan. Kolom Nama") for one in rest)


def test_the_first_sheet_counts_people_and_findings_and_leads_to_them() -> None:
    book = rebuilt([faulty()])
    summary = book["Ringkasan Temuan"]
    rows = [[cell.value for cell in row] for row in summary.iter_rows()]
    told = {row[0]: row[1] for row in rows}
    assert (told["Berkas asal"], told["OPD"]) == ("Dinkes.xlsx", "Dinas Kesehatan")
    assert (told["bersih"], told["Jumlah"], told["Dinkes"]) == (2, 3, 4)
    kinds = {row[1]: row for row in rows if isinstance(row[2], int)}
    assert kinds["Orang yang sama tercantum dua kali"][:4] == [
        "tidak dapat didaftarkan",
        "Orang yang sama tercantum dua kali",
        1,
        "Baris pertama dipakai; hapus baris ini.",
    ]
    assert kinds["NIK kosong"][2:] == [1, "Minta NIK dari KTP atau KK.", "Dinkes, B6"]
    assert "Sudah dirapikan" in str(kinds["Penulisan nama dirapikan"][3]), "no empty {suggestion} in an advice"
    links = {cell.value: cell.hyperlink.location for row in summary.iter_rows() for cell in row if cell.hyperlink}
    assert links["Dinkes, B6"] == "'Dinkes'!B6"
    assert links["Dinkes"] == "'Dinkes'!A1"
    assert next(row[0] for row in rows if isinstance(row[2], int)) == "tidak dapat didaftarkan", "the worst first"


def test_a_list_without_findings_says_so() -> None:
    summary = rebuilt([sheet([HEADING, person(1)])], findings=[])["Ringkasan Temuan"]
    assert any("Tidak ada temuan" in str(cell.value) for cell in summary["A"])


def test_merged_cells_stay_merged_and_overlaps_do_no_harm() -> None:
    merged = ((1, 1, 1, 6), (1, 3, 1, 9), (4, 2, 5, 2))
    back = rebuilt([sheet([TITLE, [None], HEADING, person(1), person(2)], merged=merged)])["Dinkes"]
    assert {str(area) for area in back.merged_cells.ranges} == {"A1:F1", "B4:B5"}
    assert back["A1"].value == TITLE[0]
    assert "sudah tercantum" in str(back["G5"].value), "said in the remarks; a covered cell carries no comment"


def test_what_was_hidden_stays_hidden_unless_a_finding_stands_there() -> None:
    plain = sheet([["Catatan kantor"], [None], ["rahasia"]], "Lain", hidden=True)
    people = sheet([HEADING, person(1)], "Lama", hidden=True)
    rows = sheet([HEADING, person(1), person(2, "3273061208900002"), ["catatan"]], hidden_rows=(2, 4))
    book = rebuilt([rows, plain, people])
    assert {name: book[name].sheet_state for name in ("Dinkes", "Lain", "Lama")} == {
        "Dinkes": "visible", "Lain": "hidden", "Lama": "visible",
    }  # fmt: skip
    hidden = {row for row, height in book["Dinkes"].row_dimensions.items() if height.hidden}
    assert hidden == {4}
    cells = [str(cell.value) for cell in book["Ringkasan Temuan"]["A"]]
    assert "Lain (tersembunyi di berkas asal)" in cells


def test_sheet_names_are_those_of_the_sender_and_ours_steps_aside() -> None:
    book = rebuilt([sheet([HEADING, person(1)], "Ringkasan Temuan")])
    assert book.sheetnames == ["Ringkasan Temuan (2)", "Ringkasan Temuan"]


@example([" '0", "0' ", "x" * 30 + "'y"])
@given(st.lists(st.text(max_size=40), max_size=12))
def test_sheet_names_are_always_such_as_excel_takes(wanted: list[str]) -> None:
    names = sheet_names(wanted, Wording("id"))
    assert len({name.casefold() for name in names}) == len(wanted)
    for name in names:
        assert 1 <= len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")


def test_a_text_file_comes_back_as_a_workbook() -> None:
    book = rebuilt([sheet([HEADING, ["1", NIK, "Asep", "12-08-1990", "L", "2500000"]], "")])
    assert book.sheetnames == ["Ringkasan Temuan", "Data"]
    assert book["Data"]["F2"].value == "2500000"


def test_texts_beyond_what_a_cell_holds_and_dates_before_excel_are_written_as_well_as_can_be() -> None:
    back = rebuilt([sheet([HEADING, person(1, name="ä" * 40_000, born=date(1899, 12, 1))])])["Dinkes"]
    assert len(str(back["C2"].value)) == 32_767
    assert back["D2"].value == "01-12-1899"


def read_back(book: bytes, folder: Path) -> Sequence[Sheet]:
    path = folder / "kembali.xlsx"
    path.write_bytes(book)
    return read(path).sheets


def test_a_corrected_findings_workbook_can_be_sent_back_and_stays_the_same_list(tmp_path: Path) -> None:
    sent = [faulty(), sheet([["Tanpa tabel"]], "Lain")]
    first = rebuild(sent, found(sent), about=ABOUT, language="id", progress=lambda *told: None)
    back = read_back(first, tmp_path)
    assert [one.name for one in back] == ["Ringkasan Temuan", "Dinkes", "Lain"]
    places = [(one.sheet, one.row, one.column, one.code) for one in found(sent)]
    assert [(one.sheet, one.row, one.column, one.code) for one in found(back)] == places
    again = read_back(rebuild(back, found(back), about=ABOUT, language="en", progress=lambda *told: None), tmp_path)
    assert [one.name for one in again] == ["Summary of findings", "Dinkes", "Lain"]
    assert again[1].letters == ["A", "B", "C", "D", "E", "F", "G"], "one column of remarks, not two"
    assert again[1].value(3, "G") == "Remarks by Payung"


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.lists(
            st.none()
            | st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
            | st.integers(-(10**15), 10**15)
            | st.booleans()
            | st.dates(date(1900, 3, 1)),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_stands_in_a_cell_stands_there_again(rows: list[list[object]]) -> None:
    back = rebuilt([sheet([*rows, ["akhir", "akhir", "akhir"]])], findings=[])["Dinkes"]  # type: ignore[list-item]  # cells of text alone
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = back.cell(number, column).value
            assert (cell.date() if isinstance(cell, datetime) else cell) == value


def test_no_rows_are_left_behind_on_disk_when_the_work_breaks_off(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def gone(step: str, done: int, whole: int) -> None:
        if done:
            assert any(tmp_path.rglob("*")), "rows wait on disk while a workbook is written"
            raise ConnectionError

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ConnectionError):
        rebuild([faulty()], [], about=ABOUT, language="id", progress=gone)
    assert not list(tmp_path.rglob("*"))


def test_only_so_many_cells_carry_comments_and_the_first_sheet_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings_rebuild, "LARGEST_COMMENTED", 2)
    book = rebuilt([faulty()])
    assert sum(cell.comment is not None for row in book["Dinkes"].iter_rows() for cell in row) == 2
    assert book["Dinkes"]["G8"].value is not None
    assert any("untuk 2 sel pertama" in str(cell.value) for cell in book["Ringkasan Temuan"]["A"])


def test_full_size_takes_seconds_and_tells_how_far_it_is() -> None:
    rows = [person(number, f"327306120890{number % 9000 + 1:04d}", f"Orang {number}") for number in range(12_400)]
    rows = [[*row, *["isi"] * 9] for row in rows]
    for number in range(0, 12_400, 25):
        rows[number][1] = SHORT_NIK
    sheets = [sheet([[*HEADING, *"GHIJKLMNO"], *rows])]
    findings = [fault for fault in found(sheets) if fault.code == "nik_length"]
    assert len(findings) == 496
    told: list[tuple[str, int, int]] = []
    started = perf_counter()
    made = rebuild(sheets, findings, about=ABOUT, language="id", progress=lambda *step: told.append(step))
    seconds = perf_counter() - started
    print(f"12,401 rows x 15 columns, 496 findings: {seconds:.1f} s, {len(made) / 1e6:.1f} MB")
    assert seconds < 10
    assert [done for _, done, _ in told] == [*range(0, 12_001, 1_000), 12_401]
    assert {(step, whole) for step, _, whole in told} == {("write", 12_401)}
    assert BytesIO(made).getbuffer().nbytes < 3_000_000
