"""Whole rupiah: rounding with a name, and how Indonesians write and read amounts.

Money is an `int` of whole rupiah everywhere in Payung. Published decimals (an UMP of
Rp1.841.487,31) stay `Decimal` in the tables of the law and are rounded once, when adopted.
"""

from decimal import ROUND_HALF_UP, Decimal

RATE_SCALE = 10_000_000
"""Rates are integers per ten million: the relief of PP 49/2020 (0.0024 %) still fits."""

LARGEST_WAGE_RUPIAH = 1_000_000_000
"""Products of wage and rate stay below 2^53, where Spark's division is still exact."""


def half_up(amount: Decimal) -> int:
    """The whole rupiah nearest to `amount`; a half goes away from zero (DECISIONS: rounding)."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def per_ten_million(rate: str | Decimal) -> int:
    """The integer rate of a decimal fraction: "0.0024" (0.24 %) -> 24_000.

    Raises ValueError when the fraction does not fit the scale exactly.
    """
    scaled = Decimal(rate) * RATE_SCALE
    whole = int(scaled)
    if scaled != whole:
        raise ValueError(f"rate {rate} is finer than one in ten million")
    return whole


def grouped(number: int) -> str:
    """1234567 -> "1.234.567", the Indonesian grouping."""
    return f"{number:,}".replace(",", ".")


def rupiah(amount: int) -> str:
    """16800 -> "Rp16.800"; a negative amount carries its sign in front: "-Rp500"."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{grouped(abs(amount))}"


def percent(rate_per_ten_million: int) -> str:
    """24_000 -> "0,24%", a rate as Indonesians print it."""
    value = Decimal(rate_per_ten_million) * 100 / RATE_SCALE
    text = f"{value.normalize():f}"
    return text.replace(".", ",") + "%"


def split_by_largest_remainder(amount: int, weights: list[int]) -> list[int]:
    """Parts of `amount` in proportion to `weights` that add up to the rupiah, in a stable order.

    The rupiah left over by rounding down go to the largest remainders, earlier weights first.
    Raises ValueError when there is nothing to weigh.
    """
    whole = sum(weights)
    if whole == 0:
        raise ValueError("no weights to split by")
    parts = [amount * weight // whole for weight in weights]
    remainders = [amount * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda index: (-remainders[index], index))
    for index in order[: amount - sum(parts)]:
        parts[index] += 1
    return parts
