"""Orders open and close, many at once; each with its spell and job, so that the worker is enrolled and billed."""

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from payung.office import bulk
from payung.office.agreements.queries import until_of
from payung.office.enrolment import spells
from payung.office.registry import frames as registry
from payung.office.sponsorship.models import Circular, Scope
from payung.office.sponsorship.tariffs import programmes_of
from payung.rules.months import Month

OPENING = {
    "pledge_id": pl.Int64, "membership_id": pl.Int64, "key": pl.Int64, "sector": pl.String, "with_jht": pl.Boolean,
    "opd_id": pl.Int64, "from_month": pl.Date,
}  # fmt: skip
"""What an opening order needs; `key` is the row that tells of the worker."""


AS_AGREED = "as_agreed"
"""Why an order ends with the last month that its pledge names."""


def open_orders(circular: Circular, opening: pl.DataFrame, *, at: datetime) -> None:
    """An order, a job and a spell for each line of OPENING, until the last month that its pledge names.

    Raises IntegrityError where somebody else pays, or where that month is past.
    """
    government, agreement = circular.government_id, circular.agreement
    opening = opening.join(_agreed_ends(opening["pledge_id"].to_list()), on="pledge_id", how="left")
    ends = pl.col("until_month").is_not_null()
    bulk.write(
        opening.select(
            pl.lit(government).alias("government_id"), "pledge_id", "opd_id", "from_month", "until_month",
            pl.when(ends).then(pl.lit(AS_AGREED)).otherwise(pl.lit("")).alias("end_reason"),
            pl.lit(at.isoformat()).alias("recorded_at"),
        ),
        "sponsorship_order",
    )  # fmt: skip
    lines = dict(Scope.objects.filter(circular=circular).values_list("opd_id", "budget_line_id"))
    for (opd_id, with_jht, last), part in opening.partition_by(
        "opd_id", "with_jht", "until_month", as_dict=True
    ).items():
        registry.start_jobs(part, opd_id=opd_id, at=at)
        spells.start(
            part,
            spells.Ground(government, agreement.pk, opd_id, lines[opd_id]),
            programmes=programmes_of(circular, with_jht=with_jht),
            until=min(filter(None, (last, until_of(agreement))), default=None),
            at=at,
        )
        if last is not None:
            leaving = part.select("membership_id", pl.lit(Month.of(last).shift(1).first_day).alias("from_month"))
            registry.end_jobs(leaving, opd_id=opd_id, at=at)
    bulk.refresh_statistics(opening.height, "sponsorship_order", "enrolment_spell", "registry_job")


def _agreed_ends(pledge_ids: Sequence[int]) -> pl.DataFrame:
    return bulk.read(
        "SELECT id, wanted_until FROM sponsorship_pledge WHERE id = ANY(%s)", [list(pledge_ids)],
        schema={"pledge_id": pl.Int64, "until_month": pl.Date},
    )  # fmt: skip


_CLOSING = """
    CREATE TEMPORARY TABLE closing_orders ON COMMIT DROP AS
    SELECT o.*, p.membership_id, p.row_id, p.sector, p.with_jht
    FROM sponsorship_order o JOIN sponsorship_pledge p ON p.id = o.pledge_id
    WHERE o.pledge_id = ANY(%s) AND o.replaced_at IS NULL AND coalesce(o.until_month, 'infinity') > %s
"""


def close_orders(
    circular: Circular, pledge_ids: Sequence[int], *, last: Month, reason: str, at: datetime
) -> pl.DataFrame:
    """End whatever of these pledges stands after a month; returns the orders as OPENING, from the month after.

    What would only have begun later is taken away altogether.
    """
    bulk.execute("DROP TABLE IF EXISTS closing_orders")
    bulk.execute(_CLOSING, [list(pledge_ids), last.first_day])
    bulk.execute("UPDATE sponsorship_order o SET replaced_at = %s FROM closing_orders c WHERE c.id = o.id", [at])
    bulk.execute(
        """INSERT INTO sponsorship_order (government_id, pledge_id, opd_id, from_month, until_month, end_reason,
               recorded_at)
           SELECT government_id, pledge_id, opd_id, from_month, %s, %s, %s FROM closing_orders
           WHERE from_month <= %s""",
        [last.first_day, reason, at, last.first_day],
    )
    closed = bulk.read(
        """SELECT DISTINCT ON (pledge_id) pledge_id, membership_id, row_id, sector, with_jht, opd_id, %s::date
           FROM closing_orders ORDER BY pledge_id, from_month""",
        [last.shift(1).first_day],
        schema=OPENING,
    )
    for (opd_id,), part in closed.partition_by("opd_id", as_dict=True).items():
        leaving = part.select("membership_id", "from_month")
        spells.end(leaving, agreement_id=circular.agreement_id, payer_opd_id=opd_id, at=at)
        registry.end_jobs(leaving, opd_id=opd_id, at=at)
    return closed
