"""The other row of a pair: with which row of its own list a row of a plan shares a person or a NIK."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from payung.office.enrolment import listed_again
from payung.office.enrolment.models import Plan, PlanItem
from payung.office.enrolment.queries import PlannedPerson
from payung.office.files import queries as files
from payung.office.files.models import Row
from payung.rules.identity import names

PERSON_TWICE = "person_twice"


@dataclass(frozen=True)
class Beside:
    """Where the other row stands, and the name in it."""

    sheet: str
    row: int
    position: int
    name: str


def beside(plan: Plan, people: Sequence[PlannedPerson]) -> dict[int, list[Beside]]:
    """Position -> the other rows of the list, for those of a plan's `people` whose reason speaks of another row."""
    named = _by_findings(plan, people) | _by_names(plan, people) | _by_person(plan, people)
    return {position: [_told(row) for row in rows] for position, rows in named.items() if rows}


def _told(row: Row) -> Beside:
    return Beside(row.sheet, row.row, row.position, row.name or "")


def _by_findings(plan: Plan, people: Sequence[PlannedPerson]) -> dict[int, list[Row]]:
    """What the finding behind the reason names: the first row of a duplicate, the other bearer of a NIK."""
    reasons = {one.position: one.reason for one in people if one.row is not None}
    told = [
        (fault.position, (fault.params.get("other_sheet"), fault.params["other_row"]))
        for fault in files.findings_at(plan.roster_list.reading, list(reasons))
        if fault.code == reasons[fault.position] and "other_row" in fault.params
    ]
    places = {place for _, place in told}
    rows = Row.objects.filter(reading=plan.roster_list.reading_id, row__in={row for _, row in places})
    standing = {(row.sheet, row.row): row for row in rows.order_by("-position")}
    return {position: [standing[place]] for position, place in told if place in standing}


def _by_names(plan: Plan, people: Sequence[PlannedPerson]) -> dict[int, list[Row]]:
    """Rows of the same name and birth date under another NIK, in the sheet's order."""
    asked = {one.position: one for one in people if one.reason == listed_again.REASON}
    days = {one.birth_date for one in asked.values() if one.birth_date}
    alike: dict[tuple[object, str], list[Row]] = defaultdict(list)
    for row in Row.objects.filter(reading=plan.roster_list.reading_id, birth_date__in=days).order_by("position"):
        if row.name:
            alike[row.birth_date, names.key(row.name)].append(row)
    return {
        position: [row for row in alike[one.birth_date, names.key(one.name)] if row.position != position]
        for position, one in asked.items()
    }


def _by_person(plan: Plan, people: Sequence[PlannedPerson]) -> dict[int, list[Row]]:
    """Rows of which somebody said that they are one person."""
    asked = {one.position: one.person_id for one in people if one.reason == PERSON_TWICE}
    items = PlanItem.objects.filter(plan=plan, reason=PERSON_TWICE, person__in=set(asked.values()), row__isnull=False)
    same: dict[int | None, list[Row]] = defaultdict(list)
    for item in items.select_related("row").order_by("position"):
        if item.row is not None:
            same[item.person_id].append(item.row)
    return {position: [row for row in same[person] if row.position != position] for position, person in asked.items()}
