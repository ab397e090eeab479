"""Credits: what was paid too much under a relief that came later goes to the next months.

PP 36/2025 and PP 50/2025: when a relieved month was already paid in full, the excess is set off against the next
months' JKK and JKM.
"""

import polars as pl

NEEDED = ("person", "month", "owed", "paid")


def carried(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds credit_before, to_pay and credit_after (rupiah) to months with `owed` and `paid`, row order kept.

    One row per `person` and `month` (Month.index): `owed` under the law as it is now known, JKK and JKM together or
    one programme alone; `paid` what was paid for that month, empty where nothing is paid yet. A month paid too high
    adds its excess to the credit, a month paid too low is left to the arrears, a month not paid uses the credit up
    as far as it goes: credit_before + paid or to_pay - owed = credit_after.

    Raises ValueError for a person's month that stands twice.
    """
    if frame.select("person", "month").is_duplicated().any():
        raise ValueError("a person's month stands twice")
    ordered = frame.with_row_index("_place").sort("person", "month").with_columns(_movement().alias("_movement"))
    # The credit is a sum that never falls below zero: the running sum, less the lowest it has been (0 at most).
    running = ordered.with_columns(pl.col("_movement").cum_sum().over("person").alias("_sum"))
    lowest = pl.min_horizontal(pl.col("_sum").cum_min().over("person"), pl.lit(0, pl.Int64))
    after = running.with_columns((pl.col("_sum") - lowest).alias("credit_after"))
    before = pl.col("credit_after").shift(1, fill_value=0).over("person")
    told = after.with_columns(before.alias("credit_before"))
    to_pay = pl.when(pl.col("paid").is_null()).then(_rest()).otherwise(pl.lit(0, pl.Int64))
    return told.with_columns(to_pay.alias("to_pay")).sort("_place").select(
        *frame.columns, "credit_before", "to_pay", "credit_after"
    )  # fmt: skip


def _movement() -> pl.Expr:
    """What a month does to the credit: an excess adds, a month not paid yet takes."""
    excess = pl.max_horizontal(pl.col("paid") - pl.col("owed"), pl.lit(0, pl.Int64))
    return pl.when(pl.col("paid").is_null()).then(-pl.col("owed")).otherwise(excess)


def _rest() -> pl.Expr:
    """What is still to be paid of a month after its credit."""
    return pl.max_horizontal(pl.col("owed") - pl.col("credit_before"), pl.lit(0, pl.Int64))
