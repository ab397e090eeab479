"""The wage base under each policy of an agreement."""

from datetime import date

import pytest

from payung.rules.law.figures import Certainty
from payung.rules.law.wages import NoMinimumWageError, NoReportedWageError, WagePolicy, wage_base
from payung.rules.months import Month
from tests.rules.law.casebook import Case, cases, name_of


@pytest.mark.parametrize("case", cases("wages.toml"), ids=name_of)
def test_the_published_value_rounded_half_up(case: Case) -> None:
    base = wage_base(case["policy"], case["place"], Month.parse(case["month"]))
    assert (str(base.published), base.rupiah) == (case["published"], case["rupiah"])
    assert base.citation


def test_a_city_takes_the_ump_of_its_province() -> None:
    base = wage_base("UMP", "32.73", Month(2022, 10))
    assert base.rupiah == 1_841_487
    assert base.certainty is Certainty.COMMON_KNOWLEDGE
    assert base.doubt


def test_a_frozen_base_is_that_of_the_month_it_was_frozen_in() -> None:
    assert wage_base("UMK", "32.73", Month(2026, 1)).rupiah > wage_base("UMK", "32.73", Month(2025, 12)).rupiah


def test_the_january_after_the_last_publication_keeps_the_last_value() -> None:
    base = wage_base(WagePolicy.UMK, "33.04", Month(2027, 1))
    assert base.rupiah == 2_327_813
    assert base.certainty is Certainty.NOT_YET_PUBLISHED


def test_what_was_known_before_the_decree() -> None:
    base = wage_base("UMK", "32.73", Month(2026, 1), known_on=date(2025, 12, 1))
    assert base.published == wage_base("UMK", "32.73", Month(2025, 1)).published
    assert base.certainty is Certainty.NOT_YET_PUBLISHED


@pytest.mark.parametrize("policy", ["honorarium", "nominal"])
def test_a_wage_of_its_own_is_taken_as_it_is(policy: str) -> None:
    base = wage_base(policy, "32.73", Month(2016, 1), 1_250_000)
    assert (base.rupiah, base.certainty, base.figure) == (1_250_000, Certainty.SOURCED, None)


@pytest.mark.parametrize("wage", [None, -1, 1_000_000_001])
def test_a_wage_of_its_own_must_be_there_and_possible(wage: int | None) -> None:
    with pytest.raises(NoReportedWageError):
        wage_base("honorarium", "32.73", Month(2022, 1), wage)


@pytest.mark.parametrize(
    ("policy", "place", "month"),
    [
        ("UMK", "32", Month(2022, 1)),
        ("UMK", "99.99", Month(2022, 1)),
        ("UMP", "99.99", Month(2022, 1)),
        ("UMK", "32.73", Month(2021, 12)),
    ],
)
def test_a_place_or_month_outside_the_table_is_refused_by_name(policy: str, place: str, month: Month) -> None:
    with pytest.raises(NoMinimumWageError):
        wage_base(policy, place, month)


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(ValueError, match="UMR"):
        wage_base("UMR", "32.73", Month(2022, 1))
