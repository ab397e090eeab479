"""The monthly update: an empty cell is unchanged, locked cells come back as sent, changes are typed."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from payung.rules.roster.monthly import (
    CHANGES_SCHEMA,
    EXPECTED_SCHEMA,
    KINDS,
    NEW_PEOPLE,
    NEW_SHEET,
    NotAnUpdate,
    Update,
    lines,
    read_update,
    template,
)
from payung.rules.roster.reading import read
from payung.rules.roster.sentences import sentence_of
from payung.rules.roster.vocabulary import field_of
from tests.rules.roster import books

WHAT_TO_DO = "Sisakan satu baris untuk tiap orang."
HEADING: list[books.Value] = [column.heading for column in template().columns]
EXPECTED = pl.DataFrame(
    [
        ("K1", "3273••••01", "ASEP HIDAYAT", 2_500_000),
        ("K2", "3273••••02", "EUIS", None),
        ("K3", None, "UJANG", 2_000_000),
    ],
    schema=EXPECTED_SCHEMA,
    orient="row",
)


def sent(**changes: dict[str, books.Value]) -> list[list[books.Value]]:
    """The lines as they were sent, with cells changed by key: K1={"PERUBAHAN": "KELUAR"}."""
    found: list[list[books.Value]] = []
    for line in lines(EXPECTED):
        cells = dict(zip(HEADING, line, strict=True)) | changes.get(str(line[0]), {})
        found.append(list(cells.values()))
    return found


def update(path: Path, rows: list[list[books.Value]], *others: list[list[books.Value]]) -> Update:
    file = books.xlsx(path / "a.xlsx", [["PEMBARUAN"], HEADING, *rows], *others)
    return read_update(read(file), EXPECTED, on=date(2022, 10, 1), membership_class="PU", place="32.73")


def codes(found: Update) -> list[tuple[int, str]]:
    return found.findings.select("row", "code").rows()


def test_the_codes_of_a_change_are_those_of_the_layout() -> None:
    assert set(template().column("change").codes) == set(KINDS)
    assert [column.heading for column in template().columns if column.locked] == [
        "KUNCI", "NIK", "NAMA", "UPAH SEKARANG",
    ]  # fmt: skip
    assert all(field_of((heading,)) not in (None, "other") for heading in NEW_PEOPLE) and NEW_SHEET


def test_what_comes_back_as_it_was_sent_says_nothing(tmp_path: Path) -> None:
    found = update(tmp_path, sent())
    assert found.changes.is_empty() and found.findings.is_empty()
    assert (found.unchanged, found.left_out, found.new) == (3, 0, None)
    assert found.changes.schema == CHANGES_SCHEMA


def test_typed_changes(tmp_path: Path) -> None:
    found = update(
        tmp_path,
        sent(
            K1={"PERUBAHAN": "upah", "UPAH BARU": "Rp 2.750.000,-"},
            K2={"PERUBAHAN": "PINDAH", "TANGGAL": date(2022, 9, 30), "PINDAH KE": "Disdik", "CATATAN": "SK 12"},
            K3={"PERUBAHAN": "MENINGGAL", "TANGGAL": "12 September 2022"},
        ),
    )
    assert found.findings.is_empty() and found.unchanged == 0
    assert found.changes.drop("sheet").rows() == [
        (3, "K1", "wage", None, 2_750_000, None, None),
        (4, "K2", "moved", date(2022, 9, 30), None, "Disdik", "SK 12"),
        (5, "K3", "died", date(2022, 9, 12), None, None, None),
    ]


def test_lines_that_were_taken_out_are_counted(tmp_path: Path) -> None:
    found = update(tmp_path, sent(K1={"PERUBAHAN": "KELUAR", "TANGGAL": "30-09-2022"})[:1])
    assert (found.changes.height, found.unchanged, found.left_out) == (1, 2, 2)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"PERUBAHAN": "KELUAR"}, "update_date_missing"),
        ({"PERUBAHAN": "KELUAR", "TANGGAL": "03/04/2022"}, "update_date_unreadable"),
        ({"PERUBAHAN": "CUTI"}, "update_change_unknown"),
        ({"TANGGAL": "01-09-2022"}, "update_without_change"),
        ({"UPAH BARU": 3_000_000}, "update_without_change"),
        ({"PERUBAHAN": "UPAH"}, "update_wage_missing"),
        ({"PERUBAHAN": "UPAH", "UPAH BARU": "2.5"}, "wage_unreadable"),
        ({"PERUBAHAN": "KELUAR", "TANGGAL": "01-09-2022", "UPAH BARU": 3_000_000}, "update_wage_unasked"),
        ({"NAMA": "RINI WULANDARI"}, "update_locked_changed"),
        ({"UPAH SEKARANG": 3_000_000}, "update_locked_changed"),
        ({"NIK": "3273021208909001"}, "update_locked_changed"),
        ({"KUNCI": "K9"}, "update_key_unknown"),
        ({"KUNCI": None}, "update_key_missing"),
    ],
)
def test_what_stands_against_a_change(tmp_path: Path, changes: dict[str, Any], code: str) -> None:
    found = update(tmp_path, sent(K1=changes))
    assert codes(found) == [(3, code)] and found.changes.is_empty()
    (finding,) = found.findings.iter_rows(named=True)
    assert finding["column"] and "kolom" in sentence_of(finding) and "column" in sentence_of(finding, "en")


def test_one_person_on_two_lines(tmp_path: Path) -> None:
    left = sent(K1={"PERUBAHAN": "KELUAR", "TANGGAL": "01-09-2022"})
    found = update(tmp_path, [*left, sent(K1={"PERUBAHAN": "UPAH", "UPAH BARU": 3_000_000})[0]])
    assert codes(found) == [(3, "update_key_twice"), (6, "update_key_twice")]
    assert found.changes.is_empty()
    said = [sentence_of(finding) for finding in found.findings.iter_rows(named=True)]
    assert said[0].endswith(WHAT_TO_DO) and "baris 6" in said[0] and "baris 3" in said[1]


def test_a_locked_column_that_was_taken_out_is_not_asked_for(tmp_path: Path) -> None:
    rows = [[*line[:1], *line[3:]] for line in ([*HEADING], *sent(K1={"PERUBAHAN": "UPAH", "UPAH BARU": 3_000_000}))]
    file = books.xlsx(tmp_path / "a.xlsx", rows)
    found = read_update(read(file), EXPECTED, on=date(2022, 10, 1), membership_class="PU")
    assert found.findings.is_empty() and found.changes["wage_rupiah"].to_list() == [3_000_000]


def test_a_name_in_other_letters_is_still_the_same(tmp_path: Path) -> None:
    assert update(tmp_path, sent(K1={"NAMA": "Asep Hidayat", "UPAH SEKARANG": "2.500.000"})).findings.is_empty()


def test_new_people_are_checked_as_any_list(tmp_path: Path) -> None:
    found = update(tmp_path, sent(), [list(books.HEADING), books.person(1), books.person(2, NIK=None)])
    assert found.new is not None
    assert found.new.rows.filter(pl.col("verdict") != "not_a_person")["verdict"].to_list() == ["clean", "human"]


def test_another_workbook_is_no_update(tmp_path: Path) -> None:
    with pytest.raises(NotAnUpdate):
        update_of = read(books.xlsx(tmp_path / "a.xlsx", [list(books.HEADING), books.person(1)]))
        read_update(update_of, EXPECTED, on=date(2022, 10, 1), membership_class="PU")
    with pytest.raises(NotAnUpdate) as refused:
        without_key = read(books.xlsx(tmp_path / "a.xlsx", [HEADING[1:], ["1", "2", "3"]]))
        read_update(without_key, EXPECTED, on=date(2022, 10, 1), membership_class="PU")
    assert refused.value.missing == ("KUNCI",)
