"""Was each of many memberships covered on this day? The same answer as `queries.cover_on`, for columns."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from payung.office import bulk
from payung.rules.law.membership import grace_months
from payung.rules.months import Month

STATES = {"membership_id": pl.Int64, "state": pl.String}
_FACTS = """
    WITH spells AS (
        SELECT DISTINCT ON (s.membership_id) s.membership_id, a.effective_from
        FROM unnest(%(ids)s::bigint[]) w (id) JOIN enrolment_spell s ON s.membership_id = w.id
        JOIN agreements_agreement a ON a.id = s.agreement_id
        WHERE s.replaced_at IS NULL AND s.from_month <= %(month)s AND coalesce(s.until_month, 'infinity') >= %(month)s
        ORDER BY s.membership_id, s.from_month, s.id
    ), facts AS (
        SELECT m.id, m.membership_class, m.number_issued_on, least(s.effective_from, o.since_day) AS effective,
               least(p.first, date_trunc('month', o.since_day::timestamp)::date) AS first,
               CASE WHEN o.id IS NULL THEN p.last ELSE greatest(p.last, least(o.until_month, %(month)s::date)) END
               AS last
        FROM spells s JOIN registry_membership m ON m.id = s.membership_id
        LEFT JOIN LATERAL (
            SELECT min(b.month) AS first, max(b.month) AS last FROM billing_posting b
            WHERE b.membership_id = m.id AND b.month <= %(month)s
        ) p ON true
        LEFT JOIN enrolment_paidbefore o ON o.membership_id = m.id AND o.since_day <= %(day)s
    )
    -- Many memberships share their facts: one row for each that differs.
    SELECT string_agg(id::text, ','), membership_class, number_issued_on, effective, first, last
    FROM facts GROUP BY 2, 3, 4, 5, 6
"""


def states_on(membership_ids: Sequence[int], day: date) -> pl.DataFrame:
    """planned, confirmed, in_grace or lapsed for each membership with a spell in that month; the others are left out.

    As known now. Raises BeforeTheLawError for a day before July 2015.
    """
    month = Month.of(day)
    facts = bulk.read(
        _FACTS,
        {"ids": "{" + ",".join(map(str, membership_ids)) + "}", "month": month.first_day, "day": day},
        schema={
            "ids": pl.String, "membership_class": pl.String, "issued": pl.Date, "effective": pl.Date,
            "first": pl.Date, "last": pl.Date,
        },
    )  # fmt: skip
    classes = facts["membership_class"].unique().to_list()
    grace = {name: int(grace_months(name, month).value) for name in classes}
    months = pl.col("membership_class").replace_strict(grace, return_dtype=pl.Int64)
    until = pl.col("last").dt.offset_by(pl.concat_str(months.cast(pl.String), pl.lit("mo"))).dt.month_end()
    start = pl.max_horizontal("effective", pl.coalesce("issued", "first"))
    state = (
        pl.when(pl.col("last").is_null() | (start > day)).then(pl.lit("planned"))
        .when(pl.col("last") == month.first_day).then(pl.lit("confirmed"))
        .when(until >= day).then(pl.lit("in_grace"))
        .otherwise(pl.lit("lapsed"))
    )  # fmt: skip
    members = pl.col("ids").str.split(",").alias("membership_id")
    return facts.select(members, state.alias("state")).explode("membership_id").cast({"membership_id": pl.Int64})
