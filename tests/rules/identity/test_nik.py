"""What sixteen digits say, and what makes them impossible."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.identity import nik

ON = date(2022, 10, 1)
BIRTHS = st.dates(date(1930, 1, 1), date(2007, 12, 31))


def of(birth: date, sex: str = "L", serial: int = 1) -> str:
    return f"327302{birth.day + 40 * (sex == 'P'):02d}{birth:%m%y}{serial:04d}"


def test_the_parts_of_a_nik() -> None:
    found = nik.parse("3273024507850012")
    assert (found.region_code, found.place_code, found.sex, found.serial) == ("32.73.02", "32.73", "P", 12)
    assert found.birth_date(ON) == date(1985, 7, 5)
    assert found.says_birth(date(1985, 7, 5)) and not found.says_birth(date(1985, 5, 7))


@given(BIRTHS, st.sampled_from("LP"), st.integers(1, 9999))
def test_every_birthday_and_sex_comes_back(birth: date, sex: str, serial: int) -> None:
    found = nik.parse(of(birth, sex, serial))
    assert (found.birth_date(ON), found.sex, found.serial) == (birth, sex, serial)


@pytest.mark.parametrize(
    ("digits", "problem"),
    [
        ("327302120890000", "length"),
        ("32730212089000011", "length"),
        ("327302120890000x", "length"),
        ("３２７３０２１２０８９００００１", "length"),
        ("3273021208900000", "serial_zero"),
        ("3273023113900001", "birth_impossible"),
        ("3273020008900001", "birth_impossible"),
        ("3273024008900001", "birth_impossible"),
        ("3273023102900001", "birth_impossible"),
        ("3273027102900001", "birth_impossible"),
        ("3273022902900001", "birth_impossible"),
        ("3273027208900001", "birth_impossible"),
        ("3273021200900001", "birth_impossible"),
    ],
)
def test_what_cannot_be_a_nik(digits: str, problem: str) -> None:
    assert nik.problem_of(digits) == problem
    with pytest.raises(nik.InvalidNik) as refusal:
        nik.parse(digits)
    assert refusal.value.problem == problem


@pytest.mark.parametrize("digits", ["3273022902920001", "3273026902000001", "9171015001850001", "3273023112990001"])
def test_what_may_look_odd_and_is_right(digits: str) -> None:
    assert nik.problem_of(digits) is None


def test_the_century_is_the_latest_that_has_begun() -> None:
    assert nik.parse("3273020110220001").birth_date(ON) == date(2022, 10, 1)
    assert nik.parse("3273020210220001").birth_date(ON) == date(1922, 10, 2)
    assert nik.parse("3273022902000001").birth_date(ON) == date(2000, 2, 29)
    assert nik.parse("3273022902000001").birth_date(date(1999, 1, 1)) == date(1600, 2, 29)


def test_a_screen_shows_the_place_and_two_digits() -> None:
    assert nik.masked("3273021208900001") == "3273••••••••••01"
    assert nik.masked("32730") == "•••••"
    assert nik.masked("") == ""
