"""What a person confirmed once is known again; proposals come from headings and from cells."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payung.rules.roster.checking import Checked, check
from payung.rules.roster.known_layouts import layout
from payung.rules.roster.mapping import InvalidMapping, MappedColumn, Mapping, from_dict, mapping_of
from payung.rules.roster.proposing import ColumnProposal, propose
from payung.rules.roster.reading import read
from payung.rules.roster.recognising import fit
from payung.rules.roster.workbook import Workbook
from tests.rules.roster import books

ON = date(2022, 10, 1)
STRANGE = ["Urut", "Nomor A", "Sebutan", "Asal", "Hari", "Gol", "Tugas Pokok", "Wil 1", "Wil 2", "Uang"]
PEOPLE = [books.person(number) for number in range(1, 13)]


def book(path: Path, *rows: list[books.Value]) -> Workbook:
    return read(books.xlsx(path / "a.xlsx", rows))


def by_letter(workbook: Workbook) -> dict[str, ColumnProposal]:
    return {column.letter: column for column in propose(workbook.sheets[0]).columns}


def checked(workbook: Workbook, mapping: Mapping) -> Checked:
    return check(workbook, on=ON, membership_class="PU", place="32.73", mapping=mapping)


def test_cells_speak_where_headings_do_not(tmp_path: Path) -> None:
    found = by_letter(book(tmp_path, ["DAFTAR"], [*STRANGE], *PEOPLE))
    fields = {letter: column.field for letter, column in found.items()}
    assert fields | {"B": "nik", "C": "name", "E": "birth_date", "F": "sex", "J": "wage", "A": "number"} == fields
    assert [reason.code for reason in found["E"].reasons] == ["contents", "fits_nik"]
    assert all(reason.said("id") and reason.said("en") for column in found.values() for reason in column.reasons)


def test_of_two_columns_of_dates_the_one_that_fits_the_niks(tmp_path: Path) -> None:
    rows = [[row[1], row[2], f"{number:02d}-03-2019", row[4]] for number, row in enumerate(PEOPLE, 1)]
    found = by_letter(book(tmp_path, ["A1", "A2", "A3", "A4"], *rows))
    assert (found["D"].field, found["C"].field) == ("birth_date", None)


def test_a_family_card_is_told_from_a_nik(tmp_path: Path) -> None:
    rows: list[list[books.Value]] = [
        [row[1], f"327302010110900{number // 4}", row[2]] for number, row in enumerate(PEOPLE)
    ]
    found = by_letter(book(tmp_path, ["X", "Y", "Z"], *rows))
    assert (found["A"].field, found["B"].field) == ("nik", "kk")


def test_cells_that_contradict_a_heading_weigh_more(tmp_path: Path) -> None:
    rows = [[row[2], row[1], row[4]] for row in PEOPLE]
    found = by_letter(book(tmp_path, ["NIK", "Nama", "Tgl Lahir"], *rows))
    assert [found[letter].field for letter in "ABC"] == ["name", "nik", "birth_date"]
    assert found["A"].others == ("nik",) and found["A"].score < 60 < 90 <= found["C"].score


def test_a_doubtful_heading_says_so(tmp_path: Path) -> None:
    rows: list[list[books.Value]] = [[row[1], f"catatan-{number}", row[2]] for number, row in enumerate(PEOPLE)]
    found = by_letter(book(tmp_path, ["NIK", "Tgl Lahir", "Nama"], *rows))
    assert [reason.code for reason in found["B"].reasons] == ["heading", "contents_differ"]


def test_a_confirmed_proposal_checks_a_sheet_that_could_not_be_read(tmp_path: Path) -> None:
    workbook = book(tmp_path, ["DAFTAR"], [*STRANGE], *PEOPLE)
    assert set(check(workbook, on=ON, membership_class="PU").rows["verdict"]) == {"human", "not_a_person"}
    answer = checked(workbook, propose(workbook.sheets[0]).mapping())
    assert answer.rows["verdict"].to_list() == ["not_a_person"] * 2 + ["clean"] * 12
    assert answer.rows["nik"].to_list()[2:] == [row[1] for row in PEOPLE]


def test_next_month_the_columns_stand_elsewhere(tmp_path: Path) -> None:
    mapping = propose(book(tmp_path, [*STRANGE], *PEOPLE).sheets[0]).mapping()
    turned: list[list[books.Value]] = [[*reversed(STRANGE)], *([*reversed(row)] for row in PEOPLE)]
    answer = checked(book(tmp_path, ["Judul"], [], *turned, turned[0], turned[1]), mapping)
    assert [block.header_first for block in answer.blocks] == [3, 16]
    assert answer.rows["nik"].to_list()[3] == PEOPLE[0][1]
    assert answer.findings["code"].to_list() == ["duplicate_row"]


def test_another_sheet_is_read_as_usual(tmp_path: Path) -> None:
    mapping = propose(book(tmp_path, [*STRANGE], *PEOPLE).sheets[0]).mapping()
    answer = checked(book(tmp_path, list(books.HEADING), *PEOPLE), mapping)
    assert answer.rows["verdict"].to_list()[1:] == ["clean"] * 12


def test_a_sheet_without_headings_goes_by_its_letters(tmp_path: Path) -> None:
    workbook = book(tmp_path, *PEOPLE)
    proposal = propose(workbook.sheets[0])
    assert (proposal.header_first, proposal.header_last) == (0, 0)
    answer = checked(workbook, proposal.mapping())
    assert answer.rows["verdict"].to_list() == ["clean"] * 12


def test_a_layout_is_a_mapping_too(tmp_path: Path) -> None:
    rows: list[list[books.Value]] = [["Nama Jenazah", "NIK", "Tgl Wafat"], ["ASEP", "3273021208909001", "01-01-2022"]]
    sheet = book(tmp_path, *rows).sheets[0]
    recognised = fit(sheet, layout("kematian"))
    assert recognised is not None
    assert mapping_of(sheet, recognised).columns == (
        MappedColumn("B", "nik", "nik"), MappedColumn("A", "nama jenazah", "name"),
    )  # fmt: skip


def test_it_goes_through_json(tmp_path: Path) -> None:
    mapping = propose(book(tmp_path, [*STRANGE], *PEOPLE).sheets[0]).mapping()
    assert from_dict(json.loads(json.dumps(mapping.to_dict()))) == mapping


NIK = {"letter": "A", "heading": "NIK", "field": "nik"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ([], "shape"),
        ({"columns": 3, "heading_rows": 1}, "shape"),
        ({"columns": [{"letter": "A"}], "heading_rows": 1}, "shape"),
        ({"columns": [NIK | {"field": "shoe"}], "heading_rows": 1}, "field_unknown"),
        ({"columns": [NIK, NIK], "heading_rows": 1}, "field_twice"),
        ({"columns": [NIK, NIK | {"field": "name"}], "heading_rows": 1}, "column_twice"),
        ({"columns": [NIK | {"heading": " "}], "heading_rows": 1}, "column_twice"),
        ({"columns": [NIK | {"field": "sex"}], "heading_rows": 1}, "nothing"),
        ({"columns": [NIK], "heading_rows": 9}, "rows"),
    ],
)
def test_what_is_no_mapping(content: Any, reason: str) -> None:
    with pytest.raises(InvalidMapping) as refused:
        from_dict(content)
    assert refused.value.reason == reason
