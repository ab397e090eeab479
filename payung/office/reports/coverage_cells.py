"""Covered heads, summed by one trait at a time; a cell and the heads behind it are asked by one condition."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from payung.office import bulk
from payung.office.reports.niks import opened
from payung.rules.months import Month

BY: Mapping[str, str] = {
    "all": "''",
    "kecamatan": "coalesce(t.kecamatan_code, '')",
    "desa": "coalesce(t.desa_code, '')",
    "segment": "t.segment",
    "sex": "coalesce(h.sex, '')",
    "age": "coalesce(h.age_group, '')",
    "occupation": "coalesce(h.occupation, '')",
    "decile": "coalesce(h.decile::text, '')",
    "until": "coalesce(to_char(h.until_month, 'YYYY-MM'), '')",
}
"""Trait -> what of a head and its tally says its part; an empty text where nobody knows (of `until`: no end)."""
_PARTS: Mapping[str, pl.Expr] = {
    "all": pl.lit(""),
    "kecamatan": pl.col("kecamatan_code"),
    "desa": pl.col("desa_code"),
    "segment": pl.col("segment"),
    "sex": pl.col("sex"),
    "age": pl.col("age_group"),
    "occupation": pl.col("occupation"),
    "decile": pl.col("decile").cast(pl.String),
    "until": pl.col("until_month").dt.strftime("%Y-%m"),
}
assert BY.keys() == _PARTS.keys()
CELLS = {"month": pl.Date, "part": pl.String, "membership_class": pl.String, "heads": pl.Int64}


def replace_cells(heads: pl.DataFrame, government_id: int, month: Month) -> None:
    """The cells of a month from its heads, in place of those counted before."""
    bulk.execute(
        "DELETE FROM reports_coveragecell WHERE government_id = %s AND month = %s", [government_id, month.first_day]
    )
    covered = heads.filter("covered")
    for by, part in _PARTS.items():
        cells = covered.group_by(part.fill_null("").alias("part"), "membership_class").agg(
            pl.len().cast(pl.Int64).alias("heads")
        )
        own = (pl.lit(government_id).alias("government_id"), pl.lit(month.first_day).alias("month"))
        bulk.write(
            cells.sort("part", "membership_class").with_columns(*own, pl.lit(by).alias("by")), "reports_coveragecell"
        )


def cells(government_id: int, by: str, first: Month, last: Month) -> pl.DataFrame:
    """CELLS: covered heads of each month by the parts of a trait and the class."""
    return bulk.read(
        "SELECT month, part, membership_class, heads FROM reports_coveragecell"
        " WHERE government_id = %s AND by = %s AND month BETWEEN %s AND %s ORDER BY 1, 2, 3",
        [government_id, by, first.first_day, last.first_day],
        schema=CELLS,
    )


@dataclass(frozen=True)
class Covered:
    """One membership behind a figure. The NIK is in clear: mask it before a screen."""

    id: int
    person_id: int
    name: str
    nik: str | None
    membership_class: str
    opd: str
    kecamatan_code: str | None
    desa_code: str | None


@dataclass(frozen=True)
class Asked:
    """Which covered heads of a month are meant: of a class (empty: all), of a part of a trait; `still` asks only for
    those whose spells reach that month.
    """

    month: Month
    by: str = "all"
    part: str = ""
    membership_class: str = ""
    still: Month | None = None


_COVERED = {
    "id": pl.Int64, "person_id": pl.Int64, "name": pl.String, "nik": pl.String, "membership_class": pl.String,
    "opd": pl.String, "kecamatan_code": pl.String, "desa_code": pl.String,
}  # fmt: skip
OF_TALLY = ("kecamatan", "desa", "segment")
"""Traits that a tally tells; the others are the head's own."""
_TALLIES = """
    SELECT t.id FROM reports_tally t
    WHERE t.government_id = %(government)s AND t.month = %(month)s AND t.active AND {part} ORDER BY t.id
"""
# The heads of a month were written tally by tally, so this order is that of their ids, and an index has it.
_BEHIND = """
    SELECT h.id, h.person_id, p.name, p.nik_sealed, h.membership_class, o.short_name, t.kecamatan_code, t.desa_code
    FROM (
        SELECT h.id, h.tally_id, h.person_id, h.membership_class FROM reports_head h
        WHERE h.tally_id = ANY(%(tallies)s) AND h.covered AND (%(class)s = '' OR h.membership_class = %(class)s)
          AND {part} AND (%(still)s::date IS NULL OR coalesce(h.until_month, 'infinity') >= %(still)s)
          AND h.id > %(after)s
        ORDER BY h.tally_id, h.id LIMIT %(limit)s) h
    JOIN reports_tally t ON t.id = h.tally_id JOIN registry_person p ON p.id = h.person_id
    LEFT JOIN places_opd o ON o.id = t.opd_id ORDER BY h.tally_id, h.id
"""


def behind(government_id: int, asked: Asked, *, after: int = 0, limit: int | None = None) -> list[Covered]:
    """The memberships behind a figure, in their order. Raises KeyError for a trait that is not known."""
    part, whole = f"{BY[asked.by]} = %(part)s", "true"
    of_tally, of_head = (part, whole) if asked.by in OF_TALLY else (whole, part)
    told = {
        "government": government_id, "month": asked.month.first_day, "class": asked.membership_class,
        "part": asked.part, "still": asked.still.first_day if asked.still else None, "after": after, "limit": limit,
    }  # fmt: skip
    tallies = bulk.read(_TALLIES.format(part=of_tally), told, schema={"id": pl.Int64})["id"].to_list()
    found = bulk.read(_BEHIND.format(part=of_head), told | {"tallies": tallies}, schema=_COVERED)
    return [Covered(**{**row, "opd": row["opd"] or ""}) for row in opened(found).iter_rows(named=True)]


def count(government_id: int, asked: Asked) -> int:
    """How many a figure counts, from the cells; with `still`, summed over the months that spells reach."""
    by = "until" if asked.still else asked.by
    assert not (asked.still and asked.by != "all"), "how long it lasts is told of everybody"
    found = cells(government_id, by, asked.month, asked.month)
    if asked.membership_class:
        found = found.filter(pl.col("membership_class") == asked.membership_class)
    if asked.still:
        return int(found.filter((pl.col("part") == "") | (pl.col("part") >= str(asked.still)))["heads"].sum())
    return int(found.filter(pl.col("part") == asked.part)["heads"].sum())
