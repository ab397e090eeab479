"""Heads and rupiah: how many people in their turn a budget carries through its months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from payung.rules.months import Month
from payung.rules.planning.turns import Group


@dataclass(frozen=True, slots=True)
class Bought:
    """What one year's budget buys. `taken` counts, group by group, who is carried through all the year's months.

    `wanted_rupiah` is what everybody would cost; `next_rupiah` what the next in turn would, 0 when nobody waits.
    """

    year: int
    first: Month
    last: Month
    budget_rupiah: int
    taken: tuple[int, ...]
    rupiah: int
    wanted: int
    wanted_rupiah: int
    next_rupiah: int

    @property
    def heads(self) -> int:
        return sum(self.taken)

    @property
    def months(self) -> int:
        return self.last.index - self.first.index + 1

    @property
    def left_rupiah(self) -> int:
        return self.budget_rupiah - self.rupiah


@dataclass(frozen=True, slots=True)
class Cohort:
    """People of one year who have been covered without a gap since `joined`."""

    joined: Month
    heads: int


def buy(
    groups: Sequence[Group], price_of: Mapping[str, int], *, first: Month, last: Month, budget_rupiah: int
) -> Bought:
    """As many as the budget carries, strictly in their turn: whoever does not fit is not passed over for a later one.

    `price_of` says what a person of each sector costs over all the months. So nobody loses a place when the budget
    grows, and in the order of price it is the largest number there is.
    """
    left, taken, following = budget_rupiah, [], 0
    for group in groups:
        price = price_of[group.sector]
        fits = 0 if following else group.heads if price == 0 else min(group.heads, left // price)
        taken.append(fits)
        left -= fits * price
        if fits < group.heads and not following:
            following = price
    return Bought(
        year=first.year,
        first=first,
        last=last,
        budget_rupiah=budget_rupiah,
        taken=tuple(taken),
        rupiah=budget_rupiah - left,
        wanted=sum(group.heads for group in groups),
        wanted_rupiah=sum(group.heads * price_of[group.sector] for group in groups),
        next_rupiah=following,
    )


def cohorts(years: Sequence[Bought]) -> list[list[Cohort]]:
    """For each year, since when its people have been covered. Years follow each other in one order of turns.

    Who loses the place for a year and comes back begins anew.
    """
    standing: list[Cohort] = []
    found = []
    for year in years:
        kept: list[Cohort] = []
        room = year.heads
        for cohort in standing:
            if room:
                kept.append(Cohort(cohort.joined, min(cohort.heads, room)))
                room -= kept[-1].heads
        if room:
            kept.append(Cohort(year.first, room))
        standing = kept
        found.append(kept)
    return found
