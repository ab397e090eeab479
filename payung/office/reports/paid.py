"""For whom of the staff the government pays: in one month, and month by month."""

import polars as pl

from payung.office import bulk
from payung.office.reports import gathered
from payung.office.reports.prices import terms
from payung.rules.months import Month

MOST_MONTHS = 60
STAFF = "PU"
"""The class of those whom the government itself employs."""
PAID = {
    "person_id": pl.Int64, "membership_id": pl.Int64, "payer_opd_id": pl.Int64, "programmes": pl.Int64,
    "base_rupiah": pl.Int64,
}  # fmt: skip
MEMBER = """
    registry_membership m LEFT JOIN registry_alias x ON x.person_id = m.person_id
    JOIN enrolment_spell s ON s.membership_id = m.id AND s.replaced_at IS NULL AND m.membership_class = 'PU'
"""
_SPELLS = f"""
    SELECT coalesce(x.survivor_id, m.person_id), greatest(s.from_month, %(first)s),
           least(coalesce(s.until_month, %(last)s), %(last)s)
    FROM {MEMBER}
    WHERE s.government_id = %(government)s AND s.from_month <= %(last)s
      AND coalesce(s.until_month, 'infinity') >= %(first)s
"""  # noqa: S608  # our own text, values are parameters


def staff_paid(government_id: int, month: Month) -> pl.DataFrame:
    """PAID: one row for each member of the staff in the month, with all programmes together and the wage base."""
    found = gathered.protected(government_id, month).filter(pl.col("class") == STAFF)
    bases = terms(found["agreement_id"].unique().to_list(), month).select("agreement_id", "base_wage")
    based = found.join(bases, on="agreement_id", how="left").sort("membership_id", "opd_id")
    return based.group_by("person_id", maintain_order=True).agg(
        pl.col("membership_id").first(),
        pl.col("opd_id").first().alias("payer_opd_id"),
        pl.col("mask").bitwise_or().alias("programmes"),
        pl.coalesce("base_wage", "wage").max().alias("base_rupiah"),
    )


def months_of(people: pl.DataFrame, government_id: int, last: Month) -> pl.DataFrame:
    """How many of `people` (`person_id`, `opd_id`, one row a head) were paid for in each month up to `last`:
    opd_id, month, heads. At most MOST_MONTHS.
    """
    first = last.shift(1 - MOST_MONTHS)
    asked = {"government": government_id, "first": first.first_day, "last": last.first_day}
    spells = bulk.read(_SPELLS, asked, schema={"person_id": pl.Int64, "from": pl.Date, "until": pl.Date})
    months = (
        spells.filter(pl.col("from") <= pl.col("until"))
        .with_columns(pl.date_ranges("from", "until", interval="1mo").alias("month"))
        .explode("month")
        .select("person_id", "month")
        .unique()
    )
    known = people.filter(pl.col("person_id").is_not_null()).select("person_id", "opd_id")
    counted = known.join(months, on="person_id").group_by("opd_id", "month").agg(pl.len().alias("heads"))
    return counted.sort("opd_id", "month", nulls_last=True)
