"""What a request asks for in its address: a month, a day, a place in a list. What cannot be read is not asked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar

from django.http import HttpRequest
from django.utils import timezone

from payung.doors.web import figures
from payung.doors.web.components import Chip
from payung.doors.web.environment import same_page
from payung.rules.months import Month

PAGE_ROWS = 50
Row = TypeVar("Row")


def month_asked(request: HttpRequest) -> Month | None:
    """`?bulan=2022-10`."""
    try:
        return Month.parse(request.GET.get("bulan", ""))
    except ValueError:
        return None


def day_asked(request: HttpRequest, *, otherwise: date, name: str = "hari") -> date:
    """`?hari=2022-10-12`."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return otherwise


@dataclass(frozen=True)
class Known:
    """What a page is asked to know: everything (`day` None), or only what was recorded until the end of a day."""

    day: date | None

    @property
    def at(self) -> datetime | None:
        """The last instant of that day."""
        if self.day is None:
            return None
        midnight = datetime.combine(self.day + timedelta(days=1), time.min)
        return timezone.make_aware(midnight) - timedelta(microseconds=1)

    @property
    def text(self) -> str:
        """As it stands in addresses and date fields; empty when it is the present."""
        return self.day.isoformat() if self.day else ""


def known_asked(request: HttpRequest) -> Known:
    """`?diketahui=2022-10-12`; today and later days are now."""
    day = day_asked(request, otherwise=date.max, name="diketahui")
    return Known(day if day < timezone.localdate() else None)


def number_asked(request: HttpRequest, name: str, *, otherwise: int = 0) -> int:
    """A whole number of the address."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else otherwise


def after_asked(request: HttpRequest, *, start: int) -> int:
    """`?sesudah=120`: the list goes on after this position."""
    return number_asked(request, "sesudah", otherwise=start)


def word_asked(request: HttpRequest, name: str, known: Sequence[str]) -> str:
    """The value of a filter when it is one of the known ones, else the empty text."""
    value = request.GET.get(name, "")
    return value if value in known else ""


def word_posted(request: HttpRequest, name: str, known: Sequence[str]) -> str:
    """The value of a posted field when it is one of the known ones, else the empty text."""
    value = request.POST.get(name, "")
    return value if value in known else ""


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """One page of a list that is paged by place, with the addresses of the next page and of the first."""

    rows: list[Row]
    following: str
    first: str


def slice_of(request: HttpRequest, found: Sequence[Row], *, place: Callable[[Row], int], start: int) -> Slice[Row]:
    """At most PAGE_ROWS places of what was found after `?sesudah=`; one place may hold several rows.

    `found` must reach one place further than the page, so that the end is known.
    """
    places = sorted({place(row) for row in found})
    more = len(places) > PAGE_ROWS
    last = places[PAGE_ROWS - 1] if more else None
    return Slice(
        rows=[row for row in found if last is None or place(row) <= last],
        following=same_page(request, sesudah=last) if more else "",
        first=same_page(request, sesudah=None) if after_asked(request, start=start) > start else "",
    )


def filter_chips(
    request: HttpRequest, name: str, choices: Iterable[tuple[str, str, int | None]], chosen: str
) -> list[Chip]:
    """One chip for each (value, label, count) of a filter; the empty value takes the filter away."""
    return [
        Chip(
            label=label,
            href=same_page(request, sesudah=None, **{name: value or None}),
            chosen=value == chosen,
            count=count,
        )
        for value, label, count in choices
    ]


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
