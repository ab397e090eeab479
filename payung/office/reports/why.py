"""Why two numbers differ: one reason a head, the first that holds in a fixed order; else *unexplained*.

The orders are part of what is promised: whoever compares two months compares the same partition.
"""

from collections.abc import Mapping

import polars as pl

UNEXPLAINED = "unexplained"
NOT_REGISTERED = (
    "listed_twice", "over_65", "unknown_nik", "dead", "other_payer", "to_decide", "rejected", "not_applied",
    "refused", "waits_for_answer", "not_sent",
)  # fmt: skip
NOT_DECREED = ("posted_without_spell", "left_list", "opening_list")
NOT_ACTIVE = ("dead", "not_applied", "starts_later", "not_billed", "not_paid", "not_posted")
NOT_REGISTERED_YET_ACTIVE = ("number_missing",)
NOT_POSTED = ("paid_before", "dead", "not_billed", "not_paid", "not_posted")
NOT_ACTIVE_YET_POSTED = ("posted_without_spell", "dead", "starts_later")
_NIK = r"^nik_"
_AGE = r"^age_"
_TWICE = r"^duplicate_|^nik_shared"


def _first(order: tuple[str, ...], holds: Mapping[str, pl.Expr]) -> pl.Expr:
    """The name of the first condition that holds."""
    chosen: pl.Expr = pl.lit(UNEXPLAINED)
    for name in reversed(order):
        chosen = pl.when(holds[name].fill_null(value=False)).then(pl.lit(name)).otherwise(chosen)
    return chosen


def reasons() -> list[pl.Expr]:
    """`why_registered`, `why_active`, `why_posted` over the columns of `heads.heads`; empty where nothing differs."""
    said, kind = pl.col("said"), pl.col("kind")
    holds = {
        "listed_twice": pl.col("twice") | said.str.contains(_TWICE),
        "over_65": pl.col("over_65") | said.str.contains(_AGE),
        "unknown_nik": ~pl.col("has_nik") | said.str.contains(_NIK),
        "dead": pl.col("dead"),
        "other_payer": pl.col("elsewhere") | (said == "other_payer"),
        "to_decide": (kind == "human") & ~pl.col("has_spell"),
        "rejected": (kind == "reject") & ~pl.col("has_spell"),
        "not_applied": ~pl.col("has_spell"),
        "refused": pl.col("sent") == "refused",
        "waits_for_answer": pl.col("sent") == "sent",
        "not_sent": pl.col("sent").is_null() | (pl.col("sent") == ""),
        "starts_later": pl.col("starts_later"),
        "paid_before": pl.col("paid_before"),
        "not_billed": pl.col("settled").is_null(),
        "not_paid": ~pl.col("settled"),
        "not_posted": ~pl.col("posted"),
        "number_missing": pl.col("posted_ever"),
        "posted_without_spell": pl.col("posted") & ~pl.col("has_spell"),
        "left_list": pl.col("has_spell") & pl.col("by_list"),
        "opening_list": pl.col("has_spell") & ~pl.col("by_list"),
    }
    return [
        _why("decreed", "registered", _first(NOT_REGISTERED, holds), _first(NOT_DECREED, holds)),
        _why("registered", "active", _first(NOT_ACTIVE, holds), _first(NOT_REGISTERED_YET_ACTIVE, holds)),
        _why("active", "posted", _first(NOT_POSTED, holds), _first(NOT_ACTIVE_YET_POSTED, holds)),
    ]


def _why(before: str, after: str, lost: pl.Expr, gained: pl.Expr) -> pl.Expr:
    return (
        pl.when(pl.col(before) & ~pl.col(after)).then(lost)
        .when(~pl.col(before) & pl.col(after)).then(gained)
        .otherwise(pl.lit(""))
        .alias(f"why_{after}")
    )  # fmt: skip
