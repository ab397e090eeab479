"""The formulas against their slow twin, and what must always hold."""

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.rules.law.columns import AMOUNTS, PAYERS, PROGRAMMES, REFUSAL, SECTORS, STEPS
from payung.rules.law.contributions import owed
from payung.rules.months import Month
from tests.rules.law import twin

FIRST, LAST = Month(2015, 7).index, Month(2027, 12).index
EDGES = [edge + step for row in twin.rows("bpu_brackets") for edge in (row["income_from"],) for step in (-1, 0, 1)]
CEILINGS = [int(row["value"]) + step for row in twin.rows("jp_ceiling") for step in (-1, 0, 1)]

wages = st.integers(0, 100_000_000) | st.sampled_from([edge for edge in EDGES if edge >= 0] + CEILINGS)


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    """One person's month, any the law answers."""
    membership_class = draw(st.sampled_from(["PU", "BPU"]))
    open_to = PROGRAMMES if membership_class == "PU" else PROGRAMMES[:3]
    joined = draw(st.sets(st.sampled_from(open_to)))
    return {
        "class": membership_class,
        "month": draw(st.integers(FIRST, LAST)),
        "wage_rupiah": draw(wages),
        "group": draw(st.integers(1, 5)),
        "payer": draw(st.sampled_from(PAYERS)),
        "sector": draw(st.sampled_from(SECTORS)),
        **{f"in_{name.lower()}": name in joined for name in PROGRAMMES},
    }


def slow(person: dict[str, Any]) -> dict[str, int]:
    return twin.owed(
        membership_class=person["class"],
        month=str(Month.from_index(person["month"])),
        wage=person["wage_rupiah"],
        group=person["group"],
        payer=person["payer"],
        sector=person["sector"],
        programmes={name for name in PROGRAMMES if person[f"in_{name.lower()}"]},
    )


@settings(deadline=None, max_examples=60)
@given(st.lists(people(), min_size=1, max_size=80))
def test_the_twin_agrees_to_the_rupiah(asked: list[dict[str, Any]]) -> None:
    quick = owed(pl.DataFrame(asked), columns=AMOUNTS).to_dicts()
    assert quick == [slow(person) for person in asked]


def test_the_twin_agrees_in_every_month_for_every_class_payer_and_sector() -> None:
    asked = [
        {"class": kind, "month": month, "wage_rupiah": 9_877_777, "group": 1 + month % 5, "payer": payer}
        | {"sector": sector, "in_jkk": True, "in_jkm": True, "in_jht": True, "in_jp": kind == "PU"}
        for kind in ("PU", "BPU")
        for month in range(FIRST, LAST + 1)
        for payer in PAYERS
        for sector in SECTORS
    ]
    quick = owed(pl.DataFrame(asked), columns=AMOUNTS).to_dicts()
    assert len(quick) == 2 * 150 * 9 * 4
    assert quick == [slow(person) for person in asked]


@settings(deadline=None, max_examples=40)
@given(people(), st.lists(wages, min_size=2, max_size=60))
def test_more_wage_never_owes_less(person: dict[str, Any], some_wages: list[int]) -> None:
    asked = pl.DataFrame([{**person, "wage_rupiah": wage} for wage in sorted(some_wages)])
    answered = owed(asked)
    for amount in AMOUNTS:
        assert answered[amount].is_sorted()


@settings(deadline=None, max_examples=40)
@given(st.lists(people(), min_size=1, max_size=60))
def test_shares_add_up_and_a_relief_never_raises(asked: list[dict[str, Any]]) -> None:
    answered = owed(pl.DataFrame(asked))
    assert answered[REFUSAL].null_count() == len(asked)
    assert (answered.select(AMOUNTS[:-1]).sum_horizontal() == answered["total"]).all()
    assert (answered["jkk"] <= answered["jkk_unrelieved_rupiah"]).all()
    assert (answered["jkm"] <= answered["jkm_unrelieved_rupiah"]).all()
    assert (answered.select(AMOUNTS).min_horizontal() >= 0).all()


def test_there_is_no_float_in_any_column() -> None:
    person = {"class": "PU", "month": FIRST, "wage_rupiah": 1, "group": 1, "payer": "APBD", "sector": "other"}
    person |= {"in_jkk": True, "in_jkm": True, "in_jht": True, "in_jp": True}
    schema = owed(pl.DataFrame([person])).schema
    assert {schema[column] for column in (*STEPS, *AMOUNTS)} == {pl.Int64}
    assert not any(kind.is_float() or kind.is_decimal() for kind in schema.values())
