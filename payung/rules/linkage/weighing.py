"""How likely candidate pairs are one person: Splink over DuckDB, with the weights of a stored model."""

import logging

import polars as pl

from payung.rules.linkage.comparisons import all_of_them, level_keys, splink_settings
from payung.rules.linkage.model import Model
from payung.rules.linkage.rows import FIELDS

PAIRS_AT_ONCE = 250_000
"""Bounds the memory: both rows of a pair are spelled out while they are compared."""

LEVELS = tuple(comparison.name for comparison in all_of_them())
"""The columns of an answer that tell on which level each comparison stands."""


def weigh(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, model: Model, *, prior: float) -> pl.DataFrame:
    """`pairs` (id_a, id_b) with `probability` and one column for each comparison that names its level.

    `left` and `right` are rows as `rows.read` gives them; only those that `pairs` names are looked at, so an office
    need open marks for no others. `prior` is the chance before anything was compared (`Model.prior`).
    """
    parts = [_weighed(part, left, right, model, prior) for part in pairs.iter_slices(PAIRS_AT_ONCE)]
    if parts:
        return pl.concat(parts)
    nothing = {"probability": pl.Float64, **dict.fromkeys(LEVELS, pl.String)}
    return pairs.select("id_a", "id_b", *(pl.lit(None, dtype=dtype).alias(name) for name, dtype in nothing.items()))


def _weighed(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, model: Model, prior: float) -> pl.DataFrame:
    # Splink, DuckDB and pyarrow take half a second to import; commands that link nothing do without them.
    import duckdb
    from splink import DuckDBAPI
    from splink.internals.realtime import compare_records

    numbered = pairs.select("id_a", "id_b").with_row_index("unique_id")
    sides = [
        numbered.select("unique_id", id=own)
        .join(side.select("id", *FIELDS), on="id", maintain_order="left")
        .drop("id")
        .to_arrow()
        for own, side in (("id_a", left), ("id_b", right))
    ]
    logging.getLogger("splink").setLevel(logging.ERROR)
    with duckdb.connect() as connection:
        answer = compare_records(
            connection.from_arrow(sides[0]),
            connection.from_arrow(sides[1]),
            splink_settings(model.weights, prior=prior, link_type="dedupe_only"),
            DuckDBAPI(connection),
            sql_cache_key=f"{model.version} {prior!r} {model.weights!r}",
            join_condition="l.unique_id = r.unique_id",
        )
        columns = [
            "unique_id_l AS unique_id",
            "match_probability AS probability",
            *(f"gamma_{name}" for name in LEVELS),
        ]
        table = connection.table(answer.physical_name).project(", ".join(columns)).to_arrow_table()
    told = pl.DataFrame(table)
    by_number = told.with_columns(pl.col("unique_id").cast(pl.UInt32)).select(
        "unique_id",
        "probability",
        *(
            pl.col(f"gamma_{one.name}").replace_strict(level_keys(one), return_dtype=pl.String).alias(one.name)
            for one in all_of_them()
        ),
    )
    return numbered.join(by_number, on="unique_id", maintain_order="left").drop("unique_id")
