"""Chance that can be repeated: the same seed, stream and number give the same draw, on any machine.

A draw depends on nothing but its own number, so a world of a million people begins with the same people as a
world of a thousand. The generator is SplitMix64 as a counter: in columns for people, one by one for layouts.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

import polars as pl

Item = TypeVar("Item")

GOLDEN = 0x9E3779B97F4A7C15
FIRST_MIX = 0xBF58476D1CE4E5B9
SECOND_MIX = 0x94D049BB133111EB
ALL_BITS = (1 << 64) - 1
HALF_RANGE = 1 << 32


def _key(seed: int, stream: str) -> int:
    return int.from_bytes(blake2b(f"{seed}/{stream}".encode(), digest_size=8).digest(), "little")


def draws(numbers: pl.Series, *, seed: int, stream: str) -> pl.Series:
    """One draw in 0 .. 2^32-1 (as UInt64) for each of `numbers`, independent between streams."""

    def constant(value: int) -> pl.Expr:
        return pl.lit(value, dtype=pl.UInt64)

    state = pl.col("number") * constant(GOLDEN) + constant(_key(seed, stream))
    state = (state ^ (state // (1 << 30))) * constant(FIRST_MIX)
    state = (state ^ (state // (1 << 27))) * constant(SECOND_MIX)
    mixed = (state ^ (state // (1 << 31))) // HALF_RANGE
    return numbers.cast(pl.UInt64).alias("number").to_frame().select(mixed.alias(stream)).to_series()


def below(limits: int | pl.Series, drawn: pl.Series) -> pl.Series:
    """Draws scaled to 0 .. limit-1 (a limit below 2^32, for all or one for each)."""
    bound = limits if isinstance(limits, int) else limits.cast(pl.UInt64)
    return drawn * bound // HALF_RANGE


def weighted(weights: Sequence[int], drawn: pl.Series) -> pl.Series:
    """For each draw the position of the weight it falls on."""
    total, steps = 0, []
    for weight in weights:
        total += weight
        steps.append(total)
    places = pl.Series(steps, dtype=pl.UInt64).search_sorted(below(total, drawn), side="right")
    return places.alias(drawn.name)


def quotas(weights: Sequence[int], total: int) -> list[int]:
    """`total` shared out by weight in whole heads, largest remainders first; adds up exactly."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in by_remainder[: total - sum(shares)]:
        shares[at] += 1
    return shares


class Dice:
    """Draws one after the other, for choices that are made once for an office or a sheet."""

    def __init__(self, seed: int, stream: str) -> None:
        self._key = _key(seed, stream)
        self._number = 0

    def below(self, limit: int) -> int:
        """A whole number in 0 .. limit-1."""
        state = (self._number * GOLDEN + self._key) & ALL_BITS
        self._number += 1
        state = ((state ^ (state >> 30)) * FIRST_MIX) & ALL_BITS
        state = ((state ^ (state >> 27)) * SECOND_MIX) & ALL_BITS
        return ((state ^ (state >> 31)) >> 32) * limit // HALF_RANGE

    def pick(self, items: Sequence[Item]) -> Item:
        """One of `items`, all equally likely."""
        return items[self.below(len(items))]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """All `items` in another order."""
        mixed = list(items)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed
