"""A city whose civil servants carry workers, month after month: who pledges when, who stops, which deduction fails.

Grown from a seed: 72 workers in the first month, as reported for Kota Sukabumi; what follows is assumed. Nothing is
written here; `load_sponsored` takes it through the office.
"""

from dataclasses import dataclass, replace

import polars as pl

from payung.doors.world import regions, worlds
from payung.doors.world.chance import below, draws, quotas
from payung.doors.world.facts import Office, Place
from payung.doors.world.worlds import World
from payung.rules.months import Month

SERVANTS, OPDS = 4_000, 40
FIRST, LAST = Month(2024, 3), Month(2026, 10)
FIRST_WORKERS = 72
MONTHLY_WORKERS = {2024: 46, 2025: 58, 2026: 40}
"""How many pledges come in a month of a year, among 4,000 civil servants. Assumed."""
STOPS_PER_MILLE, FAILS_PER_MILLE, CATCHES_UP_PER_MILLE = 22, 30, 800
"""Of standing orders that end in a month; of deductions that fail; of these, made up for in the next month. Assumed."""
ENDS = ("sponsor_stops", "worker_stopped", "worker_died", "retired", "lapsed")
END_WEIGHTS = (50, 25, 3, 12, 10)
NIP_SERIALS = 900
"""From here on: serials that no civil servant has."""


@dataclass(frozen=True)
class Sponsored:
    """`servants`: servant (a number), nip, name, npp. `pledges`: servant, month, the worker as typed, sector."""

    world: World
    servants: pl.DataFrame
    pledges: pl.DataFrame
    first: Month
    last: Month


def make(*, seed: int, servants: int | None = None, last: Month | None = None) -> Sponsored:
    """The world of Kota Sukabumi. With fewer civil servants everything shrinks alike.

    Raises ValueError for fewer than two civil servants or more than 20,000.
    """
    heads = servants or SERVANTS
    if not 2 <= heads <= 20_000:
        raise ValueError(f"jumlah ASN harus 2 sampai 20.000, bukan {heads}")
    until = min(last or LAST, LAST)
    coming = _coming(heads, until)
    world = worlds.make("sukabumi", seed=seed, people=max(heads, sum(coming.values())), month=FIRST)
    place = with_offices(world.place, min(OPDS, max(2, heads // 20)))
    people = _servants(world, place, heads, seed)
    return Sponsored(replace(world, place=place), people, _pledges(world, people, coming, seed), FIRST, until)


def with_offices(place: Place, count: int) -> Place:
    """The place with so many OPD: those it names, then its kelurahan."""
    (group,) = place.groups
    known = list(group.offices)
    for number, village in enumerate(regions.villages(place.code), start=len(known) + 1):
        title = village.title
        npp = f"ZZ{place.code.replace('.', '')}{number:02d}"
        known.append(Office(title, title.replace("Kelurahan", "Kel."), npp, 1, (), (), village.district_code, True))
    return replace(place, groups=(replace(group, offices=tuple(known[:count])),))


def _coming(heads: int, until: Month) -> dict[Month, int]:
    """How many pledges each month brings; at least one in the first."""
    told = {month: FIRST_WORKERS if month == FIRST else MONTHLY_WORKERS[month.year] for month in FIRST.until(until)}
    return {month: max(count * heads // SERVANTS, int(month == FIRST)) for month, count in told.items()}


def _servants(world: World, place: Place, heads: int, seed: int) -> pl.DataFrame:
    """Civil servants with a NIP of their own, shared out among the offices by size."""
    people = world.people.head(heads)
    office = pl.Series([item.npp for item, share in _shares(place, heads) for _ in range(share)], dtype=pl.String)
    turn = draws(people["person"], seed=seed, stream="servant office").rank("ordinal") - 1
    nips = people.select(
        pl.col("sponsor_nip").str.slice(0, 15)
        + (NIP_SERIALS + pl.int_range(pl.len()).over(pl.col("sponsor_nip").str.slice(0, 15))).cast(pl.String)
    ).to_series()
    return pl.DataFrame(
        {"servant": people["person"], "nip": nips, "name": people["sponsor_name"], "npp": office.gather(turn)}
    )


def _shares(place: Place, heads: int) -> list[tuple[Office, int]]:
    offices = place.groups[0].offices
    return list(zip(offices, quotas([office.heads for office in offices], heads), strict=True))


def _pledges(world: World, servants: pl.DataFrame, coming: dict[Month, int], seed: int) -> pl.DataFrame:
    """One row for each pledge: which civil servant, from which month, and the worker as he types him."""
    total = sum(coming.values())
    workers = world.people.head(total)
    drawn = draws(workers["person"], seed=seed, stream="servant of pledge")
    months = [month.first_day for month, count in coming.items() for _ in range(count)]
    return workers.select(
        servants["servant"].gather(below(len(servants), drawn)).alias("servant"),
        pl.Series("month", months, dtype=pl.Date),
        pl.col("nik").alias("NIK"),
        pl.col("name").alias("Nama"),
        pl.col("birth_place").alias("Tempat Lahir"),
        pl.col("birth_date").cast(pl.String).alias("Tanggal Lahir"),
        pl.col("sex").alias("Jenis Kelamin"),
        pl.col("job").alias("Pekerjaan"),
        pl.col("district").alias("Kecamatan"),
        pl.col("village").alias("Desa"),
        pl.when(pl.col("sector") == "transport").then(pl.lit("transport")).otherwise(pl.lit("other")).alias("sector"),
    )
