"""Whom the rows of an outside list are: exact first, then what a person said; what is left waits or is unknown."""

import polars as pl

from payung.office import bulk
from payung.office.access.marks import unseal_column
from payung.office.outside.models import OutsideList
from payung.office.registry import frames as registry
from payung.rules.identity import names

FOUND = {"row_id": pl.Int64, "person_id": pl.Int64, "state": pl.String, "differs": pl.List(pl.String)}
_ROWS = """
    SELECT r.id, r.name, r.birth_date, r.sex, r.nik_sealed FROM files_row r
    WHERE r.reading_id = %s ORDER BY r.position
"""
_ROW = {
    "key": pl.Int64, "name": pl.String, "birth_date": pl.Date, "sex": pl.String, "nik_sealed": pl.String,
}  # fmt: skip
_ASKED = """
    SELECT DISTINCT p.row_id FROM registry_pair p JOIN files_row r ON r.id = p.row_id
    WHERE r.reading_id = %s AND NOT EXISTS (SELECT 1 FROM registry_judgement j
        WHERE j.row_id = p.row_id AND j.replaced_at IS NULL AND j.answer <> 'later')
"""
_PERSONS = """
    SELECT p.id, p.name, p.birth_date, p.sex FROM registry_person p JOIN looked_persons l ON l.person_id = p.id
"""
_PERSON = {"person_id": pl.Int64, "own_name": pl.String, "own_birth_date": pl.Date, "own_sex": pl.String}


def match(found: OutsideList) -> pl.DataFrame:
    """Each row with its person, its state and what differs (FOUND). In a scope that sees the whole government."""
    rows = bulk.read(_ROWS, [found.reading_id], schema=_ROW)
    keys = pl.Series("name_key", [names.key(name) if name else "" for name in rows["name"]], dtype=pl.String)
    niks = pl.Series("nik", unseal_column(rows["nik_sealed"], kind="nik"), dtype=pl.String)
    keyed = rows.with_columns(keys, niks)
    decisions = registry.link(found.government_id, keyed.select("key", "name_key", "birth_date", "nik_sealed"))
    linked = keyed.join(decisions, on="key", how="left", maintain_order="left")
    bulk.stage(linked.select("person_id").drop_nulls().unique(), "looked_persons", {"person_id": "bigint"})
    beside = linked.join(bulk.read(_PERSONS, schema=_PERSON), on="person_id", how="left", maintain_order="left")
    asked = bulk.read(_ASKED, [found.reading_id], schema={"row_id": pl.Int64})["row_id"]
    return _judged(beside.with_columns(pl.col("key").is_in(asked.implode()).alias("asked")))


def _judged(beside: pl.DataFrame) -> pl.DataFrame:
    """The same NIK with a name alike is this person, also where the list has another birth date: that is what differs.

    A row without a name is the person of its NIK. Two rows of one person: the first is hers, the others wait.
    """
    alike = [
        not told or not own or names.key(told) == names.key(own) or names.similar(told, own)
        for told, own in beside.select("name", "own_name").iter_rows()
    ]
    same_nik = (pl.col("reason") == "nik_of_another") & pl.Series(alike, dtype=pl.Boolean)
    is_hers = (pl.col("decision") == "same") | same_nik.fill_null(value=False)
    named = beside.with_columns(
        pl.when(is_hers.fill_null(value=False)).then("person_id").alias("person_id"),
        (pl.col("decision").is_not_null() | pl.col("asked")).alias("seen"),
    )
    first = pl.col("person_id").is_first_distinct() | pl.col("person_id").is_null()
    single = named.with_columns(pl.when(first).then("person_id").alias("person_id"))
    state = (
        pl.when(pl.col("person_id").is_not_null()).then(pl.lit("matched"))
        .when(pl.col("seen")).then(pl.lit("waits"))
        .otherwise(pl.lit("unknown"))
    )  # fmt: skip
    keys = {
        f"{column}_key": [names.key(text) if text else None for text in single[column]]
        for column in ("name", "own_name")
    }
    keyed = single.with_columns(pl.Series(name, texts, dtype=pl.String) for name, texts in keys.items())
    tests = {
        "name": pl.col("name_key") != pl.col("own_name_key"),
        "birth_date": pl.col("birth_date") != pl.col("own_birth_date"),
        "sex": pl.col("sex") != pl.col("own_sex"),
    }
    matched = pl.col("person_id").is_not_null()
    told = [pl.when((matched & test).fill_null(value=False)).then(pl.lit(name)) for name, test in tests.items()]
    return keyed.select(
        pl.col("key").alias("row_id"),
        "person_id",
        state.alias("state"),
        pl.concat_list(told).list.drop_nulls().alias("differs"),
    )
