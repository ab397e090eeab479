"""Lists at work: unknown columns wait for a person, cells are mended, corrected files replace what they correct."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from payung.office.enrolment import layouts, mending
from payung.office.enrolment.actions import PlanNotApplicable, apply, apply_leavers, plan
from payung.office.enrolment.changes import changed_rows, counts
from payung.office.enrolment.mending import MendRefused
from payung.office.enrolment.models import ConfirmedLayout, ListChange, Mend, RosterList, Spell, WaitingUpload
from payung.office.enrolment.queries import lists
from payung.office.enrolment.receiving import LayoutWaits, ListReplaced, Received, heading_of, receive
from payung.office.files.models import KeptFile
from payung.office.outside.actions import take_in
from payung.office.registry.models import Person
from payung.office.reports.queries import programme
from payung.rules.months import Month
from payung.rules.roster.mapping import InvalidMapping
from tests.office.cast import AT, Cast, approve, call_cast

pytestmark = pytest.mark.django_db
HEADINGS = ["NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "L/P", "Jabatan", "Upah"]
LATER = AT + timedelta(hours=1)
"""When the corrections come."""


def person(number: int, *, nik: str | None = None, wage: int = 2_500_000) -> list[str]:
    """A woman born on 12 August 1980 whose NIK says so."""
    told = nik if nik is not None else f"327306520880{number:04d}"
    return [
        told,
        f"SINTETIS {chr(65 + number // 20)}{chr(65 + number % 20)}NA",
        "Bandung",
        "12-08-1980",
        "P",
        "x",
        str(wage),
    ]


def book(*rows: list[str], headings: list[str] | None = None) -> bytes:
    """A list as a .csv."""
    return "\n".join(";".join(line) for line in [HEADINGS if headings is None else headings, *rows] if line).encode()


def hand_in(cast: Cast, content: bytes, *, predecessor: RosterList | None = None, kind: str = "complete") -> Received:
    heading = heading_of(predecessor) if predecessor else cast.heading(cast.works, kind=kind)
    at = AT if predecessor is None else LATER
    return receive(content=content, name="dinas.csv", heading=heading, by=cast.operator, at=at)


def planned_and_applied(cast: Cast, roster_list: RosterList) -> dict[str, int]:
    made = plan(roster_list=roster_list, by=cast.operator, at=LATER)
    approve(cast, made.proposal, by=cast.admin)
    apply(plan_id=made.pk, by=cast.operator, at=LATER)
    counted: dict[str, int] = made.counts
    return counted


def verdicts(roster_list: RosterList) -> dict[str, int]:
    counted: dict[str, int] = roster_list.reading.counts["verdicts"]
    return counted


@pytest.fixture
def cast() -> Cast:
    return call_cast()


GOOD = [person(number) for number in range(1, 5)]
SHORT = person(5, nik="32730652088005")
"""Two digits of the NIK are missing."""


def test_good_rows_go_ahead_and_a_corrected_file_brings_only_the_rest(cast: Cast) -> None:
    first = hand_in(cast, book(*GOOD, SHORT)).roster_list
    assert planned_and_applied(cast, first)["join"] == 4
    second = hand_in(cast, book(*GOOD, person(5)), predecessor=first).roster_list
    assert (second.predecessor, counts(second)["mended"]) == (first, 1)
    assert planned_and_applied(cast, second) == {"already": 4, "join": 1}
    assert Spell.objects.filter(replaced_at=None).count() == 5
    assert [line.id for line in lists(cast.area)] == [second.pk]
    assert len(lists(cast.area, replaced=True)) == 2


def test_corrected_additions_are_counted_once(cast: Cast) -> None:
    first = hand_in(cast, book(*GOOD, SHORT), kind="additions").roster_list
    hand_in(cast, book(*GOOD, person(5), person(6)), predecessor=first)
    now = programme(cast.area, Month(2022, 10))
    then = programme(cast.area, Month(2022, 10), known_at=AT)
    assert (now.total("listed"), now.total("waiting"), then.total("listed"), then.total("waiting")) == (6, 0, 5, 1)


def test_what_changed_is_told_by_group(cast: Cast) -> None:
    other = person(6, nik="327306520880")
    first = hand_in(cast, book(*GOOD, SHORT, other)).roster_list
    gone, broken = GOOD[0], person(2, nik="3273065208802")
    second = hand_in(
        cast, book(broken, GOOD[2], person(4, wage=3_000_000), person(5), other, person(7)), predecessor=first
    ).roster_list
    assert counts(second) == {
        "mended": 1, "still_wrong": 1, "newly_wrong": 1, "changed": 1, "added": 1, "removed": 1,
    }  # fmt: skip
    (wage,) = changed_rows(second, "changed")
    assert wage.fields == (("wage", 2_500_000, 3_000_000),)
    (vanished,) = changed_rows(second, "removed")
    assert (vanished.name, vanished.verdict_after) == (gone[1], None)
    (mended_row,) = changed_rows(second, "mended")
    assert ("nik", "32730652088005", "3273065208800005") in mended_row.fields


def test_the_same_file_as_a_correction_changes_nothing(cast: Cast) -> None:
    first = hand_in(cast, book(*GOOD)).roster_list
    again = hand_in(cast, book(*GOOD), predecessor=first)
    assert (again.known, again.roster_list, RosterList.objects.count()) == (True, first, 1)


def test_a_replaced_list_is_neither_planned_applied_nor_corrected_again(cast: Cast) -> None:
    first = hand_in(cast, book(*GOOD, SHORT)).roster_list
    old = plan(roster_list=first, by=cast.operator, at=AT)
    approve(cast, old.proposal, by=cast.admin)
    hand_in(cast, book(*GOOD, person(5)), predecessor=first)
    for refused in (
        lambda: plan(roster_list=first, by=cast.operator, at=LATER),
        lambda: apply(plan_id=old.pk, by=cast.operator, at=LATER),
        lambda: apply_leavers(plan_id=old.pk, by=cast.operator, at=LATER),
    ):
        with pytest.raises(PlanNotApplicable, match="list_replaced"):
            refused()
    with pytest.raises(ListReplaced):
        hand_in(cast, book(*GOOD, person(6)), predecessor=first)
    with pytest.raises(MendRefused, match="list_replaced"):
        mending.mend(roster_list=first, position=5, column="A", text="x", by=cast.operator, at=LATER)
    assert not Spell.objects.exists()


def test_cells_are_mended_in_the_page_checked_again_and_undone(cast: Cast) -> None:
    first = hand_in(cast, book(*GOOD, SHORT)).roster_list
    kept = bytes(first.reading.file.sealed_content)
    made = mending.mend(roster_list=first, position=5, column="A", text="3273065208800005", by=cast.operator, at=LATER)
    assert mending.pending(first) == 1
    assert verdicts(first) == {"clean": 4, "human": 1}, "nothing changes before the list is checked again"
    second = mending.recheck(roster_list=first, by=cast.operator, at=LATER)
    assert (verdicts(second), counts(second)["mended"], mending.pending(second)) == ({"clean": 5}, 1, 0)
    assert bytes(KeptFile.objects.get(pk=second.reading.file_id).sealed_content) == kept
    (typed,) = mending.mends(second)
    assert (typed.old, typed.new, typed.checked) == ("32730652088005", "3273065208800005", True)
    mending.undo(roster_list=second, mend_id=made.pk, by=cast.operator, at=LATER + timedelta(minutes=1))
    assert mending.pending(second) == 1
    third = mending.recheck(roster_list=second, by=cast.operator, at=LATER + timedelta(minutes=2))
    assert (verdicts(third), counts(third)["newly_wrong"]) == (verdicts(first), 1)
    with pytest.raises(MendRefused, match="nothing"):
        mending.recheck(roster_list=third, by=cast.operator, at=LATER + timedelta(minutes=3))


def test_a_cell_without_a_finding_or_text_is_not_mended(cast: Cast) -> None:
    found = hand_in(cast, book(*GOOD, SHORT)).roster_list
    for position, column, text, reason in (
        (1, "A", "x", "not_found"), (5, "B", "x", "not_found"), (5, "A", "  ", "no_text"),
    ):  # fmt: skip
        with pytest.raises(MendRefused, match=reason):
            mending.mend(roster_list=found, position=position, column=column, text=text, by=cast.operator, at=LATER)


def test_a_damaged_nik_gets_choices_and_nothing_is_chosen(cast: Cast) -> None:
    planned_and_applied(cast, hand_in(cast, book(*GOOD)).roster_list)
    damaged = person(3, nik="3273065208800000")
    found = hand_in(cast, book(damaged), kind="additions").roster_list
    (choice, *_) = mending.nik_choices(found, 1)
    assert (choice.nik, choice.evidence[:2]) == ("3273065208800003", ("registered", "other_list"))
    assert choice.source == "dinas.csv · 4"
    assert not Mend.objects.exists()
    assert mending.nik_choices(hand_in(cast, book(GOOD[0]), kind="additions").roster_list, 1) == []


def test_a_choice_says_on_which_list_it_stands_though_nothing_of_that_list_was_applied(cast: Cast) -> None:
    damaged, whole = person(7, nik="3273065208800000"), person(7)
    hand_in(cast, book(whole), kind="additions")
    lines = ["NIK,NAMA,TANGGAL LAHIR,DESIL", f"{whole[0]},{whole[1]},{whole[2]},3"]
    take_in(
        government=cast.government, content="\n".join(lines).encode(), name="dtsen.csv", told_on=LATER.date(),
        by=cast.operator, at=LATER,
    )  # fmt: skip
    found = hand_in(cast, book(damaged), kind="additions").roster_list
    (choice, *_) = mending.nik_choices(found, 1)
    assert (choice.nik, choice.evidence) == (whole[0], ("other_list", "birth_date", "sex"))
    assert choice.source in ("dtsen.csv · 2", "dinas.csv · 2")
    assert not Person.objects.exists() and not Mend.objects.exists()


def test_mends_are_never_changed(cast: Cast) -> None:
    found = hand_in(cast, book(*GOOD, SHORT)).roster_list
    mending.mend(roster_list=found, position=5, column="A", text="1", by=cast.operator, at=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        Mend.objects.update(position=4)
    with pytest.raises(DatabaseError), transaction.atomic():
        Mend.objects.all().delete()
    hand_in(cast, book(*GOOD), predecessor=found)
    with pytest.raises(DatabaseError), transaction.atomic():
        ListChange.objects.all().delete()


STRANGE = ["Kolom Satu", "Kolom Dua", "Kolom Tiga", "Kolom Empat", "Kolom Lima", "Kolom Enam", "Kolom Tujuh"]


def waiting_for(cast: Cast, content: bytes) -> WaitingUpload:
    with pytest.raises(LayoutWaits) as caught:
        hand_in(cast, content)
    return caught.value.waiting


def confirmed(cast: Cast, waiting: WaitingUpload) -> ConfirmedLayout:
    """Everything as it was proposed."""
    (sheet,) = layouts.proposed(waiting)
    fields = {column.letter: column.field for column in sheet.columns}
    (made,) = layouts.confirm(
        waiting=waiting, mappings={sheet.fingerprint: layouts.mapping_of(sheet, fields)}, by=cast.operator, at=AT
    )
    return made


def test_unknown_columns_wait_and_are_remembered_for_their_sender(cast: Cast) -> None:
    content = book(*GOOD, headings=STRANGE)
    waiting = waiting_for(cast, content)
    assert waiting_for(cast, content) == waiting, "the same file waits once"
    assert KeptFile.objects.count() == 1
    assert not RosterList.objects.exists()
    (sheet,) = layouts.proposed(waiting)
    assert [column.field for column in sheet.columns][:2] == ["nik", "name"]
    assert not any("3273065208800001" in cell for column in sheet.columns for cell in column.samples)
    layout = confirmed(cast, waiting)
    read = hand_in(cast, content).roster_list
    assert (read.layout_ids, verdicts(read)["clean"]) == ([layout.pk], 4)
    waiting.refresh_from_db()
    assert (waiting.settled_at, waiting.sealed_proposal) == (AT, None)
    next_month = hand_in(cast, book(*GOOD, person(9), headings=STRANGE)).roster_list
    assert (next_month.layout_ids, verdicts(next_month)["clean"]) == ([layout.pk], 5)
    with pytest.raises(LayoutWaits):
        receive(content=content, name="d.csv", heading=cast.heading(cast.health), by=cast.operator, at=AT)


def test_a_sheet_without_headings_is_read_by_its_letters(cast: Cast) -> None:
    content = book(*GOOD, headings=[])
    waiting = waiting_for(cast, content)
    assert layouts.proposed(waiting)[0].heading_rows == 0
    confirmed(cast, waiting)
    assert verdicts(hand_in(cast, content).roster_list)["clean"] == 4


def test_a_revoked_layout_is_asked_for_again_and_lists_read_by_it_stay(cast: Cast) -> None:
    content = book(*GOOD, SHORT, headings=STRANGE)
    layout = confirmed(cast, waiting_for(cast, content))
    read = hand_in(cast, content).roster_list
    layouts.revoke(layout=layout, by=cast.operator, at=LATER)
    waiting_for(cast, book(*GOOD, headings=STRANGE))
    mending.mend(roster_list=read, position=5, column="A", text="3273065208800005", by=cast.operator, at=LATER)
    again = mending.recheck(roster_list=read, by=cast.operator, at=LATER)
    assert verdicts(again)["clean"] == 5, "a list is checked again by the layout it was read by"


def test_a_dropped_upload_waits_no_more(cast: Cast) -> None:
    waiting = waiting_for(cast, book(*GOOD, headings=STRANGE))
    layouts.drop(waiting=waiting, by=cast.operator, at=LATER)
    assert not WaitingUpload.objects.filter(settled_at=None).exists()
    assert not RosterList.objects.exists()


def test_a_mapping_without_a_person_is_refused(cast: Cast) -> None:
    (sheet,) = layouts.proposed(waiting_for(cast, book(*GOOD, headings=STRANGE)))
    with pytest.raises(InvalidMapping, match="nothing"):
        layouts.mapping_of(sheet, {"C": "birth_place"})
    with pytest.raises(InvalidMapping, match="field_twice"):
        layouts.mapping_of(sheet, {"A": "nik", "B": "nik"})
