"""Kota Bandung, October 2022 to January 2023: 12,400 employees, and five deaths by the end of 2022.

The deaths come from a list of the population office. Five families are paid; a sixth man on the list died two days
before the programme began, and his family is told why there is nothing. One name on the list is a stranger.
"""

from datetime import date

import polars as pl

from payung.doors.world import claimed, listed
from payung.doors.world.claimed import Death
from payung.doors.world.stories.prepared import asked, keep_plans, saving
from payung.doors.world.stories.published import TARGETS, TARGETS_TOLD_ON, Published, take_down
from payung.doors.world.stories.telling import Telling, standing, whole_month
from payung.office.claims.models import Benefit
from payung.office.places.scope import whole_government
from payung.office.planning.actions import NewScenario
from payung.rules.money import grouped
from payung.rules.months import Month
from payung.rules.planning.turns import Group

FIRST, LAST = Month(2022, 10), Month(2023, 1)
DIED_ON = (date(2022, 10, 17), date(2022, 11, 3), date(2022, 11, 21), date(2022, 12, 9), date(2022, 12, 24))
DIED_BEFORE = date(2022, 9, 29)
TOLD_ON = date(2022, 12, 31)
BRANCH = (
    Published("covered", "formal", heads=355_000), Published("workers", "formal", heads=683_000),
    Published("published", "formal", percent_hundredths=5_157),
    Published("covered", "informal", heads=36_000), Published("workers", "informal", heads=500_000),
    Published("published", "informal", percent_hundredths=716),
)  # fmt: skip
"""What the branch published, its percentages beside the numbers that do not quite give them."""
CITY_TARGETS = (
    Published("target_rpjpd", "all", percent_hundredths=6_126, on_day=date(2025, 12, 31), definition="RPJPD kota"),
    Published("target_rpjpd", "all", percent_hundredths=8_406, on_day=date(2045, 12, 31), definition="RPJPD kota"),
)
YEAR = (Month(2023, 1), Month(2023, 12))
YEAR_RUPIAH, SAVING_RUPIAH = 1_650_000_000, 19_100_000_000
"""What the city may set aside for 2023, without and with JHT. Assumed."""
STRANGER = Death("3273069999999999", "ORANG LAIN", date(2022, 12, 2))


def tell(story: Telling) -> None:
    """October to December, the list of deaths, January without the dead."""
    world, founded, report = story.world, story.founded, story.report
    npps = frozenset(office.npp for group in world.place.groups for office in group.offices)
    listed.hand_in_lists(world, founded, report, FIRST, story.show)
    listed.hand_in_mended(world, founded, report, FIRST, story.show, npps=npps)
    months = list(FIRST.until(LAST))
    for month in months[:-1]:
        whole_month(story, founded, month)
    with report.timed("kematian: daftar, klaim, santunan"):
        claimed.carry(founded, deaths(world.people), on=TOLD_ON)
    take_down(story, TOLD_ON, BRANCH)
    take_down(story, TARGETS_TOLD_ON, (*TARGETS, *CITY_TARGETS))
    keep_plans(story, TOLD_ON, _plans(story))
    whole_month(story, founded, LAST)
    standing(story, months)
    _say(story)


def deaths(people: pl.DataFrame) -> list[Death]:
    """The list: the last people of the world, so that any size of it has them."""
    chosen = people.tail(len(DIED_ON) + 1).select("nik", "name").rows()
    days = (DIED_BEFORE, *DIED_ON)
    return [*(Death(nik, name, on) for (nik, name), on in zip(chosen, days, strict=True)), STRANGER]


def _plans(story: Telling) -> list[NewScenario]:
    """The year to come as it runs, and with savings for old age."""
    (group,) = story.world.place.groups
    year = asked(group, "Tahun 2023: JKK dan JKM", YEAR, YEAR_RUPIAH, [Group(story.world.people.height, group.name)])
    return [year, saving(year, "Tahun 2023: ditambah JHT", SAVING_RUPIAH)]


def _say(story: Telling) -> None:
    with whole_government(story.founded.government):
        states = list(Benefit.objects.values_list("state", flat=True))
    paid, refused = states.count(Benefit.PAID), states.count(Benefit.REFUSED)
    story.report.told.append(f"Kematian: santunan dibayar {grouped(paid)}, bukan hak {grouped(refused)}")
