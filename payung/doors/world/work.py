"""Who sends whom: offices, units, segments, work, pay and sponsors of the people of a group, in columns."""

import polars as pl

from payung.doors.world import regions
from payung.doors.world.chance import below, draws, quotas, weighted
from payung.doors.world.facts import Group, Job, Place
from payung.doors.world.names import full_names

WAGE_STEP_RUPIAH = 50_000
SPONSOR_MIN_BIRTH_YEAR, SPONSOR_BIRTH_YEARS = 1968, 30


def assigned(place: Place, group: Group, numbers: pl.Series, *, seed: int) -> pl.DataFrame:
    """Office, unit, segment, job, wage, sex and village (its number in `regions.villages`) of each person."""
    villages = regions.villages(place.code)
    village = below(len(villages), draws(numbers, seed=seed, stream="village"))
    if group.listing == "village":
        office = _sending_districts(place, group, village)
    else:
        heads = quotas([office.heads for office in group.offices], len(numbers))
        office = _blocks(heads)
    segment, work = _work(group, office, numbers, seed=seed)
    woman = below(100, draws(numbers, seed=seed, stream="sex")) < work["women_percent"]
    frame = pl.DataFrame({
        "sex": woman.replace_strict({True: "P", False: "L"}),
        "membership_class": pl.repeat(group.membership_class, len(numbers), eager=True),
        "group": pl.repeat(group.key, len(numbers), eager=True),
        "office": office.cast(pl.UInt16),
        "office_short": pl.Series([item.short for item in group.offices]).gather(office),
        "npp": pl.Series([item.npp for item in group.offices]).gather(office),
        "unit": _units(place, group, office, village, draws(numbers, seed=seed, stream="unit")),
        "segment": segment,
        "job": work["job"],
        "sector": work["sector"],
        "wage_rupiah": _wages(work, draws(numbers, seed=seed, stream="wage")),
        "village_number": village,
    })  # fmt: skip
    return frame.with_columns(_sponsors(place, group, numbers, seed=seed))


def _blocks(heads: list[int]) -> pl.Series:
    """Office numbers in one block after the other: the first heads[0] people are the first office's."""
    return pl.concat([pl.repeat(at, count, dtype=pl.UInt32, eager=True) for at, count in enumerate(heads)])


def _sending_districts(place: Place, group: Group, village: pl.Series) -> pl.Series:
    position = {office.district_code: at for at, office in enumerate(group.offices)}
    by_village = [position[item.district_code] for item in regions.villages(place.code)]
    return pl.Series(by_village, dtype=pl.UInt32).gather(village)


def _work(group: Group, office: pl.Series, numbers: pl.Series, *, seed: int) -> tuple[pl.Series, pl.DataFrame]:
    """The segment of each person (None for employees) and the job with what goes with it."""
    if not group.segments:
        lists = [item.jobs for item in group.offices]
        return pl.repeat(None, len(numbers), dtype=pl.String, eager=True), _jobs(
            lists, office, draws(numbers, seed=seed, stream="job")
        )
    heads = quotas([segment.heads for segment in group.segments], len(numbers))
    turn = draws(numbers, seed=seed, stream="segment").rank("ordinal") - 1
    segment = _blocks(heads).gather(turn)
    jobs = _jobs([(item.job,) for item in group.segments], segment, draws(numbers, seed=seed, stream="job"))
    return pl.Series([item.key for item in group.segments]).gather(segment), jobs


def _jobs(lists: list[tuple[Job, ...]], chosen: pl.Series, drawn: pl.Series) -> pl.DataFrame:
    """A job out of the list that belongs to each person's office or segment."""
    flat = [job for jobs in lists for job in jobs]
    sizes = [len(jobs) for jobs in lists]
    starts = [sum(sizes[:at]) for at in range(len(sizes))]
    at = pl.Series(starts, dtype=pl.UInt64).gather(chosen)
    at = at + below(pl.Series(sizes, dtype=pl.UInt64).gather(chosen), drawn)
    return pl.DataFrame({
        "job": pl.Series([job.name for job in flat]).gather(at),
        "sector": pl.Series([job.sector for job in flat]).gather(at),
        "women_percent": pl.Series([job.women_percent for job in flat], dtype=pl.UInt64).gather(at),
        "from_rupiah": pl.Series([job.from_rupiah for job in flat], dtype=pl.UInt64).gather(at),
        "to_rupiah": pl.Series([job.to_rupiah for job in flat], dtype=pl.UInt64).gather(at),
    })  # fmt: skip


def _wages(work: pl.DataFrame, drawn: pl.Series) -> pl.Series:
    steps = (work["to_rupiah"] - work["from_rupiah"]) // WAGE_STEP_RUPIAH + 1
    return (work["from_rupiah"] + below(steps, drawn) * WAGE_STEP_RUPIAH).cast(pl.Int64)


def _units(place: Place, group: Group, office: pl.Series, village: pl.Series, drawn: pl.Series) -> pl.Series:
    """The unit of an office by chance; for village lists the desa itself; empty where an office has none."""
    if group.listing == "village":
        return pl.Series([item.title for item in regions.villages(place.code)]).gather(village)
    lists = [item.units or ("",) for item in group.offices]
    sizes = [len(units) for units in lists]
    starts = pl.Series([sum(sizes[:at]) for at in range(len(sizes))], dtype=pl.UInt64).gather(office)
    at = starts + below(pl.Series(sizes, dtype=pl.UInt64).gather(office), drawn)
    return pl.Series([unit for units in lists for unit in units]).gather(at)


def _sponsors(place: Place, group: Group, numbers: pl.Series, *, seed: int) -> list[pl.Series]:
    """For lists of sponsors the NIP and name of the ASN; a NIP ends in a serial from 900, which none has."""
    if group.listing != "sponsor":
        empty = pl.repeat(None, len(numbers), dtype=pl.String, eager=True)
        return [empty.alias("sponsor_nip"), empty.alias("sponsor_name")]

    def drawn(limit: int, stream: str) -> pl.Series:
        return below(limit, draws(numbers, seed=seed, stream=f"sponsor {stream}"))

    def digits(value: pl.Series, width: int) -> pl.Series:
        return value.cast(pl.String).str.zfill(width)

    sexes = pl.Series(["L", "P"]).gather(weighted([52, 48], draws(numbers, seed=seed, stream="sponsor sex")))
    year = drawn(SPONSOR_BIRTH_YEARS, "year") + SPONSOR_MIN_BIRTH_YEAR
    birth = digits(year, 4) + digits(drawn(12, "month") + 1, 2) + digits(drawn(28, "day") + 1, 2)
    appointed = digits(year + 23 + drawn(3, "appointed"), 4) + digits(drawn(12, "since") + 1, 2)
    sex_digit = sexes.replace_strict({"L": "1", "P": "2"})
    nip = birth + appointed + sex_digit + digits(numbers.cast(pl.UInt64) % 100 + 900, 3)
    names = full_names(numbers, sexes, year, mix=place.name_mix, seed=seed, stream="sponsor")
    return [nip.alias("sponsor_nip"), names.alias("sponsor_name")]
