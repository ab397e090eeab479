"""NIK, the sixteen digits of a resident: what they say, and what is wrong with them.

Structure (LAW.md section 6): six digits of the region of first registration, two of the birth day (plus 40
for women), two of the month, two of the year, four of a serial that begins at 0001. There is no check
digit, so a NIK can be *impossible*, never proved right.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

LENGTH = 16
WOMAN_DAY_OFFSET = 40
LARGEST_EXACT_NUMBER = 2**53
"""Above it a number cell cannot hold every integer: the NIKs of Papua (91 to 96) lose their last digit."""

Sex = Literal["L", "P"]
Problem = Literal["length", "serial_zero", "birth_impossible"]

_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class InvalidNik(ValueError):
    """Sixteen digits were expected that can be a NIK; `problem` says which rule they break."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Nik:
    """A NIK that can exist. Make one with `parse`."""

    digits: str

    @property
    def region_code(self) -> str:
        """Kecamatan of first registration, dotted: "32.73.06". Old codes stay in a NIK for life."""
        return f"{self.digits[:2]}.{self.digits[2:4]}.{self.digits[4:6]}"

    @property
    def place_code(self) -> str:
        """Kabupaten or kota of first registration, dotted: "32.73"."""
        return self.region_code[:5]

    @property
    def sex(self) -> Sex:
        return "P" if int(self.digits[6:8]) > WOMAN_DAY_OFFSET else "L"

    @property
    def birth_day(self) -> int:
        return int(self.digits[6:8]) % WOMAN_DAY_OFFSET

    @property
    def birth_month(self) -> int:
        return int(self.digits[8:10])

    @property
    def birth_two_digit_year(self) -> int:
        return int(self.digits[10:12])

    @property
    def serial(self) -> int:
        return int(self.digits[12:])

    def birth_date(self, on: date) -> date:
        """The latest such birthday that is not after `on`: plausible for everyone under a hundred."""
        return latest_birth_date(self.birth_day, self.birth_month, self.birth_two_digit_year, on)

    def says_birth(self, day: date) -> bool:
        """Whether `day` is the birthday in the digits; the century is not in a NIK, so it is not compared."""
        told = (self.birth_day, self.birth_month, self.birth_two_digit_year)
        return told == (day.day, day.month, day.year % 100)


def latest_birth_date(day: int, month: int, two_digit_year: int, on: date) -> date:
    """The latest date with these parts that is not after `on`. Raises ValueError when no year has it."""
    for century in range(on.year // 100 * 100, on.year // 100 * 100 - 500, -100):
        try:
            candidate = date(century + two_digit_year, month, day)
        except ValueError:
            continue
        if candidate <= on:
            return candidate
    raise ValueError(f"no such birthday: {day}-{month}-{two_digit_year:02d}")


def problem_of(digits: str) -> Problem | None:
    """What makes a string of digits impossible as a NIK; None when it can exist."""
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdecimal()):
        return "length"
    if digits.endswith("0000"):
        return "serial_zero"
    day, month, two_digit_year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    day -= WOMAN_DAY_OFFSET if day > WOMAN_DAY_OFFSET else 0
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS_IN_MONTH[month - 1]:
        return "birth_impossible"
    if (day, month) == (29, 2) and two_digit_year % 4:
        return "birth_impossible"
    return None


def parse(digits: str) -> Nik:
    """The NIK of sixteen digits. Raises InvalidNik when it cannot exist."""
    problem = problem_of(digits)
    if problem is not None:
        raise InvalidNik(problem)
    return Nik(digits)


def masked(nik: str) -> str:
    """What a screen shows of a NIK: the place and the last two digits, "3273••••••••••01"."""
    return nik[:4] + "•" * max(len(nik) - 6, 0) + nik[-2:] if len(nik) > 6 else "•" * len(nik)
