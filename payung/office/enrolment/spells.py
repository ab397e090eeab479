"""Many spells at once: start them, end them. Each verb of enrolment and of later rooms that enrols comes here."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from payung.office import bulk
from payung.office.enrolment.programmes import as_ranges


@dataclass(frozen=True)
class Ground:
    """Who pays from what, and under which agreement; `plan_id` where a list was planned."""

    government_id: int
    agreement_id: int
    payer_opd_id: int
    budget_line_id: int
    plan_id: int | None = None


def start(
    bound: pl.DataFrame, ground: Ground, *, programmes: tuple[str, ...], until: date | None, at: datetime
) -> None:
    """A spell for each membership_id from its from_month on. Raises IntegrityError where somebody else pays."""
    for lower, upper in as_ranges(programmes):
        spells = bound.select(
            pl.lit(ground.government_id).alias("government_id"),
            "membership_id",
            pl.lit(f"[{lower},{upper})").alias("programmes"),
            pl.lit(ground.payer_opd_id).alias("payer_opd_id"),
            pl.lit(ground.budget_line_id).alias("budget_line_id"),
            pl.lit(ground.agreement_id).alias("agreement_id"),
            "from_month",
            pl.lit(until, pl.Date).alias("until_month"),
            pl.lit(ground.plan_id, pl.Int64).alias("plan_id"),
            pl.lit(at.isoformat()).alias("recorded_at"),
        )
        bulk.write(spells, "enrolment_spell")


def end(
    leaving: pl.DataFrame, *, agreement_id: int, payer_opd_id: int, at: datetime, plan_id: int | None = None
) -> int:
    """Replace each current spell by one that ends the month before `from_month`; one that would be empty is only
    replaced. `leaving` has membership_id and from_month. Returns how many ended.
    """
    bulk.stage(leaving, "leaving_members", {"membership_id": "bigint", "from_month": "date"})
    bulk.execute("DROP TABLE IF EXISTS ending_spells")
    bulk.execute(
        """CREATE TEMPORARY TABLE ending_spells ON COMMIT DROP AS
           SELECT s.*, (l.from_month - interval '1 month')::date AS last_month
           FROM enrolment_spell s JOIN leaving_members l USING (membership_id)
           WHERE s.replaced_at IS NULL AND s.payer_opd_id = %s AND s.agreement_id = %s
             AND coalesce(s.until_month, 'infinity') >= l.from_month""",
        [payer_opd_id, agreement_id],
    )
    ended = bulk.execute("UPDATE enrolment_spell s SET replaced_at = %s FROM ending_spells e WHERE s.id = e.id", [at])
    bulk.execute(
        """INSERT INTO enrolment_spell (government_id, membership_id, programmes, payer_opd_id, budget_line_id,
               agreement_id, from_month, until_month, plan_id, recorded_at)
           SELECT government_id, membership_id, programmes, payer_opd_id, budget_line_id, agreement_id, from_month,
               last_month, coalesce(%s, plan_id), %s
           FROM ending_spells WHERE from_month <= last_month""",
        [plan_id, at],
    )
    return ended
