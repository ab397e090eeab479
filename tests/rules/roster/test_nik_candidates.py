"""A NIK that lost digits gets candidates with what speaks for them; none is ever chosen."""

from datetime import date
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.rules.identity.nik import problem_of
from payung.rules.roster.checking import Checked, check
from payung.rules.roster.nik_candidates import CANDIDATES_SCHEMA, MOST_FOR_A_ROW, nik_candidates
from payung.rules.roster.reading import read
from payung.rules.roster.workbook import Sheet, Workbook
from tests.rules.roster import books

HEADING: list[books.Value] = ["NIK", "Nama", "Tgl Lahir", "L/P", "No KK"]
TRUE, NAME, BORN = str(books.person(1)[1]), str(books.person(1)[2]), str(books.person(1)[4])
CARD = TRUE[:6] + "0101109001"


def checked(path: Path, *rows: list[books.Value]) -> Checked:
    return check(read(books.xlsx(path / "a.xlsx", [HEADING, *rows])), on=date(2022, 10, 1), membership_class="PU")


def test_the_last_digit_dropped_by_excel(tmp_path: Path) -> None:
    found = nik_candidates(checked(tmp_path, [int(TRUE[:15] + "0"), NAME, BORN, "L", CARD]))
    assert found["candidate"].to_list() == [TRUE[:15] + str(digit) for digit in range(1, 10)]
    assert set(found["evidence"]) == {"family_card,birth_date,sex"} and set(found["read"]) == {TRUE[:15] + "0"}


def test_another_row_of_the_same_person_comes_first(tmp_path: Path) -> None:
    answer = checked(tmp_path, [int(TRUE[:15] + "0"), NAME, BORN, "L", None], [TRUE, "H. " + NAME, BORN, "L", None])
    first = nik_candidates(answer).row(0, named=True)
    assert (first["row"], first["candidate"], first["source"]) == (2, TRUE, "Data 3")
    assert first["evidence"] == "other_row,birth_date,sex"
    assert answer.rows["nik"][1] != TRUE and answer.rows["verdict"][1] == "human"


def test_another_list_helps_and_its_owner_excludes(tmp_path: Path) -> None:
    answer = checked(tmp_path, [TRUE[:9] + TRUE[10:], NAME, BORN, "L", None])
    other = TRUE[:15] + str((int(TRUE[15]) + 1) % 10)
    known = pl.DataFrame(
        {
            "nik": [TRUE, other],
            "name": [NAME, "RINI WULANDARI"],
            "evidence": ["other_list"] * 2,
            "source": ["DTSEN", "DTSEN"],
        }
    )
    found = nik_candidates(answer, known)
    assert found.row(0) == ("Data", 2, TRUE[:9] + TRUE[10:], TRUE, "other_list,birth_date,sex", "DTSEN")
    assert other not in found["candidate"].to_list()


def test_a_shortened_number_only_by_its_namesake(tmp_path: Path) -> None:
    short = f"{TRUE[0]},{TRUE[1:6]}E+15"
    answer = checked(tmp_path, [short, NAME, BORN, "L", None], [short, "RINI WULANDARI", "01-02-1980", "P", None])
    assert nik_candidates(answer).is_empty()
    known = pl.DataFrame({"nik": [TRUE], "name": [NAME], "evidence": ["other_list"], "source": ["Dukcapil"]})
    assert nik_candidates(answer, known).select("row", "candidate").rows() == [(2, TRUE)]


def test_what_contradicts_the_row_is_left_out(tmp_path: Path) -> None:
    assert nik_candidates(checked(tmp_path, [int(TRUE[:15] + "0"), NAME, "01-02-1999", "L", None])).is_empty()
    assert nik_candidates(checked(tmp_path, [None, NAME, BORN, "L", None])).is_empty()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 17), st.sampled_from("0123456789OlI-"), st.booleans())
def test_every_candidate_can_exist_and_fits(at: int, mark: str, drop: bool) -> None:
    damaged = TRUE[:at] + mark + TRUE[at + drop :]
    texts = pl.DataFrame({"A": ["NIK", damaged], "B": ["Nama", NAME], "C": ["Tgl Lahir", BORN]})
    kinds = texts.select(pl.all().is_not_null().cast(pl.UInt8))
    workbook = Workbook("a", (Sheet("Data", False, texts, kinds),))
    found = nik_candidates(check(workbook, on=date(2022, 10, 1), membership_class="PU"))
    assert found.schema == CANDIDATES_SCHEMA and found.height <= MOST_FOR_A_ROW
    for digits in found["candidate"]:
        # No sex stands in the row: a woman's day of birth is written forty higher.
        assert problem_of(digits) is None and int(digits[6:8]) % 40 == int(TRUE[6:8]) and digits[8:12] == TRUE[8:12]
