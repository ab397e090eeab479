"""Questions about a returned monthly sheet: how many changes of each group, and who they are."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from payung.office.enrolment.change_models import Change, MonthlyLine, MonthlyReturn
from payung.office.enrolment.models import RosterList
from payung.office.enrolment.monthly import GROUPS, NEW
from payung.office.files.models import Row

UNCLEAR = "unclear"
"""Lines with something wrong in them: they wait for a corrected sheet, whatever is accepted."""
SHOWN = (*GROUPS, UNCLEAR)
_SOUND = ("clean", "repaired")


@dataclass(frozen=True)
class ChangedPerson:
    """One line of a group; of the wages both where one changes, of new people the one they begin with."""

    position: int
    name: str
    sheet: str
    row: int
    on_day: date | None
    wage_before_rupiah: int | None
    wage_after_rupiah: int | None
    moved_to: str


def returned(roster_list: RosterList) -> MonthlyReturn | None:
    """What came back; None for a list that is no monthly sheet."""
    return MonthlyReturn.objects.select_related("sheet", "chosen_by").filter(roster_list=roster_list).first()


def counts(roster_list: RosterList) -> dict[str, int]:
    """How many lines of each group, with those that are unclear."""
    told = Change.objects.filter(roster_list=roster_list).values_list("kind").annotate(Count("pk"))
    of_rows = {NEW: _rows(roster_list, NEW).count(), UNCLEAR: _rows(roster_list, UNCLEAR).count()}
    return {**dict.fromkeys(SHOWN, 0), **dict(told), **of_rows}


def people(roster_list: RosterList, group: str, *, after: int, limit: int) -> list[ChangedPerson]:
    """The lines behind one count, in the sheet's order, after a position."""
    if group in (NEW, UNCLEAR):
        rows = _rows(roster_list, group).filter(position__gt=after).order_by("position")[:limit]
        return [_person(row, wage_after_rupiah=row.wage_rupiah) for row in rows]
    lines = MonthlyLine.objects.filter(sheet=OuterRef("roster_list__monthly__sheet"), membership=OuterRef("membership"))
    found = Change.objects.filter(roster_list=roster_list, kind=group, row__position__gt=after)
    found = found.annotate(wage_before=Subquery(lines.values("wage_rupiah")[:1])).select_related("row", "moved_to")
    is_wage = group == Change.WAGE
    return [
        _person(
            one.row,
            on_day=one.on_day,
            wage_before_rupiah=one.wage_before if is_wage else None,
            wage_after_rupiah=one.row.wage_rupiah if is_wage else None,
            moved_to=one.moved_to.short_name if one.moved_to else "",
        )
        for one in found.order_by("row__position")[:limit]
    ]


def _rows(roster_list: RosterList, group: str) -> QuerySet[Row]:
    rows = Row.objects.filter(reading=roster_list.reading_id)
    if group == UNCLEAR:
        return rows.exclude(verdict__in=_SOUND)
    return rows.filter(verdict__in=_SOUND).exclude(Exists(Change.objects.filter(row=OuterRef("pk"))))


def _person(
    row: Row,
    *,
    on_day: date | None = None,
    wage_before_rupiah: int | None = None,
    wage_after_rupiah: int | None = None,
    moved_to: str = "",
) -> ChangedPerson:
    return ChangedPerson(
        position=row.position,
        name=row.name or "",
        sheet=row.sheet,
        row=row.row,
        on_day=on_day,
        wage_before_rupiah=wage_before_rupiah,
        wage_after_rupiah=wage_after_rupiah,
        moved_to=moved_to,
    )
