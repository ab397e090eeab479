"""Questions about outside lists: what each says by group, who is behind a count, and which deaths are matched."""

from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import Q, QuerySet

from payung.office import bulk
from payung.office.access.marks import unseal
from payung.office.enrolment.models import Plan, RosterList
from payung.office.outside.models import OutsideList, OutsideRow
from payung.office.places.queries import Area
from payung.office.registry.models import Person

CONFIRMED, DEAD, WAITS, UNKNOWN_HERE, UNKNOWN_THERE = "confirmed", "dead", "waits", "unknown_here", "unknown_there"
FIELDS = ("name", "birth_date", "sex")
GROUPS = (CONFIRMED, *FIELDS, DEAD, WAITS, UNKNOWN_HERE, UNKNOWN_THERE)
"""Of the fields each names whom the list has otherwise. Somebody dead may differ too; else groups are apart."""
_ABSENT = """
    SELECT DISTINCT coalesce(a.survivor_id, m.person_id)
    FROM enrolment_spell s JOIN registry_membership m ON m.id = s.membership_id
    LEFT JOIN registry_alias a ON a.person_id = m.person_id
    WHERE s.government_id = %(government)s AND s.replaced_at IS NULL AND s.from_month <= %(on)s
      AND coalesce(s.until_month, 'infinity') >= date_trunc('month', %(on)s::date)
      AND NOT EXISTS (SELECT 1 FROM outside_outsiderow o WHERE o.outside_list_id = %(list)s
                      AND o.person_id = coalesce(a.survivor_id, m.person_id))
"""
_DEATHS = """
    SELECT DISTINCT ON (coalesce(a.survivor_id, o.person_id)) coalesce(a.survivor_id, o.person_id), o.died_on,
        l.id, l.told_on, l.kind, CASE WHEN 'name' = ANY (o.differs) THEN r.name END
    FROM outside_outsiderow o JOIN outside_outsidelist l ON l.id = o.outside_list_id
    JOIN files_row r ON r.id = o.row_id
    LEFT JOIN registry_alias a ON a.person_id = o.person_id
    WHERE l.government_id = %(government)s AND o.state = 'matched' AND o.dead
      AND l.id = coalesce(%(list)s, l.id)
    ORDER BY coalesce(a.survivor_id, o.person_id), o.died_on IS NULL, l.told_on DESC, l.id DESC
"""


@dataclass(frozen=True)
class Told:
    """One row of a list, or (without `row`) a protected person whom it does not name. NIK in clear: mask it."""

    key: int
    sheet: str | None
    row: int | None
    name: str
    nik: str | None
    birth_date: date | None
    differs: tuple[str, ...]
    died_on: date | None
    decile: int | None
    row_id: int | None
    person_id: int | None


def visible(area: Area) -> QuerySet[OutsideList]:
    """The outside lists that an area shows, the newest first: they name people of every OPD."""
    found = OutsideList.objects.filter(government=area.government).select_related("reading__file", "received_by")
    return found.order_by("-told_on", "-pk") if area.opd_ids is None else found.none()


def counts(found: OutsideList) -> dict[str, int]:
    """How many rows (of UNKNOWN_THERE: people) each group holds."""
    told = {group: _rows(found, group).count() for group in GROUPS if group != UNKNOWN_THERE}
    return {**told, UNKNOWN_THERE: len(_absent(found))}


def people(found: OutsideList, group: str, *, after: int = 0, limit: int | None = 50) -> list[Told]:
    """The rows behind one count, in the order of the list, after a key."""
    if group == UNKNOWN_THERE:
        persons = Person.objects.filter(pk__in=_absent(found), pk__gt=after).order_by("pk")
        return [
            Told(
                one.pk, None, None, one.name, unseal(one.nik_sealed, kind="nik"), one.birth_date, (), None, None, None,
                one.pk,
            )
            for one in persons[:limit]
        ]  # fmt: skip
    rows = _rows(found, group).filter(pk__gt=after).select_related("row").order_by("pk")
    return [
        Told(
            one.pk, one.row.sheet, one.row.row, one.row.name or "", unseal(one.row.nik_sealed, kind="nik"),
            one.row.birth_date, tuple(one.differs), one.died_on, one.decile, one.row_id, one.person_id,
        )
        for one in rows[:limit]
    ]  # fmt: skip


def matched_deaths(government_id: int, *, outside_list_id: int | None = None) -> pl.DataFrame:
    """Everybody of the registry whom an outside list calls dead, once: person_id, died_on (null where no list says
    when), the newest list that says so (list_id, told_on, kind), and `other_name` where that list has another name.
    With `outside_list_id`: whom that list calls dead.
    """
    return bulk.read(
        _DEATHS,
        {"government": government_id, "list": outside_list_id},
        schema={
            "person_id": pl.Int64, "died_on": pl.Date, "list_id": pl.Int64, "told_on": pl.Date, "kind": pl.String,
            "other_name": pl.String,
        },
    )  # fmt: skip


def plans_of(found: OutsideList) -> list[Plan]:
    """The plans that were proposed because of a list."""
    plans = Plan.objects.filter(roster_list__reading__file=found.reading.file, roster_list__kind=RosterList.CHANGES)
    return list(plans.select_related("roster_list__opd", "proposal").order_by("roster_list__opd__short_name", "-pk"))


def undated_deaths(found: OutsideList) -> int:
    """How many matched dead have no day of death: they cannot be proposed."""
    return _rows(found, DEAD).filter(died_on__isnull=True).count()


def _rows(found: OutsideList, group: str) -> QuerySet[OutsideRow]:
    rows = OutsideRow.objects.filter(outside_list=found)
    if group in FIELDS:
        return rows.filter(state=OutsideRow.MATCHED, differs__contains=[group])
    conditions = {
        CONFIRMED: Q(state=OutsideRow.MATCHED, differs=[], dead=False),
        DEAD: Q(state=OutsideRow.MATCHED, dead=True),
        WAITS: Q(state=OutsideRow.WAITS),
        UNKNOWN_HERE: Q(state=OutsideRow.UNKNOWN),
    }
    return rows.filter(conditions[group])


def _absent(found: OutsideList) -> list[int]:
    """Protected people whom a list of members does not name; other lists do not name everybody."""
    if found.kind != OutsideList.MEMBERS:
        return []
    asked = {"government": found.government_id, "on": found.told_on, "list": found.pk}
    return bulk.read(_ABSENT, asked, schema={"person_id": pl.Int64})["person_id"].to_list()
