"""Amounts, counts, months and dates as a page shows them: Rp16.800, 12.400, Okt 2022, 25 Apr 2022.

English readers see English month names; amounts keep their Indonesian form, as papers and the law's steps do.
"""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from payung.rules import money, months
from payung.rules.months import Month

_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NOTHING = "–"
MARK_ENDS, MARK_DOTS = 4, 8


def _english() -> bool:
    return translation.get_language() == "en"


def number(value: int | None) -> str:
    """12400 -> "12.400"; None -> "–"."""
    return NOTHING if value is None else money.grouped(value)


def rupiah(value: int | None) -> str:
    """16800 -> "Rp16.800"; None -> "–"."""
    return NOTHING if value is None else money.rupiah(value)


def percent(rate_per_ten_million: int) -> str:
    """552000 -> "5,52%"."""
    return money.percent(rate_per_ten_million)


def published_rupiah(value: Decimal) -> str:
    """An amount as it was published, decimals and all: Rp1.841.487,31."""
    whole, _, cents = f"{value:f}".partition(".")
    return money.rupiah(int(whole)) + (f",{cents}" if cents.strip("0") else "")


def short_date(day: date | None) -> str:
    """25 Apr 2022."""
    if day is None:
        return NOTHING
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}" if _english() else months.short_date(day)


def short_month(month: Month | date | None) -> str:
    """Okt 2022. A date stands for its month."""
    if month is None:
        return NOTHING
    value = Month.of(month) if isinstance(month, date) else month
    return f"{_MONTHS_EN[value.month - 1]} {value.year}" if _english() else months.short_month(value)


def long_month(month: Month | date | None) -> str:
    """Oktober 2022. A date stands for its month."""
    if month is None:
        return NOTHING
    value = Month.of(month) if isinstance(month, date) else month
    return f"{_LONG_MONTHS_EN[value.month - 1]} {value.year}" if _english() else months.long_month(value)


def moment(at: datetime | None) -> str:
    """25 Apr 2022 14.05, in the office's own time zone."""
    if at is None:
        return NOTHING
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    return f"{short_date(local.date())} {local:%H.%M}"


def masked(mark: str | None) -> str:
    """An identity mark with its middle hidden: "3273••••••••0001"; short marks are hidden whole."""
    if not mark:
        return NOTHING
    hidden = len(mark) - 2 * MARK_ENDS
    if hidden <= 0:
        return "•" * len(mark)
    return f"{mark[:MARK_ENDS]}{'•' * min(hidden, MARK_DOTS)}{mark[-MARK_ENDS:]}"
