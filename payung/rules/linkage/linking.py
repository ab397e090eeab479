"""Two tables of people, or one with itself: which rows are one person. The cascade from proof to a person's look."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from payung.rules.identity import nik
from payung.rules.linkage import blocks, exact, model, rows, tiers, waterfall
from payung.rules.linkage.model import Model
from payung.rules.linkage.waterfall import Waterfall
from payung.rules.linkage.weighing import weigh

ANSWER = ("id_a", "id_b", "probability", "tier")
MOST_BEARERS = 20
"""A NIK on more rows of one side than this is a filler or a mistake, and proves nothing."""


@dataclass(frozen=True, slots=True)
class Linked:
    """`pairs`: id_a, id_b, probability, tier and the level of each comparison, certain ones first.

    `crowded` tells which kinds of blocks had values too common to be tried (see `blocks.Candidates`).
    """

    pairs: pl.DataFrame
    crowded: pl.DataFrame
    model_version: str


def link(left: pl.DataFrame, right: pl.DataFrame | None = None, *, on: date, version: str = model.CURRENT) -> Linked:
    """Pairs of rows that are, may be or should be looked at as one person.

    The tables have a unique `id` and any of `rows.COLUMNS`; `right` None looks for duplicates inside `left`.
    Raises LookupError for an unknown version of the model.
    """
    chosen = model.read(version)
    ours = rows.read(left, on=on)
    others = ours if right is None else rows.read(right, on=on)
    proved = _proved(ours, None if right is None else others)
    open_rows = ours if right is None else ours.join(proved, left_on="id", right_on="id_a", how="anti")
    found = blocks.candidates(blocks.of(open_rows), None if right is None else blocks.of(others))
    prior = chosen.prior(max(ours.height, others.height))
    pairs = judge(proved, found.pairs, ours, others, chosen, prior=prior, within_one=right is None)
    return Linked(pairs, found.crowded, chosen.version)


def judge(
    proved: pl.DataFrame,
    candidates: pl.DataFrame,
    left: pl.DataFrame,
    right: pl.DataFrame,
    chosen: Model,
    *,
    prior: float,
    within_one: bool,
    asked: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The pairs of `proved` and those `candidates` (both id_a, id_b) that are worth a look, as `Linked.pairs`.

    A candidate that is also in `asked` (id_a, id_b) is worth a look whatever it weighs: it waits for an answer.

    `left` and `right` are rows as `rows.read` gives them, at least those that the pairs name. An office whose marks
    are sealed asks here, after `blocks.candidates` over keyed hashes, with the rows of the pairs opened.
    """
    open_pairs = candidates.join(proved, on=["id_a", "id_b"], how="anti")
    weighed = weigh(pl.concat([proved, open_pairs]), left, right, chosen, prior=prior)
    is_proved = pl.int_range(pl.len()) < proved.height
    at_least = (proved.clear() if asked is None else asked).with_columns(pl.lit(tiers.REVIEW).alias("at_least"))
    tier = pl.when(is_proved).then(pl.lit(tiers.EXACT)).otherwise(tiers.tier_of(chosen))
    told = (
        weighed.with_columns(tier.alias("tier"))
        .join(at_least, on=["id_a", "id_b"], how="left", maintain_order="left")
        .with_columns(pl.coalesce("tier", "at_least").alias("tier"))
        .drop("at_least")
        .drop_nulls("tier")
    )
    return _in_order(told if within_one else tiers.only_one_each(told))


def explain(
    linked: Linked, left: pl.DataFrame, right: pl.DataFrame | None, id_a: object, id_b: object, *, on: date
) -> tuple[Waterfall, str | None]:
    """Why the pair stands where it stands in `linked`, and its tier (None: not worth a look).

    `left` and `right` are the tables that were linked. Raises LookupError when a row is not in them.
    """
    chosen = model.read(linked.model_version)
    tables = (left, left if right is None else right)
    ours, other = (
        rows.read(table.filter(pl.col("id") == wanted), on=on)
        for table, wanted in zip(tables, (id_a, id_b), strict=True)
    )
    if ours.is_empty() or other.is_empty():
        raise LookupError(f"no such rows: {id_a}, {id_b}")
    pair = pl.DataFrame({"id_a": ours["id"], "id_b": other["id"]})
    prior = chosen.prior(max(table.height for table in tables))
    levels = weigh(pair, ours, other, chosen, prior=prior).row(0, named=True)
    told = waterfall.of(levels, ours.row(0, named=True), other.row(0, named=True), chosen, prior=prior)
    either_way = [pair] if right is not None else [pair, pair.select(id_a="id_b", id_b="id_a")]
    found = linked.pairs.join(pl.concat(either_way), on=["id_a", "id_b"], how="semi")["tier"]
    return told, found[0] if len(found) else None


def _proved(left: pl.DataFrame, right: pl.DataFrame | None) -> pl.DataFrame:
    """Pairs (id_a, id_b) with one sound NIK and nothing against it, unless that NIK also stands on somebody else."""
    other = left if right is None else right
    sides = [side.select("id", "nik", "name", "birth", "sex").with_row_index("row") for side in (left, other)]
    shared = _shared_niks(left["nik"], None if right is None else right["nik"])
    pairs = sides[0].join(shared, on="nik").join(sides[1], on="nik", suffix="_b").sort("row", "row_b")
    if right is None:
        pairs = pairs.filter(pl.col("row") < pl.col("row_b"))
    pairs = pairs.with_row_index("key").with_columns(pl.col("key").cast(pl.Int64))
    same = exact.decide(_as_asked(pairs)).filter(pl.col("reason") == "same_nik").select("key")
    one_sex = pl.col("sex").is_null() | pl.col("sex_b").is_null() | (pl.col("sex") == pl.col("sex_b"))
    agreeing = pairs.filter(one_sex).join(same, on="key", how="semi")
    against = pairs.join(agreeing, on="key", how="anti")
    proof = agreeing.join(against, on="nik", how="anti")
    if right is not None:
        proof = proof.filter(pl.len().over("nik") == 1)
    return proof.sort("key").select(pl.col("id").alias("id_a"), "id_b")


def _shared_niks(left: pl.Series, right: pl.Series | None) -> pl.DataFrame:
    """NIKs that can exist and stand on rows of both sides (or on several rows of one table), but not on very many."""
    counts = left.alias("nik").drop_nulls().to_frame().group_by("nik").len()
    if right is None:
        counts = counts.filter(pl.col("len") > 1)
    else:
        others = right.alias("nik").drop_nulls().to_frame().group_by("nik").len()
        counts = counts.join(others, on="nik", suffix="_b").filter(pl.col("len_b") <= MOST_BEARERS)
    shared = counts.filter(pl.col("len") <= MOST_BEARERS).select("nik")
    return shared.filter(pl.Series([nik.problem_of(digits) is None for digits in shared["nik"]], dtype=pl.Boolean))


def _as_asked(pairs: pl.DataFrame) -> pl.DataFrame:
    """Each pair by itself before the exact tier; pairs without two names prove nothing."""
    return pairs.drop_nulls(["name", "name_b"]).select(
        "key",
        pl.col("row_b").cast(pl.Int64).alias("person_id"),
        pl.col("name").alias("row_name"),
        pl.col("birth").alias("row_birth"),
        pl.col("nik").alias("row_nik"),
        pl.col("name_b").alias("person_name"),
        pl.col("birth_b").alias("person_birth"),
        pl.col("nik").alias("person_nik"),
    )


def _in_order(pairs: pl.DataFrame) -> pl.DataFrame:
    """Certain pairs first, then by probability; ties by id, so that the same tables give the same file."""
    rank = pl.col("tier").replace_strict({tier: at for at, tier in enumerate(tiers.TIERS)}, return_dtype=pl.Int8)
    ordered = pairs.with_columns(rank.alias("rank")).sort(
        "rank", "probability", "id_a", "id_b", descending=[False, True, False, False]
    )
    return ordered.drop("rank").select(*ANSWER, pl.exclude(ANSWER))
