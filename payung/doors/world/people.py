"""The people of a group in columns: who they are, where they live, what they do and for whom."""

import polars as pl

from payung.doors.world import marks, regions, work
from payung.doors.world.chance import below, draws, weighted
from payung.doors.world.facts import Group, Place
from payung.doors.world.names import full_names
from payung.rules.months import Month

AGES = {
    "PU": ((18, 24, 14), (25, 34, 34), (35, 44, 28), (45, 54, 18), (55, 59, 6)),
    "BPU": ((18, 24, 4), (25, 34, 13), (35, 44, 25), (45, 54, 31), (55, 64, 27)),
}
"""Class -> (from age, to age, share in percent). Assumed: non-ASN are young, vulnerable workers are not."""
FROM_HOME_DISTRICT, FROM_OTHER_DISTRICT, FROM_ELSEWHERE = 70, 16, 14
STREETS = (
    "Jl. Melati", "Jl. Kenanga", "Jl. Cempaka", "Jl. Mawar", "Jl. Anggrek", "Jl. Pahlawan", "Jl. Merdeka",
    "Jl. Masjid", "Jl. Pasar Lama", "Jl. Sawah Kulon", "Gg. Haur", "Gg. Mesjid", "Gg. Sukamaju", "Gg. Nangka",
    "Kp. Babakan", "Kp. Pasir", "Kp. Tegal", "Dusun Krajan", "Komp. Griya Asri", "Blok Pesantren",
)  # fmt: skip
EDUCATION = (("SD", 12), ("SMP", 19), ("SMA", 44), ("D3", 9), ("S1", 16))
MOTHERS_AGE = 27


def of_group(place: Place, group: Group, numbers: pl.Series, *, seed: int, month: Month) -> pl.DataFrame:
    """One row for each of `numbers`, which are unique in the world and decide all; marks come later."""
    frame = work.assigned(place, group, numbers, seed=seed)
    birth_date = _birth_dates(numbers, AGES[group.membership_class], seed=seed, month=month)
    who = pl.DataFrame({
        "person": numbers.cast(pl.UInt32),
        "birth_date": birth_date,
        "name": full_names(
            numbers, frame["sex"], birth_date.dt.year(), mix=place.name_mix, seed=seed, stream="name"
        ),
        "mother_name": full_names(
            numbers, pl.repeat("P", len(numbers), eager=True), birth_date.dt.year() - MOTHERS_AGE,
            mix=place.name_mix, seed=seed, stream="mother_name",
        ),
    })  # fmt: skip
    homes = _homes(place, frame["village_number"], numbers, seed=seed)
    return pl.concat([who, frame.drop("village_number"), homes], how="horizontal")


def _birth_dates(numbers: pl.Series, ages: tuple[tuple[int, int, int], ...], *, seed: int, month: Month) -> pl.Series:
    """Birthdays such that the completed age on the first day of the month follows `ages`."""
    years = [age for first, last, _ in ages for age in range(first, last + 1)]
    weights = [share * 1000 // (last - first + 1) for first, last, share in ages for _ in range(first, last + 1)]
    on = month.first_day
    oldest = [on.replace(year=on.year - age - 1).toordinal() + 1 for age in years]
    youngest = [on.replace(year=on.year - age).toordinal() for age in years]
    at = weighted(weights, draws(numbers, seed=seed, stream="age"))
    first_day = pl.Series(oldest, dtype=pl.UInt64).gather(at)
    days = pl.Series([y - o + 1 for o, y in zip(oldest, youngest, strict=True)], dtype=pl.UInt64).gather(at)
    ordinal = first_day + below(days, draws(numbers, seed=seed, stream="birthday"))
    return (ordinal.cast(pl.Int32) - EPOCH_ORDINAL).cast(pl.Date).alias("birth_date")


EPOCH_ORDINAL = Month(1970, 1).first_day.toordinal()


def _homes(place: Place, village_number: pl.Series, numbers: pl.Series, *, seed: int) -> pl.DataFrame:
    villages = regions.villages(place.code)

    def drawn(limit: int, stream: str) -> pl.Series:
        return below(limit, draws(numbers, seed=seed, stream=stream))

    house = (drawn(180, "house") + 1).cast(pl.String)
    return pl.DataFrame({
        "village_code": pl.Series([village.code for village in villages]).gather(village_number),
        "village": pl.Series([village.name for village in villages]).gather(village_number),
        "district_code": pl.Series([village.district_code for village in villages]).gather(village_number),
        "district": pl.Series([village.district_name for village in villages]).gather(village_number),
        "postal_code": pl.Series([village.postal_code for village in villages]).gather(village_number),
        "address": pl.Series(STREETS).gather(drawn(len(STREETS), "street")) + " No. " + house,
        "rt": (drawn(12, "rt") + 1).cast(pl.UInt8),
        "rw": (drawn(16, "rw") + 1).cast(pl.UInt8),
        "phone": marks.phones(numbers),
        "education": pl.Series([name for name, _ in EDUCATION]).gather(
            weighted([share for _, share in EDUCATION], draws(numbers, seed=seed, stream="education"))
        ),
    })  # fmt: skip


def marked(place: Place, frame: pl.DataFrame, *, seed: int, month: Month) -> pl.DataFrame:
    """All groups of a place with NIK and the birth place of its region, KK, KPJ, and since when each works.

    Asked once for a whole place: a NIK must be unique across its groups.
    """
    numbers = frame["person"]
    home = [code for code, _ in regions.districts(place.code)]
    away = [code for neighbour in place.neighbours for code, _ in regions.districts(neighbour)]
    codes = pl.Series(home + away)
    kind = weighted(
        [FROM_HOME_DISTRICT, FROM_OTHER_DISTRICT, FROM_ELSEWHERE], draws(numbers, seed=seed, stream="origin")
    )
    drawn = draws(numbers, seed=seed, stream="origin district")
    other, elsewhere = (
        codes.gather(below(len(home), drawn)),
        codes.gather(below(len(away), drawn) + len(home)),
    )
    origin = frame["district_code"].zip_with(kind == 0, other).zip_with(kind < 2, elsewhere)
    prefixes = origin.str.replace_all(".", "", literal=True)
    names = {code: regions.birth_place_name(code) for code in (place.code, *place.neighbours)}
    issued_days = below(6000, draws(numbers, seed=seed, stream="family card"))
    started_days = below(4000, draws(numbers, seed=seed, stream="started")) // 30 + 1
    return frame.with_columns(
        marks.niks(prefixes, frame["birth_date"], frame["sex"]),
        marks.family_cards(
            frame["district_code"].str.replace_all(".", "", literal=True),
            _days_before(month, issued_days + 400),
        ),
        marks.membership_numbers(numbers),
        origin.str.head(5).replace_strict(names).alias("birth_place"),
        _started(frame["birth_date"], _days_before(month, started_days * 30)),
    )


def _started(birth_dates: pl.Series, drawn: pl.Series) -> pl.Series:
    """The first day of a month, not before the eighteenth birthday."""
    grown = birth_dates.dt.offset_by("18y")
    return drawn.zip_with(drawn > grown, grown).dt.month_start().alias("started_on")


def _days_before(month: Month, days: pl.Series) -> pl.Series:
    last = month.first_day.toordinal() - EPOCH_ORDINAL
    return (last - days.cast(pl.Int32)).cast(pl.Date)
