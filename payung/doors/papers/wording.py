"""The words and figures of a paper in the reader's language; the texts stand in words.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from payung.rules import money, months
from payung.rules.months import Month

LANGUAGES = ("id", "en")

_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@cache
def _texts() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads((files("payung.doors.papers") / "words.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts, amounts, months and dates in one language: "id", or "en"."""

    language: str

    def text(self, section: str, key: str, **filled: object) -> str:
        """A text of words.toml with its {fields} filled in. Raises KeyError for a text that is not there."""
        text = _texts()[section][key]["en" if self.english else "id"]
        return text.format(**filled) if filled else text

    @property
    def english(self) -> bool:
        return self.language == "en"

    def number(self, value: int) -> str:
        """1234567 -> "1.234.567"; "1,234,567" in English."""
        return f"{value:,}" if self.english else money.grouped(value)

    def rupiah(self, value: int) -> str:
        """16800 -> "Rp16.800"; a negative amount carries its sign in front."""
        return f"{'-' if value < 0 else ''}Rp{self.number(abs(value))}"

    def long_date(self, day: date) -> str:
        """25 Oktober 2022."""
        return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}" if self.english else months.long_date(day)

    def long_month(self, day: date) -> str:
        """Oktober 2022."""
        return f"{_MONTHS_EN[day.month - 1]} {day.year}" if self.english else months.long_month(Month.of(day))

    def short_month(self, day: date) -> str:
        """Okt 2022."""
        if self.english:
            return f"{_MONTHS_EN[day.month - 1][:3]} {day.year}"
        return months.short_month(Month.of(day))
