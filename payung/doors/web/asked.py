"""What a request asks for in its address: a month, a day, a place in a list. What cannot be read is not asked."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest

from payung.doors.web import figures
from payung.doors.web.components import Chip
from payung.doors.web.environment import same_page
from payung.rules.months import Month

PAGE_ROWS = 50


def month_asked(request: HttpRequest) -> Month | None:
    """`?bulan=2022-10`."""
    try:
        return Month.parse(request.GET.get("bulan", ""))
    except ValueError:
        return None


def day_asked(request: HttpRequest, *, otherwise: date) -> date:
    """`?hari=2022-10-12`."""
    try:
        return date.fromisoformat(request.GET.get("hari", ""))
    except ValueError:
        return otherwise


def after_asked(request: HttpRequest, *, start: int) -> int:
    """`?sesudah=120`: the list goes on after this position."""
    text = request.GET.get("sesudah", "")
    return int(text) if text.isdecimal() and len(text) < 19 else start


def word_asked(request: HttpRequest, name: str, known: Sequence[str]) -> str:
    """The value of a filter when it is one of the known ones, else the empty text."""
    value = request.GET.get(name, "")
    return value if value in known else ""


def month_chips(request: HttpRequest, months: Sequence[Month], chosen: Month | None) -> list[Chip]:
    """One chip a month, that keeps the other filters but starts the list anew."""
    return [
        Chip(
            label=figures.short_month(month),
            href=same_page(request, bulan=str(month), sesudah=None),
            chosen=month == chosen,
        )
        for month in months
    ]
