"""What a corrected upload changed: the earlier reading of a list beside the new one, only what differs.

Rows are matched by NIK, then by name and birth date, then by name on the same sheet, then by their place where the name
is alike or the birth date the same; each time only where exactly one row of either side is left to match.
"""

from dataclasses import dataclass

import polars as pl

from payung.rules.identity import names

COMPARED = (
    "nik", "name", "birth_date", "birth_place", "sex", "job", "kecamatan", "desa", "wage", "kk", "kpj", "nip", "phone",
    "address", "unit", "start_date", "mother_name", "married", "kabkota", "member_since",
    "paid_until",
)  # fmt: skip

ROWS_SCHEMA: dict[str, type[pl.DataType]] = {
    "change": pl.String,
    "matched_by": pl.String,
    "before_sheet": pl.String,
    "before_row": pl.UInt32,
    "after_sheet": pl.String,
    "after_row": pl.UInt32,
    "before_verdict": pl.String,
    "after_verdict": pl.String,
}
"""`change` is added, removed, changed (a value) or judged (only the verdict)."""

CELLS_SCHEMA: dict[str, type[pl.DataType]] = {
    "after_sheet": pl.String,
    "after_row": pl.UInt32,
    "field": pl.String,
    "before": pl.String,
    "after": pl.String,
}

_WAYS = {
    "nik": ("whole_nik",),
    "name_and_birth": ("key", "birth_date"),
    "name": ("sheet", "key"),
    "place": ("sheet", "row"),
}


@dataclass(frozen=True)
class Differences:
    """`rows` that differ (ROWS_SCHEMA), the `cells` of changed ones (CELLS_SCHEMA), both in the order of the new file,
    removed rows last; and how many rows are `unchanged`.
    """

    rows: pl.DataFrame
    cells: pl.DataFrame
    unchanged: int

    @property
    def is_empty(self) -> bool:
        return self.rows.is_empty()


def compare(before: pl.DataFrame, after: pl.DataFrame) -> Differences:
    """What changed between two readings of one sender (`Checked.rows` of both, or frames with those columns).

    Columns of COMPARED that either side lacks are not compared.
    """
    old, new = (_people(frame) for frame in (before, after))
    old, new = old.with_row_index("old"), new.with_row_index("new")
    fields = [name for name in COMPARED if name in before.columns and name in after.columns]
    pairs = _pairs(old, new)
    joined = pairs.join(old, on="old").join(new, on="new", suffix="_after").sort("new")
    cells = _cells(joined, fields)
    matched = _matched(joined, cells)
    others = [
        _alone(new.join(pairs, on="new", how="anti"), "after"),
        _alone(old.join(pairs, on="old", how="anti"), "before"),
    ]
    rows = pl.concat([matched, others[0]]).sort("new").drop("new")
    return Differences(pl.concat([rows, others[1].drop("new")]), cells.drop("new"), pairs.height - matched.height)


def _people(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows of people with the key of their name; NIKs that are not whole match nobody."""
    people = frame.filter(pl.col("verdict") != "not_a_person")
    keys = {name: names.key(name) or None for name in people["name"].drop_nulls().unique()}
    return people.with_columns(
        pl.col("name").replace_strict(keys, default=None, return_dtype=pl.String).alias("key"),
        pl.when(pl.col("nik").str.contains(r"^\d{16}$")).then("nik").alias("whole_nik"),
    )


def _pairs(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Positions of rows that are one and the same: old, new, matched_by."""
    found = pl.DataFrame(schema={"old": pl.UInt32, "new": pl.UInt32, "matched_by": pl.String})
    for way, fields in _WAYS.items():
        left = _only(old.join(found, on="old", how="anti"), fields)
        right = _only(new.join(found, on="new", how="anti"), fields)
        both = left.join(right, on=fields, suffix="_after").with_columns(pl.lit(way).alias("matched_by"))
        if way == "place":
            both = _alike(both)
        found = pl.concat([found, both.select(found.columns)])
    return found


def _only(people: pl.DataFrame, fields: tuple[str, ...]) -> pl.DataFrame:
    """Rows whose fields are filled and stand on no other row."""
    filled = people.drop_nulls(fields)
    return filled.filter(filled.select(fields).is_unique())


def _alike(both: pl.DataFrame) -> pl.DataFrame:
    """Pairs that share only their place: born on one day, or named alike unless NIK and birth both differ."""
    pairs = both.select("name", "name_after").rows()
    alike = pl.Series([bool(one and other) and names.similar(one, other) for one, other in pairs], dtype=pl.Boolean)
    born = (pl.col("birth_date") == pl.col("birth_date_after")).fill_null(value=False)
    differs = (pl.col("birth_date") != pl.col("birth_date_after")) & (pl.col("whole_nik") != pl.col("whole_nik_after"))
    return both.filter(born | (pl.lit(alike) & ~differs.fill_null(value=False)))


def _cells(joined: pl.DataFrame, fields: list[str]) -> pl.DataFrame:
    """One line for each cell that differs: new, place in the new file, field, before, after."""
    parts = [pl.DataFrame(schema={"new": pl.UInt32, **CELLS_SCHEMA})]
    for field in fields:
        differing = joined.filter(pl.col(field).ne_missing(pl.col(f"{field}_after")))
        parts.append(
            differing.select(
                "new",
                pl.col("sheet_after").alias("after_sheet"),
                pl.col("row_after").alias("after_row"),
                pl.lit(field).alias("field"),
                pl.col(field).cast(pl.String).alias("before"),
                pl.col(f"{field}_after").cast(pl.String).alias("after"),
            )
        )
    return pl.concat(parts).sort("new", maintain_order=True)


def _matched(joined: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """Matched rows of which a value or the verdict differs."""
    changed = pl.col("new").is_in(cells["new"].unique().implode())
    differing = joined.filter(changed | (pl.col("verdict") != pl.col("verdict_after")))
    told = differing.with_columns(pl.when(changed).then(pl.lit("changed")).otherwise(pl.lit("judged")).alias("change"))
    renamed = {
        "sheet": "before_sheet", "row": "before_row", "verdict": "before_verdict",
        "sheet_after": "after_sheet", "row_after": "after_row", "verdict_after": "after_verdict",
    }  # fmt: skip
    return told.rename(renamed).select("new", *(pl.col(name).cast(kind) for name, kind in ROWS_SCHEMA.items()))


def _alone(people: pl.DataFrame, side: str) -> pl.DataFrame:
    """Rows that only one of the files has: added ("after") or removed ("before")."""
    own = {f"{side}_{name}": pl.col(name) for name in ("sheet", "row", "verdict")}
    own["change"] = pl.lit("added" if side == "after" else "removed")
    position = pl.col("new") if side == "after" else pl.lit(None, dtype=pl.UInt32).alias("new")
    told = (own.get(name, pl.lit(None)).cast(kind).alias(name) for name, kind in ROWS_SCHEMA.items())
    return people.select(position, *told)
