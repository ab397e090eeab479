"""A corrected upload shows only what changed, whatever happened to the order of its rows."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.rules.roster.checking import check
from payung.rules.roster.differences import CELLS_SCHEMA, COMPARED, ROWS_SCHEMA, Differences, compare
from payung.rules.roster.reading import read
from tests.rules.roster import books

Row = list[books.Value]


def rows_of(path: Path, *rows: Row) -> pl.DataFrame:
    file = books.xlsx(path / "a.xlsx", [[*books.HEADING], *rows])
    return check(read(file), on=date(2022, 10, 1), membership_class="PU", place="32.73").rows


def between(path: Path, before: list[Row], after: list[Row]) -> Differences:
    return compare(rows_of(path, *before), rows_of(path, *after))


def told(found: Differences) -> list[tuple[Any, ...]]:
    return found.rows.select("change", "matched_by", "before_row", "after_row").rows()


def test_nothing_changed(tmp_path: Path) -> None:
    rows = [books.person(number) for number in range(1, 5)]
    found = between(tmp_path, rows, list(reversed(rows)))
    assert found.is_empty and found.unchanged == 4 and found.cells.is_empty()
    assert found.rows.schema == ROWS_SCHEMA and found.cells.schema == CELLS_SCHEMA


def test_a_value_a_new_and_a_missing_person(tmp_path: Path) -> None:
    before = [books.person(1), books.person(2), books.person(3)]
    after = [books.person(4), books.person(1, GAJI=3_000_000, JABATAN="SOPIR"), books.person(3)]
    found = between(tmp_path, before, after)
    assert told(found) == [("added", None, None, 2), ("changed", "nik", 2, 3), ("removed", None, 3, None)]
    assert found.cells.select("after_row", "field", "before", "after").rows() == [
        (3, "job", "PRAMUBAKTI", "SOPIR"), (3, "wage", "2500000", "3000000"),
    ]  # fmt: skip
    assert found.unchanged == 1


def test_a_mended_nik_is_found_by_name_and_birth(tmp_path: Path) -> None:
    whole = str(books.person(1)[1])
    found = between(tmp_path, [books.person(1, NIK=whole[:15])], [books.person(2), books.person(1)])
    assert told(found) == [("added", None, None, 2), ("changed", "name_and_birth", 2, 3)]
    assert found.rows.row(1, named=True)["before_verdict"] == "human"
    assert found.cells.rows() == [("Data", 3, "nik", whole[:15], whole)]


def test_a_mended_name_and_birth_date(tmp_path: Path) -> None:
    wrong = {"NIK": None, "TANGGAL LAHIR": None}
    assert told(between(tmp_path, [books.person(1, **wrong)], [books.person(1)])) == [("changed", "name", 2, 2)]
    misspelt = books.person(1, NAMA="ASEEP KURNIA HIDAYAT", NIK=None)
    mended = books.person(1, NAMA="ASEP KURNIA HIDAYAT", NIK=None)
    assert told(between(tmp_path, [misspelt], [mended])) == [("changed", "place", 2, 2)]


def test_another_person_at_the_same_place_is_another_person(tmp_path: Path) -> None:
    other = books.person(2, NAMA="RINI WULANDARI")
    assert told(between(tmp_path, [books.person(1)], [other])) == [("added", None, None, 2), ("removed", None, 2, None)]


def test_twins_of_one_nik_are_not_matched_by_it(tmp_path: Path) -> None:
    before = [books.person(1), books.person(1, NAMA="RINI WULANDARI")]
    found = between(tmp_path, before, [books.person(1)])
    assert told(found) == [("judged", "name_and_birth", 2, 2), ("removed", None, 3, None)]


def test_a_person_twice_becomes_another_person(tmp_path: Path) -> None:
    found = between(tmp_path, [books.person(1), books.person(1)], [books.person(1), books.person(2)])
    assert {change for change, *_ in told(found)} == {"added", "removed"} and found.unchanged == 1


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_every_row_is_accounted_for_once(data: st.DataObject) -> None:
    names = st.sampled_from(["ASEP", "UJANG", "EUIS", None])
    people = st.lists(
        st.fixed_dictionaries({
            "sheet": st.sampled_from(["A", "B"]),
            "nik": st.sampled_from(["3273021208909001", "3273024507859002", "32730212", None]),
            "name": names, "birth_date": st.sampled_from([date(1990, 8, 12), date(1985, 7, 5), None]),
            "verdict": st.sampled_from(["clean", "human", "not_a_person"]),
        }), max_size=6,
    )  # fmt: skip
    schema = {"sheet": pl.String, "nik": pl.String, "name": pl.String, "birth_date": pl.Date, "verdict": pl.String}
    frames = [
        pl.DataFrame(data.draw(people), schema=schema).with_row_index("row", offset=1).cast({"row": pl.UInt32})
        for _ in range(2)
    ]
    found = compare(*frames)
    before, after = (frame.filter(pl.col("verdict") != "not_a_person").height for frame in frames)
    assert found.rows["before_row"].drop_nulls().len() + found.unchanged == before
    assert found.rows["after_row"].drop_nulls().len() + found.unchanged == after
    assert set(found.cells["field"]) <= set(COMPARED)
    assert compare(frames[0], frames[0]).rows.filter(pl.col("change") == "changed").is_empty()
