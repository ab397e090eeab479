"""Every benefit against its slow twin: all kinds and readings, every day from 2015 to 2027, wages to 100 million."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.rules.law.benefits.columns import AMOUNTS, COMPONENTS, EMPLOYERS, FACTS, JHT_PARTS, JHT_WHOLE, JP_REASONS
from payung.rules.law.benefits.law import day_number
from payung.rules.law.benefits.paid import paid
from payung.rules.law.columns import REFUSAL
from payung.rules.law.readings import Readings
from tests.rules.law.benefits import twin
from tests.rules.law.benefits.asked import SCHEMA
from tests.rules.law.twin import rows

FIRST, LAST = date(2015, 7, 1), date(2027, 12, 31)
CHANGES = [date(2019, 12, 2), date(2021, 2, 2), date(2025, 2, 1), date(2025, 2, 7), date(2025, 3, 1), date(2026, 2, 1)]
EDGES = [day + timedelta(step) for day in [FIRST, *CHANGES] for step in (-1, 0, 1)]
BOUNDS = [row["income_from"] + step for row in rows("bpu_brackets") for step in (-1, 0, 1)]
OPTIONS = {
    "temporary-day": ["30", "25", "365"],
    "temporary-second-half": ["75", "100", "50"],
    "several-losses": ["70", "100"],
    "jkm-waiting-start": ["march-2025", "february-2025"],
    "jkm-three-months": ["calendar", "day"],
    "jkm-after-lapse": ["restart", "continue"],
    "jkm-several-memberships": ["one", "each"],
    "school-start": ["tk", "sd"],
    "jp-under-180": ["lump-sum", "as-180"],
    "bracket-gap": ["lower", "upper"],
}

days = st.dates(FIRST, LAST) | st.sampled_from([day for day in EDGES if day >= FIRST])
wages = st.integers(0, 100_000_000) | st.sampled_from([bound for bound in BOUNDS if bound >= 0])
MONTHS_PAID = st.integers(0, 720) | st.sampled_from([179, 180, 181])
bills = st.none() | st.integers(0, 30_000_000)
readings = st.fixed_dictionaries({}, optional={name: st.sampled_from(options) for name, options in OPTIONS.items()})


@st.composite
def cases(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """A case of one kind that the law answers."""
    on = draw(days.filter(lambda day: kind != "jkp" or day >= date(2021, 2, 2)))
    membership_class = "PU" if kind in ("jp", "jkp") else draw(st.sampled_from(["PU", "BPU"]))
    return {"kind": kind, "on": on, "class": membership_class, **draw(FACTS_OF.get(kind, _by_wage)(on))}


def _by_wage(_: date) -> Any:
    return st.fixed_dictionaries({"wage": wages})


def _losses(_: date) -> Any:
    return st.fixed_dictionaries({"wage": wages, "loss_shares": st.integers(1, 150_000)})


def _temporary(_: date) -> Any:
    time = {"wage": wages, "months": st.integers(0, 40), "days": st.integers(0, 366)}
    return st.fixed_dictionaries(time).filter(lambda facts: facts["months"] + facts["days"] > 0)


def _transport(_: date) -> Any:
    ways = st.fixed_dictionaries(dict.fromkeys(("land", "sea", "air"), bills))
    return ways.filter(lambda facts: any(facts.values()))


def _aids(_: date) -> Any:
    names = ("prosthesis", "denture", "hearing_aid", "glasses", "home_care")
    aids = st.fixed_dictionaries(dict.fromkeys(names, bills)).filter(lambda facts: any(facts.values()))
    months = st.fixed_dictionaries({"home_care_months": st.none() | st.integers(1, 120)})
    return st.tuples(aids, months).map(lambda two: two[0] | two[1])


@st.composite
def _jkm(draw: st.DrawFn, on: date) -> dict[str, Any]:
    since = on - timedelta(draw(st.integers(0, 130) | st.integers(0, 4_000)))
    resumed = draw(st.none() | st.dates(since, on))
    return {"member_since": since, "resumed_on": resumed, "memberships": draw(st.none() | st.integers(1, 4))}


@st.composite
def _scholarship(draw: st.DrawFn, on: date) -> dict[str, Any]:
    facts = {"cause": draw(st.sampled_from(["jkk", "jkm"])), "paid_months": draw(st.sampled_from([0, 35, 36, 59, 60]))}
    for child in range(1, draw(st.integers(1, 2)) + 1):
        birth = on - timedelta(draw(st.integers(0, 9_500)))
        lowest = 0 if twin.age_on(birth, on) < 7 else 1
        facts |= {f"child_{child}_birth": birth, f"child_{child}_school_year": draw(st.integers(lowest, 19))}
    return facts


def _jht(_: date) -> Any:
    reasons = st.sampled_from([*JHT_WHOLE, *JHT_PARTS, *JHT_PARTS])
    return st.fixed_dictionaries(
        {"balance": st.integers(0, 10**12), "reason": reasons, "member_years": st.integers(5, 15)}
    )


def _jp(_: date) -> Any:
    saved = {"contributions_and_return": st.integers(0, 10**9), "reason": st.sampled_from(JP_REASONS)}
    yearly = st.integers(0, 1_200_000_000) | st.integers(0, 120_000_000)
    return st.fixed_dictionaries({"paid_months": MONTHS_PAID, "average_yearly_wage": yearly, **saved})


def _jkp(_: date) -> Any:
    return st.fixed_dictionaries(
        {"wage": wages, "months": st.integers(1, 6), "employer": st.sampled_from([None, EMPLOYERS[0]])}
    )


FACTS_OF: dict[str, Any] = {
    "jkk-partial": _losses,
    "jkk-functional": _losses,
    "jkk-temporary": _temporary,
    "jkk-transport": _transport,
    "jkk-aids": _aids,
    "jkm": _jkm,
    "scholarship": _scholarship,
    "jht": _jht,
    "jp": _jp,
    "jkp": _jkp,
}


def frame_of(asked: list[dict[str, Any]]) -> pl.DataFrame:
    def cell(value: Any) -> Any:
        return day_number(value) if isinstance(value, date) else value

    named = [
        {FACTS[name].column if name in FACTS else name: cell(value) for name, value in facts.items()} for facts in asked
    ]
    return pl.DataFrame(named, schema=SCHEMA)


def slow(facts: dict[str, Any], read: dict[str, str]) -> dict[str, int]:
    return {**dict.fromkeys(COMPONENTS, 0), **twin.benefit(facts, read)}


def agree(asked: list[dict[str, Any]], read: dict[str, str]) -> None:
    parsed = Readings.parse([f"{name}={option}" for name, option in read.items()])
    answered = paid(frame_of(asked), readings=parsed)
    assert answered[REFUSAL].null_count() == len(asked)
    assert answered.select(AMOUNTS).to_dicts() == [slow(facts, read) for facts in asked]
    assert (answered.select(COMPONENTS).sum_horizontal() == answered["total"]).all()
    assert {answered.schema[amount] for amount in AMOUNTS} == {pl.Int64}


@pytest.mark.parametrize("kind", twin.KINDS)
@settings(deadline=None, max_examples=25)
@given(st.data(), readings)
def test_the_twin_agrees_on_every_kind(kind: str, data: st.DataObject, read: dict[str, str]) -> None:
    agree(data.draw(st.lists(cases(kind), min_size=1, max_size=30)), read)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from(list(twin.KINDS)).flatmap(cases), min_size=2, max_size=40))
def test_the_twin_agrees_on_kinds_mixed_in_one_frame(asked: list[dict[str, Any]]) -> None:
    agree(asked, {})


def test_the_twin_agrees_on_every_day_of_every_year() -> None:
    every_day = [FIRST + timedelta(passed) for passed in range((LAST - FIRST).days + 1)]
    asked = [
        {"kind": kind, "on": on, "class": "PU", "wage": 4_737_678, "cause": "jkk", "paid_months": 200}
        | {"average_yearly_wage": 30_000_000, "reason": "old-age", "contributions_and_return": 1, "land": 7_000_000}
        | {"glasses": 2_000_000, "months": 5, "days": 300, "child_1_birth": on - timedelta(4_000)}
        | {"child_1_school_year": 7, "member_since": on, "loss_shares": 9_000}
        for on in every_day
        for kind in ("jkk-death", "jkk-total", "jkk-transport", "jkk-aids", "jkm", "scholarship", "jp", "jkk-temporary")
    ]
    assert len(asked) == 4_567 * 8
    agree(asked, {})
