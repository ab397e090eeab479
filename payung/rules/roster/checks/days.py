"""A day in a cell that can be read in one way only: real dates, Excel's numbers of days, certain texts."""

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
