"""The yearly return on JHT savings (PP 46/2015 art. 22 (3)): the rate is announced each year and stands in no table of
the law, so it is handed in. How BPJS counts days is not published; here a month's contribution earns from the month
after it until December, and the return of a year is added at its end.
"""

import narwhals as nw

from payung.rules.money import RATE_SCALE

MONTHS = 12
LARGEST_BALANCE_RUPIAH = 1_000_000_000
LARGEST_RATE = RATE_SCALE // 2
"""Twelve such balances at half of the whole a year stay far below 2^63, where Int64 is exact."""


def yearly_return(rate: int) -> nw.Expr:
    """Whole rupiah, half up, out of `opening_rupiah` (the balance at the start of the year) and
    `rupiah_months` (each contribution of the year times the months it earns in it).

    `rate` is per ten million a year; a balance below zero earns nothing. Raises ValueError for a rate out of bounds.
    """
    if not 0 <= rate <= LARGEST_RATE:
        raise ValueError(f"no yearly rate: {rate} per {RATE_SCALE}")
    earning = nw.max_horizontal(nw.col("opening_rupiah") * MONTHS + nw.col("rupiah_months"), nw.lit(0, nw.Int64))
    whole = MONTHS * RATE_SCALE
    return (earning * rate + whole // 2) // whole
