"""Who comes first when there are more candidates than places: an order told as data, so that anybody can redo it."""

from collections.abc import Sequence

import polars as pl

from payung.rules.eligibility.segments import risks

KEYS = ("decile", "risk", "breadwinner", "oldest", "youngest", "arrival")
"""decile: the poorest first; risk: the most dangerous work first; breadwinner: those who feed a family first;
oldest, youngest: by age; arrival: as they were proposed. What is unknown comes last. Arrival breaks every tie."""

OF_PLANS = ("term_ends", "price")
"""What only a plan knows: whose cover ends soonest first; who costs least first."""


def ranked(candidates: pl.DataFrame, order: Sequence[str]) -> pl.DataFrame:
    """The candidates in the order of their turn, with `turn` counted from 1.

    Needs key and the columns of the keys in `order`: decile, segment (of risk), breadwinner, birth_date (of an age),
    term_ends, price_rupiah. Raises ValueError for an unknown key.
    """
    if unknown := set(order) - {*KEYS, *OF_PLANS}:
        raise ValueError(f"no such order: {', '.join(sorted(unknown))}")
    by = {
        "decile": (pl.col("decile"), False),
        "risk": (pl.col("segment").replace_strict(risks(), default=None, return_dtype=pl.Int64), True),
        "breadwinner": (pl.col("breadwinner").cast(pl.Int8), True),
        "oldest": (pl.col("birth_date"), False),
        "youngest": (pl.col("birth_date"), True),
        "arrival": (pl.col("key"), False),
        "term_ends": (pl.col("term_ends"), False),
        "price": (pl.col("price_rupiah"), False),
    }
    chosen = [by[name] for name in dict.fromkeys([*order, "arrival"])]
    turns = candidates.sort(
        [column for column, _ in chosen], descending=[down for _, down in chosen], nulls_last=True, maintain_order=True
    )
    return turns.with_row_index("turn", offset=1).with_columns(pl.col("turn").cast(pl.Int64))
