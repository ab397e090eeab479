"""By what covered heads are told apart: sex, age group, occupation, decile, and until when their spells go.

As known now, for the last day of a month. What nobody has said stays empty.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from payung.office import bulk
from payung.rules.eligibility.segments import segment_column
from payung.rules.months import Month

AGE_GROUPS: Mapping[str, tuple[int, int]] = {
    "<25": (0, 24), "25-34": (25, 34), "35-44": (35, 44), "45-54": (45, 54), "55-64": (55, 64), "65+": (65, 200),
}  # fmt: skip
"""Group -> its first and last age in full years."""
TRAITS = ("membership_class", "sex", "age_group", "occupation", "decile", "until_month")
_FOUND = {
    "membership_id": pl.Int64, "membership_class": pl.String, "sex": pl.String, "birth_date": pl.Date,
    "job": pl.String, "decile": pl.Int64, "until_month": pl.Date,
}  # fmt: skip
_TRAITS = """
    WITH ends AS MATERIALIZED (
        SELECT id, coalesce(agreements_until(id), 'infinity') AS last_day FROM agreements_agreement
        WHERE government_id = %(government)s
    ), spells AS (
        SELECT s.membership_id, max(least(coalesce(s.until_month, 'infinity'), e.last_day)) AS until
        FROM enrolment_spell s JOIN ends e ON e.id = s.agreement_id
        WHERE s.government_id = %(government)s AND s.replaced_at IS NULL AND s.from_month <= %(month)s GROUP BY 1
    ), jobs AS (
        SELECT DISTINCT ON (membership_id) membership_id, post FROM registry_job
        WHERE government_id = %(government)s AND replaced_at IS NULL AND from_month <= %(month)s
        ORDER BY membership_id, from_month DESC, id DESC
    ), candidates AS (
        SELECT DISTINCT ON (person_id) person_id, job FROM verification_candidate
        WHERE government_id = %(government)s AND person_id IS NOT NULL ORDER BY person_id, id DESC
    ), told AS (
        SELECT DISTINCT ON (nik_sealed) nik_sealed, decile FROM verification_told
        WHERE government_id = %(government)s AND kind = 'decile' AND told_on <= %(last_day)s
        ORDER BY nik_sealed, told_on DESC, id DESC
    )
    SELECT m.id, m.membership_class, p.sex, p.birth_date, coalesce(c.job, j.post), t.decile,
           CASE WHEN isfinite(s.until) THEN date_trunc('month', s.until)::date END
    FROM registry_membership m
    LEFT JOIN registry_alias x ON x.person_id = m.person_id
    JOIN registry_person p ON p.id = coalesce(x.survivor_id, m.person_id)
    LEFT JOIN spells s ON s.membership_id = m.id LEFT JOIN jobs j ON j.membership_id = m.id
    LEFT JOIN candidates c ON c.person_id = p.id LEFT JOIN told t ON t.nik_sealed = p.nik_sealed
    WHERE m.government_id = %(government)s
"""


def with_traits(heads: pl.DataFrame, government_id: int, month: Month) -> pl.DataFrame:
    """The heads of a month with TRAITS and `covered`: active, and the first active head of its membership."""
    asked = {"government": government_id, "month": month.first_day, "last_day": month.last_day}
    found = bulk.read(_TRAITS, asked, schema=_FOUND)
    known = found.with_columns(
        age_groups(found["birth_date"], month.last_day), segment_column(found["job"]).alias("occupation")
    ).select("membership_id", *TRAITS)
    counts = pl.col("active") & pl.col("membership_id").is_not_null()
    first = counts.cum_sum().over("membership_id") == 1
    marked = heads.with_columns((counts & first).alias("covered"))
    return marked.join(known, on="membership_id", how="left", maintain_order="left")


def age_groups(births: pl.Series, day: date) -> pl.Series:
    """The group of AGE_GROUPS of each birth date on a day; null without one, and for one that lies ahead."""
    frame = births.to_frame("birth")
    had = (pl.col("birth").dt.month() < day.month) | (
        (pl.col("birth").dt.month() == day.month) & (pl.col("birth").dt.day() <= day.day)
    )
    years = pl.lit(day.year) - pl.col("birth").dt.year() - pl.when(had).then(0).otherwise(1)
    group = pl.lit(None, pl.String)
    for name, (first, last) in AGE_GROUPS.items():
        group = pl.when(years.is_between(first, last)).then(pl.lit(name)).otherwise(group)
    return frame.select(group.alias("age_group"))["age_group"]
