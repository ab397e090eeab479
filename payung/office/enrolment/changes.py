"""What a corrected list changed, row by row, against the list that it replaces."""

import json
from dataclasses import dataclass
from typing import Any

import polars as pl

from payung.office import bulk
from payung.office.access.marks import unseal, unseal_column
from payung.office.enrolment.models import ListChange, RosterList
from payung.office.files.actions import SEALED
from payung.office.files.models import Row
from payung.rules.roster.differences import Differences, compare

KINDS = ("mended", "still_wrong", "newly_wrong", "changed", "added", "removed")
"""In the order in which a page shows them."""
WRONG = ("human", "reject")
_CLEAR = ("name", "birth_date", "birth_place", "sex", "job", "kecamatan_code", "desa_code", "wage_rupiah")
_ROWS = f"""
    SELECT id, position, sheet, row, verdict, {", ".join(_CLEAR)}, {", ".join(f"{name}_sealed" for name in SEALED)}
    FROM files_row WHERE reading_id = %s ORDER BY position
"""  # noqa: S608  # our own words, values are parameters
_SCHEMA = {
    "id": pl.Int64, "position": pl.Int64, "sheet": pl.String, "row": pl.UInt32, "verdict": pl.String,
    **dict.fromkeys(_CLEAR, pl.String), "birth_date": pl.Date, "wage_rupiah": pl.Int64,
    **{f"{name}_sealed": pl.String for name in SEALED},
}  # fmt: skip
_NAMED = {"wage_rupiah": "wage", "kecamatan_code": "kecamatan", "desa_code": "desa"}


@dataclass(frozen=True)
class ChangedRow:
    """A changed row; `fields` holds field, before and after. Marks are in clear: mask them before a screen."""

    position: int
    sheet: str
    row: int
    name: str
    verdict_before: str | None
    verdict_after: str | None
    fields: tuple[tuple[str, Any, Any], ...]


def store_changes(roster_list: RosterList) -> int:
    """Compare a list with its predecessor and keep what differs; returns how many rows do."""
    assert roster_list.predecessor is not None
    before, after = (people(one.reading_id) for one in (roster_list.predecessor, roster_list))
    told = _told(before, after, compare(before, after))
    return bulk.write(
        told.with_columns(
            pl.lit(roster_list.pk).alias("roster_list_id"), pl.lit(roster_list.government_id).alias("government_id")
        ),
        "enrolment_listchange",
    )


def people(reading_id: int) -> pl.DataFrame:
    """The rows of a reading as the roster knows them, marks in clear, with their id and position."""
    rows = bulk.read(_ROWS, [reading_id], schema=_SCHEMA)
    opened = {
        name: pl.Series(name, unseal_column(rows[f"{name}_sealed"], kind=kind), dtype=pl.String)
        for name, kind in SEALED.items()
    }
    return rows.with_columns(**opened).drop([f"{name}_sealed" for name in SEALED]).rename(_NAMED)


def counts(roster_list: RosterList) -> dict[str, int]:
    """How many rows of each kind differ from the predecessor."""
    found = dict.fromkeys(KINDS, 0)
    for kind in ListChange.objects.filter(roster_list=roster_list).values_list("kind", flat=True):
        found[kind] += 1
    return found


def changed_rows(roster_list: RosterList, kind: str, *, after: int = -1, limit: int = 50) -> list[ChangedRow]:
    """The rows behind one count, in the sheet's own order, after a position."""
    found = ListChange.objects.filter(roster_list=roster_list, kind=kind, position__gt=after)
    return [_shown(one) for one in found.select_related("before", "after").order_by("position")[:limit]]


def _told(before: pl.DataFrame, after: pl.DataFrame, found: Differences) -> pl.DataFrame:
    """One line for each row that differs, and for each that is still wrong although nothing of it changed."""
    place = ["sheet", "row"]
    old = before.select(pl.col("id").alias("before_id"), pl.col("position").alias("old_position"), *place)
    new = after.select(pl.col("id").alias("after_id"), pl.col("position"), *place, pl.col("verdict").alias("verdict"))
    fields = found.cells.group_by("after_sheet", "after_row").agg(pl.col("field").sort().alias("fields"))
    rows = (
        found.rows.join(old, left_on=["before_sheet", "before_row"], right_on=place, how="left")
        .join(new.drop("verdict"), left_on=["after_sheet", "after_row"], right_on=place, how="left")
        .join(fields, on=["after_sheet", "after_row"], how="left", nulls_equal=False)
        .with_columns(_kind().alias("kind"), pl.coalesce("position", "old_position").alias("position"))
        .drop_nulls("kind")
    )
    unchanged = new.filter(pl.col("verdict").is_in(WRONG)).join(rows, on="after_id", how="anti")
    columns = ["kind", "position", "before_id", "after_id", "fields"]
    still = unchanged.select(
        pl.lit("still_wrong").alias("kind"),
        "position",
        pl.lit(None, pl.Int64).alias("before_id"),
        "after_id",
        pl.lit(None, pl.List(pl.String)).alias("fields"),
    )
    whole = pl.concat([rows.select(columns), still.select(columns)])
    listed = [json.dumps(names or []) for names in whole["fields"].to_list()]
    return whole.with_columns(pl.Series("fields", listed, dtype=pl.String))


def _kind() -> pl.Expr:
    """The kind of a differing row; null when it was sound and is, and only its writing was tidied."""
    was, now = pl.col("before_verdict").is_in(WRONG), pl.col("after_verdict").is_in(WRONG)
    return (
        pl.when(pl.col("change").is_in(["added", "removed"])).then(pl.col("change"))
        .when(was & ~now).then(pl.lit("mended"))
        .when(was & now).then(pl.lit("still_wrong"))
        .when(now).then(pl.lit("newly_wrong"))
        .when(pl.col("change") == "changed").then(pl.lit("changed"))
    )  # fmt: skip


def _shown(one: ListChange) -> ChangedRow:
    source = one.after or one.before
    assert source is not None
    return ChangedRow(
        position=one.position,
        sheet=source.sheet,
        row=source.row,
        name=source.name or "",
        verdict_before=one.before.verdict if one.before else None,
        verdict_after=one.after.verdict if one.after else None,
        fields=tuple((name, _value(one.before, name), _value(one.after, name)) for name in one.fields),
    )


def _value(row: Row | None, field: str) -> Any:
    if row is None:
        return None
    if field in SEALED:
        return unseal(getattr(row, f"{field}_sealed"), kind=SEALED[field])
    column = next((column for column, name in _NAMED.items() if name == field), field)
    return getattr(row, column)
