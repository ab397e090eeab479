"""Questions for a person: which rows of a list, and which two of the registry, may be one. Nothing is decided here.

Pairs that share a keyed hash are compared; marks are opened for those pairs alone, and how many were opened is told.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from payung.office import bulk
from payung.office.registry import blocks
from payung.office.registry.models import Person
from payung.rules.linkage import linking, model, rows
from payung.rules.linkage.blocks import candidates
from payung.rules.linkage.model import Model
from payung.rules.linkage.weighing import LEVELS

Progress = Callable[[str, int, int], None]
MOST_CANDIDATES = 5
"""Persons shown beside one row: the likeliest."""
NOTHING_PROVED = pl.DataFrame(schema={"id_a": pl.Int64, "id_b": pl.Int64})
_SEEN_UNDER = "SELECT person_id, survivor_id FROM registry_alias WHERE government_id = %s"
_SAID_OF_PERSONS = """
    SELECT other_id, person_id FROM registry_judgement
    WHERE government_id = %s AND other_id IS NOT NULL AND answer = 'different' AND replaced_at IS NULL
"""


@dataclass(frozen=True)
class Sought:
    """What a search found: questions kept, and of how many rows and persons marks were opened for it."""

    pairs: int
    opened: int


def seek_for_rows(
    government_id: int, asked: pl.DataFrame, *, opd_id: int | None, at: datetime, progress: Progress
) -> Sought:
    """Whom the registry knows that these rows of a list may be; the questions on them are made anew.

    `asked` has `key` (the row) and `digits`: what stands where the NIK should be, when it cannot be read; and where
    something beside the weights raised the question, `beside_id`: a person of whom it is asked whatever they weigh. In
    a scope that sees the whole government.
    """
    made = blocks.refresh(government_id, on=at.date(), progress=lambda done, whole: progress("prepare", done, whole))
    table = blocks.list_rows(asked["key"]).join(asked, left_on="id", right_on="key", how="left", maintain_order="left")
    left = rows.read(table.with_columns(pl.coalesce("nik", "digits").alias("nik")), on=at.date())
    sought = blocks.hashed(left)
    known = blocks.kept(government_id, sharing=sought)
    found = candidates(sought, known).pairs
    beside = NOTHING_PROVED
    if "beside_id" in asked.columns:
        beside = asked.select(id_a="key", id_b="beside_id").drop_nulls()
        found = pl.concat([found, beside]).unique(maintain_order=True)
    judged, opened = _judged(government_id, found, left, at, asked=beside)
    best = (
        _seen_under(government_id, judged, "id_b")
        .sort("probability", descending=True)
        .unique(["id_a", "id_b"], keep="first", maintain_order=True)
        .group_by("id_a", maintain_order=True)
        .head(MOST_CANDIDATES)
    )
    bulk.stage(asked, "asked_rows", {"key": "bigint"})
    bulk.execute("DELETE FROM registry_pair p USING asked_rows a WHERE p.row_id = a.key")
    _store(government_id, best.rename({"id_a": "row_id", "id_b": "person_id"}), opd_id=opd_id, at=at)
    progress("compare", found.height, found.height)
    return Sought(best.height, made + left.height + opened)


def seek_in_registry(government_id: int, *, at: datetime, progress: Progress) -> Sought:
    """Who stands in the registry twice, whichever OPD or payer they came with; the questions are made anew.

    Two of whom somebody said that they are two are not asked about again. In a scope that sees the whole government.
    """
    made = blocks.refresh(government_id, on=at.date(), progress=lambda done, whole: progress("prepare", done, whole))
    found = candidates(blocks.kept(government_id)).pairs
    progress("compare", 0, found.height)
    judged, opened = _judged(government_id, found, None, at)
    seen = _seen_under(government_id, _seen_under(government_id, judged, "id_a"), "id_b")
    ordered = seen.with_columns(
        pl.min_horizontal("id_a", "id_b").alias("other_id"), pl.max_horizontal("id_a", "id_b").alias("person_id")
    ).drop("id_a", "id_b")
    said = bulk.read(_SAID_OF_PERSONS, [government_id], schema={"other_id": pl.Int64, "person_id": pl.Int64})
    fresh = (
        ordered.filter(pl.col("other_id") != pl.col("person_id"))
        .sort("probability", descending=True)
        .unique(["other_id", "person_id"], keep="first", maintain_order=True)
        .join(said, on=["other_id", "person_id"], how="anti")
    )
    bulk.execute("DELETE FROM registry_pair WHERE government_id = %s AND other_id IS NOT NULL", [government_id])
    _store(government_id, fresh, opd_id=None, at=at)
    progress("compare", found.height, found.height)
    return Sought(fresh.height, made + opened)


def _judged(
    government_id: int,
    pairs: pl.DataFrame,
    left: pl.DataFrame | None,
    at: datetime,
    asked: pl.DataFrame = NOTHING_PROVED,
) -> tuple[pl.DataFrame, int]:
    """The pairs (`left` None: of two persons each) that are `asked` about or worth a look; and how many persons were
    opened for it."""
    wanted = pairs["id_b"] if left is not None else pl.concat([pairs["id_a"], pairs["id_b"]])
    persons = rows.read(blocks.persons(wanted), on=at.date())
    chosen = model.read()
    prior = chosen.prior(Person.objects.filter(government_id=government_id).count())
    ours = persons if left is None else left
    found = linking.judge(
        NOTHING_PROVED, pairs, ours, persons, chosen, prior=prior, within_one=left is None, asked=asked
    )
    return _told(found, chosen, prior), persons.height


def _told(found: pl.DataFrame, chosen: Model, prior: float) -> pl.DataFrame:
    levels = [json.dumps(one) for one in found.select(LEVELS).iter_rows(named=True)]
    return found.select(
        "id_a",
        "id_b",
        "tier",
        "probability",
        pl.lit(chosen.version).alias("model_version"),
        pl.lit(prior).alias("prior"),
        pl.Series("levels", levels, dtype=pl.String),
    )


def _seen_under(government_id: int, pairs: pl.DataFrame, column: str) -> pl.DataFrame:
    """The same pairs with each merged person's survivor in that column."""
    aliases = bulk.read(_SEEN_UNDER, [government_id], schema={column: pl.Int64, "survivor_id": pl.Int64})
    return (
        pairs.join(aliases, on=column, how="left", maintain_order="left")
        .with_columns(pl.coalesce("survivor_id", column).alias(column))
        .drop("survivor_id")
    )


def _store(government_id: int, found: pl.DataFrame, *, opd_id: int | None, at: datetime) -> None:
    bulk.write(
        found.with_columns(
            pl.lit(government_id).alias("government_id"),
            pl.lit(opd_id, pl.Int64).alias("opd_id"),
            pl.lit(at.isoformat()).alias("found_at"),
        ),
        "registry_pair",
    )
