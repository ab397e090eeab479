"""Months and the few questions asked of dates: the only date arithmetic in Payung.

A contribution month (*bulan iuran*) is a first-class value. In columns it travels as its
`index`, an integer that counts months since year 0, so that differences are plain subtraction.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTH_NAMES_ID = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
MONTH_ABBREVIATIONS_ID = (
    "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
)  # fmt: skip


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """One calendar month. `Month(2022, 10)`, `Month.parse("2022-10")`."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1 <= self.year <= 9999):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Reads "YYYY-MM". Raises ValueError for anything else."""
        year, dash, month = text.strip().partition("-")
        if not (dash and len(year) == 4 and len(month) == 2 and (year + month).isdecimal()):
            raise ValueError(f"a month is written YYYY-MM, not {text!r}")
        return cls(int(year), int(month))

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that holds `day`."""
        return cls(day.year, day.month)

    @classmethod
    def from_index(cls, index: int) -> "Month":
        """The inverse of `index`."""
        return cls(index // 12, index % 12 + 1)

    @property
    def index(self) -> int:
        """Months since January of year 0: what columns carry."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def shift(self, months: int) -> "Month":
        """The month `months` later (earlier when negative)."""
        return Month.from_index(self.index + months)

    def until(self, last: "Month") -> Iterator["Month"]:
        """This month, the next, ... and `last`; nothing when `last` is earlier."""
        for index in range(self.index, last.index + 1):
            yield Month.from_index(index)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def short_month(month: Month) -> str:
    """ "Okt 2022", as screens show a month."""
    return f"{MONTH_ABBREVIATIONS_ID[month.month - 1]} {month.year}"


def long_month(month: Month) -> str:
    """ "Oktober 2022", as papers print a month."""
    return f"{MONTH_NAMES_ID[month.month - 1]} {month.year}"


def short_date(day: date) -> str:
    """ "25 Apr 2022", as screens show a date."""
    return f"{day.day} {MONTH_ABBREVIATIONS_ID[day.month - 1]} {day.year}"


def long_date(day: date) -> str:
    """ "25 April 2022", as papers print a date."""
    return f"{day.day} {MONTH_NAMES_ID[day.month - 1]} {day.year}"


def age_on(birth: date, on: date) -> int:
    """Completed years of age on a day; a birthday on 29 February is reached on 1 March."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def next_working_day(day: date, holidays: frozenset[date]) -> date:
    """`day` itself when it is a working day (Monday to Friday, no holiday), else the next one."""
    while day.weekday() >= 5 or day in holidays:
        day += timedelta(days=1)
    return day
