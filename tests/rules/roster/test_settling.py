"""Which sheets wait for a person, how they are known again, and cells put in place of what a file holds."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.roster.apart.frames import TEXT
from payung.rules.roster.mending import mended
from payung.rules.roster.reading import read
from payung.rules.roster.settling import fingerprint, samples, unsettled
from payung.rules.roster.workbook import Sheet, Workbook
from tests.rules.roster.books import HEADING, Value, person, xlsx

UNKNOWN = tuple(f"KOLOM {letter}" for letter in "ABCDEFGHIJ")


def book(tmp_path: Path, *sheets: Sequence[Sequence[Value]], hidden: tuple[int, ...] = ()) -> Workbook:
    return read(xlsx(tmp_path / "daftar.xlsx", *sheets, hidden=hidden))


PEOPLE = [person(number) for number in range(1, 6)]


def test_a_sheet_with_known_headings_is_settled(tmp_path: Path) -> None:
    assert unsettled(book(tmp_path, [HEADING, *PEOPLE])) == {}


def test_people_under_unknown_headings_or_none_wait(tmp_path: Path) -> None:
    found = unsettled(book(tmp_path, [HEADING, *PEOPLE], [UNKNOWN, *PEOPLE], PEOPLE))
    assert list(found) == [1, 2]
    assert {one.field for one in found[1].columns} >= {"nik", "name", "birth_date"}


def test_sheets_without_people_and_hidden_ones_do_not_wait(tmp_path: Path) -> None:
    summary: list[tuple[Value, ...]] = [("Rekap", None), ("Dinas A", 12), ("Dinas B", 31), ("Jumlah", 43)]
    found = unsettled(book(tmp_path, [HEADING, *PEOPLE], summary, [UNKNOWN, *PEOPLE], hidden=(2,)))
    assert found == {}


def test_a_column_that_looks_more_like_the_nik_than_its_heading_waits(tmp_path: Path) -> None:
    rows = [[*cells, cells[1]] for cells in PEOPLE]
    for number, cells in enumerate(rows):
        cells[1] = f"A/{number}"
    (proposal,) = unsettled(book(tmp_path, [(*HEADING, "KODE LAIN"), *rows])).values()
    assert next(one.letter for one in proposal.columns if one.field == "nik") == "K"


def test_damaged_niks_alone_do_not_stop_a_list(tmp_path: Path) -> None:
    rows = [[*cells[:1], "3.27302E+15", *cells[2:]] for cells in PEOPLE]
    assert unsettled(book(tmp_path, [HEADING, *rows])) == {}


def test_of_few_people_totals_signatures_and_column_numbers_say_nothing(tmp_path: Path) -> None:
    merged = (*HEADING, "SK NOMOR", "SK TANGGAL")
    numbers = tuple(str(place) for place in range(1, len(merged) + 1))
    few = [(*person(1), "188/1", "2013-04-01"), (*person(2)[:4], 32144, *person(2)[5:], "188/2", "2019-12-01")]
    below: list[tuple[Value, ...]] = [
        ("JUMLAH", None, "2 orang"), (), (None, "Mengetahui,"), (None, "LURAH SITUSAEUR"),
        (None, "Wina Herlina"), (None, "NIP. 19690615 199403 2 929"),
    ]  # fmt: skip
    for people in (few, few[:1]):
        assert unsettled(book(tmp_path, [merged, numbers, *people, *below])) == {}


def test_a_fingerprint_stays_when_the_people_change_and_changes_with_the_headings(tmp_path: Path) -> None:
    def of(*rows: Sequence[Value]) -> str:
        (proposal,) = unsettled(book(tmp_path, rows)).values()
        return fingerprint(proposal)

    others = [person(number) for number in range(20, 30)]
    assert of(UNKNOWN, *PEOPLE) == of(UNKNOWN, *others)
    assert of(UNKNOWN, *PEOPLE) != of((*UNKNOWN[:-1], "KOLOM Z"), *PEOPLE)
    assert of(*PEOPLE) == of(*others)
    assert of(*PEOPLE) != of(UNKNOWN, *PEOPLE)


def test_samples_are_the_first_filled_cells(tmp_path: Path) -> None:
    workbook = book(tmp_path, [UNKNOWN, *PEOPLE])
    (proposal,) = unsettled(workbook).values()
    assert samples(workbook.sheets[0], proposal, most=2)["C"] == [PEOPLE[0][2], PEOPLE[1][2]]


def sheet(name: str, *rows: list[str | None]) -> Sheet:
    texts = pl.DataFrame(rows, schema=dict.fromkeys("ABC", pl.String), orient="row")
    return Sheet(name, False, texts, texts.select(pl.all().str.len_bytes().fill_null(1).cast(pl.UInt8)))


CELL = st.none() | st.text(max_size=4)
ROWS = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=5)


@given(st.lists(ROWS, min_size=1, max_size=3), st.dictionaries(
    st.tuples(st.integers(-2, 18), st.sampled_from("ABCD")), st.text(min_size=1, max_size=5), max_size=6
))  # fmt: skip
def test_mended_cells_are_text_in_their_place_and_nothing_else_changes(
    pages: list[list[list[str | None]]], cells: dict[tuple[int, str], str]
) -> None:
    before = Workbook("x", tuple(sheet(f"S{number}", *rows) for number, rows in enumerate(pages)))
    after = mended(before, cells)
    position = 0
    for old, new in zip(before.sheets, after.sheets, strict=True):
        assert (new.height, new.letters) == (old.height, old.letters)
        for row in range(old.height):
            for letter in old.letters:
                typed = cells.get((position, letter))
                expected = (old.texts[letter][row], old.kinds[letter][row]) if typed is None else (typed, TEXT)
                assert (new.texts[letter][row], new.kinds[letter][row]) == expected
            position += 1
