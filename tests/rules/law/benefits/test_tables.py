"""The tables of benefits: what they say, where, and on which days they change."""

from datetime import date, timedelta

import pytest

from payung.rules.law.benefits.columns import FACTS, JOB_LOSS_MONTHS, KINDS
from payung.rules.law.benefits.law import number
from payung.rules.law.benefits.losses import items
from payung.rules.law.benefits.narration import TELLERS
from payung.rules.law.benefits.paid import FORMULAS
from payung.rules.law.benefits.savings import pension_age
from payung.rules.law.figures import BeforeTheLawError, Certainty
from payung.rules.law.readings import all_readings
from payung.rules.law.tables import TableError, read_table, table, table_names

CHANGED_ON_A_DAY = {
    "jkm_benefit": {"2012-05-23", "2015-07-01", "2019-12-02"},
    "jkk_sums": {"2015-07-01", "2019-12-02"},
    "jkk_caps": {"2015-07-01", "2019-12-02"},
    "jkk_temporary": {"2015-07-01", "2019-12-02"},
    "scholarship": {"2015-07-01", "2019-12-02"},
    "jkm_waiting": {"2012-05-23", "2025-02-01", "2025-03-01"},
    "jkp_benefit": {"2021-02-02", "2025-02-07"},
}


@pytest.mark.parametrize("name", CHANGED_ON_A_DAY)
def test_the_days_of_change(name: str) -> None:
    days = {row.figure.first_day.isoformat() for row in table(name).rows}
    assert days == CHANGED_ON_A_DAY[name]


def test_a_change_holds_from_its_own_day() -> None:
    funeral = table("jkm_benefit").series("funeral")
    assert number(funeral.on(date(2019, 12, 1))) == 3_000_000
    assert number(funeral.on(date(2019, 12, 2))) == 10_000_000
    assert funeral.on(date(2019, 12, 2)).id == "jkm_benefit/funeral@2019-12-02"
    with pytest.raises(BeforeTheLawError):
        funeral.on(date(2012, 5, 22))


def test_two_rows_of_one_day_are_an_overlap_and_two_days_of_one_month_are_not() -> None:
    row = '\n[[rows]]\nvalue = "1"\nfirst = "{}"\nregulation = "PP 1/2020"\narticle = "1"\ncertainty = "sourced"\n'
    row += 'sources = ["S1"]\nknown_from = 2020-01-01\nchecked_on = 2026-11-21\n'
    head = 'title = { id = "a", en = "b" }\nunit = "count"\nkeys = []\nbegins = "2020-01"\nread_by = ["x"]\n'
    two = read_table("two", head + row.format("2020-01-05") + row.format("2020-01-06").replace('"1"', '"2"', 1))
    assert [number_of.value for number_of in two.series().figures] == [1, 2]
    with pytest.raises(TableError, match="overlap"):
        read_table("same", head + row.format("2020-01-05") * 2)
    with pytest.raises(TableError):
        read_table("none", head + row.format("2020-02-30"))


def test_the_disability_table_is_whole() -> None:
    day = date(2026, 1, 1)
    rows = [row for several in items(day).values() for row in several]
    assert {row.more["number"] for row in rows} == set(range(1, 43))
    assert len(items(day)) == 44
    for name, several in items(day).items():
        side, _, part = name.partition("-")
        other = {"right": f"left-{part}", "left": f"right-{part}"}.get(side)
        assert other is None or other in items(day)
        assert all(0 < row.figure.value * 1_000 == int(row.figure.value * 1_000) for row in several)
        assert all(row.more["loss"]["id"] and row.more["loss"]["en"] for row in several)
    right, left = (items(day)[f"{side}-thumb"][0].figure.value for side in ("right", "left"))
    assert right > left


def test_what_has_no_source_is_marked() -> None:
    marked = {
        row.figure.key[0]: row.figure.certainty is not Certainty.SOURCED
        for row in table("disability").rows
        if row.figure.key
    }
    assert marked["right-index-finger"] and marked["impotence"] and marked["mental-capacity"]
    assert not marked["right-arm-shoulder"] and not marked["scalp"] and not marked["colour-vision"]
    dentures = table("jkk_caps").series("denture").figures
    assert [figure.certainty is Certainty.SOURCED for figure in dentures] == [True, False]


def test_readings_that_stand_for_numbers_have_their_rows() -> None:
    stems = {
        "temporary-day": ("jkk_counts", "day"),
        "temporary-second-half": ("jkk_temporary", "second"),
        "several-losses": ("jkk_shares", "several"),
        "school-start": ("scholarship_counts", "start"),
    }
    for name, (of, stem) in stems.items():
        keys = {key[0] for key in table(of).keys_in_use()}
        assert {f"{stem}-{option}" for option in all_readings()[name].options} == {
            key for key in keys if key.startswith(f"{stem}-")
        }
    assert {key[0] for key in table("jkm_waiting").keys_in_use()} == set(all_readings()["jkm-waiting-start"].options)


def test_every_kind_is_reckoned_and_told() -> None:
    assert set(KINDS) == set(FORMULAS) == set(TELLERS)
    for kind in KINDS.values():
        assert set(kind.facts) <= set(FACTS)
    assert number(table("jkp_counts").series("months").figures[-1]) == JOB_LOSS_MONTHS[-1]


@pytest.mark.parametrize(
    ("day", "age"),
    [
        ("2015-07-01", 56),
        ("2018-12-31", 56),
        ("2019-01-01", 57),
        ("2025-01-01", 59),
        ("2042-12-31", 64),
        ("2043-01-01", 65),
    ],
)
def test_the_pension_age(day: str, age: int) -> None:
    assert number(pension_age(date.fromisoformat(day))) == age


def test_the_pensions_limits_rise_each_february() -> None:
    for limit in ("lowest", "highest"):
        figures = table("jp_limits").series(limit).figures
        values = [figure.value for figure in figures]
        assert values == sorted(values)
        assert [figure.first.month for figure in figures] == [7] + [2] * 11
        after = figures[-1].first_day + timedelta(days=400)
        assert table("jp_limits").series(limit).on(after).certainty is Certainty.NOT_YET_PUBLISHED


def test_no_table_of_benefits_changes_in_a_month_where_the_law_names_a_day() -> None:
    by_month = {"jp_limits", "jkp_wage_cap"}  # announced for months, not days
    ours = {name for name in table_names() if any("law.benefits." in reader for reader in table(name).read_by)}
    assert len(ours) > 15
    for name in ours - by_month:
        assert all(row.figure.day for row in table(name).rows), name
