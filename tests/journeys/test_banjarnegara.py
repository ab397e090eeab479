"""Kabupaten Banjarnegara, in force on 1 November 2022: THL and PTT by their offices, vulnerable workers by decree.

Becak drivers, masons, dokar drivers and tappers of coconut sap each have their places in the decree's list; whoever a
second list proposes again takes none.
"""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from payung.doors.world.chance import quotas
from payung.doors.world.programme import load_programme
from payung.office.access.models import User
from payung.office.agreements.decree_lists import list_on
from payung.office.agreements.models import Decree
from payung.office.coverage.queries import State, cover_on
from payung.office.places.queries import Area
from payung.office.places.scope import seen_by
from payung.office.registry.models import Person
from payung.office.reports.numbers import Wanted, ladder, tallies
from payung.rules.months import Month
from tests.journeys.screen import Screen, SitDown
from tests.seen import words_of

pytestmark = pytest.mark.django_db(transaction=True)
NOVEMBER = Month(2022, 11)
SEGMENTS = {"becak": 300, "tukang-batu": 600, "delman": 150, "penderes": 550}
"""Of 1,600; assumed, as no counts were published."""


@pytest.mark.parametrize("people", [100, pytest.param(4_000, marks=pytest.mark.full)])
def test_employees_and_vulnerable_workers_from_the_first_of_november(
    people: int, tmp_path: Path, sit_down: SitDown
) -> None:
    report = load_programme("banjarnegara", seed=1, people=people, folder=tmp_path, show=lambda *told: None)
    assert report.persons == people
    assert [(one.heads, one.posted) for one in report.months] == [(people, people)] * 2
    with seen_by(User.objects.get(username="auditor")) as area:
        each_segment_has_its_places(people * 1_600 // 4_000)
        cover_begins_on_the_first_of_november()
        the_numbers_agree(area, people)
    assert "SK Pekerja rentan bukan penerima upah 2022" in words_of("admin", "/verval")
    assert "10,2%" in words_of("auditor", "/cakupan?bulan=2022-11"), "published without its parts, shown as published"
    a_becak_driver_is_found_by_his_name(sit_down("admin"))


def a_becak_driver_is_found_by_his_name(screen: Screen) -> None:
    """The head of a village asks whether one of his becak drivers is protected; the clerk types the name."""
    screen.open("/cakupan?bulan=2022-11")
    screen.says("10,2%")
    with seen_by(User.objects.get(username="admin")):
        entry = (
            list_on(Decree.objects.get(), NOVEMBER.first_day).filter(pl.col("segment") == "becak").row(0, named=True)
        )
        name = Person.objects.get(pk=entry["person_id"]).name
    screen.open("/peserta")
    screen.page.get_by_label("Nama atau NIK", exact=True).fill(name)
    screen.press("Cari")
    screen.follow(name)
    for day, said, state in (
        ("2022-10-31", "31 Okt 2022", "Direncanakan, belum terbukti"),
        ("2022-11-01", "1 Nov 2022", "Terlindungi"),
    ):
        screen.page.get_by_label("Pada hari").fill(day)
        screen.press("Lihat")
        screen.says(f"{state} Pada {said}")


def each_segment_has_its_places(villagers: int) -> None:
    """As many in the list as the decree has places, segment by segment."""
    listed = list_on(Decree.objects.get(), NOVEMBER.first_day)
    told = dict(listed.group_by("segment").len().iter_rows())
    assert told == dict(zip(SEGMENTS, quotas(list(SEGMENTS.values()), villagers), strict=True))


def cover_begins_on_the_first_of_november() -> None:
    """Signed on 28 October, in force on 1 November: on 31 October nobody is covered yet."""
    entry = list_on(Decree.objects.get(), NOVEMBER.first_day).row(0, named=True)
    (before,) = cover_on(entry["person_id"], date(2022, 10, 31))
    (after,) = cover_on(entry["person_id"], date(2022, 11, 20))
    assert before.state is State.PLANNED
    assert after.state is State.CONFIRMED and after.programmes == ("JKK", "JKM")


def the_numbers_agree(area: Area, people: int) -> None:
    """Everybody is registered, active and posted in November; who stands in two lists is told with a reason."""
    decreed, *others = ladder(tallies(area.government.pk, Wanted(NOVEMBER, NOVEMBER)))
    assert [rung.heads for rung in others] == [people] * 3
    lost = sum(-one.heads for one in others[0].differences if one.side == "lost")
    assert decreed.heads - lost <= people <= decreed.heads
    assert not [one for rung in others for one in rung.differences if one.reason == "unexplained"]
