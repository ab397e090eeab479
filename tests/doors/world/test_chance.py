"""The same seed gives the same draws, one by one and in columns."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from payung.doors.world.chance import Dice, below, draws, quotas, weighted

NUMBERS = pl.int_range(0, 4000, dtype=pl.UInt64, eager=True)


def test_the_draws_are_written_down() -> None:
    """SplitMix64 from a key: these values must never change, or every world changes."""
    assert draws(NUMBERS.head(3), seed=1, stream="name").to_list() == [1792181672, 1649670735, 4291605120]
    dice = Dice(1, "name")
    assert [dice.below(1 << 32) for _ in range(3)] == [1792181672, 1649670735, 4291605120]


def test_streams_and_seeds_are_independent() -> None:
    one, other = draws(NUMBERS, seed=1, stream="a"), draws(NUMBERS, seed=1, stream="b")
    assert (one == other).sum() <= 1
    assert (one == draws(NUMBERS, seed=2, stream="a")).sum() <= 1


def test_draws_are_even() -> None:
    counts = below(10, draws(NUMBERS, seed=7, stream="even")).value_counts()["count"]
    assert len(counts) == 10
    assert counts.min() > 320 and counts.max() < 480  # type: ignore[operator]  # counts are numbers


def test_weights_decide_how_often() -> None:
    places = weighted([900, 0, 100], draws(NUMBERS, seed=3, stream="weights"))
    assert set(places.unique()) == {0, 2}
    assert 300 < (places == 2).sum() < 500


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=30), st.integers(0, 100_000))
def test_quotas_add_up_and_stay_near(weights: list[int], total: int) -> None:
    shares = quotas(weights, total)
    assert sum(shares) == total
    assert all(
        abs(share * sum(weights) - total * weight) < sum(weights) for share, weight in zip(shares, weights, strict=True)
    )


@given(st.integers(0, 2**63), st.lists(st.integers(), max_size=40))
def test_shuffled_keeps_everything(seed: int, items: list[int]) -> None:
    assert sorted(Dice(seed, "mix").shuffled(items)) == sorted(items)
