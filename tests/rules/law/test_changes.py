"""No number may change without a case for the first month and one for the month before."""

import pytest

from payung.rules.law.statute import FIRST_MONTH
from payung.rules.law.tables import table
from tests.rules.law.casebook import cases

CONTRIBUTIONS = ("jkk_pu", "jkk_bpu", "jkm_pu", "jkm_bpu", "jht", "jp", "jp_ceiling", "bpu_brackets", "reliefs")
OTHER_CLASSES = ("jkk_jakon", "jakon_slices", "deferrals", "pmi_packages")
BOOKS = ("changes.toml", "other_classes.toml")


@pytest.mark.parametrize("name", [*CONTRIBUTIONS, *OTHER_CLASSES])
def test_each_change_of_a_contribution_table_has_its_two_cases(name: str) -> None:
    figures = [row.figure for row in table(name).rows]
    changes = {figure.first for figure in figures} | {figure.last.shift(1) for figure in figures if figure.last}
    told = {(case["change"], case["month"]) for book in BOOKS for case in cases(book) if case.get("table") == name}
    needed = {(str(change), str(month)) for change in changes for month in (change, change.shift(-1))}
    needed.discard((str(FIRST_MONTH), str(FIRST_MONTH.shift(-1))))  # June 2015 is refused, for every table alike
    assert needed <= told


def test_each_january_of_the_minimum_wages_has_its_case() -> None:
    told = {(case["place"], case["month"]) for case in cases("wages.toml")}
    for key in table("minimum_wage").keys_in_use():
        series = table("minimum_wage").series(*key)
        for figure in series.figures:
            assert (key[0], str(figure.first)) in told
            assert (key[0], str(figure.first.shift(-1))) in told or figure is series.figures[0]


def test_each_change_of_jkp_has_its_two_cases() -> None:
    told = {case["month"] for case in cases("jkp.toml")}
    for name in ("jkp", "jkp_wage_cap"):
        for row in table(name).rows:
            assert {str(row.figure.first), str(row.figure.first.shift(-1))} <= told
