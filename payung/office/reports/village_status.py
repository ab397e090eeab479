"""What a village is told of the people it proposed: active, in arrears, or not yet, with the first reason."""

import polars as pl

from payung.office.reports.funnel import STEPS

STATUSES = ("active", "arrears", "not_yet")


def statuses(found: pl.DataFrame) -> pl.DataFrame:
    """The frame of `funnel.people` with `status` and `why`, its first reason; null where nothing is to be said.

    active: BPJS confirmed the month. arrears: this month is not confirmed yet or no longer, whether cover still
    holds (`in_grace`) or not (`lapsed`). not_yet: never covered so far, for the first reason on the way there.
    """
    status = (
        pl.when(pl.col("state") == "confirmed").then(pl.lit("active"))
        .when(pl.col("state").is_in(["in_grace", "lapsed"])).then(pl.lit("arrears"))
        .otherwise(pl.lit("not_yet"))
    )  # fmt: skip
    on_the_way = pl.coalesce(f"why_{step}" for step in STEPS)
    why = (
        pl.when(pl.col("status") == "arrears").then(pl.col("state"))
        .when(pl.col("status") == "not_yet").then(pl.coalesce(on_the_way, "state"))
    )  # fmt: skip
    return found.with_columns(status.alias("status")).with_columns(why.alias("why"))
