"""The cascade on rows made by hand: who is proved, who is probable, and who only a person may decide."""

import polars as pl
import pytest

from payung.rules.linkage import model, rows
from payung.rules.linkage.linking import judge, link
from tests.rules.linkage.people import ASEP, ON, Row, like_asep, table


def tier(one: Row, other: Row) -> str | None:
    """The tier of a pair of rows, each alone in its table."""
    pairs = link(table(one), table(other, letter="B"), on=ON).pairs
    return pairs["tier"][0] if len(pairs) else None


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "H. ASEP SUNANDAR, S.Pd"},
        {"birth_date": None},
        {"birth_date": "1980-05-10", "village": None, "mother_name": None},
        {"village": "Antapani", "mother_name": "Lain Orang"},
        {"nik": "32.73.02.100580.9101"},
        {"sex": None},
    ],
)
def test_one_sound_nik_and_nothing_against_it_is_proof(changes: Row) -> None:
    assert tier(like_asep(), like_asep(**changes)) == "exact"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"nik": "3273021005809110"}, "review"),  # another serial: a namesake or a slip
        ({"nik": "3273021005809100"}, "probable"),  # the last digit lost in Excel
        ({"nik": "327302100580911"}, "probable"),  # one digit left out
        ({"nik": None}, "probable"),
        ({"nik": None, "birth_date": "05-10-1980"}, "review"),
        ({"nik": None, "name": "Asep Sunander"}, "review"),
        ({"nik": None, "village": "Antapani"}, "review"),
        ({"nik": None, "village": None, "mother_name": None}, "review"),
        ({"name": "Dewi Lestari", "sex": "P", "mother_name": "Nonoh"}, "review"),  # the NIK stands on somebody else
        ({"sex": "P"}, "review"),
        ({"name": None}, "review"),  # a name that is unknown proves nothing
    ],
)
def test_what_is_not_proved(changes: Row, expected: str) -> None:
    assert tier(like_asep(), like_asep(**changes)) == expected


TWINS = [
    like_asep(name="Usep Sunandar", nik="3273021005809102"),
    like_asep(name="Asep Sunander", nik="3273021005809100"),
    like_asep(name="Usep Sunandar", nik=None),
    like_asep(name="Asep Sunander", nik=None),
    like_asep(name="Usep Sunandar", nik="327302100580902"),
]


@pytest.mark.parametrize("twin", TWINS)
def test_twins_are_never_one_without_a_person(twin: Row) -> None:
    assert tier(like_asep(), twin) in (None, "review")


def test_father_and_son_of_one_name() -> None:
    son = like_asep(nik="3273021203059107", birth_date="12-03-2005", mother_name="Yayah Rokayah")
    assert tier(like_asep(), son) is None
    assert tier(like_asep(), {**son, "nik": None, "mother_name": None}) in (None, "review")


@pytest.mark.parametrize("unknown", [{"nik": None}, {"nik": None, "mother_name": None}, {"mother_name": None}])
def test_same_name_and_birth_date_in_another_village(unknown: Row) -> None:
    namesake = {**like_asep(nik="3273101005809644", village="Sukahaji"), **unknown}
    assert tier(like_asep(), namesake) in (None, "review")


def test_a_nik_on_two_rows_of_the_other_list_is_not_proof() -> None:
    pairs = link(table(ASEP), table(ASEP, ASEP, letter="B"), on=ON).pairs
    assert set(pairs["tier"]) == {"review"}
    assert set(pairs["id_b"]) == {"B0", "B1"}


def test_a_nik_that_cannot_exist_is_not_proof() -> None:
    impossible = like_asep(nik="3273021005800000")
    assert tier(impossible, impossible) == "probable"
    month_13 = like_asep(nik="3273021013809101")
    assert tier(month_13, month_13) == "probable"


def test_duplicates_inside_one_table() -> None:
    dewi = {"nik": "3273024102909777", "name": "Dewi Lestari", "birth_date": "01-02-1990", "village": "Coblong"}
    pairs = link(table(ASEP, like_asep(birth_date="10/05/1980"), dewi, ASEP), on=ON).pairs
    assert set(pairs.select("id_a", "id_b", "tier").rows()) == {
        ("A0", "A1", "exact"), ("A0", "A3", "exact"), ("A1", "A3", "exact"),
    }  # fmt: skip


def test_one_contradiction_on_a_nik_spoils_the_proof_for_all_its_rows() -> None:
    stranger = like_asep(name="Dewi Lestari", sex="P", birth_date="01-02-1990", mother_name="Nonoh")
    pairs = link(table(ASEP, ASEP, stranger), on=ON).pairs
    assert "exact" not in pairs["tier"]
    assert {("A0", "A2"), ("A1", "A2")} <= set(pairs.select("id_a", "id_b").rows())


def test_two_rows_that_fit_one_person_are_left_to_a_person() -> None:
    pairs = link(table(like_asep(nik=None), like_asep(nik=None)), table(ASEP, letter="B"), on=ON).pairs
    assert pairs["tier"].to_list() == ["review", "review"]


def test_an_ambiguous_date_is_settled_by_the_nik_of_its_row() -> None:
    assert tier(like_asep(), like_asep(birth_date="5/10/1980")) == "exact"


def test_empty_tables_and_missing_columns() -> None:
    assert link(table(), table(letter="B"), on=ON).pairs.is_empty()
    assert link(table(ASEP), table(letter="B"), on=ON).pairs.is_empty()
    only = ("name", "birth_date", "village")
    pairs = link(table(ASEP, columns=only), table(ASEP, letter="B", columns=only), on=ON).pairs
    assert pairs["tier"].to_list() == ["probable"]
    assert link(table(ASEP, columns=("sex",)), table(ASEP, letter="B"), on=ON).pairs.is_empty()


def test_a_pair_that_is_asked_about_is_shown_however_little_it_weighs() -> None:
    stranger = like_asep(nik="3204112602910077", name="Dewi Lestari", birth_date="1991-02-26", mother_name="Nonoh")
    left, right = (rows.read(side, on=ON) for side in (table(like_asep()), table(stranger, letter="B")))
    pair = pl.DataFrame({"id_a": left["id"], "id_b": right["id"]})
    chosen = model.read()

    def tiers_of(asked: pl.DataFrame | None) -> list[str]:
        found = judge(pair.clear(), pair, left, right, chosen, prior=1e-6, within_one=False, asked=asked)
        return found["tier"].to_list()

    assert (tiers_of(None), tiers_of(pair.clear()), tiers_of(pair)) == ([], [], ["review"])
