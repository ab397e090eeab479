"""Two time axes as a difference, dated readings, and the lists of changes and doubts."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.rules.law.changes import changes
from payung.rules.law.columns import AMOUNTS
from payung.rules.law.contributions import owed
from payung.rules.law.dated import DatedReading, DatedReadings, owed_as_read
from payung.rules.law.doubts import open_doubts
from payung.rules.law.figures import Certainty, NotKnownError
from payung.rules.law.knowledge import compared
from payung.rules.law.readings import Readings, all_readings
from payung.rules.law.tables import table, table_names
from payung.rules.months import Month
from tests.rules.law.casebook import frame_of
from tests.rules.law.test_twin import people

FACTORY = {"class": "PU", "wage": 10_000_000, "month": "2025-08", "payer": "employer", "programmes": ["JKK", "JKM"]}
FACTORY |= {"sector": "labour_intensive"}
DRIVER = {"class": "BPU", "wage": 1_000_000, "month": "2026-01", "payer": "self", "programmes": ["JKK", "JKM"]}
DRIVER |= {"sector": "transport"}


def test_what_august_would_have_billed_with_what_august_knew() -> None:
    unmoved = {**FACTORY, "sector": "other"}
    told = compared(frame_of(FACTORY, unmoved), known_on=date(2025, 8, 31), compared_to=date(2025, 9, 4))
    assert told["jkk"].to_list() == [24_000, 24_000]
    assert told["jkk_then"].to_list() == [12_000, 24_000]
    assert told["difference"].to_list() == [12_000, 0]
    assert told["changed"].to_list() == ["reliefs/PP36-2025/JKK@2025-08", None]


def test_the_day_before_and_the_day_of_a_promulgation() -> None:
    told = compared(frame_of(DRIVER), known_on=date(2025, 12, 21), compared_to=date(2025, 12, 22))
    assert (told["total"].item(), told["total_then"].item()) == (16_800, 8_400)
    assert told["changed"].item().split() == [
        "reliefs/PP50-2025-transport/JKK@2026-01",
        "reliefs/PP50-2025-transport/JKM@2026-01",
    ]


def test_a_ceiling_that_was_not_announced_yet() -> None:
    rich = {"class": "PU", "wage": 20_000_000, "month": "2026-03", "payer": "employer", "programmes": ["JP"]}
    told = compared(frame_of(rich), known_on=date(2026, 2, 24), compared_to=None)
    assert told["difference"].item() == 3 * (10_547_400 - 11_086_300) // 100
    assert told["changed"].item().split() == ["jp_ceiling@2025-03", "jp_ceiling@2026-03"]


def test_a_refused_row_keeps_its_place() -> None:
    told = compared(frame_of({**FACTORY, "wage": -1}, FACTORY), known_on=date(2025, 8, 31), compared_to=None)
    assert told["refusal"].to_list() == ["wage_negative", None]
    assert told["difference"].to_list() == [None, 12_000]
    assert told["changed"].to_list() == [None, "reliefs/PP36-2025/JKK@2025-08"]


def test_nothing_was_known_before_the_law() -> None:
    with pytest.raises(NotKnownError):
        compared(frame_of(FACTORY), known_on=date(2015, 6, 29), compared_to=None)


@settings(deadline=None, max_examples=25)
@given(st.lists(people(), min_size=1, max_size=30), st.dates(date(2015, 7, 1), date(2027, 1, 1)))
def test_the_comparison_is_two_reckonings(asked: list[dict[str, Any]], day: date) -> None:
    frame = pl.DataFrame(asked)
    told = compared(frame, known_on=day, compared_to=None)
    assert told.select(AMOUNTS).equals(owed(frame, known_on=day, columns=AMOUNTS))
    then = told.select(pl.col(f"{name}_then").alias(name) for name in AMOUNTS)
    assert then.equals(owed(frame, columns=AMOUNTS))
    moved = pl.any_horizontal(pl.col(name) != pl.col(f"{name}_then") for name in AMOUNTS)
    assert told.select((moved == pl.col("changed").is_not_null()).all()).item()


DATED = DatedReadings(
    (
        DatedReading(Month(2024, 3), "rounding", "up"),
        DatedReading(Month(2022, 10), "rounding", "down"),
        DatedReading(Month(2026, 4), "pp50-tpp", "excluded"),
    )
)


def test_the_choice_that_began_last_holds() -> None:
    asked = [Month(2022, 9), Month(2022, 10), Month(2024, 2), Month(2024, 3), Month(2026, 4)]
    assert [DATED.on(month)["rounding"] for month in asked] == ["half-up", "down", "down", "up", "up"]
    assert [DATED.on(month)["pp50-tpp"] for month in asked] == ["private"] * 4 + ["excluded"]


@settings(deadline=None, max_examples=40)
@given(st.lists(people(), min_size=1, max_size=40))
def test_each_month_under_its_own_reading(asked: list[dict[str, Any]]) -> None:
    at_once = owed_as_read(pl.DataFrame(asked), DATED, columns=AMOUNTS).to_dicts()
    one_by_one = [
        owed(pl.DataFrame([person]), readings=DATED.on(Month.from_index(person["month"])), columns=AMOUNTS).row(
            0, named=True
        )
        for person in asked
    ]
    assert at_once == one_by_one


def test_a_row_without_a_month_is_refused_in_its_place() -> None:
    frame = frame_of(DRIVER, DRIVER, DRIVER).with_columns(pl.Series("month", [24_312, None, 24_316], pl.Int64))
    assert owed_as_read(frame, DATED)["refusal"].to_list() == [None, "month_too_early", None]


def test_every_row_of_the_law_begins_once_among_the_changes() -> None:
    found = changes(date(2000, 1, 1), date(2060, 1, 1))
    figures = [row.figure for name in table_names() for row in table(name).rows]
    assert sorted(change.figure.id for change in found if change.what == "begins") == sorted(f.id for f in figures)
    ends = {change.figure.id: change.day for change in found if change.what == "ends"}
    assert ends == {f.id: f.last.shift(1).first_day for f in figures if f.last}
    assert [change.day for change in found] == sorted(change.day for change in found)


DAYS = sorted({row.figure.first_day for name in table_names() for row in table(name).rows})


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_each_change_stands_on_its_day_and_not_the_day_before(day: date) -> None:
    beginning = {row.figure.id for name in table_names() for row in table(name).rows if row.figure.first_day == day}
    assert {change.figure.id for change in changes(day, day) if change.what == "begins"} == beginning
    eve = day - timedelta(days=1)
    assert not beginning & {change.figure.id for change in changes(eve, eve) if change.what == "begins"}


def test_a_change_tells_the_value_before() -> None:
    (ceiling,) = [c for c in changes(date(2026, 3, 1), date(2026, 3, 1)) if c.figure.table == "jp_ceiling"]
    assert (str(ceiling.before), str(ceiling.after)) == ("10547400", "11086300")
    known = changes(date(2026, 3, 1), date(2026, 3, 1), known_on=date(2026, 2, 24))
    assert [c for c in known if c.figure.table == "jp_ceiling"] == []


def test_every_doubt_is_listed_once_with_its_reason() -> None:
    found = open_doubts(Readings.parse(["rounding=up"]))
    unsure = [
        row.figure.id
        for name in table_names()
        for row in table(name).rows
        if row.figure.certainty is not Certainty.SOURCED
    ]
    assert [doubt.id for doubt in found] == [*all_readings(), *unsure]
    assert all(doubt.reason.id and doubt.reason.en and doubt.citation for doubt in found)
    used = {doubt.id: doubt.used for doubt in found if doubt.kind == "reading"}
    assert (used["rounding"], used["bracket-gap"]) == ("up", "lower")
