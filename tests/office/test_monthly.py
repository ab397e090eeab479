"""A month's changes: sent with locked keys, returned, accepted by group, approved by a second person, carried out."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it ships no types
import pytest
from django.db import DatabaseError, transaction

from payung.doors.papers.monthly_workbook import HEADING_ROW, monthly_workbook
from payung.office.access.models import User
from payung.office.access.roles import NotAllowed
from payung.office.enrolment import monthly
from payung.office.enrolment.actions import PlanNotApplicable, apply, apply_leavers, plan
from payung.office.enrolment.change_models import Change, MonthlyLine, MonthlyReturn
from payung.office.enrolment.models import Plan, RosterList, Spell
from payung.office.enrolment.monthly import SheetRefused
from payung.office.enrolment.receiving import IsMonthlyUpdate, opened, receive
from payung.office.files.models import Finding, Row
from payung.office.places.models import Opd
from payung.office.registry.models import Evidence, Job, Person
from payung.office.reports.listed_rows import rows_behind
from payung.office.reports.queries import programme
from payung.rules.months import Month
from payung.rules.roster.monthly import NEW_PEOPLE, NEW_SHEET, template
from tests.office.cast import AT, Cast, approve, call_cast, enrol, people

pytestmark = pytest.mark.django_db
HEADS = 6
NOVEMBER = date(2022, 11, 1)
COLUMN = {column.heading: number for number, column in enumerate(template().columns, start=1)}
Fill = dict[int, dict[str, Any]]


@pytest.fixture
def cast() -> Cast:
    """Six people at public works, protected since October."""
    called = call_cast()
    enrol(called, called.heading(called.works), people(HEADS))
    return called


def sent(cast: Cast, *, opd: Opd | None = None, by: User | None = None) -> tuple[bytes, list[str]]:
    """The workbook as the office downloads it, and the names on its lines."""
    to = opd or cast.works
    made = monthly.send(
        opd=to, agreement=cast.agreement, budget_line=cast.lines[to.pk], month=NOVEMBER, by=by or cast.operator, at=AT
    )
    book = monthly_workbook(made.expected, made.units, title="Pembaruan", made_on=AT.date())
    return book, made.expected["name"].to_list()


def filled(content: bytes, lines: Fill, new: tuple[Any, ...] = ()) -> bytes:
    """The workbook as it comes back: cells of lines (counted from 0) by heading, and a new person."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[template().sheet_names[0]]
    for line, cells in lines.items():
        for heading, value in cells.items():
            sheet.cell(HEADING_ROW + 2 + line, COLUMN[heading]).value = value
    for at, value in enumerate(new, start=1):
        book[NEW_SHEET].cell(2, at).value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def returned(cast: Cast, content: bytes, name: str = "kembali.xlsx", *, opd: Opd | None = None) -> RosterList:
    heading = cast.heading(opd or cast.works)
    made = monthly.take_back(opened(content, name), content, name=name, heading=heading, by=cast.operator, at=AT)
    return made.roster_list


def carried_out(cast: Cast, roster_list: RosterList, *groups: str) -> Plan:
    monthly.choose(roster_list=roster_list, accepted=groups, by=cast.operator, at=AT)
    made = plan(roster_list=roster_list, by=cast.operator, at=AT)
    approve(cast, made.proposal, by=cast.admin)
    return apply(plan_id=made.pk, by=cast.admin, at=AT)


def spells(name: str) -> list[tuple[str, date, date | None]]:
    found = Spell.objects.filter(membership__person__name=name, replaced_at__isnull=True).order_by("from_month")
    return list(found.values_list("payer_opd__code", "from_month", "until_month"))


def new_person(cast: Cast) -> tuple[Any, ...]:
    told = people(1, first=50)[0] | {"birth_date": "23-06-1980", "start_date": "01-11-2022"}
    fields = ("nik", "name", "birth_place", "birth_date", "sex", "job", "wage", "start_date")
    return tuple(told[field] for field in fields)


def test_every_kind_of_change_goes_from_a_cell_to_what_it_means(cast: Cast) -> None:
    content, names = sent(cast)
    assert len(names) == HEADS and NEW_PEOPLE[0] == "NIK"
    back = filled(
        content,
        {
            0: {"PERUBAHAN": "UPAH", "UPAH BARU": "3.000.000"},
            1: {"PERUBAHAN": "PINDAH", "TANGGAL": "15-11-2022", "PINDAH KE": "Dinkes"},
            2: {"PERUBAHAN": "KELUAR", "TANGGAL": "10-11-2022"},
            3: {"PERUBAHAN": "MENINGGAL", "TANGGAL": "20-11-2022"},
        },
        new_person(cast),
    )
    roster_list = returned(cast, back)
    told = MonthlyReturn.objects.get(roster_list=roster_list)
    assert (roster_list.month, roster_list.kind, told.unchanged, told.left_out) == (NOVEMBER, "changes", 2, 0)
    with pytest.raises(PlanNotApplicable, match="not_chosen"):
        plan(roster_list=roster_list, by=cast.operator, at=AT)
    made = carried_out(cast, roster_list, *monthly.GROUPS)
    assert made.counts == {"join": 1, "wage": 1, "move": 1, "leave": 2}
    works, health = cast.works.code, cast.health.code
    october, december = date(2022, 10, 1), date(2022, 12, 1)
    assert spells(names[1]) == [(works, october, NOVEMBER), (health, december, None)]
    assert spells(names[2]) == [(works, october, None)], "who leaves is ended by a button of its own"
    assert apply_leavers(plan_id=made.pk, by=cast.admin, at=AT) == 2
    assert spells(names[2]) == spells(names[3]) == [(works, october, NOVEMBER)]
    assert spells(names[0]) == [(works, october, None)] and spells(names[5]) == [(works, october, None)]
    wages = Job.objects.filter(membership__person__name=names[0], replaced_at__isnull=True).order_by("from_month")
    assert [job.wage_paid_rupiah for job in wages] == [2_500_000, 3_000_000]
    assert {job.post for job in wages} == {"Petugas"}, "the post goes on"
    there = Job.objects.get(membership__person__name=names[1], opd=cast.health, replaced_at__isnull=True)
    assert (there.from_month, there.wage_paid_rupiah, there.post) == (december, 2_500_000, "Petugas")
    assert Change.objects.get(kind=Change.DIED).on_day == date(2022, 11, 20)
    month = programme(cast.area, Month(2022, 12))
    assert [month.total(name) for name in ("listed", "protected", "ended")] == [HEADS + 1, 5, 2], "nobody stands twice"
    assert len(rows_behind(cast.area, Month(2022, 12), "listed")) == HEADS + 1
    assert (
        Person.objects.count() == HEADS + 1 and Evidence.objects.filter(row__reading=roster_list.reading).count() == 3
    )


def test_what_is_refused_as_a_group_stays_out_of_the_plan(cast: Cast) -> None:
    content, names = sent(cast)
    back = filled(
        content,
        {
            0: {"PERUBAHAN": "UPAH", "UPAH BARU": 3_000_000},
            1: {"PERUBAHAN": "KELUAR", "TANGGAL": "10-11-2022"},
        },
        new_person(cast),
    )
    roster_list = returned(cast, back)
    made = carried_out(cast, roster_list, "wage")
    assert made.counts == {"wage": 1}
    assert apply_leavers(plan_id=made.pk, by=cast.admin, at=AT) == 0
    assert spells(names[1]) == [(cast.works.code, date(2022, 10, 1), None)]
    with pytest.raises(SheetRefused, match="chosen"):
        monthly.choose(roster_list=roster_list, accepted=monthly.GROUPS, by=cast.operator, at=AT)


def test_an_empty_sheet_changes_nobody_and_the_same_file_again_is_known(cast: Cast) -> None:
    content, _ = sent(cast)
    roster_list = returned(cast, content)
    assert MonthlyReturn.objects.get(roster_list=roster_list).unchanged == HEADS
    assert not Row.objects.filter(reading=roster_list.reading).exists()
    assert carried_out(cast, roster_list, *monthly.GROUPS).counts == {}
    assert returned(cast, content) == roster_list


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"UPAH SEKARANG": 9_999_999}, "update_locked_changed"),
        ({"NAMA": "ORANG LAIN"}, "update_locked_changed"),
        ({"KUNCI": "K999999-1"}, "update_key_unknown"),
        ({"PERUBAHAN": "KELUAR"}, "update_date_missing"),
        ({"PERUBAHAN": "PINDAH", "TANGGAL": "15-11-2022"}, "update_unit_missing"),
        ({"PERUBAHAN": "PINDAH", "TANGGAL": "15-11-2022", "PINDAH KE": "Dinas Lain"}, "update_unit_unknown"),
    ],
)
def test_what_cannot_be_is_a_finding_and_changes_nobody(cast: Cast, cells: dict[str, Any], code: str) -> None:
    content, _ = sent(cast)
    roster_list = returned(cast, filled(content, {2: cells}))
    assert [one.code for one in Finding.objects.filter(reading=roster_list.reading)] == [code]
    assert not Change.objects.exists()
    made = carried_out(cast, roster_list, *monthly.GROUPS)
    assert set(made.counts) <= {"human", "reject"} and sum(made.counts.values()) == 1


def test_a_day_before_the_first_month_is_for_a_person_to_decide(cast: Cast) -> None:
    content, _ = sent(cast)
    back = filled(content, {0: {"PERUBAHAN": "KELUAR", "TANGGAL": "10-09-2012"}})
    made = carried_out(cast, returned(cast, back), *monthly.GROUPS)
    assert made.counts == {"human": 1} and made.planitem_set.get().reason == "before_start"
    assert apply_leavers(plan_id=made.pk, by=cast.admin, at=AT) == 0


def test_a_second_sheet_tells_who_has_gone_already(cast: Cast) -> None:
    content, _ = sent(cast)
    first = carried_out(
        cast, returned(cast, filled(content, {0: {"PERUBAHAN": "KELUAR", "TANGGAL": "10-11-2022"}})), "left"
    )
    apply_leavers(plan_id=first.pk, by=cast.admin, at=AT)
    again = filled(content, {0: {"PERUBAHAN": "KELUAR", "TANGGAL": "11-11-2022"}})
    assert carried_out(cast, returned(cast, again, "lagi.xlsx"), "left").counts == {"already": 1}


def test_a_sheet_of_another_office_or_of_nobody_is_refused(cast: Cast) -> None:
    content, _ = sent(cast)
    others = filled(content, {line: {"KUNCI": "K987654-1"} for line in range(HEADS)})
    refused: list[tuple[str, Callable[[], object]]] = [
        ("other_opd", lambda: returned(cast, content, opd=cast.health)),
        ("unknown_sheet", lambda: returned(cast, others)),
        ("nobody", lambda: sent(cast, opd=cast.health)),
    ]
    for reason, deed in refused:
        with pytest.raises(SheetRefused, match=reason):
            deed()


def test_the_usual_upload_knows_the_sheet_by_its_columns(cast: Cast) -> None:
    content, _ = sent(cast)
    with pytest.raises(IsMonthlyUpdate):
        receive(content=content, name="b.xlsx", heading=cast.heading(cast.works), by=cast.operator, at=AT)


def test_who_may_not_hand_in_lists_may_not_ask_for_sheets(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        sent(cast, by=cast.auditor)


def test_what_was_sent_and_said_is_never_changed(cast: Cast) -> None:
    content, _ = sent(cast)
    roster_list = returned(cast, filled(content, {0: {"PERUBAHAN": "KELUAR", "TANGGAL": "10-11-2022"}}))
    for changed in (
        lambda: MonthlyLine.objects.update(wage_rupiah=1),
        lambda: Change.objects.update(kind="died"),
        lambda: MonthlyReturn.objects.filter(roster_list=roster_list).update(unchanged=0),
        lambda: MonthlyReturn.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            changed()


def test_nothing_in_the_sheet_is_a_formula_and_keys_are_locked(cast: Cast) -> None:
    Person.objects.filter(pk=Person.objects.order_by("pk")[0].pk).update(name="=HYPERLINK(1)")
    content, names = sent(cast)
    assert "=HYPERLINK(1)" in names
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[template().sheet_names[0]]
    assert sheet.protection.sheet and {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    locked = {column.heading: column.locked for column in template().columns}
    line = sheet[HEADING_ROW + 2]
    assert {heading: line[number - 1].protection.locked for heading, number in COLUMN.items()} == locked
