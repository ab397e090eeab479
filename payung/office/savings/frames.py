"""What each account should hold against what it holds: the differences are the next crediting."""

import narwhals as nw
import polars as pl

from payung.office import bulk
from payung.rules.law.returns import LARGEST_BALANCE_RUPIAH, yearly_return

MOVEMENTS = {
    "membership_id": "bigint", "month": "date", "employer_rupiah": "bigint", "worker_rupiah": "bigint",
    "return_rupiah": "bigint", "apportioned": "boolean", "rate_id": "bigint",
}  # fmt: skip
STAGED = "savings_differences"

_CONTRIBUTIONS = f"""
    INSERT INTO {STAGED} (membership_id, month, employer_rupiah, worker_rupiah, return_rupiah, apportioned)
    WITH billed AS (
        SELECT l.membership_id, l.for_month AS month, sum(l.jht_employer) AS employer, sum(l.jht_worker) AS worker,
               sum(l.total_rupiah) AS total
        FROM billing_billline l JOIN billing_bill b ON b.id = l.bill_id
        WHERE l.government_id = %(government)s AND b.state IN ('final', 'sent')
        GROUP BY l.membership_id, l.for_month
        HAVING (sum(l.jht_employer) <> 0 OR sum(l.jht_worker) <> 0) AND sum(l.total_rupiah) > 0
    ), wanted AS (
        SELECT membership_id, month, round(p.amount_rupiah * b.employer / b.total) AS employer,
               round(p.amount_rupiah * b.worker / b.total) AS worker, p.amount_rupiah <> b.total AS apportioned
        FROM billing_posting p JOIN billed b USING (membership_id, month)
        WHERE p.government_id = %(government)s
    ), held AS (
        SELECT membership_id, month, sum(employer_rupiah) AS employer, sum(worker_rupiah) AS worker
        FROM savings_movement WHERE government_id = %(government)s AND rate_id IS NULL
        GROUP BY membership_id, month
    )
    SELECT membership_id, month, coalesce(w.employer, 0) - coalesce(h.employer, 0),
           coalesce(w.worker, 0) - coalesce(h.worker, 0), 0, coalesce(w.apportioned, false)
    FROM wanted w FULL JOIN held h USING (membership_id, month)
    WHERE coalesce(w.employer, 0) <> coalesce(h.employer, 0) OR coalesce(w.worker, 0) <> coalesce(h.worker, 0)
"""  # noqa: S608  # the name of our own table
_YEAR = f"""
    SELECT membership_id,
           coalesce(sum(employer_rupiah + worker_rupiah + return_rupiah)
                    FILTER (WHERE month < make_date(%(year)s, 1, 1)), 0),
           coalesce(sum((employer_rupiah + worker_rupiah) * (12 - extract(month FROM month)::int))
                    FILTER (WHERE month >= make_date(%(year)s, 1, 1)), 0),
           coalesce(sum(return_rupiah) FILTER (WHERE month = make_date(%(year)s, 12, 1)), 0)
    FROM (SELECT membership_id, month, employer_rupiah, worker_rupiah, return_rupiah FROM savings_movement
          WHERE government_id = %(government)s
          UNION ALL SELECT membership_id, month, employer_rupiah, worker_rupiah, return_rupiah FROM {STAGED}) m
    WHERE month <= make_date(%(year)s, 12, 1)
    GROUP BY membership_id
"""  # noqa: S608  # our own words, values are parameters
_YEAR_TYPES = {
    "membership_id": pl.Int64, "opening_rupiah": pl.Int64, "rupiah_months": pl.Int64, "held_rupiah": pl.Int64,
}  # fmt: skip


class BalanceTooLarge(Exception):
    """An account beyond what the formula is proved for; no return was reckoned."""


def stage_contributions(government_id: int) -> None:
    """The differences between what is posted and what was credited, month by month, in the staged table."""
    bulk.stage(pl.DataFrame(), STAGED, MOVEMENTS)
    bulk.execute(_CONTRIBUTIONS, {"government": government_id})


def stage_returns(government_id: int, *, year: int, rate_id: int, rate: int) -> None:
    """The same for the return of one year at its rate, over everything staged before. Raises BalanceTooLarge."""
    accounts = bulk.read(_YEAR, {"government": government_id, "year": year}, schema=_YEAR_TYPES)
    if accounts.filter(pl.col("opening_rupiah") > LARGEST_BALANCE_RUPIAH).height:
        raise BalanceTooLarge(str(year))
    earned = nw.from_native(accounts).with_columns(earned_rupiah=yearly_return(rate)).to_native()
    differing = earned.filter(pl.col("earned_rupiah") != pl.col("held_rupiah")).select(
        "membership_id",
        month=pl.date(year, 12, 1),
        employer_rupiah=pl.lit(0, pl.Int64),
        worker_rupiah=pl.lit(0, pl.Int64),
        return_rupiah=pl.col("earned_rupiah") - pl.col("held_rupiah"),
        apportioned=pl.lit(value=False),
        rate_id=pl.lit(rate_id, pl.Int64),
    )
    bulk.write(differing, STAGED, columns=list(MOVEMENTS))
