"""The people behind the counts of a month's programme: who is protected, proved, new, gone, carried, in two lists."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from payung.office import bulk
from payung.office.access.remembering import remembered
from payung.office.known import RECORDED, STANDING
from payung.office.places.queries import Area
from payung.office.places.scope import counting_everybody
from payung.office.reports.niks import opened
from payung.office.reports.queries import JOINED_BY_LISTS, STANDING_LISTS, UNBOUND
from payung.rules.months import Month


@dataclass(frozen=True)
class Counted:
    """One membership behind a count. The NIK is in clear: mask it before a screen."""

    membership_id: int
    person_id: int
    name: str
    nik: str | None
    opd: str

    @property
    def id(self) -> int:
        """Its place in the list."""
        return self.membership_id


ENDED, JOINED, LEFT, UNPROVED = "ended", "joined", "left", "unproved"
_BOUND = f"""{STANDING.format(row="x")}
          AND x.from_month <= %({{month}})s AND coalesce(x.until_month, 'infinity') >= %({{month}})s"""
_PERSON = """
    JOIN registry_membership m ON m.id = {row}.membership_id
    LEFT JOIN registry_alias a ON a.person_id = m.person_id
    JOIN registry_person p ON p.id = coalesce(a.survivor_id, m.person_id)
"""
_PROTECTED = f"""
    SELECT DISTINCT s.membership_id, p.id, p.name, p.nik_sealed, o.short_name
    FROM enrolment_spell s {_PERSON.format(row="s")} JOIN places_opd o ON o.id = s.payer_opd_id
    WHERE s.government_id = %(government)s AND {STANDING.format(row="s")} AND s.from_month <= %(month)s
      AND coalesce(s.until_month, 'infinity') >= %(month)s
      AND (%(opd)s::bigint IS NULL OR s.payer_opd_id = %(opd)s) AND s.membership_id > %(after)s {{more}}
    ORDER BY s.membership_id LIMIT %(limit)s
"""  # noqa: S608  # our own text, values are parameters
_ENDED = f"""
    {STANDING_LISTS}
    SELECT j.membership_id, p.id, p.name, p.nik_sealed, o.short_name
    FROM ({JOINED_BY_LISTS}) j {_PERSON.format(row="j")} JOIN places_opd o ON o.id = j.opd_id
    WHERE o.government_id = %(government)s AND {UNBOUND}
      AND (%(opds)s::bigint[] IS NULL OR j.opd_id = ANY(%(opds)s))
      AND (%(opd)s::bigint IS NULL OR j.opd_id = %(opd)s) AND j.membership_id > %(after)s
    ORDER BY j.membership_id LIMIT %(limit)s
"""  # noqa: S608  # our own text, values are parameters
_NOT_IN = f"""
      AND NOT EXISTS (
        SELECT 1 FROM enrolment_spell x
        WHERE x.membership_id = s.membership_id AND {_BOUND.format(month="other_month")})
"""  # noqa: S608  # our own text, values are parameters
_POSTED = f"""
      AND {{truly}} EXISTS (SELECT 1 FROM billing_posting t
                  WHERE t.membership_id = s.membership_id AND t.month = %(month)s
                    AND {RECORDED.format(column="t.recorded_at")})
"""  # noqa: S608  # our own text, values are parameters
_AGAIN = f"""
      AND EXISTS (
        SELECT 1 FROM enrolment_spell x WHERE x.membership_id = s.membership_id AND x.payer_opd_id = s.payer_opd_id
          AND x.agreement_id <> s.agreement_id AND {_BOUND.format(month="month")})
"""  # noqa: S608  # our own text, values are parameters
_CARRIED = f"""
      AND NOT EXISTS (
        SELECT 1 FROM enrolment_spell x JOIN agreements_budgetline k ON k.id = x.budget_line_id
        JOIN agreements_fund f ON f.id = k.fund_id
        WHERE x.membership_id = s.membership_id AND x.payer_opd_id = s.payer_opd_id AND f.kind <> 'TPP'
          AND {_BOUND.format(month="month")})
"""  # noqa: S608  # our own text, values are parameters
_QUERIES = {
    "protected": _PROTECTED.format(more=""),
    "posted": _PROTECTED.format(more=_POSTED.format(truly="")),
    "again": _PROTECTED.format(more=_AGAIN),
    "carried": _PROTECTED.format(more=_CARRIED),
    ENDED: _ENDED,
    UNPROVED: _PROTECTED.format(more=_POSTED.format(truly="NOT")),
    JOINED: _PROTECTED.format(more=_NOT_IN),
    LEFT: _PROTECTED.format(more=_NOT_IN),
}
_COUNTED = {
    "membership_id": pl.Int64, "person_id": pl.Int64, "name": pl.String, "nik": pl.String, "opd": pl.String,
}  # fmt: skip


def people_behind(
    area: Area,
    month: Month,
    column: str,
    *,
    opd_id: int | None = None,
    after: int = 0,
    limit: int | None = 50,
    known_at: datetime | None = None,
) -> list[Counted]:
    """Exactly those whom a count of heads of `queries.OpdLine` counts, by membership id, after one; `limit` None for
    all. `joined` are those protected in the month and not in the one before, `left` the other way round, `unproved`
    those not posted.

    Raises KeyError for another column: lists and plans open their own counts.
    """
    stand, other = (month.shift(-1), month) if column == LEFT else (month, month.shift(-1))
    asked = {
        "month": stand.first_day, "other_month": other.first_day, "government": area.government.pk,
        "opd": opd_id, "opds": None if area.opd_ids is None or area.villages else list(area.opd_ids), "after": after,
        "limit": limit, "known_at": known_at,
    }  # fmt: skip
    # Who went over to another OPD did not end: told by every OPD's spells, as `queries.programme` counts.
    with counting_everybody() if column == ENDED and not area.villages else nullcontext():
        frame = bulk.read(_QUERIES[column], asked, schema=_COUNTED)
    return [Counted(**row) for row in opened(frame).iter_rows(named=True)]


_STANDS_IN = """{row}.government_id = %(government)s AND {standing} AND {row}.from_month <= %({month})s
    AND coalesce({row}.until_month, 'infinity') >= %({month})s"""


def _stands_in(month: str, row: str) -> str:
    return _STANDS_IN.format(row=row, month=month, standing=STANDING.format(row=row))


# Only spells that begin or end between the two months can tell them apart, and those are few.
_CHANGED = f"""
    SELECT (SELECT count(DISTINCT s.membership_id) FROM enrolment_spell s
            WHERE {_stands_in("month", "s")} AND s.from_month > %(other_month)s AND NOT EXISTS (
                SELECT 1 FROM enrolment_spell x
                WHERE x.membership_id = s.membership_id AND {_stands_in("other_month", "x")})),
           (SELECT count(DISTINCT s.membership_id) FROM enrolment_spell s
            WHERE {_stands_in("other_month", "s")} AND s.until_month < %(month)s AND NOT EXISTS (
                SELECT 1 FROM enrolment_spell x
                WHERE x.membership_id = s.membership_id AND {_stands_in("month", "x")}))
"""  # noqa: S608  # our own text, values are parameters


def changed_since_last(area: Area, month: Month, *, known_at: datetime | None = None) -> tuple[int, int]:
    """How many memberships are protected in the month and were not in the one before, and the other way round."""
    frame = remembered(
        _CHANGED,
        {
            "government": area.government.pk, "month": month.first_day, "other_month": month.shift(-1).first_day,
            "known_at": known_at,
        },
        schema={"joined": pl.Int64, "left": pl.Int64},
        of_everybody=True,
    )  # fmt: skip
    joined, left = frame.row(0)
    return joined, left
