"""What an address may ask for: months, days, places in a list; and how a list is paged."""

from datetime import date
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import RequestFactory

from payung.doors.web.asked import PAGE_ROWS, after_asked, day_asked, filter_chips, month_asked, slice_of, word_asked
from payung.rules.months import Month

LARGEST_STYLESHEET_BYTES = 15_000


@pytest.mark.parametrize("text", ["", "2022", "2022-13", "2022-1", "Okt 2022", "2022-10-01"])
def test_a_month_that_cannot_be_read_is_not_asked_for(rf: RequestFactory, text: str) -> None:
    assert month_asked(rf.get("/", {"bulan": text})) is None


def test_months_days_and_places_are_read(rf: RequestFactory) -> None:
    request = rf.get("/", {"bulan": "2022-10", "hari": "2022-10-12", "sesudah": "120", "jenis": "join"})
    assert month_asked(request) == Month(2022, 10)
    assert day_asked(request, otherwise=date(2020, 1, 1)) == date(2022, 10, 12)
    assert after_asked(request, start=-1) == 120
    assert word_asked(request, "jenis", ("join", "leave")) == "join"
    assert word_asked(request, "jenis", ("leave",)) == ""


@pytest.mark.parametrize("text", ["x", "-5", "1e3", "9" * 40])
def test_a_place_that_is_none_starts_the_list_anew(rf: RequestFactory, text: str) -> None:
    assert after_asked(rf.get("/", {"sesudah": text}), start=-1) == -1


def test_pages_follow_each_other_without_losing_or_repeating_a_row(rf: RequestFactory) -> None:
    rows = [place // 2 for place in range(4 * PAGE_ROWS + 6)]  # two rows at every place
    seen: list[int] = []
    address = "/?jenis=join"
    while True:
        request = rf.get(address)
        after = after_asked(request, start=-1)
        places = sorted({row for row in rows if row > after})[: PAGE_ROWS + 1]
        page = slice_of(request, [row for row in rows if row in places], place=int, start=-1)
        seen += page.rows
        assert bool(page.first) == (after > -1)
        if not page.following:
            break
        assert "jenis=join" in page.following
        address = "/" + page.following
    assert seen == rows


def test_a_filter_keeps_the_others_and_starts_the_list_anew(rf: RequestFactory) -> None:
    request = rf.get("/", {"bulan": "2022-10", "sesudah": "120", "jenis": "join"})
    every, leave = filter_chips(request, "jenis", [("", "Semua", 9), ("leave", "keluar", 2)], "join")
    assert (every.href, every.chosen) == ("?bulan=2022-10", False)
    assert leave.href == "?bulan=2022-10&jenis=leave"


@pytest.mark.parametrize("sheet", ["payung", "law"])
def test_the_stylesheets_stay_small(sheet: str) -> None:
    assert Path(str(finders.find(f"payung/{sheet}.css"))).stat().st_size < LARGEST_STYLESHEET_BYTES
