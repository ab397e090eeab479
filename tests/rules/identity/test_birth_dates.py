"""Birth dates: every day a text may mean, and none that it cannot."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.identity import birth_dates

ON = date(2022, 10, 1)
DAYS = st.dates(date(1930, 1, 1), date(2005, 12, 31))
MAY_12, DEC_5 = date(1980, 5, 12), date(1980, 12, 5)


@pytest.mark.parametrize(
    "text",
    [
        "12-05-1980", "12 Mei 1980", "12 MEI 1980", "12-Mei-1980", "12 May 1980", "Mei 12, 1980", "1980-05-12",
        "1980/05/12", "19800512", "1980-05-12 00:00:00", "'12-05-1980", "12Mei1980",
    ],
)  # fmt: skip
def test_one_day(text: str) -> None:
    assert birth_dates.read(text, ON) == birth_dates.DateReading((MAY_12,))


@pytest.mark.parametrize("text", ["12/05/1980", "12-5-1980", "12.05.1980", "12 05 1980", "12051980", "12 / 5 / 1980"])
def test_two_days(text: str) -> None:
    assert birth_dates.read(text, ON) == birth_dates.DateReading((MAY_12, DEC_5))


def test_two_digit_years_take_the_latest_century() -> None:
    assert birth_dates.read("25/12/80", ON) == birth_dates.DateReading((date(1980, 12, 25),), two_digit_year=True)
    assert birth_dates.read("25-12-21", ON).days == (date(2021, 12, 25),)
    assert birth_dates.read("25-12-22", ON).days == (date(1922, 12, 25),)


@pytest.mark.parametrize(
    ("text", "place", "days"),
    [
        ("Cirebon, 12-05-1980", "Cirebon", (MAY_12,)),
        ("Cirebon 12 Mei 1980", "Cirebon", (MAY_12,)),
        ("KAB. BANDUNG/12-05-1980", "KAB. BANDUNG", (MAY_12,)),
        ("Cirebon, 12/05/1980", "Cirebon", (MAY_12, DEC_5)),
        ("Cirebon, 31-02-1980", "Cirebon", ()),
        ("Cirebon", None, ()),
        ("Cirebon, LUPA", None, ()),
    ],
)
def test_place_and_date_in_one_cell(text: str, place: str | None, days: tuple[date, ...]) -> None:
    found = birth_dates.read(text, ON)
    assert (found.place, found.days) == (place, days)


@pytest.mark.parametrize(
    "text", ["31-02-1980", "00-00-1980", "31/06/1980", "1980", "LUPA", "", "12-13-1880", "99999999"]
)
def test_no_day(text: str) -> None:
    assert birth_dates.read(text, ON).days == ()


def test_numbers_that_lost_their_date_format() -> None:
    assert birth_dates.from_serial(29353) == MAY_12
    assert birth_dates.from_serial(1980) == date(1905, 6, 2)
    assert birth_dates.from_serial(12051980) is None
    assert birth_dates.from_serial(0) is None


@given(DAYS)
def test_the_true_day_is_always_among_the_readings(day: date) -> None:
    for form in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d%m%Y", "Bandung, %d-%m-%Y"):
        assert day in birth_dates.read(day.strftime(form), ON).days


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert len(birth_dates.read(text, ON).days) <= 2
