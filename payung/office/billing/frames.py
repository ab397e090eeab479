"""What is owed, what was billed, and the difference: many people at once.

A bill line is *owed minus already billed* for a membership, the month it is for and the budget line that pays.
Late lists, changed wages, ended spells and corrected law come out of the same subtraction. Months that an earlier run
has compared are compared again only for memberships touched since; the answer is that of the whole comparison.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from payung.office import bulk
from payung.office.agreements.models import Agreement
from payung.office.agreements.queries import base_of
from payung.office.billing.models import AMOUNTS
from payung.office.billing.open_months import Advance, Window
from payung.office.billing.reasons import reason_of
from payung.office.enrolment.programmes import ORDER
from payung.rules.law.columns import REFUSAL
from payung.rules.law.dated import DatedReadings, owed_as_read
from payung.rules.months import Month

KEY = ("membership_id", "for_month", "budget_line_id", "opd_id", "agreement_id")

_SPELLS = """
    SELECT s.membership_id, m.for_month::date, s.budget_line_id, s.payer_opd_id, s.agreement_id,
           lower(s.programmes), upper(s.programmes), j.wage_paid_rupiah, j.wage_reported_rupiah,
           coalesce(j.sector, 'other')
    FROM enrolment_spell s
    LEFT JOIN enrolment_paidbefore o ON o.membership_id = s.membership_id
    CROSS JOIN LATERAL generate_series(
        greatest(s.from_month, %s::date, (o.until_month + interval '1 month')::date)::timestamp,
        least(coalesce(s.until_month, %s::date), %s::date)::timestamp,
        interval '1 month') AS m (for_month)
    LEFT JOIN registry_job j ON j.membership_id = s.membership_id AND j.opd_id = s.payer_opd_id
         AND j.replaced_at IS NULL AND j.from_month <= m.for_month
         AND coalesce(j.until_month, 'infinity') >= m.for_month
    WHERE s.government_id = %s AND s.replaced_at IS NULL AND s.from_month <= %s
      AND coalesce(s.until_month, 'infinity') >= %s{of_staged}
"""
_BILLED = """
    SELECT l.membership_id, l.for_month, b.budget_line_id, l.opd_id, l.agreement_id,
           (array_agg(l.wage_rupiah ORDER BY l.id DESC))[1],
           sum(l.jkk), sum(l.jkm), sum(l.jht_employer), sum(l.jht_worker), sum(l.jp_employer), sum(l.jp_worker)
    FROM billing_billline l JOIN billing_bill b ON b.id = l.bill_id
    WHERE b.government_id = %s AND b.state <> 'void' AND l.for_month BETWEEN %s AND %s{of_staged}
    GROUP BY 1, 2, 3, 4, 5
"""
_OF_STAGED = " AND {row}.membership_id IN (SELECT membership_id FROM staged_members)"
_AHEAD = """
    SELECT DISTINCT l.membership_id FROM billing_billrun r JOIN billing_bill b ON b.run_id = r.id
    JOIN billing_billline l ON l.bill_id = b.id
    WHERE r.government_id = %s AND r.state <> 'void' AND r.until_month >= %s AND b.state <> 'void'
"""
_OF_PAYER = """
    SELECT DISTINCT s.membership_id FROM enrolment_spell s
    JOIN agreements_agreement a ON a.id = s.agreement_id AND a.membership_class = 'BPU'
    WHERE s.government_id = %s AND s.budget_line_id = %s
      AND s.payer_opd_id IN (SELECT opd_id FROM places_opdunit WHERE unit_id = %s)
"""
_KEY_TYPES = {
    "membership_id": pl.Int64, "for_month": pl.Date, "budget_line_id": pl.Int64, "opd_id": pl.Int64,
    "agreement_id": pl.Int64,
}  # fmt: skip


@dataclass(frozen=True)
class Owed:
    """What the law says, and the rows to which it has no answer (a wage that is missing, say) with their refusal."""

    lines: pl.DataFrame
    refused: pl.DataFrame


@dataclass(frozen=True)
class Compared:
    """The lines that a bill must hold (KEY, reason, wage_rupiah, AMOUNTS, total_rupiah), and who was left out."""

    lines: pl.DataFrame
    refused: pl.DataFrame


def compare(government_id: int, open_months: Window, advance: Advance | None = None) -> Compared:
    """Owed minus billed over the open months; of what was billed in advance also over the months to come.

    With `advance` only what its unit and budget line owe, up to its last month. Raises NoMinimumWage as `_owed` does.
    """
    first, last, settled = open_months.first, open_months.last, open_months.settled
    if advance is not None:
        _stage(_OF_PAYER, [government_id, advance.budget_line_id, advance.unit_id])
        spells, billed = _both(government_id, first, advance.until, staged=True)
        own = pl.col("budget_line_id") == advance.budget_line_id
        spells, billed = spells.filter(own), billed.filter(own)
    elif settled is None:
        spells, billed = _both(government_id, first, last)
    else:
        stage_touched(government_id)
        spells, billed = _both(government_id, first, settled, staged=True)
        if settled < last:
            more = _both(government_id, settled.shift(1), last)
            spells, billed = pl.concat([spells, more[0]]), pl.concat([billed, more[1]])
    if advance is None and open_months.ahead is not None:
        more = _paid_ahead(government_id, last.shift(1), open_months.ahead)
        spells, billed = pl.concat([spells, more[0]]), pl.concat([billed, more[1]])
    owed = _owed(government_id, spells, open_months.readings)
    # To whom the law has no answer now keeps what was billed: nothing says that it was too much.
    billed = billed.join(owed.refused, on=KEY, how="anti")
    return Compared(_lines(government_id, owed.lines, billed, open_months), owed.refused)


def _both(government_id: int, first: Month, last: Month, *, staged: bool = False) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Spells and what was billed, of everybody or of those who are `staged`."""
    return _spells(government_id, first, last, staged=staged), _billed(government_id, first, last, staged=staged)


def _paid_ahead(government_id: int, first: Month, last: Month) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The same of what stands billed for months to come; whoever was not billed for them waits for their turn."""
    _stage(_AHEAD, [government_id, first.first_day])
    spells, billed = _both(government_id, first, last, staged=True)
    billed = billed.filter(pl.any_horizontal(pl.col(name) != 0 for name in AMOUNTS))
    return spells.join(billed, on=KEY, how="semi"), billed


def stage_touched(government_id: int) -> None:
    """Aside, whom to compare again."""
    _stage("SELECT membership_id FROM billing_touched WHERE government_id = %s", [government_id])


def _stage(members: str, told: list[object]) -> None:
    """Memberships aside, so that the planner knows how many they are."""
    bulk.execute("DROP TABLE IF EXISTS staged_members")
    bulk.execute(f"CREATE TEMPORARY TABLE staged_members ON COMMIT DROP AS {members}", told)
    bulk.execute("ANALYZE staged_members")


def _billed(government_id: int, first: Month, last: Month, *, staged: bool = False) -> pl.DataFrame:
    return bulk.read(
        _BILLED.format(of_staged=_OF_STAGED.format(row="l") if staged else ""),
        [government_id, first.first_day, last.first_day],
        schema={**_KEY_TYPES, "wage_rupiah": pl.Int64, **dict.fromkeys(AMOUNTS, pl.Int64)},
    )


def _lines(government_id: int, owed: pl.DataFrame, billed: pl.DataFrame, open_months: Window) -> pl.DataFrame:
    """The difference with its reasons (`reasons.reason_of`)."""
    if billed.is_empty():
        both = owed.with_columns(
            pl.lit(False).alias("was_billed"),
            pl.lit(True).alias("is_owed"),
            pl.col("wage_rupiah").alias("wage_before"),
        )
    else:
        both = _difference(owed, billed)
    both = both.filter(pl.any_horizontal(pl.col(name) != 0 for name in AMOUNTS))
    return both.select(
        *KEY,
        reason_of(government_id, both, open_months).alias("reason"),
        "wage_rupiah",
        *AMOUNTS,
        pl.sum_horizontal(AMOUNTS).alias("total_rupiah"),
    )


def _spells(government_id: int, first: Month, last: Month, *, staged: bool = False) -> pl.DataFrame:
    """Each membership and month with its payer and job; with `staged` only of those whom `_stage` put aside."""
    return bulk.read(
        _SPELLS.format(of_staged=_OF_STAGED.format(row="s") if staged else ""),
        [first.first_day, last.first_day, last.first_day, government_id, last.first_day, first.first_day],
        schema={
            **_KEY_TYPES, "lower": pl.Int32, "upper": pl.Int32, "wage_paid": pl.Int64, "wage_reported": pl.Int64,
            "sector": pl.String,
        },
    )  # fmt: skip


def _owed(government_id: int, spells: pl.DataFrame, readings: DatedReadings) -> Owed:
    """What the law says is owed: KEY, wage_rupiah (the base's wage), AMOUNTS.

    Raises NoMinimumWage when an agreement's wage base has no value for a month.
    """
    if spells.is_empty():
        nothing = pl.DataFrame(schema={**_KEY_TYPES, "wage_rupiah": pl.Int64, **dict.fromkeys(AMOUNTS, pl.Int64)})
        return Owed(nothing, pl.DataFrame(schema={**_KEY_TYPES, REFUSAL: pl.String}))
    terms = _terms(spells["agreement_id"].unique().to_list(), spells["for_month"].unique().to_list())
    payers = bulk.read(
        "SELECT l.id, f.kind FROM agreements_budgetline l JOIN agreements_fund f ON f.id = l.fund_id"
        " WHERE f.government_id = %s",
        [government_id],
        schema={"budget_line_id": pl.Int64, "payer": pl.String},
    )
    frame = (
        spells.join(terms, on=["agreement_id", "for_month"], how="left")
        .join(payers, on="budget_line_id", how="left")
        .with_columns(
            pl.coalesce("base_wage", "wage_reported", "wage_paid").alias("wage_rupiah"),
            *(
                ((pl.col("lower") <= index) & (index < pl.col("upper"))).alias(f"in_{name.lower()}")
                for index, name in enumerate(ORDER)
            ),
        )
    )
    result = owed_as_read(frame, readings, columns=[*KEY, "wage_rupiah", REFUSAL, *AMOUNTS])
    answered = result.filter(pl.col(REFUSAL).is_null()).drop(REFUSAL)
    return Owed(_one_line_each(answered), result.filter(pl.col(REFUSAL).is_not_null()).select(*KEY, REFUSAL))


def _terms(agreement_ids: list[int], months: list[date]) -> pl.DataFrame:
    """Class, group and wage base of each agreement in each month; base_wage is null where each job tells it."""
    rows = [
        {
            "agreement_id": agreement.pk,
            "for_month": month,
            "month": Month.of(month).index,
            "class": agreement.membership_class,
            "group": agreement.jkk_group,
            "base_wage": base.rupiah if (base := base_of(agreement, Month.of(month))) else None,
        }
        for agreement in Agreement.objects.filter(pk__in=agreement_ids).prefetch_related("addenda")
        for month in months
    ]
    return pl.DataFrame(
        rows,
        schema={
            "agreement_id": pl.Int64, "for_month": pl.Date, "month": pl.Int32, "class": pl.String, "group": pl.Int64,
            "base_wage": pl.Int64,
        },
    )  # fmt: skip


def _one_line_each(frame: pl.DataFrame) -> pl.DataFrame:
    """Programme sets with a hole are two spells: their amounts belong on one line."""
    if not frame.select(KEY).is_duplicated().any():
        return frame
    return frame.group_by(KEY).agg(pl.col("wage_rupiah").max(), *(pl.col(name).sum() for name in AMOUNTS))


def _difference(owed: pl.DataFrame, billed: pl.DataFrame) -> pl.DataFrame:
    """Owed minus billed for every key that stands on either side."""
    joined = owed.with_columns(pl.lit(True).alias("is_owed")).join(
        # What was credited again to nothing does not count as billed.
        billed.with_columns(pl.any_horizontal(pl.col(name) != 0 for name in AMOUNTS).alias("was_billed")),
        on=KEY,
        how="full",
        coalesce=True,
        suffix="_billed",
    )
    return joined.select(
        *KEY,
        *((pl.col(name).fill_null(0) - pl.col(f"{name}_billed").fill_null(0)).alias(name) for name in AMOUNTS),
        pl.coalesce("wage_rupiah", "wage_rupiah_billed").alias("wage_rupiah"),
        pl.coalesce("wage_rupiah_billed", "wage_rupiah").alias("wage_before"),
        pl.col("is_owed").fill_null(False),
        pl.col("was_billed").fill_null(False),
    )
