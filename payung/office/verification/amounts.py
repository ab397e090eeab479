"""What a list costs a month: by this a decider's limit is measured."""

import polars as pl

from payung.office.agreements.models import Decree
from payung.office.agreements.queries import base_of, readings_of
from payung.office.enrolment.programmes import ORDER
from payung.rules.law.columns import REFUSAL
from payung.rules.law.contributions import owed
from payung.rules.law.figures import LawError
from payung.rules.months import Month


def monthly_rupiah(decree: Decree, month: Month, heads: int) -> int | None:
    """The contribution of that many heads in a month, whole rupiah; None when the law has no answer."""
    agreement = decree.agreement
    try:
        base = base_of(agreement, month)
    except LawError:
        return None
    if base is None:
        return None
    row = pl.DataFrame({"month": [month.index], "wage_rupiah": [base.rupiah]}).with_columns(
        pl.lit(agreement.membership_class).alias("class"),
        pl.lit(agreement.jkk_group, pl.Int64).alias("group"),
        pl.lit(decree.budget_line.fund.kind).alias("payer"),
        pl.lit("other").alias("sector"),
        *(pl.lit(name in agreement.programmes).alias(f"in_{name.lower()}") for name in ORDER),
    )
    readings = readings_of(agreement.government_id).on(month)
    found = owed(row, readings=readings, columns=["total", REFUSAL])
    if found[REFUSAL].is_not_null().any():
        return None
    return int(found["total"].item()) * heads
