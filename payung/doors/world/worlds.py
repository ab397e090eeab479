"""Make a world: the facts of a place and its people, from a seed. Nothing is written."""

from dataclasses import dataclass

import polars as pl

from payung.doors.world import people as persons
from payung.doors.world import places
from payung.doors.world.chance import quotas
from payung.doors.world.facts import Place
from payung.rules.months import Month

MOST_PEOPLE = 1_000_000


@dataclass(frozen=True, slots=True)
class World:
    """A place with its people in a month. The same seed, size and month give the same world.

    `people` has one row per person: person (a number unique in the world), birth_date, name, mother_name,
    sex, membership_class, group, office (position in the group's offices), office_short, npp, unit, segment,
    job, sector, wage_rupiah (paid; for BPU the stated income), sponsor_nip, sponsor_name, village_code,
    village, district_code, district, postal_code, address, rt, rw, phone, education, nik, kk, kpj,
    birth_place, started_on.
    """

    place: Place
    seed: int
    month: Month
    people: pl.DataFrame


def make(place: str, *, seed: int = 1, people: int | None = None, month: Month | None = None) -> World:
    """A world of `people` heads (as the programme reports when None) in `month` (its first when None).

    Raises LookupError for an unknown place, ValueError for a number of people outside 1 .. 1,000,000.
    """
    facts = places.read(place)
    total = sum(group.people for group in facts.groups) if people is None else people
    if not 1 <= total <= MOST_PEOPLE:
        raise ValueError(f"jumlah orang harus 1 sampai {MOST_PEOPLE}, bukan {total}")
    on = month or facts.start
    frames, first = [], 1
    for group, heads in zip(facts.groups, quotas([group.people for group in facts.groups], total), strict=True):
        numbers = pl.int_range(first, first + heads, dtype=pl.UInt64, eager=True)
        frames.append(persons.of_group(facts, group, numbers, seed=seed, month=on))
        first += heads
    everyone = pl.concat([frame for frame in frames if len(frame)])
    return World(facts, seed, on, persons.marked(facts, everyone, seed=seed, month=on))
