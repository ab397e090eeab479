"""What the law asks for one month of each head, billed or not: by this a difference is told in rupiah."""

import polars as pl

from payung.office import bulk
from payung.office.agreements.models import Agreement
from payung.office.agreements.queries import base_of, readings_of
from payung.office.enrolment.programmes import ORDER
from payung.rules.law.dated import owed_as_read
from payung.rules.law.figures import LawError
from payung.rules.months import Month

DUE = tuple(f"due_{name.lower()}" for name in ORDER)
_SHARES = {"JKK": ("jkk",), "JKM": ("jkm",), "JHT": ("jht_employer", "jht_worker"), "JP": ("jp_employer", "jp_worker")}


def priced(heads: pl.DataFrame, government_id: int, month: Month) -> pl.DataFrame:
    """The heads (`agreement_id`, `budget_line_id`, `mask`, `wage`, `sector`) with DUE, rupiah; 0 where the law or the
    agreement has no answer: no wage, no minimum wage of the month, no agreement.
    """
    standing = terms(heads["agreement_id"].drop_nulls().unique().to_list(), month)
    asked = (
        heads.with_row_index("place")
        .join(standing, on="agreement_id")
        .join(_payers(government_id), on="budget_line_id")
        .with_columns(
            pl.lit(month.index, pl.Int32).alias("month"),
            pl.coalesce("base_wage", "wage").alias("wage_rupiah"),
            *(((pl.col("mask") // 2**index) % 2 == 1).alias(f"in_{name.lower()}") for index, name in enumerate(ORDER)),
        )
    )
    if asked.is_empty():
        return heads.with_columns(pl.lit(0, pl.Int64).alias(name) for name in DUE)
    amounts = [amount for shares in _SHARES.values() for amount in shares]
    owed = owed_as_read(asked, readings_of(government_id), columns=["place", *amounts])
    sums = [
        pl.sum_horizontal(shares).cast(pl.Int64).alias(due) for due, shares in zip(DUE, _SHARES.values(), strict=True)
    ]
    return (
        heads.with_row_index("place")
        .join(owed.select("place", *sums), on="place", how="left", maintain_order="left")
        .drop("place")
        .with_columns(pl.col(name).fill_null(0) for name in DUE)
    )


def terms(agreement_ids: list[int], month: Month) -> pl.DataFrame:
    """Class, group and wage base of each agreement that has one in the month."""
    rows = []
    for agreement in Agreement.objects.filter(pk__in=agreement_ids).prefetch_related("addenda"):
        try:
            base = base_of(agreement, month)
        except LawError:
            continue
        rows.append((agreement.pk, agreement.membership_class, agreement.jkk_group, base.rupiah if base else None))
    return pl.DataFrame(
        rows,
        schema={"agreement_id": pl.Int64, "class": pl.String, "group": pl.Int64, "base_wage": pl.Int64},
        orient="row",
    )


def _payers(government_id: int) -> pl.DataFrame:
    return bulk.read(
        "SELECT l.id, f.kind FROM agreements_budgetline l JOIN agreements_fund f ON f.id = l.fund_id"
        " WHERE f.government_id = %s",
        [government_id],
        schema={"budget_line_id": pl.Int64, "payer": pl.String},
    )
