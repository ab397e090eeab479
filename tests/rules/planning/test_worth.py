"""Prices with the reliefs of each month, what cover is worth in each, and claims at handed-in rates: worked cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.law.dated import NO_CHOICES, DatedReading, DatedReadings
from payung.rules.law.figures import Certainty
from payung.rules.law.wages import NoMinimumWageError
from payung.rules.months import Month
from payung.rules.planning.buying import Bought, Cohort, buy, cohorts
from payung.rules.planning.expected import Rates, expected
from payung.rules.planning.prices import Terms, prices, yearly
from payung.rules.planning.protection import Protection, protection
from payung.rules.planning.turns import Group


def vulnerable(payer: str, programmes: tuple[str, ...] = ("JKK", "JKM")) -> Terms:
    return Terms("BPU", programmes, payer, "nominal", wage_rupiah=1_000_000)


def told(terms: Terms, first: Month, last: Month, sector: str = "other") -> list[tuple[str, str, int]]:
    return [(str(one.first), str(one.last), one.rupiah) for one in prices(terms, first, last, (sector,), NO_CHOICES)]


def test_apbd_pays_the_whole_and_private_money_half_while_the_relief_lasts() -> None:
    january, december = Month(2026, 1), Month(2026, 12)
    assert told(vulnerable("APBD"), january, december) == [("2026-01", "2026-12", 16_800)]
    assert told(vulnerable("CSR"), january, Month(2027, 2)) == [
        ("2026-01", "2026-03", 16_800), ("2026-04", "2026-12", 8_400), ("2027-01", "2027-02", 16_800),
    ]  # fmt: skip
    assert told(vulnerable("CSR"), january, Month(2027, 5), "transport") == [
        ("2026-01", "2026-12", 8_400), ("2027-01", "2027-03", 8_400), ("2027-04", "2027-05", 16_800),
    ]  # fmt: skip


def test_the_certainty_of_a_price_is_that_of_its_fund() -> None:
    sure, doubtful = prices(vulnerable("CSR"), Month(2026, 3), Month(2026, 4), ("other",), NO_CHOICES)
    assert (sure.certainty, doubtful.certainty) == (Certainty.SOURCED, Certainty.DOUBTFUL)
    assert [doubt.id for doubt in doubtful.doubts] == ["pp50-csr"]


def test_a_reading_that_the_branch_confirms_counts_from_its_month() -> None:
    confirmed = DatedReadings((DatedReading(Month(2026, 7), "pp50-csr", "excluded"),))
    found = prices(vulnerable("CSR"), Month(2026, 5), Month(2026, 8), ("other",), confirmed)
    assert [(one.months, one.rupiah) for one in found] == [(2, 8_400), (2, 16_800)]


def test_non_asn_follow_the_minimum_wage_each_january() -> None:
    """Kota Bandung: 0.54 % of UMK 4,482,914.09 (2025) and 4,737,678 (2026)."""
    terms = Terms("PU", ("JKK", "JKM"), "APBD", "UMK", "32.73")
    found = prices(terms, Month(2025, 12), Month(2026, 1), ("other",), NO_CHOICES)
    assert [one.rupiah for one in found] == [24_208, 25_583]
    assert yearly(found, 2026) == {"other": 25_583}
    with pytest.raises(NoMinimumWageError):
        prices(Terms("PU", ("JKK",), "APBD", "UMK", "99.99"), Month(2026, 1), Month(2026, 1), ("other",), NO_CHOICES)


def test_two_months_of_cover_never_buy_42_million() -> None:
    short = protection(vulnerable("APBD"), Month(2026, 11), Month(2026, 12), NO_CHOICES)
    assert [run.death_rupiah for run in short.runs] == [10_000_000]
    assert (short.full_rupiah, short.full_from, short.full_months, short.short) == (
        42_000_000, Month(2027, 2), 0, True,
    )  # fmt: skip
    assert any("Permenaker 1/2025" in text for text in short.runs[0].citations)
    assert short.runs[0].certainty is Certainty.DOUBTFUL


def test_a_year_of_cover_buys_it_from_the_fourth_month() -> None:
    year = protection(vulnerable("APBD"), Month(2026, 1), Month(2026, 12), NO_CHOICES)
    assert [(run.months, run.death_rupiah, run.accident_death_rupiah) for run in year.runs] == [
        (3, 10_000_000, 70_000_000), (9, 42_000_000, 70_000_000),
    ]  # fmt: skip
    assert (year.short, year.on(Month(2026, 4)).death_rupiah) == (False, 42_000_000)


def test_wage_earners_do_not_wait_and_without_jkm_a_death_pays_nothing() -> None:
    waged = protection(Terms("PU", ("JKK", "JKM"), "APBD", "UMK", "32.73"), Month(2026, 1), Month(2026, 2), NO_CHOICES)
    assert [run.death_rupiah for run in waged.runs] == [42_000_000]
    only_jkk = protection(vulnerable("APBD", ("JKK",)), Month(2026, 1), Month(2026, 2), NO_CHOICES)
    assert [(run.death_rupiah, run.accident_death_rupiah) for run in only_jkk.runs] == [(0, 70_000_000)]


def plan_of(heads: int, months: int) -> tuple[Bought, list[Cohort], dict[Month, Protection]]:
    terms, first = vulnerable("APBD"), Month(2026, 1)
    last = first.shift(months - 1)
    year = buy([Group(heads, "petani")], {"other": 16_800 * months}, first=first, last=last, budget_rupiah=10**13)
    return year, cohorts([year])[0], {first: protection(terms, first, last, NO_CHOICES)}


def test_expected_claims_of_a_year_by_hand() -> None:
    """10,000 people, 4 deaths in a thousand a year: 10 in the waiting months at 10 million, 30 after at 42 million."""
    year, found, worth = plan_of(10_000, 12)
    rates = Rates(4_000, 3_000, 5_000_000, "Laporan cabang 2025")
    claims = expected(rates, [(year, found)], worth)
    assert (claims.deaths_thousandths, claims.deaths_rupiah) == (40_000, 1_360_000_000)
    assert (claims.accidents_thousandths, claims.accidents_rupiah) == (30_000, 150_000_000)
    assert claims.rupiah == 1_510_000_000


@given(st.integers(0, 1_000), st.sampled_from([2, 12]), st.integers(0, 30_000), st.integers(0, 30_000))
def test_more_deaths_never_cost_less_and_none_cost_nothing(heads: int, months: int, few: int, more: int) -> None:
    year, found, worth = plan_of(heads, months)

    def cost(rate: int) -> int:
        return expected(Rates(rate, 0, 0, "x"), [(year, found)], worth).rupiah

    assert cost(0) == 0
    assert cost(few) <= cost(few + more) <= heads * months * 42_000_000
