"""Kota Cirebon, read as April 2023: 1,100 of 3,600 employees protected, from some dinas; 2,500 missing.

The personnel office's master says who they are, OPD by OPD; a letter sets a day; the OPD come one after the other, and
in December the same master finds nobody missing.
"""

from collections import Counter
from pathlib import Path

import pytest

from payung.doors.world.chance import quotas
from payung.doors.world.places import read
from payung.doors.world.programme import load_programme
from payung.office.access.models import User
from payung.office.places.queries import Area
from payung.office.places.scope import seen_by
from payung.office.reports import assessment
from payung.office.reports.models import Comparison, OpdDeadline
from payung.rules.money import grouped
from payung.rules.months import Month
from tests.journeys.screen import Screen, SitDown
from tests.seen import words_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("people", [80, pytest.param(3_600, marks=pytest.mark.full)])
def test_opd_by_opd_until_everybody_is_in(people: int, tmp_path: Path, sit_down: SitDown) -> None:
    report = load_programme("cirebon", seed=1, people=people, folder=tmp_path, show=lambda *told: None)
    offices = read("cirebon").groups[0].offices
    heads = quotas([office.heads for office in offices], people)
    first = sum(count for office, count in zip(offices, heads, strict=True) if office.joined)
    assert people != 3_600 or (first, people - first) == (1_100, 2_500)
    grown = [one.heads for one in report.months]
    assert (grown[0], grown[-1], report.persons) == (first, people, people)
    assert grown == sorted(grown) and [one.posted for one in report.months] == grown
    with seen_by(User.objects.get(username="auditor")) as area:
        missing = in_april_the_master_names_who_is_missing(area, first, people)
        in_december_nobody_is(area, first, people)
    assert "Disdik" in words_of("auditor", "/asesmen")
    the_screen_opens_whom_an_opd_misses(sit_down("bkpsdm"), missing)


def the_screen_opens_whom_an_opd_misses(screen: Screen, missing: Counter[str]) -> None:
    """The personnel office goes back to April: everybody who is missing, then those of one OPD, person by person."""
    screen.open("/asesmen")
    screen.shows(screen.figure("Belum terlindungi"), "0")
    screen.follow("Apr 2023")
    everybody = screen.figure("Belum terlindungi")
    screen.shows(everybody, grouped(missing.total()))
    everybody.get_by_role("link").click()
    assert screen.listed() == missing.total()
    screen.page.go_back()
    ((office, heads),) = missing.most_common(1)
    screen.shows(screen.cell(office, "Belum"), grouped(heads))
    screen.cell(office, "Belum").get_by_role("link").click()
    screen.says(office)
    assert screen.listed() == heads


def in_april_the_master_names_who_is_missing(area: Area, first: int, people: int) -> Counter[str]:
    """Every missing person stands in an OPD that has a letter and a day."""
    april = Comparison.objects.get(government=area.government, month=Month(2023, 4).first_day)
    lines = assessment.by_opd(april)
    told = assessment.total(lines)
    assert (told["expected"], told["protected"], told["gap"]) == (people, first, people - first)
    behind = {line.opd_id for line in lines if line.counts["gap"]}
    assert behind <= set(OpdDeadline.objects.values_list("opd_id", flat=True))
    assert len(assessment.behind(april, assessment.Cell("gap"))) == people - first
    return Counter({line.opd: line.counts["gap"] for line in lines})


def in_december_nobody_is(area: Area, first: int, people: int) -> None:
    """The curve goes from the first OPD to everybody."""
    december = assessment.newest(area.government.pk)
    assert december is not None and december.month == Month(2023, 12).first_day
    assert assessment.total(assessment.by_opd(december))["gap"] == 0
    curve = assessment.curve(december)
    assert (curve[0], curve[-1]) == ((Month(2023, 4), first), (Month(2023, 12), people))
