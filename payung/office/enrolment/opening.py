"""A list for starting in the middle: its rows are members already, with their number, the day since when and the
month through which all is paid.
"""

from datetime import date, datetime

import polars as pl

from payung.office import bulk
from payung.office.enrolment.models import Plan, RosterList
from payung.rules.months import Month

MONTHS_PAID_AHEAD = 24
"""A month paid later than that after the list's own is taken for a slip of the pen."""


def first_month(roster_list: RosterList) -> date:
    """The earliest month since when somebody of the list is a member; the list's own when none is told."""
    found = bulk.read(
        "SELECT min(member_since) FROM files_row WHERE reading_id = %s",
        [roster_list.reading_id],
        schema={"since": pl.Date},
    )["since"][0]
    return Month.of(found).first_day if found else roster_list.month


def judged(roster_list: RosterList, items: pl.DataFrame) -> pl.DataFrame:
    """The items as an opening list means them: it changes no wage, and who joins must tell since when and through
    which month all is paid; else a person looks.
    """
    told = bulk.read(
        "SELECT id, member_since, paid_until FROM files_row WHERE reading_id = %s",
        [roster_list.reading_id],
        schema={"row_id": pl.Int64, "since": pl.Date, "until": pl.Date},
    )
    opened = bulk.read(
        """SELECT DISTINCT coalesce(a.survivor_id, m.person_id) FROM enrolment_paidbefore b
           JOIN registry_membership m ON m.id = b.membership_id
           LEFT JOIN registry_alias a ON a.person_id = m.person_id
           WHERE b.government_id = %s AND m.membership_class = %s""",
        [roster_list.government_id, roster_list.agreement.membership_class],
        schema={"person_id": pl.Int64},
    )["person_id"]
    month = Month.of(roster_list.month)
    joins, since, until = pl.col("kind") == "join", pl.col("since"), pl.col("until")
    fault = (
        pl.when(pl.col("person_id").is_in(opened.implode())).then(pl.lit("opened_before"))
        .when(since.is_null()).then(pl.lit("since_missing"))
        .when(since > month.last_day).then(pl.lit("since_later"))
        .when(until.is_null()).then(pl.lit("paid_missing"))
        .when(until < since.dt.month_start()).then(pl.lit("paid_before_since"))
        .when(until > month.shift(MONTHS_PAID_AHEAD).first_day).then(pl.lit("paid_too_far"))
    )  # fmt: skip
    kept = pl.col("kind") == "wage"
    return (
        items.join(told, on="row_id", how="left", maintain_order="left")
        .with_columns(pl.when(joins).then(fault).alias("fault"))
        .with_columns(
            pl.when(pl.col("fault").is_not_null()).then(pl.lit("human"))
            .when(kept).then(pl.lit("already"))
            .otherwise("kind")
            .alias("kind"),
            pl.when(pl.col("fault").is_not_null()).then("fault")
            .when(kept).then(pl.lit("as_listed"))
            .otherwise("reason")
            .alias("reason"),
        )
        .drop("since", "until", "fault")
    )  # fmt: skip


def since_months(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` (with `key`, the row's id) and the month since when each is a member, as from_month."""
    bulk.stage(rows.select("key"), "opening_rows", {"key": "bigint"})
    found = bulk.read(
        "SELECT r.id, date_trunc('month', r.member_since::timestamp)::date"
        " FROM opening_rows o JOIN files_row r ON r.id = o.key",
        schema={"key": pl.Int64, "from_month": pl.Date},
    )
    return rows.join(found, on="key", maintain_order="left")


def store(found: Plan, bound: pl.DataFrame, at: datetime) -> None:
    """What the list tells of these members (`key`, `membership_id`): paid before, their number and its day."""
    bulk.stage(bound.select("key", "membership_id"), "opened_members", {"key": "bigint", "membership_id": "bigint"})
    bulk.execute(
        """INSERT INTO enrolment_paidbefore
               (government_id, membership_id, plan_id, since_day, until_month, recorded_at)
           SELECT %s, o.membership_id, %s, r.member_since, r.paid_until, %s
           FROM opened_members o JOIN files_row r ON r.id = o.key""",
        [found.government_id, found.pk, at],
    )
    bulk.execute(
        """UPDATE registry_membership m SET kpj_sealed = coalesce(m.kpj_sealed, r.kpj_sealed),
               number_issued_on = coalesce(m.number_issued_on, r.member_since)
           FROM opened_members o JOIN files_row r ON r.id = o.key WHERE m.id = o.membership_id"""
    )
    bulk.refresh_statistics(bound.height, "enrolment_paidbefore")
