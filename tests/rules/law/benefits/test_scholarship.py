"""The scholarship year by year."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.rules.law.benefits.columns import LAST_SCHOOL_YEAR
from payung.rules.law.benefits.law import Law
from payung.rules.law.benefits.refusals import BenefitRefusedError
from payung.rules.law.benefits.scholarship import level_starts
from payung.rules.law.readings import DEFAULT_READINGS, Readings
from tests.rules.law.benefits.asked import benefit, total

OLD, NEW = "2019-12-01", "2019-12-02"
GRADES = {"TK": 2, "SD": 6, "SMP": 3, "SMA": 3, "PT": 5}


def test_the_most_a_child_and_two_children_get() -> None:
    assert total("scholarship", "2022-01-01", cause="jkk", child=["2017-12-01:TK:1"]) == 87_000_000
    assert total("scholarship", "2022-01-01", cause="jkk", child=["2017-12-01:TK:1"] * 2) == 174_000_000
    assert total("scholarship", "2022-01-01", cause="jkk", child=["2017-12-01:TK:1"] * 3) == 174_000_000


def test_the_child_moves_up_each_year_until_it_is_23() -> None:
    answer = benefit("scholarship", "2022-06-15", cause="jkk", child=["2004-06-16:SMA:3"])
    assert [(line["year"], line["age"], line["level"], line["grade"]) for line in answer.schedule] == [
        (0, 17, "SMA", 3),
        (1, 18, "PT", 1),
        (2, 19, "PT", 2),
        (3, 20, "PT", 3),
        (4, 21, "PT", 4),
        (5, 22, "PT", 5),
    ]
    assert answer.total == 3_000_000 + 60_000_000
    assert total("scholarship", "2022-06-15", cause="jkk", child=["2004-06-15:SMA:3"]) == 3_000_000 + 48_000_000
    assert total("scholarship", "2022-06-15", cause="jkk", child=["1999-06-15:PT:1"]) == 0


def test_after_the_last_year_of_study_nothing_more_is_paid() -> None:
    assert total("scholarship", "2022-06-15", cause="jkk", child=["2004-06-15:PT:4"]) == 24_000_000


def test_a_child_not_yet_at_school_is_paid_when_school_begins() -> None:
    answer = benefit("scholarship", "2022-01-01", cause="jkk", child=["2020-01-01:none:0"])
    assert (answer.schedule[0]["year"], answer.schedule[0]["age"], answer.schedule[0]["level"]) == (3, 5, "TK")
    assert answer.total == 12_000_000 + 6_000_000 + 9_000_000 + 4 * 12_000_000
    without_tk = Readings.parse(["school-start=sd"])
    later = benefit("scholarship", "2022-01-01", cause="jkk", child=["2020-01-01:none:0"], readings=without_tk)
    assert (later.schedule[0]["year"], later.schedule[0]["age"], later.schedule[0]["level"]) == (5, 7, "SD")
    assert later.total == answer.total - 3_000_000


def test_a_late_child_begins_the_year_after() -> None:
    answer = benefit("scholarship", "2022-01-01", cause="jkk", child=["2015-06-01:none:0"])
    assert (answer.schedule[0]["year"], answer.schedule[0]["age"]) == (1, 7)


@pytest.mark.parametrize(
    ("on", "cause", "paid_months", "amount"),
    [
        (NEW, "jkm", 36, 36_000_000),
        (NEW, "jkm", 35, 0),
        (NEW, "jkk", 0, 36_000_000),
        (OLD, "jkm", 60, 12_000_000),
        (OLD, "jkm", 59, 0),
        (OLD, "jkk", 0, 12_000_000),
    ],
)
def test_the_paid_months_it_needs(on: str, cause: str, paid_months: int, amount: int) -> None:
    words = {"cause": cause, "paid_months": paid_months}
    answer = benefit("scholarship", on, child=["1999-12-31:PT:3"] * 2, **words)
    expected = 2 * amount if on == NEW else amount  # once, and for one child, before December 2019
    assert answer.total == expected


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"cause": "jkk"}, "missing/child"),
        ({"child": ["2012-05-20:SD:4"]}, "missing/cause"),
        ({"cause": "jkm", "child": ["2012-05-20:SD:4"]}, "missing/paid_months"),
        ({"cause": "jp", "child": ["2012-05-20:SD:4"]}, "cause_unknown"),
        ({"cause": "jkk", "child": ["2012-05-20:SD:7"]}, "child_unreadable"),
        ({"cause": "jkk", "child": ["2012-05-20:SD:4", "2012-05-20"]}, "child_unreadable"),
        ({"cause": "jkk", "child": ["2012-05-32:SD:4"]}, "child_unreadable"),
        ({"cause": "jkk", "child": ["2026-05-20:none:0"]}, "after_event/child"),
        ({"cause": "jkk", "child": ["2012-05-20:none:0"]}, "child_not_at_school"),
    ],
)
def test_what_is_refused(words: dict[str, object], code: str) -> None:
    with pytest.raises(BenefitRefusedError) as refused:
        benefit("scholarship", "2022-01-01", **words)
    assert refused.value.code == code


def test_the_school_years_are_those_of_the_table() -> None:
    starts = level_starts(Law(None, DEFAULT_READINGS))
    assert starts == {"TK": 1, "SD": 3, "SMP": 9, "SMA": 12, "PT": 15, "": LAST_SCHOOL_YEAR + 1}


@settings(max_examples=60, deadline=None)
@given(
    on=st.dates(date(2019, 12, 2), date(2027, 12, 31)),
    days_old=st.integers(0, 9_000),
    place=st.one_of(
        st.just(("none", 0)),
        st.sampled_from(list(GRADES)).flatmap(lambda level: st.tuples(st.just(level), st.integers(1, GRADES[level]))),
    ),
    option=st.sampled_from(["tk", "sd"]),
)
def test_the_schedule_adds_up_and_keeps_every_limit(
    on: date, days_old: int, place: tuple[str, int], option: str
) -> None:
    birth = date.fromordinal(on.toordinal() - days_old)
    if place[0] == "none" and days_old > 6 * 365:
        place = ("SD", 1)
    child = f"{birth}:{place[0]}:{place[1]}"
    readings = Readings.parse([f"school-start={option}"])
    answer = benefit("scholarship", on.isoformat(), cause="jkk", child=[child], readings=readings)
    assert sum(line["amount"] for line in answer.schedule) == answer.total <= 87_000_000
    assert all(line["age"] < 23 for line in answer.schedule)
    for level, grades in GRADES.items():
        told = [line["grade"] for line in answer.schedule if line["level"] == level]
        assert told == sorted(set(told)) and len(told) <= grades
    years = [line["year"] for line in answer.schedule]
    assert years == list(range(years[0], years[0] + len(years))) if years else True
