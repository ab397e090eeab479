"""Birth dates as Indonesians write them: every day a text may mean, and nothing chosen.

Official templates ask for dd-mm-yyyy, and a text in exactly that form means that day. Every other text of
two small numbers may be day and month or, from a machine set to American habits, month and day: both are
given.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from payung.rules.identity.nik import latest_birth_date

OFFICIAL = re.compile(r"\d{2}-\d{2}-\d{4}")
"""dd-mm-yyyy, the form of the SIPP templates."""

_MONTH_SPELLINGS = (
    "jan januari january", "feb peb februari pebruari february", "mar mrt maret march", "apr april", "mei may",
    "jun juni june", "jul juli july", "agu agt ags aug agust agustus august", "sep sept september",
    "okt oct oktober october", "nov nop november nopember", "des dec desember december",
)  # fmt: skip
_MONTH_WORDS = {word: month for month, words in enumerate(_MONTH_SPELLINGS, 1) for word in words.split()}
_SEPARATOR = r"\s*[-/., ]\s*"
_DAY_FIRST = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{4}}|\d{{2}})")
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})")
_DAY_WORD = re.compile(r"(\d{1,2})[\s\-/.,]*([a-z]+)[\s\-/.,]*(\d{4}|\d{2})", re.IGNORECASE)
_WORD_DAY = re.compile(r"([a-z]+)[\s\-/.]*(\d{1,2})\s*[,\s]\s*(\d{4})", re.IGNORECASE)
_RUN = re.compile(r"\d{7,8}")
_CLOCK = re.compile(r"[ T]0?0[:.]00(?:[:.]00(?:\.0+)?)?$")
_PLACE_AND_DATE = re.compile(r"(?P<place>[^\W\d_][^\d]*?)[\s,;:/\-]+(?P<date>\d.*)")
_OLDEST_YEAR = 1900
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(367, 73_051)


@dataclass(frozen=True, slots=True)
class DateReading:
    """`days` the text may mean, likeliest first: none (no date), one (certain) or two (day and month may be
    swapped).

    `place` stands before the date in the same cell. With `two_digit_year` the century was supplied.
    """

    days: tuple[date, ...]
    place: str | None = None
    two_digit_year: bool = False


def read(text: str, on: date) -> DateReading:
    """The days in a text such as "12 Mei 1980", "03/04/1980", "Cirebon, 12-05-1980", "1980-05-12".

    Two-digit years become the latest year not after `on`. Impossible dates (31-02-1980) give no day.
    """
    bare = _CLOCK.sub("", text.strip().strip("'’`").strip())
    place: str | None = None
    reading = _days(bare, on)
    if reading is None and (match := _PLACE_AND_DATE.fullmatch(bare)):
        place = match["place"].strip(" ,.;:/-") or None
        reading = _days(match["date"].strip(), on)
    days, two_digit_year = reading or ((), False)
    return DateReading(days, place, two_digit_year)


def from_serial(number: int) -> date | None:
    """The day behind a number that lost its date format (Excel counts days from 1900); None outside 1901
    to 2099.
    """
    return _SERIAL_ZERO + timedelta(days=number) if number in _SERIALS else None


def _days(text: str, on: date) -> tuple[tuple[date, ...], bool] | None:
    """The days of a text that is nothing but a date; None when it has another shape."""
    if match := _DAY_FIRST.fullmatch(text):
        swappable = OFFICIAL.fullmatch(text) is None
        return _day_and_month(int(match[1]), int(match[2]), match[3], on, swappable=swappable)
    if match := _YEAR_FIRST.fullmatch(text):
        return _exact(int(match[3]), int(match[2]), int(match[1])), False
    if _RUN.fullmatch(text):
        return _run_of_digits(text.zfill(8), on)
    if (match := _DAY_WORD.fullmatch(text)) and (month := _MONTH_WORDS.get(match[2].lower())):
        return _day_and_month(int(match[1]), month, match[3], on, swappable=False)
    if (match := _WORD_DAY.fullmatch(text)) and (month := _MONTH_WORDS.get(match[1].lower())):
        return _exact(int(match[2]), month, int(match[3])), False
    return None


def _run_of_digits(text: str, on: date) -> tuple[tuple[date, ...], bool]:
    """ "12051980" and "19800512": whichever of the two orders is a day."""
    year_first = _exact(int(text[6:]), int(text[4:6]), int(text[:4]))
    if year_first and year_first[0] <= on:
        return year_first, False
    return _day_and_month(int(text[:2]), int(text[2:4]), text[4:], on, swappable=True)


def _day_and_month(first: int, second: int, year: str, on: date, *, swappable: bool) -> tuple[tuple[date, ...], bool]:
    """The days of two numbers and a year, day first; also month first when `swappable`."""
    orders = [(first, second)]
    if swappable and first != second:
        orders.append((second, first))
    days: list[date] = []
    for day, month in orders:
        if len(year) == 4:
            days.extend(_exact(day, month, int(year)))
        else:
            days.extend(_with_century(day, month, int(year), on))
    return tuple(days), len(year) == 2


def _exact(day: int, month: int, year: int) -> tuple[date, ...]:
    if year < _OLDEST_YEAR:
        return ()
    try:
        return (date(year, month, day),)
    except ValueError:
        return ()


def _with_century(day: int, month: int, two_digit_year: int, on: date) -> tuple[date, ...]:
    try:
        return (latest_birth_date(day, month, two_digit_year, on),)
    except ValueError:
        return ()
