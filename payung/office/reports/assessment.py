"""What a comparison says, OPD by OPD; every count opens to exactly its people. Asked in the scope of the user.

A cell is one condition, and both the count and the list ask it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from payung.office import bulk
from payung.office.reports.models import Comparison, OpdDeadline
from payung.office.reports.niks import opened
from payung.office.reports.paid import MEMBER
from payung.office.reports.standings import EXPECTED, GAP, PART_TIME, STILL_PAID
from payung.office.reports.units import opds_of_units
from payung.rules.months import Month


def _among(standings: Sequence[str]) -> str:
    return "c.standing IN (" + ", ".join(f"'{one}'" for one in standings) + ")"


CELLS: Mapping[str, str] = {
    "expected": _among(EXPECTED),
    "protected": _among(("protected",)),
    "gap": _among(GAP),
    **{name: _among((name,)) for name in ("missing", "listed", "doubtful", "taspen", "unusable", "left")},
    "still_paid": _among(STILL_PAID),
    **{name: _among((name,)) for name in STILL_PAID},
    "fewer_programmes": "c.fewer_programmes",
    "lower_base": "c.lower_base",
    "part_time": f"c.status = '{PART_TIME}'",
}
"""Name -> which of the compared are meant."""
TO_DO = ("missing", "listed", "doubtful", "fewer_programmes", "lower_base", "gone", "taspen_paid", "unnamed")
"""What an OPD has to settle, the most pressing first."""
DONE, LATE, RUNNING, UNASKED = "done", "late", "running", "unasked"


@dataclass(frozen=True)
class OpdLine:
    """One OPD (None: units that no OPD is called) with the count of each cell, and until when it has time."""

    opd_id: int | None
    opd: str
    counts: Mapping[str, int]
    deadline: OpdDeadline | None

    @property
    def to_do(self) -> int:
        """How many things are to be settled."""
        return sum(self.counts[name] for name in TO_DO)

    def state(self, today: date) -> str:
        """DONE when nothing is left; else LATE, RUNNING, or UNASKED without a deadline."""
        if not self.to_do:
            return DONE
        if self.deadline is None:
            return UNASKED
        return LATE if self.deadline.due_on < today else RUNNING


def newest(government_id: int) -> Comparison | None:
    """The comparison of the newest month, of the newest master."""
    found = Comparison.objects.filter(government_id=government_id).select_related("master__reading__file")
    return found.order_by("-month", "-master__told_on", "-pk").first()


def comparisons(government_id: int) -> list[Comparison]:
    """All that stand, the newest first."""
    found = Comparison.objects.filter(government_id=government_id).select_related("master__reading__file")
    return list(found.order_by("-month", "-master__told_on", "-pk"))


def by_opd(comparison: Comparison, opd_ids: Sequence[int] | None = None) -> list[OpdLine]:
    """Every OPD of the comparison that the reader sees, those with the largest gap first."""
    counts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in CELLS.values())
    found = bulk.read(
        f"SELECT c.opd_id, o.short_name, {counts} FROM reports_compared c LEFT JOIN places_opd o ON o.id = c.opd_id"  # noqa: S608  # our own words
        " WHERE c.comparison_id = %s GROUP BY 1, 2",
        [comparison.pk],
        schema={"opd_id": pl.Int64, "opd": pl.String, **dict.fromkeys(CELLS, pl.Int64)},
    )
    standing = OpdDeadline.objects.filter(government_id=comparison.government_id, replaced_at=None)
    deadlines = {one.opd_id: one for one in standing}
    lines = [
        OpdLine(row["opd_id"], row["opd"] or "", {name: row[name] for name in CELLS}, deadlines.get(row["opd_id"]))
        for row in found.iter_rows(named=True)
        if opd_ids is None or row["opd_id"] in opd_ids
    ]
    return sorted(lines, key=lambda line: (-line.counts["gap"], -line.to_do, line.opd))


def total(lines: Sequence[OpdLine]) -> dict[str, int]:
    """The sum of every cell over the lines."""
    return {name: sum(line.counts[name] for line in lines) for name in CELLS}


@dataclass(frozen=True)
class Behind:
    """One person behind a count. The NIK is in clear: mask it before a screen."""

    id: int
    person_id: int | None
    name: str
    nik: str | None
    opd: str
    unit: str
    status: str
    status_text: str
    standing: str
    programmes: int | None
    usual_programmes: int | None
    base_rupiah: int | None
    usual_base_rupiah: int | None


_BEHIND = {
    "id": pl.Int64, "person_id": pl.Int64, "name": pl.String, "nik": pl.String, "opd": pl.String, "unit": pl.String,
    "status": pl.String, "status_text": pl.String, "standing": pl.String, "programmes": pl.Int64,
    "usual_programmes": pl.Int64, "base_rupiah": pl.Int64, "usual_base_rupiah": pl.Int64,
}  # fmt: skip
_PEOPLE = f"""
    SELECT c.id, c.person_id, c.name, c.nik_sealed, coalesce(o.short_name, ''), c.unit, c.status, c.status_text,
           c.standing, c.programmes, c.usual_programmes, c.base_rupiah, c.usual_base_rupiah
    FROM reports_compared c LEFT JOIN places_opd o ON o.id = c.opd_id
    WHERE c.comparison_id = %(comparison)s AND {{condition}}
      AND (%(everywhere)s OR c.opd_id IS NOT DISTINCT FROM %(opd)s::bigint) AND c.id > %(after)s
      AND (%(month)s::date IS NULL OR EXISTS (
        SELECT 1 FROM {MEMBER} WHERE coalesce(x.survivor_id, m.person_id) = c.person_id
          AND s.from_month <= %(month)s AND coalesce(s.until_month, 'infinity') >= %(month)s))
    ORDER BY c.id LIMIT %(limit)s
"""  # noqa: S608  # our own text, values are parameters


@dataclass(frozen=True)
class Cell:
    """Which count is meant: a name of CELLS; in one OPD (`opd_id` None: in none that is known), or `everywhere`; with
    `paid_in`, those for whom the government paid in that month.
    """

    name: str
    everywhere: bool = True
    opd_id: int | None = None
    paid_in: Month | None = None


def behind(comparison: Comparison, cell: Cell, *, after: int = 0, limit: int | None = None) -> list[Behind]:
    """Exactly those whom a count counts, in their order. Raises KeyError for a name that is no cell."""
    found = bulk.read(
        _PEOPLE.format(condition=CELLS[cell.name]),
        _asked(comparison, cell, after=after, limit=limit),
        schema=_BEHIND,
    )
    return [Behind(**row) for row in opened(found).iter_rows(named=True)]


def _asked(comparison: Comparison, cell: Cell, *, after: int, limit: int | None) -> dict[str, object]:
    return {
        "comparison": comparison.pk, "everywhere": cell.everywhere, "opd": cell.opd_id, "after": after,
        "limit": limit, "month": cell.paid_in.first_day if cell.paid_in else None,
    }  # fmt: skip


def curve(comparison: Comparison, *, opd_id: int | None = None) -> list[tuple[Month, int]]:
    """Month -> how many of today's staff were protected, from the first such month on without a break."""
    found = bulk.read(
        "SELECT month, sum(heads)::bigint FROM reports_comparedmonth WHERE comparison_id = %(comparison)s"
        " AND (%(opd)s::bigint IS NULL OR opd_id = %(opd)s) GROUP BY 1 ORDER BY 1",
        {"comparison": comparison.pk, "opd": opd_id},
        schema={"month": pl.Date, "heads": pl.Int64},
    )
    told = {Month.of(day): heads for day, heads in found.iter_rows()}
    return [(month, told.get(month, 0)) for month in min(told).until(Month.of(comparison.month))] if told else []


def unknown_units(comparison: Comparison) -> list[tuple[str, int]]:
    """Units of the master that are no known OPD, with their rows; the largest first."""
    found = bulk.read(
        "SELECT unit, count(*) FROM reports_masterrow WHERE master_id = %s GROUP BY 1 ORDER BY 2 DESC, 1",
        [comparison.master_id],
        schema={"unit": pl.String, "rows": pl.Int64},
    )
    known = opds_of_units(comparison.government_id, found["unit"].to_list())
    return [(unit, rows) for unit, rows in found.iter_rows() if unit not in known]


def count(comparison: Comparison, cell: Cell) -> int:
    """How many people a cell counts."""
    people = _PEOPLE.format(condition=CELLS[cell.name])
    counted = f"SELECT count(*) FROM ({people}) people"  # noqa: S608  # our own text, values are parameters
    asked = _asked(comparison, cell, after=0, limit=None)
    return int(bulk.read(counted, asked, schema={"count": pl.Int64}).item())
