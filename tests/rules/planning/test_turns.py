"""Whose turn it is, rule by rule; what is unknown comes last."""

from datetime import date

from payung.rules.eligibility.segments import segment_codes
from payung.rules.law.columns import SECTORS
from payung.rules.planning.turns import Group, in_turn, sector_of, turn_rules

PRICES = {"other": 16_800, "transport": 8_400, "becak_delman": 16_800}


def order(rule: str, *groups: Group) -> list[int]:
    return [one.heads for one in in_turn(groups, turn_rules()[rule], PRICES)]


def test_the_poorest_first_then_risk_then_who_feeds_a_family() -> None:
    assert order(
        "poorest",
        Group(1, "petani"),
        Group(2, "petani", decile=2),
        Group(3, "petani", decile=1, breadwinner=False),
        Group(4, "petani", decile=1, breadwinner=True),
        Group(5, "penderes", decile=1),
    ) == [5, 4, 3, 2, 1]


def test_the_riskiest_work_first_and_unknown_work_last() -> None:
    assert order("riskiest", Group(1, "Kata kantor"), Group(2, "petani"), Group(3, "penderes")) == [3, 2, 1]


def test_whose_cover_ends_soonest_comes_first() -> None:
    assert order(
        "no-gap",
        Group(1, "petani", decile=1),
        Group(2, "petani", term_ends=date(2026, 6, 30)),
        Group(3, "petani", term_ends=date(2025, 12, 31)),
    ) == [3, 2, 1]


def test_most_people_takes_the_cheapest_first() -> None:
    assert order("most-people", Group(1, "petani"), Group(2, "ojek-online", sector="transport")) == [2, 1]


def test_every_named_sector_and_segment_is_known() -> None:
    named = {segment: sector_of(segment) for segment in segment_codes()}
    assert set(named.values()) <= set(SECTORS)
    assert (named["ojek-online"], named["becak"], named["petani"], sector_of(None)) == (
        "transport", "becak_delman", "other", "other",
    )  # fmt: skip
