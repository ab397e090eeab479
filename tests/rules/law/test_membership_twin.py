"""Penalties, clocks, lapses and packages against a slow twin that steps day by day and month by month."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from payung.rules.law.clocks import expires_on, late_payout, pay_by
from payung.rules.law.deadlines import due_on
from payung.rules.law.membership import State, standing
from payung.rules.law.migrants import explain_package
from payung.rules.law.penalties import penalty
from payung.rules.months import Month
from tests.rules.law.twin import whole

ONE_DAY = timedelta(1)
FIRST, LAST = Month(2015, 7).index, Month(2027, 12).index

months = st.integers(FIRST, LAST).map(Month.from_index)
days = st.dates(date(2015, 7, 1), date(2027, 12, 31))
holidays = st.frozensets(st.dates(date(2015, 7, 1), date(2028, 2, 28)), max_size=400)


def works(day: date, holidays: frozenset[date]) -> bool:
    return day.weekday() < 5 and day not in holidays


def in_relief(month: Month, sector: str) -> bool:
    covid = "2020-08" <= str(month) <= "2021-01"
    return covid or (sector == "labour_intensive" and "2025-02" <= str(month) <= "2025-07")


@settings(deadline=None)
@given(
    unpaid=st.integers(0, 10**10),
    due=st.dates(date(2015, 8, 15), date(2027, 12, 15)).map(lambda day: day.replace(day=15)),
    late=st.integers(-40, 900),
    month=months,
    sector=st.sampled_from(["other", "labour_intensive"]),
)
def test_a_month_of_delay_begins_the_day_after_and_then_on_that_day_again(
    unpaid: int, due: date, late: int, month: Month, sector: str
) -> None:
    paid = due + late * ONE_DAY
    started = sum((due + passed * ONE_DAY).day == 16 for passed in range(1, late + 1))
    rate = Decimal("0.005") if in_relief(month, sector) else Decimal("0.02")
    answered = penalty(unpaid, due, paid, month=month, sector=sector).value
    assert answered == whole(unpaid * rate * started)


@settings(deadline=None)
@given(month=months, membership_class=st.sampled_from(["PU", "BPU"]), holidays=holidays)
def test_a_due_date_is_the_first_working_day_from_the_15th(
    month: Month, membership_class: str, holidays: frozenset[date]
) -> None:
    paid_in = month.shift(1) if membership_class == "PU" else month
    day = date(paid_in.year, paid_in.month, 15)
    while not works(day, holidays):
        day += ONE_DAY
    assert due_on(membership_class, month, holidays).day == day


@settings(deadline=None)
@given(
    programme=st.sampled_from(["JKK", "JKM"]),
    complete=days,
    late=st.integers(0, 60),
    amount=st.integers(0, 10**9),
    holidays=holidays,
)
def test_a_late_payout_owes_one_percent_for_each_day(
    programme: str, complete: date, late: int, amount: int, holidays: frozenset[date]
) -> None:
    last, left = complete, {"JKK": 7, "JKM": 3}[programme]
    while left:
        last += ONE_DAY
        left -= works(last, holidays)
    assert pay_by(programme, complete, holidays).value == last
    owed = late_payout(programme, amount, complete, last + late * ONE_DAY, holidays).value
    assert owed == whole(Decimal(amount) * late / 100)


@settings(deadline=None)
@given(programme=st.sampled_from(["JKK", "JKM"]), event=days)
def test_a_claim_lives_for_two_or_five_years(programme: str, event: date) -> None:
    years = 2 if event < date(2019, 12, 2) else 5
    leap_day_lost = (event.month, event.day) == (2, 29) and (event.year + years) % 4
    expected = date(event.year + years, 2, 28) if leap_day_lost else event.replace(year=event.year + years)
    assert expires_on(programme, event).value == expected


@settings(deadline=None)
@given(paid=st.frozensets(st.integers(FIRST, FIRST + 30), max_size=25), asked=st.integers(FIRST, FIRST + 36))
def test_three_full_unpaid_months_end_a_membership(paid: frozenset[int], asked: int) -> None:
    """Month after month: a counter of unpaid months, gone at each payment; at three the membership has run out."""
    since, unpaid = None, 0
    for month in range(FIRST, asked + 1):
        if month in paid:
            since = month if since is None else since
            unpaid = 0
        elif since is not None and month < asked:
            unpaid += 1
            since = None if unpaid == 3 else since
    answered = standing("BPU", [Month.from_index(month) for month in paid], Month.from_index(asked).first_day).value
    if min(paid, default=LAST) <= asked:
        assert answered.running_since == (None if since is None else Month.from_index(since))
        assert (answered.state is State.LAPSED) == (since is None)


@settings(deadline=None, max_examples=60)
@given(
    package=st.sampled_from([(6, 108_000), (12, 189_000), (24, 332_500)]),
    route=st.sampled_from(["agency", "individual"]),
    extra=st.integers(0, 60),
    jht=st.none() | st.integers(50_000, 10_000_000),
)
def test_a_migrant_pays_the_package_and_each_month_beyond(
    package: tuple[int, int], route: str, extra: int, jht: int | None
) -> None:
    term, price = package
    saved = jht or 0
    told = explain_package(months=term, route=route, extra_months=extra, jht_monthly_rupiah=saved, month=Month(2024, 5))
    before = 37_500 if route == "agency" else 0
    assert told.row["package"] == before + price + 13_500 * extra
    assert told.total == told.row["package"] + told.row["jht_worker"]
    assert told.row["jht_worker"] == saved * (term + extra)
