"""The people of a world are as many, as old and as distributed as the programme says, and cannot be anyone."""

import polars as pl
import pytest

from payung.doors.world import places, regions, worlds
from payung.doors.world.names import GENERATIONS, words
from payung.rules.months import Month, age_on

SMALL = 3000


@pytest.mark.parametrize("place", places.available())
def test_marks_are_well_formed_unique_and_synthetic(place: str) -> None:
    people = worlds.make(place, people=SMALL).people
    assert len(people) == SMALL
    for mark in ("person", "nik", "kpj", "kk"):
        assert people[mark].n_unique() == SMALL, mark
    assert people["nik"].str.contains(r"^\d{12}9\d{3}$").all()
    assert not people["nik"].str.ends_with("9000").any()
    assert people["kk"].str.contains(r"^\d{12}9\d{3}$").all()
    assert people["kpj"].str.contains(r"^99\d{9}$").all()
    assert people["npp"].str.contains(r"^ZZ\d{6}$").all()
    assert people["phone"].str.contains(r"^08000\d{7}$").all()


@pytest.mark.parametrize("place", places.available())
def test_the_nik_says_what_the_row_says(place: str) -> None:
    people = worlds.make(place, people=SMALL).people
    facts = places.read(place)
    known = {code.replace(".", "") for at in (facts.code, *facts.neighbours) for code, _ in regions.districts(at)}
    assert set(people["nik"].str.head(6)) <= known
    day = people["birth_date"].dt.day().cast(pl.Int32) + (people["sex"] == "P").cast(pl.Int32) * 40
    digits = day.cast(pl.String).str.zfill(2) + people["birth_date"].dt.strftime("%m%y")
    assert (people["nik"].str.slice(6, 6) == digits).all()
    at_home = people["nik"].str.head(4) == facts.code.replace(".", "")
    assert 0.8 < at_home.sum() / SMALL < 0.92


def test_ages_on_the_first_day() -> None:
    world = worlds.make("banjarnegara", people=SMALL)
    ages = {"PU": (18, 59), "BPU": (18, 64)}
    for membership_class, (youngest, oldest) in ages.items():
        births = world.people.filter(pl.col("membership_class") == membership_class)["birth_date"]
        seen = [age_on(birth, world.month.first_day) for birth in births]
        assert min(seen) == youngest and max(seen) == oldest


def test_counts_are_those_reported() -> None:
    bandung, bekasi = worlds.make("bandung").people, worlds.make("bekasi").people
    assert len(bandung) == 12_400
    assert bandung.filter(pl.col("office_short") == "DLH").height == 1815
    assert len(bekasi) == 75_903
    assert (bekasi["segment"] == "petani").sum() == 28_800
    cirebon = places.read("cirebon")
    joined = [office.npp for office in cirebon.groups[0].offices if office.joined]
    people = worlds.make("cirebon").people
    assert (len(people), people["npp"].is_in(joined).sum()) == (3600, 1100)
    assert len(worlds.make("sukabumi").people) == 72


def test_the_same_seed_gives_the_same_people() -> None:
    one, again = worlds.make("bandung", people=500, seed=5).people, worlds.make("bandung", people=500, seed=5).people
    assert one.equals(again)
    assert not one.equals(worlds.make("bandung", people=500, seed=6).people)


def test_villages_lie_in_the_place_and_their_kecamatan() -> None:
    people = worlds.make("bekasi", people=SMALL).people
    assert people["village_code"].str.starts_with("32.16.").all()
    assert (people["village_code"].str.head(8) == people["district_code"]).all()
    assert (people["office_short"] == "Kec. " + people["district"]).all()


def test_payment_units_differ_between_groups() -> None:
    units = [office.npp for group in places.read("banjarnegara").groups for office in group.offices]
    assert len(units) == len(set(units)) == 51


@pytest.mark.parametrize("region", ["sunda", "jawa", "betawi"])
def test_no_name_repeats_a_word(region: str) -> None:
    for sex in "LP":
        for generation in GENERATIONS:
            given, second = words(region)[sex, generation, "given"], words(region)[sex, generation, "second"]
            assert not set(given) & set(second)
            assert len(set(given)) == len(given) and len(set(second)) == len(second)


def test_what_cannot_be_made_is_said() -> None:
    with pytest.raises(LookupError, match="bandung"):
        worlds.make("atlantis")
    with pytest.raises(ValueError, match="jumlah orang"):
        worlds.make("bandung", people=0)


def test_another_month_makes_other_ages() -> None:
    later = worlds.make("bandung", people=300, month=Month(2030, 5)).people
    assert later["birth_date"].max() > Month(2010, 1).first_day  # type: ignore[operator]  # the column is of dates
