"""Kabupaten Banjarnegara, from 1 November 2022: THL and PTT by their offices' lists, vulnerable workers by decree.

The nota kesepakatan was signed on 28 October 2022; that day the coverage of the regency was published as 10.2 %,
without its parts. November and December are told.
"""

from datetime import date

from payung.doors.world import decreed, listed
from payung.doors.world.decreed import Village
from payung.doors.world.facts import Group as PaidGroup
from payung.doors.world.stories.prepared import asked, keep_plans
from payung.doors.world.stories.published import TARGETS, TARGETS_TOLD_ON, Published, take_down
from payung.doors.world.stories.telling import Telling, standing, whole_month
from payung.office.planning.actions import NewScenario
from payung.rules.money import grouped
from payung.rules.months import Month
from payung.rules.planning.turns import Group

FIRST, LAST = Month(2022, 11), Month(2022, 12)
EMPLOYEES, VILLAGERS = "non-asn", "rentan"
SIGNED_ON = date(2022, 10, 28)
PUBLISHED_HUNDREDTHS = 1_020
UNTIL = date(2023, 12, 31)
NEXT = (Group(1_800, "petani"), Group(900, "buruh-harian"), Group(300, "ojek-pangkalan", "transport"))
NEXT_RUPIAH = 100_800_000
"""Who may come next, and for how much: 3,000 people for two months, or 500 for the year. Assumed."""


def tell(story: Telling) -> None:
    """The two groups in force on 1 November, and two months of theirs."""
    world, founded, report = story.world, story.founded, story.report
    take_down(story, SIGNED_ON, [Published("published", "all", percent_hundredths=PUBLISHED_HUNDREDTHS)])
    npps = frozenset(office.npp for office in story.group(EMPLOYEES).offices)
    listed.hand_in_lists(world, founded, report, FIRST, story.show, npps=npps)
    listed.hand_in_mended(world, founded, report, FIRST, story.show, npps=npps)
    village = Village(world, story.group(VILLAGERS), founded, report, story.show)
    decreed.protect(village, FIRST, UNTIL)
    months = list(FIRST.until(LAST))
    for month in months:
        whole_month(story, founded, month, in_advance=True)
    take_down(story, TARGETS_TOLD_ON, TARGETS)
    keep_plans(story, LAST.last_day, _plans(village.group))
    standing(story, months)
    shares = decreed.shares(village.group, village.people.height)
    report.told.append("Kuota SK: " + ", ".join(f"{name} {grouped(heads)}" for name, heads in shares.items()))


def _plans(villagers: PaidGroup) -> list[NewScenario]:
    """The segments that may come next: the same money for many in two months, or for a few all year."""
    two_months, year = (Month(2023, 1), Month(2023, 2)), (Month(2023, 1), Month(2023, 12))
    return [
        asked(villagers, "Segmen berikutnya: dua bulan", two_months, NEXT_RUPIAH, NEXT),
        asked(villagers, "Segmen berikutnya: setahun", year, NEXT_RUPIAH, NEXT),
    ]
