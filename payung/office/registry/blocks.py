"""What linkage looks for pairs by, as keyed hashes: kept beside the persons, made for the rows of a list when asked.

To make them the marks are opened inside this room, once for each person, and nothing of them is kept or shown.
"""

from collections.abc import Callable
from datetime import date

import polars as pl

from payung.office import bulk
from payung.office.access.marks import keyed_hashes, live_versions, unseal_column
from payung.rules.identity import regions
from payung.rules.linkage import blocks, rows

Progress = Callable[[int, int], None]
BATCH_PERSONS = 20_000
TABLE = {
    "id": pl.Int64,
    "name": pl.String,
    "birth_date": pl.Date,
    "birth_place": pl.String,
    "sex": pl.String,
    "village": pl.String,
    "nik": pl.String,
    "mother_name": pl.String,
}
"""A person or a row as linkage reads it; `nik` and `mother_name` travel sealed and are opened by `opened`."""
_COLUMNS = "name, birth_date, birth_place, sex, desa_code, nik_sealed, mother_name_sealed"
_WITHOUT = f"""
    SELECT p.id, {_COLUMNS} FROM registry_person p
    WHERE p.government_id = %s AND p.name_key <> '' AND NOT EXISTS (
        SELECT 1 FROM registry_block b WHERE b.person_id = p.id)
    ORDER BY p.id LIMIT {BATCH_PERSONS}
"""  # noqa: S608  # our own column names
_PERSONS = f"SELECT id, {_COLUMNS} FROM registry_person JOIN asked_ids USING (id) ORDER BY id"  # noqa: S608  # our own text, values are parameters
_ROWS = f"SELECT id, {_COLUMNS} FROM files_row JOIN asked_ids USING (id) ORDER BY id"  # noqa: S608  # our own words


def persons(ids: pl.Series) -> pl.DataFrame:
    """These persons as linkage reads them (TABLE), marks in clear."""
    return _read(_PERSONS, ids)


def list_rows(ids: pl.Series) -> pl.DataFrame:
    """These rows of lists as linkage reads them (TABLE), marks in clear."""
    return _read(_ROWS, ids)


def _read(question: str, ids: pl.Series) -> pl.DataFrame:
    bulk.stage(ids.unique().alias("id").to_frame(), "asked_ids", {"id": "bigint"})
    return opened(bulk.read(question, schema=TABLE))


def opened(table: pl.DataFrame) -> pl.DataFrame:
    """The same table with its marks in clear, and villages by name: the codes of two villages are nearly alike."""
    codes = table["village"].drop_nulls().unique()
    villages = {code: regions.name_of(code) for code in codes}
    return table.with_columns(
        *(pl.Series(name, unseal_column(table[name], kind=name), dtype=pl.String) for name in ("nik", "mother_name")),
        pl.col("village").replace_strict(villages, default=None, return_dtype=pl.String),
    )


def hashed(fields: pl.DataFrame) -> pl.DataFrame:
    """`id` and one keyed hash for each kind of block, of rows as `rows.read` gives them."""
    told = blocks.of(fields)
    return told.select(
        "id",
        *(
            pl.Series(kind, keyed_hashes(told[kind], kind=kind), dtype=pl.Int64)
            for kind in told.columns
            if kind != "id"
        ),
    )


def refresh(government_id: int, *, on: date, progress: Progress) -> int:
    """Hashes for everybody who has none under the newest key; returns how many persons' marks were opened for it."""
    version, made = live_versions()[0], 0
    bulk.execute("DELETE FROM registry_block WHERE government_id = %s AND key_version <> %s", [government_id, version])
    while True:
        batch = bulk.read(_WITHOUT, [government_id], schema=TABLE)
        if batch.is_empty():
            return made
        told = hashed(rows.read(opened(batch), on=on))
        listed = pl.concat_list([pl.col(kind).cast(pl.String).fill_null("NULL") for kind in told.columns[1:]])
        bulk.write(
            told.select(
                pl.col("id").alias("person_id"),
                pl.lit(government_id).alias("government_id"),
                pl.lit(version).alias("key_version"),
                (pl.lit("{") + listed.list.join(",") + pl.lit("}")).alias("hashes"),
            ),
            "registry_block",
        )
        bulk.refresh_statistics(batch.height, "registry_block")
        made += batch.height
        progress(made, 0)


def kept(government_id: int, *, sharing: pl.DataFrame | None = None) -> pl.DataFrame:
    """The persons' hashes, as `hashed` gives them; with `sharing` only of those who share one with these rows."""
    kinds = blocks.of(rows.read(pl.DataFrame(schema={"id": pl.Int64}), on=date.min)).columns[1:]
    listed = ", ".join(f"hashes[{at}]" for at in range(1, len(kinds) + 1))
    shared = ""
    if sharing is not None:
        sought = pl.concat([sharing[kind].rename("hash") for kind in kinds]).drop_nulls().unique()
        bulk.stage(sought.to_frame(), "sought_hashes", {"hash": "bigint"})
        shared = " AND EXISTS (SELECT 1 FROM unnest(hashes) h JOIN sought_hashes s ON s.hash = h)"
    return bulk.read(
        f"SELECT person_id, {listed} FROM registry_block WHERE government_id = %s{shared} ORDER BY person_id",  # noqa: S608  # our own text, values are parameters
        [government_id],
        schema={"id": pl.Int64, **dict.fromkeys(kinds, pl.Int64)},
    )
