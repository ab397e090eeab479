"""A budget is never exceeded, buys as many as there can be, and more of it never buys fewer."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from payung.rules.months import Month
from payung.rules.planning.buying import Bought, Cohort, buy, cohorts
from payung.rules.planning.turns import Group, in_turn, turn_rules

FIRST, LAST = Month(2026, 1), Month(2026, 12)
SECTORS = ("other", "transport", "becak_delman")
PRICES = st.fixed_dictionaries({sector: st.integers(1, 300_000) for sector in SECTORS})
GROUPS = st.lists(
    st.builds(
        Group,
        heads=st.integers(0, 500),
        segment=st.sampled_from(["petani", "penderes", "ojek-online", "Kelompok kami"]),
        sector=st.sampled_from(SECTORS),
        decile=st.none() | st.integers(1, 10),
        breadwinner=st.none() | st.booleans(),
    ),
    max_size=6,
)
RULES = st.sampled_from(sorted(turn_rules()))


def bought(groups: list[Group], prices: dict[str, int], budget: int, rule: str = "poorest") -> Bought:
    ordered = in_turn(groups, turn_rules()[rule], prices)
    return buy(ordered, prices, first=FIRST, last=LAST, budget_rupiah=budget)


@given(GROUPS, PRICES, st.integers(0, 10**9), RULES)
def test_the_cost_is_what_was_taken_and_never_above_the_budget(
    groups: list[Group], prices: dict[str, int], budget: int, rule: str
) -> None:
    ordered = in_turn(groups, turn_rules()[rule], prices)
    found = buy(ordered, prices, first=FIRST, last=LAST, budget_rupiah=budget)
    assert found.rupiah == sum(heads * prices[group.sector] for heads, group in zip(found.taken, ordered, strict=True))
    assert 0 <= found.rupiah <= budget
    assert found.rupiah + found.left_rupiah == budget


@given(GROUPS, PRICES, st.integers(0, 10**9), RULES)
def test_the_next_in_turn_does_not_fit_and_nobody_is_passed_over(
    groups: list[Group], prices: dict[str, int], budget: int, rule: str
) -> None:
    ordered = in_turn(groups, turn_rules()[rule], prices)
    found = buy(ordered, prices, first=FIRST, last=LAST, budget_rupiah=budget)
    if found.heads < found.wanted:
        assert found.next_rupiah > found.left_rupiah
        begun = [one for one, heads in enumerate(found.taken) if heads]
        whole = range(max(begun, default=0))
        assert all(found.taken[one] == ordered[one].heads for one in whole)
    else:
        assert (found.next_rupiah, found.rupiah) == (0, found.wanted_rupiah)


@given(GROUPS, PRICES, st.integers(0, 10**9), st.integers(0, 10**8), RULES)
def test_more_budget_takes_a_place_from_nobody(
    groups: list[Group], prices: dict[str, int], budget: int, more: int, rule: str
) -> None:
    less, larger = bought(groups, prices, budget, rule), bought(groups, prices, budget + more, rule)
    assert all(before <= after for before, after in zip(less.taken, larger.taken, strict=True))


@given(
    st.lists(
        st.builds(Group, heads=st.integers(0, 4), segment=st.just("x"), sector=st.sampled_from(SECTORS)), max_size=3
    ),
    PRICES,
    st.integers(0, 1_500_000),
)
def test_in_the_order_of_price_it_is_the_largest_number_there_is(
    groups: list[Group], prices: dict[str, int], budget: int
) -> None:
    choices = product(*(range(group.heads + 1) for group in groups))
    affordable = [
        sum(choice)
        for choice in choices
        if sum(heads * prices[group.sector] for heads, group in zip(choice, groups, strict=True)) <= budget
    ]
    assert bought(groups, prices, budget, "most-people").heads == max(affordable)


def test_kabupaten_bandung_barat_2025_bought_what_its_ceiling_divides_by() -> None:
    """Rp 4,799,995,200 for three months at 16,800: 95,238 people; one rupiah less is one person fewer."""
    farmers = [Group(200_000, "petani")]
    prices = {"other": 3 * 16_800}
    assert bought(farmers, prices, 4_799_995_200).heads == 95_238
    assert bought(farmers, prices, 4_799_995_199).heads == 95_237
    assert bought(farmers, prices, 4_800_000_000).left_rupiah == 4_800


def test_bekasi_a_year_for_everybody_and_for_the_farmers_alone() -> None:
    """75,903 people for twelve months cost Rp 15,302,044,800; of which 28,800 farmers Rp 5,806,080,000."""
    groups = [Group(28_800, "petani"), Group(75_903 - 28_800, "Segmen lain")]
    prices = {"other": 12 * 16_800}
    whole = bought(groups, prices, 20_000_000_000)
    assert (whole.heads, whole.rupiah, whole.wanted_rupiah) == (75_903, 15_302_044_800, 15_302_044_800)
    assert bought(groups, prices, 5_806_080_000).taken == (28_800, 0)


def test_who_keeps_the_place_keeps_the_clock_and_who_loses_it_begins_anew() -> None:
    def year(of: int, heads: int) -> Bought:
        first, last = Month(of, 1), Month(of, 12)
        return buy([Group(1_000, "petani")], {"other": 1}, first=first, last=last, budget_rupiah=heads)

    found = cohorts([year(2026, 500), year(2027, 300), year(2028, 600)])
    assert found == [
        [Cohort(Month(2026, 1), 500)],
        [Cohort(Month(2026, 1), 300)],
        [Cohort(Month(2026, 1), 300), Cohort(Month(2028, 1), 300)],
    ]


@given(st.lists(st.integers(0, 1_000), min_size=1, max_size=5))
def test_cohorts_add_up_to_each_years_heads(heads: list[int]) -> None:
    years = [
        buy([Group(1_000, "x")], {"other": 1}, first=Month(2026 + n, 1), last=Month(2026 + n, 12), budget_rupiah=count)
        for n, count in enumerate(heads)
    ]
    assert [sum(one.heads for one in found) for found in cohorts(years)] == heads
