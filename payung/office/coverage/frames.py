"""Was each of many memberships covered on this day? The same answer as `queries.cover_on`, for columns."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from payung.office import bulk
from payung.rules.law.membership import grace_months
from payung.rules.months import Month

STATES = {"membership_id": pl.Int64, "state": pl.String}
_FACTS = """
    SELECT m.id, m.membership_class, m.number_issued_on, least(s.effective_from, o.since_day),
           least(p.first, date_trunc('month', o.since_day::timestamp)::date),
           CASE WHEN o.id IS NULL THEN p.last ELSE greatest(p.last, least(o.until_month, %(month)s::date)) END
    FROM unnest(%(ids)s::bigint[]) AS w (id) JOIN registry_membership m ON m.id = w.id
    JOIN LATERAL (
        SELECT a.effective_from FROM enrolment_spell s JOIN agreements_agreement a ON a.id = s.agreement_id
        WHERE s.membership_id = m.id AND s.replaced_at IS NULL AND s.from_month <= %(month)s
          AND coalesce(s.until_month, 'infinity') >= %(month)s
        ORDER BY s.from_month, s.id LIMIT 1
    ) s ON true
    LEFT JOIN LATERAL (
        SELECT min(b.month) AS first, max(b.month) AS last FROM billing_posting b
        WHERE b.membership_id = m.id AND b.month <= %(month)s
    ) p ON true
    LEFT JOIN enrolment_paidbefore o ON o.membership_id = m.id AND o.since_day <= %(day)s
"""


def states_on(membership_ids: Sequence[int], day: date) -> pl.DataFrame:
    """planned, confirmed, in_grace or lapsed for each membership with a spell in that month; the others are left out.

    As known now. Raises BeforeTheLawError for a day before July 2015.
    """
    month = Month.of(day)
    facts = bulk.read(
        _FACTS,
        {"ids": list(membership_ids), "month": month.first_day, "day": day},
        schema={
            "membership_id": pl.Int64, "membership_class": pl.String, "issued": pl.Date, "effective": pl.Date,
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
    return facts.select("membership_id", state.alias("state"))
