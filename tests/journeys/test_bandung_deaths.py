"""Kota Bandung, to January 2023: 12,400 employees; five deaths by the end of 2022, found from a list of the city.

Five families get Rp42 million each; a sixth man on the list died two days before the cover began, and his family is
told which article says so. From January nobody is billed for the dead.
"""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from payung.doors.world.programme import load_programme
from payung.doors.world.report import Report
from payung.office.access.models import User
from payung.office.claims.models import Assessment, Benefit, Case, Payout
from payung.office.places.scope import seen_by
from tests.journeys.screen import Screen, SitDown
from tests.seen import words_of

pytestmark = pytest.mark.django_db(transaction=True)
JKM_RUPIAH = 42_000_000


@pytest.mark.parametrize("people", [60, pytest.param(12_400, marks=pytest.mark.full)])
def test_five_families_are_paid_and_the_sixth_is_told_why_not(people: int, tmp_path: Path, sit_down: SitDown) -> None:
    report = load_programme("bandung", seed=1, people=people, folder=tmp_path, show=lambda *told: None)
    with seen_by(User.objects.get(username="auditor")):
        everybody_is_in_and_the_dead_leave(report, people)
        five_are_paid()
        one_died_before_the_cover()
    the_page_of_claims_tells_the_same()
    the_screen_opens_from_the_figure_to_the_family(sit_down("admin"))


def the_screen_opens_from_the_figure_to_the_family(screen: Screen) -> None:
    """The labour office begins at the claims in numbers: five paid, each a case with its money; one, and why not."""
    screen.open("/klaim/angka")
    screen.shows(screen.figure("Dibayar"), "5")
    screen.figure("Dibayar").get_by_role("link").click()
    expect(cases(screen)).to_have_count(5)
    cases(screen).first.click()
    screen.says("Rp42.000.000")
    screen.open("/klaim/angka")
    screen.figure("Ditolak").get_by_role("link").click()
    expect(cases(screen)).to_have_count(1)
    cases(screen).first.click()
    screen.says("29 Sep 2022")


def cases(screen: Screen) -> Locator:
    """The claims of a list, each by its reference."""
    return screen.page.get_by_role("main").locator("table tbody a[href^='/klaim/']")


def everybody_is_in_and_the_dead_leave(report: Report, people: int) -> None:
    """All 12,400, October to December; six fewer in January, and what was paid for them too long comes back."""
    assert report.persons == people
    autumn, january = report.months[:3], report.months[3]
    assert [(one.heads, one.posted) for one in autumn] == [(people, people)] * 3
    assert {one.billed_rupiah for one in autumn} == {people * 9_944}
    assert january.posted == people - 6


def five_are_paid() -> None:
    """Each death of the autumn ends with the whole sum at the family."""
    paid = Benefit.objects.filter(state=Benefit.PAID)
    assert paid.count() == 5
    assert {one.case.event_on.year for one in paid.select_related("case")} == {2022}
    assert list(Payout.objects.values_list("amount_rupiah", flat=True)) == [JKM_RUPIAH] * 5
    assert set(Case.objects.values_list("state", flat=True)) == {Case.CLOSED}


def one_died_before_the_cover() -> None:
    """29 September is before 1 October: refused by two people, with the reason and where it stands."""
    refused = Benefit.objects.select_related("case").get(state=Benefit.REFUSED)
    assert refused.case.event_on == date(2022, 9, 29)
    why = Assessment.objects.get(benefit=refused)
    assert (why.due, why.expected_rupiah) == (False, 0)
    assert why.reason.startswith("cover_") and why.citation


def the_page_of_claims_tells_the_same() -> None:
    """The auditor opens the figures of the year in which they died."""
    assert "210.000.000" in words_of("auditor", "/klaim/angka?tahun=2022")
