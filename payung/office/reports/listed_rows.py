"""Who stands in the lists of a month: the rows behind `listed`, `waiting`, `rejected` and `unapplied` of `queries`."""

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from payung.office import bulk
from payung.office.known import RECORDED
from payung.office.places.queries import Area
from payung.office.reports.niks import opened
from payung.office.reports.queries import STANDING_LISTS
from payung.rules.months import Month


@dataclass(frozen=True)
class ListedRow:
    """One row of a list. The NIK is in clear: mask it before a screen."""

    id: int
    list_id: int
    plan_id: int | None
    verdict: str
    name: str
    nik: str | None
    opd: str


_NEW = ["join", "human", "reject"]
"""Kinds of the items with which a list of changes stands among the lists."""
_UNPLANNED = "p.id IS NULL AND l.kind <> 'changes'"
_CLEAN = "r.verdict NOT IN ('human', 'reject')"
KINDS = {"listed": "", "waiting": "human", "rejected": "reject", "unapplied": "join"}
"""Count -> the kind of plan items that it counts, where a list has a plan."""
COLUMNS = {
    "listed": "l.kind <> 'changes' OR i.row_id IS NOT NULL",
    "waiting": f"CASE WHEN {_UNPLANNED} THEN r.verdict = 'human' ELSE i.row_id IS NOT NULL END",
    "rejected": f"CASE WHEN {_UNPLANNED} THEN r.verdict = 'reject' ELSE i.row_id IS NOT NULL END",
    "unapplied": f"CASE WHEN {_UNPLANNED} THEN {_CLEAN} ELSE p.applied_at IS NULL AND i.row_id IS NOT NULL END",
}
"""Count of `queries.OpdLine` -> which rows it counts."""
_ROWS = f"""
    {STANDING_LISTS}
    SELECT r.id, l.id, p.id, r.verdict, coalesce(r.name, ''), r.nik_sealed, o.short_name
    FROM standing l JOIN places_opd o ON o.id = l.opd_id
    JOIN files_row r ON r.reading_id = l.reading_id
    LEFT JOIN LATERAL (
        SELECT n.id, CASE WHEN {RECORDED.format(column="n.applied_at")} THEN n.applied_at END AS applied_at
        FROM enrolment_plan n WHERE n.roster_list_id = l.id AND {RECORDED.format(column="n.made_at")}
        ORDER BY n.id DESC LIMIT 1) p ON true
    LEFT JOIN enrolment_planitem i ON i.plan_id = p.id AND i.row_id = r.id AND i.kind = ANY(%(kinds)s)
    WHERE o.government_id = %(government)s AND (%(opds)s::bigint[] IS NULL OR o.id = ANY(%(opds)s::bigint[]))
      AND r.id > %(after)s AND ({{counts}})
    ORDER BY r.id LIMIT %(limit)s
"""  # noqa: S608  # our own text, values are parameters
_SCHEMA = {
    "id": pl.Int64, "list_id": pl.Int64, "plan_id": pl.Int64, "verdict": pl.String, "name": pl.String,
    "nik": pl.String, "opd": pl.String,
}  # fmt: skip


def rows_behind(
    area: Area,
    month: Month,
    column: str,
    *,
    opd_id: int | None = None,
    after: int = 0,
    limit: int | None = 50,
    known_at: datetime | None = None,
) -> list[ListedRow]:
    """Exactly the rows that one of COLUMNS counts in the area's OPD (or in one of them), by id after one."""
    own = None if area.opd_ids is None or area.villages else list(area.opd_ids)
    frame = bulk.read(
        _ROWS.format(counts=COLUMNS[column]),
        {
            "month": month.first_day, "government": area.government.pk, "opds": own if opd_id is None else [opd_id],
            "known_at": known_at, "after": after, "limit": limit, "kinds": [KINDS[column]] if KINDS[column] else _NEW,
        },
        schema=_SCHEMA,
    )  # fmt: skip
    return [ListedRow(**row) for row in opened(frame).iter_rows(named=True)]
