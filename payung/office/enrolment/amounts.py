"""What a plan costs: the contribution it would add to a month, by which a decider's limit is measured."""

import polars as pl

from payung.office.agreements.queries import base_of, readings_of
from payung.office.enrolment.models import RosterList
from payung.office.enrolment.programmes import ORDER
from payung.rules.law.columns import REFUSAL
from payung.rules.law.contributions import owed
from payung.rules.law.figures import LawError
from payung.rules.months import Month

ADDS, TAKES = 1, -1


def added_monthly_rupiah(roster_list: RosterList, items: pl.DataFrame) -> int | None:
    """The monthly contribution, whole rupiah, that the plan's joiners and changed wages add, never below zero.

    Joiners count in full, changed wages by their difference, in the list's month, on the agreement's wage base and
    the budget line's fund. None when the law has no answer for somebody (a missing wage, an unknown minimum wage).
    """
    try:
        base = base_of(roster_list.agreement, Month.of(roster_list.month))
    except LawError:
        return None
    after = items.filter(pl.col("kind").is_in(["join", "wage"])).select(
        pl.col("wage_after_rupiah").alias("told"), pl.lit(ADDS).alias("sign")
    )
    before = items.filter((pl.col("kind") == "wage") & pl.col("wage_before_rupiah").is_not_null()).select(
        pl.col("wage_before_rupiah").alias("told"), pl.lit(TAKES).alias("sign")
    )
    wage = pl.lit(base.rupiah, pl.Int64) if base else pl.col("told")
    rows = pl.concat([after, before]).with_columns(*_terms(roster_list), wage.alias("wage_rupiah"))
    readings = readings_of(roster_list.government_id).on(Month.of(roster_list.month))
    found = owed(rows, readings=readings, columns=["sign", "total", REFUSAL])
    if found[REFUSAL].is_not_null().any():
        return None
    return max(0, int((found["total"] * found["sign"]).sum()))


def _terms(roster_list: RosterList) -> list[pl.Expr]:
    """What the law asks besides the wage, the same for the whole list."""
    agreement = roster_list.agreement
    return [
        pl.lit(agreement.membership_class).alias("class"),
        pl.lit(Month.of(roster_list.month).index).alias("month"),
        pl.lit(agreement.jkk_group, pl.Int64).alias("group"),
        pl.lit(roster_list.budget_line.fund.kind).alias("payer"),
        pl.lit("other").alias("sector"),
        *(pl.lit(name in agreement.programmes).alias(f"in_{name.lower()}") for name in ORDER),
    ]
