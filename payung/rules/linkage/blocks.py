"""Which pairs are worth a look: rows that share a block. Block values are opaque and may be keyed hashes.

A block value that brings together more pairs than `most` is too common to tell anything and is left aside; the
answer says how many were. A person who shares no block at all with the other row is not found.
"""

from dataclasses import dataclass

import polars as pl

from payung.rules.linkage.rows import whole

MOST_PAIRS = 50
"""Pairs that one block value may bring together."""

_ROWS_AT_ONCE = 1 << 32


@dataclass(frozen=True, slots=True)
class Candidates:
    """`pairs` has id_a and id_b, each pair once; `crowded` has kind, blocks and pairs that were left aside."""

    pairs: pl.DataFrame
    crowded: pl.DataFrame


def of(fields: pl.DataFrame) -> pl.DataFrame:
    """`id` and one column for each kind of block, of rows as `rows.read` gives them; null where it says nothing.

    First and last word are those of the alphabet, because given and family names change places.
    """
    birth = pl.col("birth")
    day, month = birth.dt.day(), birth.dt.month()
    either_order = pl.format("{}.{}.{}", birth.dt.year(), pl.min_horizontal(day, month), pl.max_horizontal(day, month))
    first_word, last_word = pl.col("first_word"), pl.col("last_word")
    digits = pl.when(whole(pl.col("nik"))).then("nik")
    keys = {
        "nik": pl.col("nik"),
        "nik_region_and_birth": digits.str.head(12),
        "nik_birth_and_serial": digits.str.tail(10),
        "nik_region_and_serial": digits.str.head(6) + digits.str.tail(4) + first_word,
        "birth_and_first_word": either_order + first_word,
        "birth_and_last_word": either_order + last_word,
        "birth_and_village": either_order + pl.col("village"),
        "birth_and_mother": either_order + pl.col("mother"),
        "year_village_first_word": birth.dt.year().cast(pl.String) + pl.col("village") + first_word,
        "year_village_last_word": birth.dt.year().cast(pl.String) + pl.col("village") + last_word,
        "name_and_village": pl.col("name_sound") + pl.col("village"),
        "name_and_mother": pl.col("name_sound") + pl.col("mother"),
        "name_and_year": pl.col("name_sound") + birth.dt.year().cast(pl.String),
        "name_and_day": pl.col("name_sound") + birth.dt.strftime("%d%m"),
        "name": pl.col("name_sound"),
    }
    return fields.join(_outer_words(fields), on="name_sound", how="left", maintain_order="left").select(
        "id", *(key.alias(kind) for kind, key in keys.items())
    )


def _outer_words(fields: pl.DataFrame) -> pl.DataFrame:
    """The first and the last word of each different name, in the order of the alphabet."""
    words = pl.col("name_sound").str.split(" ").list.sort()
    names = fields.select(pl.col("name_sound").drop_nulls().unique())
    return names.with_columns(words.list.first().alias("first_word"), words.list.last().alias("last_word"))


def candidates(left: pl.DataFrame, right: pl.DataFrame | None = None, *, most: int = MOST_PAIRS) -> Candidates:
    """Pairs that share a block: of two tables, or (`right` None) within one, the earlier row first.

    Both have `id` and the same block columns. The order of the rows changes nothing but the order of the answer,
    and within one table which of two rows comes first.
    """
    other = left if right is None else right
    found, crowded = [], []
    for kind in left.columns:
        if kind == "id":
            continue
        pairs, left_aside = _of_kind(kind, left[kind], other[kind], within_one=right is None, most=most)
        found.append(pairs)
        crowded.append(left_aside)
    each_once = pl.concat(found).unique().sort()
    frame = pl.DataFrame({
        "id_a": left["id"].gather(each_once // _ROWS_AT_ONCE),
        "id_b": other["id"].gather(each_once % _ROWS_AT_ONCE),
    })  # fmt: skip
    return Candidates(frame, pl.concat(crowded))


def _of_kind(
    kind: str, left: pl.Series, right: pl.Series, *, within_one: bool, most: int
) -> tuple[pl.Series, pl.DataFrame]:
    """Pairs of row positions, packed into one number, and what was left aside."""
    sides = [
        pl.DataFrame({"block": side.hash(), "known": side.is_not_null()})
        .with_row_index("row")
        .filter("known")
        .select("row", "block")
        for side in (left, right)
    ]
    counts = [side.group_by("block").len(count) for side, count in zip(sides, ("left", "right"), strict=True)]
    many = pl.col("left").cast(pl.UInt64) * pl.col("right").cast(pl.UInt64)
    shared = (
        counts[0]
        .join(counts[1], on="block")
        .select("block", pairs=(many - pl.col("left")) // 2 if within_one else many)
    )
    fit = shared.filter(pl.col("pairs").is_between(1, most)).select("block")
    pairs = sides[0].join(fit, on="block", how="semi").join(sides[1], on="block", suffix="_b")
    if within_one:
        pairs = pairs.filter(pl.col("row") < pl.col("row_b"))
    packed = pairs.select(pl.col("row").cast(pl.UInt64) * _ROWS_AT_ONCE + pl.col("row_b")).to_series()
    too_many = shared.filter(pl.col("pairs") > most).select(
        pl.lit(kind).alias("kind"), pl.len().cast(pl.UInt64).alias("blocks"), pl.col("pairs").sum()
    )
    return packed, too_many.unique()
