"""What must hold of every benefit, whatever the wage, the day and the losses."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.rules.law.benefits.columns import AMOUNTS
from payung.rules.law.benefits.law import day_number
from payung.rules.law.benefits.losses import items, losses
from payung.rules.law.benefits.paid import paid
from payung.rules.law.columns import REFUSAL
from tests.rules.law.benefits.asked import SCHEMA

DAYS = st.dates(date(2015, 7, 1), date(2027, 12, 31))
WAGES = st.integers(0, 100_000_000)
KINDS_BY_WAGE = ("jkk-death", "jkk-total", "jkk-partial", "jkk-functional", "jkk-temporary", "jkp")


def _paid(row: Mapping[str, object]) -> pl.DataFrame:
    return paid(pl.DataFrame([row], schema=SCHEMA), kinds=[str(row["kind"])])


@settings(max_examples=40, deadline=None)
@given(kind=st.sampled_from(KINDS_BY_WAGE), day=DAYS, wages=st.tuples(WAGES, WAGES), bpu=st.booleans())
def test_a_higher_wage_never_pays_less(kind: str, day: date, wages: tuple[int, int], bpu: bool) -> None:
    facts = {"kind": kind, "on": day_number(day), "class": "BPU" if bpu else "PU"}
    facts |= {"loss_shares": 4_500, "months": 5, "days": 7 if kind == "jkk-temporary" else None}
    lower, higher = (_paid({**facts, "wage_rupiah": wage}).row(0, named=True) for wage in sorted(wages))
    assert lower[REFUSAL] == higher[REFUSAL]
    if lower[REFUSAL] is None:
        assert all(lower[amount] <= higher[amount] for amount in AMOUNTS)


@settings(max_examples=40, deadline=None)
@given(day=DAYS, wage=WAGES, shares=st.integers(1, 200_000))
def test_disability_is_its_share_of_80_wages_and_at_most_56(day: date, wage: int, shares: int) -> None:
    row = {"kind": "jkk-partial", "on": day_number(day), "class": "PU", "wage_rupiah": wage, "loss_shares": shares}
    exact = Decimal(80) * wage * min(shares, 70_000) / 100_000
    assert _paid(row)["total"].item() == int(exact.quantize(Decimal(1), ROUND_HALF_UP)) <= 56 * wage


@settings(max_examples=40, deadline=None)
@given(
    day=DAYS,
    wage=st.integers(0, 1_000_000_000),
    months=st.integers(0, 120),
    days=st.integers(0, 366),
)
def test_incapacity_never_pays_more_than_the_wage_nor_less_than_half(
    day: date, wage: int, months: int, days: int
) -> None:
    row = {"kind": "jkk-temporary", "on": day_number(day), "class": "PU", "wage_rupiah": wage}
    answered = _paid({**row, "months": months, "days": days}).row(0, named=True)
    if months + days == 0:
        assert answered[REFUSAL].startswith("none_given")
        return
    whole = Decimal(wage) * (months + Decimal(days) / 30)
    assert whole / 2 - 1 <= answered["total"] <= whole + 1


@settings(max_examples=40, deadline=None)
@given(
    day=DAYS,
    bills=st.dictionaries(
        st.sampled_from(["land", "sea", "air", "prosthesis", "denture", "hearing_aid", "glasses", "home_care"]),
        st.integers(1, 1_000_000_000),
        min_size=1,
    ),
    months=st.one_of(st.none(), st.integers(1, 120)),
)
def test_no_refund_exceeds_its_bill_or_its_cap(day: date, bills: dict[str, int], months: int | None) -> None:
    caps = {"land": 5_000_000, "sea": 2_000_000, "air": 10_000_000, "denture": 5_000_000}
    caps |= {"hearing_aid": 2_500_000, "glasses": 1_000_000, "home_care": 20_000_000}
    cells = {f"{name}_rupiah": bill for name, bill in bills.items()}
    for kind in ("jkk-transport", "jkk-aids"):
        row = {"kind": kind, "on": day_number(day), "class": "PU", "home_care_months": months, **cells}
        answered = _paid(row).row(0, named=True)
        if answered[REFUSAL] is None:
            for name, cap in caps.items():
                prefix = "transport" if name in ("land", "sea", "air") else "aid"
                assert answered[f"{prefix}_{name}"] <= min(cap, bills.get(name, 0))


@settings(max_examples=40, deadline=None)
@given(day=DAYS, percent=st.integers(1, 100))
def test_a_part_of_a_function_is_never_more_than_the_whole(day: date, percent: int) -> None:
    for name, rows in items(day).items():
        if "from" not in rows[0].more:
            part = losses([f"{name}={percent}"], functional=True, left_handed=False, on=day)
            whole = losses([name], functional=False, left_handed=False, on=day)
            assert part[0].shares * 100 == whole[0].shares * percent


@settings(max_examples=40, deadline=None)
@given(
    day=DAYS,
    months=st.integers(180, 720),
    wage=st.integers(0, 12_000_000_000),
    reason=st.sampled_from(["old-age", "disability", "widow", "child", "parent"]),
)
def test_a_pension_lies_within_its_limits(day: date, months: int, wage: int, reason: str) -> None:
    row = {"kind": "jp", "on": day_number(day), "class": "PU", "paid_months": months, "reason": reason}
    total = _paid({**row, "average_yearly_wage_rupiah": wage})["total"].item()
    assert 300_000 <= total <= 4_932_300
