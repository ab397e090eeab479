"""What people said of rows, for the plans: of this very row, or of one that reads the same in an earlier list."""

import polars as pl

from payung.office import bulk
from payung.rules.identity import names

DECISION = {"key": pl.Int64, "decision": pl.String, "person_id": pl.Int64, "reason": pl.String}
SAME_BY_PERSON = "judged_same"
_SAID = """
    SELECT j.row_id, j.answer, coalesce(s.survivor_id, j.person_id, t.survivor_id, e.person_id),
        r.name, r.birth_date, r.nik_sealed
    FROM registry_judgement j JOIN files_row r ON r.id = j.row_id
    LEFT JOIN registry_alias s ON s.person_id = j.person_id
    LEFT JOIN LATERAL (SELECT v.person_id FROM registry_evidence v WHERE v.row_id = j.row_id LIMIT 1) e ON true
    LEFT JOIN registry_alias t ON t.person_id = e.person_id
    WHERE j.government_id = %s AND j.answer IN ('same', 'different') AND j.replaced_at IS NULL
    ORDER BY j.row_id
"""
_SCHEMA = {
    "row_id": pl.Int64, "answer": pl.String, "said_id": pl.Int64,
    "name": pl.String, "birth_date": pl.Date, "nik_sealed": pl.String,
}  # fmt: skip
READS = ("name_key", "birth_date", "nik_sealed")


def judged(government_id: int, rows: pl.DataFrame) -> pl.DataFrame:
    """For rows (`key` and READS) of which somebody said something: `person_id`, null for a new person.

    A row that reads the same as one that was judged before goes by that judgement when it leads to one person; a
    name alone is not enough to read the same.
    """
    said = bulk.read(_SAID, [government_id], schema=_SCHEMA)
    own = rows.select("key").join(said.select(key="row_id", person_id="said_id"), on="key")
    if said.is_empty():
        return own
    known = said.filter(pl.col("said_id").is_not_null() & pl.col("name").is_not_null()).with_columns(
        pl.col("name").map_elements(names.key, return_dtype=pl.String).alias("name_key")
    )
    clear = known.group_by(*READS).agg(pl.col("said_id").unique()).filter(pl.col("said_id").list.len() == 1)
    telling = rows.filter(pl.col("birth_date").is_not_null() | pl.col("nik_sealed").is_not_null())
    alike = (
        telling.join(own, on="key", how="anti")
        .join(clear, on=READS, nulls_equal=True)
        .select("key", pl.col("said_id").list.first().alias("person_id"))
    )
    return pl.concat([own, alike])


def over(decisions: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """The decisions of linkage with those of people in their place; who is somebody new has no line."""
    others = decisions.select(*DECISION).join(told, on="key", how="anti")
    same = told.drop_nulls("person_id").select(
        "key", pl.lit("same").alias("decision"), "person_id", pl.lit(SAME_BY_PERSON).alias("reason")
    )
    return pl.concat([others, same])
