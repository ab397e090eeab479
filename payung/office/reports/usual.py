"""What is usual among colleagues: the value that at least half of them have. Pure: frames in, frames out."""

from collections.abc import Sequence

import polars as pl


def usual(rows: pl.DataFrame, value: str, *, among: Sequence[str]) -> pl.DataFrame:
    """For each group `among`, `usual_VALUE`: held by at least half of those rows that have a value.

    Groups of one, and groups in which no value is held by half, have no line. Of two values with half each the larger
    one is usual.
    """
    known = rows.filter(pl.col(value).is_not_null())
    held = known.group_by(*among, value).agg(pl.len().alias("holders"))
    whole = pl.col("holders").sum().over(list(among))
    return (
        held.filter((whole > 1) & (2 * pl.col("holders") >= whole))
        .sort(value, descending=True)
        .unique(list(among), keep="first", maintain_order=True)
        .select(*among, pl.col(value).alias(f"usual_{value}"))
    )
