"""Construction, interns, packages, deferral and credits: the formulas against plain counting, and what always holds."""

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.rules.law.columns import AMOUNTS, PAYERS, REFUSAL, SECTORS
from payung.rules.law.construction import contract_owed, explain_contract
from payung.rules.law.contributions import owed
from payung.rules.law.credits import carried
from payung.rules.law.deferral import deferrable
from payung.rules.law.explain import RefusedError, explain
from payung.rules.law.figures import NotKnownError
from payung.rules.law.migrants import explain_package
from payung.rules.law.readings import Readings
from payung.rules.law.slices import LARGEST_CONTRACT_RUPIAH, slices
from payung.rules.law.tables import FOLDER, TableError, read_table
from payung.rules.law.wages import NoReportedWageError, monthly_wage
from payung.rules.months import Month
from tests.rules.law import twin

FIRST, LAST = Month(2015, 7).index, Month(2027, 12).index
BOUNDS = [row["above_rupiah"] + step for row in twin.rows("jakon_slices") for step in (0, 1) if row["above_rupiah"]]
values = st.integers(0, LARGEST_CONTRACT_RUPIAH) | st.integers(0, 2_000_000_000) | st.sampled_from(BOUNDS)
months = st.integers(FIRST, LAST)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(months, values), min_size=1, max_size=40))
def test_the_twin_agrees_on_contracts(asked: list[tuple[int, int]]) -> None:
    frame = pl.DataFrame(asked, schema={"month": pl.Int64, "contract_rupiah": pl.Int64}, orient="row")
    quick = contract_owed(frame).select("jkk", "jkm", "total").to_dicts()
    assert quick == [twin.contract(str(Month.from_index(month)), value) for month, value in asked]


@settings(deadline=None, max_examples=30)
@given(months, st.lists(values, min_size=2, max_size=40))
def test_a_larger_contract_never_owes_less_and_a_relief_never_raises(month: int, some: list[int]) -> None:
    frame = pl.DataFrame({"month": month, "contract_rupiah": sorted(some)}, schema_overrides={"month": pl.Int64})
    answered = contract_owed(frame)
    for amount in ("jkk", "jkm", "total"):
        assert answered[amount].is_sorted()
    assert (answered["jkk"] <= answered["jkk_unrelieved_rupiah"]).all()
    assert (answered["jkm"] <= answered["jkm_unrelieved_rupiah"]).all()
    assert not any(kind.is_float() or kind.is_decimal() for kind in answered.schema.values())


@settings(deadline=None, max_examples=25)
@given(months, values, st.sampled_from(["half-up", "down", "up"]))
def test_a_contract_is_explained_as_it_is_reckoned(month: int, value: int, rounding: str) -> None:
    readings = Readings.parse([f"rounding={rounding}"])
    explained = explain_contract(contract_rupiah=value, month=Month.from_index(month), readings=readings)
    row = contract_owed(pl.DataFrame({"month": [month], "contract_rupiah": [value]}), readings=readings).row(
        0, named=True
    )
    for name, programme in explained.programmes.items():
        assert programme.steps[-1].value == programme.employer == row[name.lower()]
    assert explained.total == row["total"]


def test_contracts_lazily_too() -> None:
    frame = pl.DataFrame({"month": [FIRST, FIRST - 1], "contract_rupiah": [10**9, 10**9]})
    later = contract_owed(frame.lazy())
    assert isinstance(later, pl.LazyFrame)
    assert later.collect().equals(contract_owed(frame))
    assert later.collect()[REFUSAL].to_list() == [None, "month_too_early"]


def test_slices_with_a_hole_are_refused() -> None:
    text = (FOLDER / "jakon_slices.toml").read_text("utf-8")
    with pytest.raises(TableError, match="must join"):
        slices(read_table("jakon_slices", text.replace("upto_rupiah = 500_000_000", "upto_rupiah = 400_000_000")), None)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["JAKON", "INTERN"]),
            months,
            st.integers(0, 100_000_000),
            st.integers(1, 5),
            st.sampled_from(PAYERS),
            st.sampled_from(SECTORS),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_the_twin_agrees_on_construction_and_interns(asked: list[tuple[str, int, int, int, str, str]]) -> None:
    people: list[dict[str, Any]] = [
        {"class": klass, "month": month, "wage_rupiah": wage, "group": group, "payer": payer, "sector": sector}
        | {"in_jkk": True, "in_jkm": True, "in_jht": False, "in_jp": False}
        for klass, month, wage, group, payer, sector in asked
    ]
    quick = owed(pl.DataFrame(people), columns=AMOUNTS).to_dicts()
    slow = [
        twin.owed(
            membership_class=person["class"], month=str(Month.from_index(person["month"])), wage=person["wage_rupiah"],
            group=person["group"], payer=person["payer"], sector=person["sector"], programmes={"JKK", "JKM"},
        )
        for person in people
    ]  # fmt: skip
    assert quick == slow


@pytest.mark.parametrize("klass", ["JAKON", "INTERN"])
@pytest.mark.parametrize("programme", ["JHT", "JP"])
def test_they_have_accident_and_death_only(klass: str, programme: str) -> None:
    with pytest.raises(RefusedError) as refused:
        explain(membership_class=klass, month=Month(2024, 1), wage_rupiah=1, payer="employer", programmes=[programme])
    assert refused.value.code == "accident_and_death_only"


@given(st.sampled_from([6, 12, 24]), st.sampled_from(["agency", "individual"]), st.integers(0, 60))
def test_packages_add_up(package: int, route: str, extra: int) -> None:
    answer = explain_package(months=package, route=route, extra_months=extra, month=Month(2026, 1))
    before = 37_500 if route == "agency" else 0
    assert answer.total == before + {6: 108_000, 12: 189_000, 24: 332_500}[package] + extra * 13_500
    assert answer.worker == answer.total == answer.row["total"]


def test_packages_are_not_known_before_their_regulation() -> None:
    with pytest.raises(NotKnownError):
        explain_package(months=6, route="agency", month=Month(2023, 2), known_on=date(2023, 1, 31))


def test_a_days_wage_and_averages() -> None:
    november = Month(2021, 11)
    assert monthly_wage("daily", [71_500], november).rupiah == 1_787_500
    assert monthly_wage("piece", [9_000_000, 1_000_000, 2_000_000, 2_000_001], november).rupiah == 1_666_667
    assert monthly_wage("weather", [1] * 20 + [1_200_000] * 12, november).rupiah == 1_200_000
    assert monthly_wage("piece", [1_000_000, 1_000_001], november).rupiah == 1_000_001
    assert monthly_wage("daily", [1], november).doubt
    for amounts in ([], [-1], [40_000_001]):
        with pytest.raises(NoReportedWageError):
            monthly_wage("daily", amounts, november)
    with pytest.raises(NotKnownError):
        monthly_wage("hourly", [1], november)


@settings(deadline=None, max_examples=40)
@given(months, st.integers(0, 100_000_000))
def test_what_may_wait_is_part_of_what_is_owed(month: int, wage: int) -> None:
    person = {"class": "PU", "month": month, "wage_rupiah": wage, "group": 1, "payer": "employer", "sector": "other"}
    person |= {"in_jkk": False, "in_jkm": False, "in_jht": False, "in_jp": True}
    row = deferrable(owed(pl.DataFrame([person]))).row(0, named=True)
    runs = Month(2020, 8).index <= month <= Month(2021, 1).index
    for share in ("jp_employer", "jp_worker"):
        ceiling = min(Decimal(wage), twin.value("jp_ceiling", str(Month.from_index(month))))
        rate = twin.value("jp", str(Month.from_index(month)), share=share.removeprefix("jp_"))
        now = twin.whole(ceiling * rate * Decimal("0.01"))
        assert row[f"{share}_deferrable"] == (row[share] - now if runs else 0)
        assert 0 <= row[f"{share}_deferrable"] <= row[share]


paid_months = st.lists(st.tuples(st.integers(0, 30_000), st.none() | st.integers(0, 60_000)), min_size=1, max_size=24)


@settings(deadline=None, max_examples=80)
@given(st.lists(paid_months, min_size=1, max_size=4))
def test_credits_against_a_plain_purse(people: list[list[tuple[int, int | None]]]) -> None:
    rows = [
        {"person": person, "month": month, "owed": owed_rupiah, "paid": paid}
        for person, history in enumerate(people)
        for month, (owed_rupiah, paid) in enumerate(history)
    ]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(("person", "month", "owed", "paid"), pl.Int64)).sample(
        fraction=1, shuffle=True, seed=1
    )
    told = carried(frame)
    assert told.select(frame.columns).equals(frame)
    found = told.sort("person", "month").to_dicts()
    expected = []
    for person, history in enumerate(people):
        purse = 0
        for month, (owed_rupiah, paid) in enumerate(history):
            before = purse
            used = min(purse, owed_rupiah) if paid is None else 0
            purse += max(0, paid - owed_rupiah) if paid is not None else -used
            to_pay = owed_rupiah - used if paid is None else 0
            expected.append((person, month, before, to_pay, purse))
    assert [
        tuple(row[name] for name in ("person", "month", "credit_before", "to_pay", "credit_after")) for row in found
    ] == expected


def test_a_relief_that_came_later_pays_the_next_months() -> None:
    """PP 50/2025: April 2026 paid in full before anybody applied the relief, then May and June at half."""
    months_of = [Month(2026, 4).index, Month(2026, 5).index, Month(2026, 6).index]
    told = carried(pl.DataFrame({"person": 1, "month": months_of, "owed": 8_400, "paid": [16_800, None, None]}))
    assert told["to_pay"].to_list() == [0, 0, 8_400]
    assert told["credit_after"].to_list() == [8_400, 0, 0]


def test_a_month_told_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        carried(pl.DataFrame({"person": [1, 1], "month": [1, 1], "owed": [1, 1], "paid": [1, 1]}))
