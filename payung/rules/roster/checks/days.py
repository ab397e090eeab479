"""A day or a month in a cell that can be read in one way only: real dates, Excel's numbers of days, certain texts."""

import re
from datetime import date

from payung.rules.identity import birth_dates
from payung.rules.roster.apart.frames import DATE, MOMENT, NUMBER


def certain_day(text: str, kind: int, on: date) -> date | None:
    """The day of a cell; None when it is none or may be two. Two-digit years become the latest not after `on`."""
    if kind in (DATE, MOMENT):
        return date.fromisoformat(text[:10])
    serial = birth_dates.from_serial(int(text)) if kind == NUMBER and text.isdecimal() else None
    possible = (serial,) if serial else birth_dates.read(text, on).days
    return possible[0] if len(possible) == 1 else None


_YEAR_FIRST = re.compile(r"((?:19|20)\d{2})[-/. ]?(\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ]((?:19|20)\d{2})", re.ASCII)


def certain_month(text: str, kind: int, on: date) -> date | None:
    """The first day of a cell's month: "2022-09", "09/2022", "202209", "September 2022", or a certain day of it."""
    told = text.strip()
    if found := _YEAR_FIRST.fullmatch(told):
        return _first_day(int(found[1]), int(found[2]))
    if found := _YEAR_LAST.fullmatch(told):
        return _first_day(int(found[2]), int(found[1]))
    day = certain_day(told, kind, on) or certain_day(f"1 {told}", kind, on)
    return day.replace(day=1) if day else None


def _first_day(year: int, month: int) -> date | None:
    return date(year, month, 1) if 1 <= month <= 12 else None
