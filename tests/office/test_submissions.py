"""The month of a payment unit: what goes out, in which file, what came back, and what remains to be done."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from payung.office.access.marks import seal, unseal
from payung.office.access.roles import NotAllowed
from payung.office.enrolment.actions import apply_leavers
from payung.office.enrolment.models import RosterList
from payung.office.places.actions import grant_area
from payung.office.places.models import OpdUnit, PaymentUnit, UserArea
from payung.office.registry.models import Membership
from payung.office.submissions import actions, content, frames, replies, tasks
from payung.office.submissions.actions import SubmissionRefused, draft, finalise, mark_answered, mark_sent, reopen
from payung.office.submissions.models import JOINING, Item, Particular, ReplyRow, Submission, Task
from payung.office.submissions.settings import SettingRefused, set_unit, settings_of
from payung.rules.months import Month
from tests.office.cast import AT, Cast, approved, enrol, hand_in, people
from tests.office.postbox import CODES, NOVEMBER, OCTOBER, answer, complete, numbers, office, rows_of, sent

pytestmark = pytest.mark.django_db


def going(unit: PaymentUnit, month: Month = OCTOBER) -> dict[str, int]:
    found = frames.outgoing([unit.pk], month).filter(pl.col("held").is_null())
    return dict(sorted(found.group_by("kind").len().iter_rows()))


def test_a_month_from_joiners_to_numbers_tasks_and_the_next_month() -> None:
    cast, unit = office(4)
    assert going(unit) == {"new": 4}
    made = sent(cast, unit)
    assert going(unit) == {} and actions.state_of(made) == "sent"
    first, second, *_ = people(4)
    failed = answer(
        cast, unit, "failed", f"NOMOR_IDENTITAS,NAMA_LENGKAP,KETERANGAN\n{first['nik']},X,Nama tidak sesuai"
    )
    assert (failed.settled, failed.unmatched) == (1, 0)
    got = answer(cast, unit, "numbers", numbers(2, first=2))
    assert (got.settled, got.numbers) == (2, 2)
    taken = Item.objects.filter(outcome="taken").select_related("membership__person")
    (member,) = [one.membership for one in taken if one.membership.person.nik_sealed == seal(second["nik"], kind="nik")]
    assert unseal(member.kpj_sealed, kind="kpj") == "22000000007" and member.number_issued_on == date(2022, 10, 14)
    todo = list(Task.objects.order_by("kind", "pk").values_list("kind", "due_on"))
    assert todo == [("card", date(2022, 10, 19))] * 2 + [("fix", None)] + [("tell", date(2022, 10, 19))] * 2
    # November: nobody twice; who was refused goes once mended; who was not answered waits.
    assert going(unit, NOVEMBER) == {}
    tasks.tick(task_id=Task.objects.get(kind="fix").pk, by=cast.operator, at=AT)
    assert going(unit, NOVEMBER) == {"new": 1}
    mistaken = tasks.untick(task_id=Task.objects.get(kind="fix").pk, by=cast.operator, at=AT)
    assert (mistaken.settled_at, going(unit, NOVEMBER)) == (None, {})
    tasks.tick(task_id=mistaken.pk, by=cast.operator, at=AT)
    again = draft(unit=unit, month=NOVEMBER, by=cast.operator, at=AT)
    finalise(submission_id=again.pk, leave_incomplete=False, by=cast.operator, at=AT)
    with pytest.raises(tasks.TaskRefused):
        tasks.untick(task_id=mistaken.pk, by=cast.operator, at=AT)
    with pytest.raises(IntegrityError, match="in no other way"), transaction.atomic():
        Task.objects.update(kind="card")
    assert second["name"] != first["name"]


def test_the_same_reply_again_changes_nothing() -> None:
    cast, unit = office()
    sent(cast, unit)
    answer(cast, unit, "numbers", numbers(3))
    before = list(Membership.objects.order_by("pk").values())
    again = answer(cast, unit, "numbers", numbers(3), on=date(2022, 10, 20))
    assert again.known and Task.objects.count() == 6
    assert list(Membership.objects.order_by("pk").values()) == before


def test_who_has_a_number_goes_as_continuing_and_changed_wages_and_leavers_follow() -> None:
    cast, unit = office(3)
    Membership.objects.filter(pk=Membership.objects.order_by("pk")[0].pk).update(kpj_sealed=b"\x01x")
    assert going(unit) == {"continuing": 1, "new": 2}
    Membership.objects.update(kpj_sealed=None)
    sent(cast, unit)
    answer(cast, unit, "numbers", numbers(3))
    cast.agreement.wage_base = "honorarium"
    cast.agreement.save()
    assert going(unit, NOVEMBER) == {"wage": 3}  # each job's wage is told instead of the minimum wage
    complete_list = hand_in(cast, cast.heading(cast.works, month=NOVEMBER.first_day), rows_of(2), name="nov.xlsx")
    plan = approved(cast, complete_list)
    apply_leavers(plan_id=plan.pk, by=cast.admin, at=AT)
    found = frames.outgoing([unit.pk], NOVEMBER)
    assert going(unit, NOVEMBER) == {"leaver": 1, "wage": 2}
    assert found.filter(pl.col("kind") == "leaver")["on_day"].to_list() == [date(2022, 10, 31)]
    gone = sent(cast, unit, NOVEMBER)
    assert mark_answered(submission_id=gone.pk, on=AT.date(), by=cast.operator, at=AT) == 3
    assert going(unit, Month(2022, 12)) == {}


def test_what_is_missing_is_said_before_and_nothing_goes_while_a_code_is_empty() -> None:
    cast, unit = office(2)
    made = draft(unit=unit, month=OCTOBER, by=cast.operator, at=AT)
    set_unit(unit=unit, values={"kabkota": ""}, by=cast.operator, at=AT)
    with pytest.raises(SubmissionRefused) as refused:
        finalise(submission_id=made.pk, leave_incomplete=True, by=cast.operator, at=AT)
    assert (refused.value.reason, refused.value.told) == ("code_missing", "LOKASI_PEKERJAAN")
    set_unit(unit=unit, values={"kabkota": "3273", "template_new": ""}, by=cast.operator, at=AT)
    with pytest.raises(SubmissionRefused, match="template_missing"):
        finalise(submission_id=made.pk, leave_incomplete=True, by=cast.operator, at=AT)
    set_unit(unit=unit, values=CODES, by=cast.operator, at=AT)
    Particular.objects.filter(field="blood", pk=Particular.objects.filter(field="blood").order_by("pk")[0].pk).delete()
    members = frames.outgoing([unit.pk], OCTOBER)
    lacking = content.missing("new", content.cells(unit, "new", members, OCTOBER))
    assert [(one.heading, one.count, one.supplier) for one in lacking] == [("GOLONGAN_DARAH", 1, "opd")]
    with pytest.raises(SubmissionRefused, match="incomplete GOLONGAN_DARAH"):
        finalise(submission_id=made.pk, leave_incomplete=False, by=cast.operator, at=AT)
    finalise(submission_id=made.pk, leave_incomplete=True, by=cast.operator, at=AT)
    assert Item.objects.count() == 1 and going(unit) == {"new": 1}  # who waits is not forgotten


def test_the_cells_are_those_of_the_sheet() -> None:
    _, unit = office(1)
    members = frames.outgoing([unit.pk], OCTOBER)
    (told,) = content.cells(unit, "new", members, OCTOBER).iter_rows(named=True)
    (person,) = people(1)
    assert told["nik"] == person["nik"] and told["birth_date"] == f"{person['birth_date']:%d-%m-%Y}"
    assert (told["identity_until"], told["start_date"], told["wage"]) == ("01-01-2090", "04-01-2021", "1841487")
    assert set(content.cells(unit, "new", members, OCTOBER).dtypes[1:]) == {pl.String}


@pytest.mark.parametrize("name", ["template_tk (1).xlsx", "template_tk(2).xlsx", "template_tk_1.xlsx"])
def test_a_renamed_template_is_refused(name: str) -> None:
    cast, unit = office(1)
    with pytest.raises(SettingRefused, match="renamed"):
        set_unit(unit=unit, values={"template_new": name}, by=cast.operator, at=AT)
    assert settings_of(unit)["template_new"] == "template_tk_14005857.xlsx"


def test_steps_come_in_their_order_and_a_second_person_when_the_unit_asks() -> None:
    cast, unit = office(1)
    made = draft(unit=unit, month=OCTOBER, by=cast.operator, at=AT)
    assert draft(unit=unit, month=OCTOBER, by=cast.admin, at=AT) == made
    with pytest.raises(SubmissionRefused, match="not_final"):
        mark_sent(submission_id=made.pk, period=OCTOBER, on=AT.date(), by=cast.operator, at=AT)
    set_unit(unit=unit, values={"second_person": "1"}, by=cast.operator, at=AT)
    with pytest.raises(SubmissionRefused, match="second_person"):
        finalise(submission_id=made.pk, leave_incomplete=False, by=cast.operator, at=AT)
    finalise(submission_id=made.pk, leave_incomplete=False, by=cast.admin, at=AT)
    with pytest.raises(SubmissionRefused, match="not_draft"):
        finalise(submission_id=made.pk, leave_incomplete=False, by=cast.admin, at=AT)
    actions.note_sipp(submission_id=made.pk, state="sipp_final", on=AT.date(), by=cast.operator, at=AT)
    with pytest.raises(NotAllowed):
        reopen(submission_id=made.pk, reason="salah upah", by=cast.treasurer, at=AT)
    with pytest.raises(SubmissionRefused, match="no_reason"):
        reopen(submission_id=made.pk, reason="  ", by=cast.operator, at=AT)
    second = reopen(submission_id=made.pk, reason="salah upah", by=cast.operator, at=AT)
    assert (second.version, going(unit)) == (2, {"new": 1})
    with pytest.raises(SubmissionRefused, match="superseded"):
        mark_sent(submission_id=made.pk, period=OCTOBER, on=AT.date(), by=cast.operator, at=AT)


def test_the_database_keeps_items_and_steps_as_they_are() -> None:
    cast, unit = office(1)
    made = sent(cast, unit)
    item = Item.objects.get(submission=made)
    second = {
        "government": cast.government, "submission": made, "unit": unit, "membership": item.membership,
        "opd": item.opd, "file_number": 1, "on_day": AT.date(),
    }  # fmt: skip
    for change in (
        lambda: Item.objects.filter(pk=item.pk).update(kind="group"),
        lambda: Item.objects.filter(pk=item.pk).delete(),
        lambda: Item.objects.create(kind="wage", position=9, **second),
        lambda: made.submissionstep_set.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    reopened(cast, made)
    with pytest.raises(DatabaseError), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(outcome="taken", settled_at=AT)


def reopened(cast: Cast, made: Submission) -> Submission:
    return reopen(submission_id=made.pk, reason="uji", by=cast.operator, at=AT)


def test_an_operator_of_one_office_makes_no_files_of_a_shared_unit() -> None:
    cast, unit = office(1)
    with pytest.raises(NotAllowed):
        draft(unit=unit, month=OCTOBER, by=cast.auditor, at=AT)
    UserArea.objects.filter(user=cast.operator).delete()
    grant_area(user=cast.operator, government=cast.government, opd=cast.works, by=None, at=AT)
    assert draft(unit=unit, month=OCTOBER, by=cast.operator, at=AT).version == 1
    OpdUnit.objects.create(opd=cast.health, unit=unit, from_month=OCTOBER.first_day)
    with pytest.raises(SubmissionRefused, match="unit_shared"):
        draft(unit=unit, month=OCTOBER, by=cast.operator, at=AT)


def test_a_list_of_members_is_compared_and_settles_who_stands_in_it() -> None:
    cast, unit = office(4)
    one, two, three, _ = people(4)
    listed = answer(
        cast, unit, "members",
        "KPJ,NIK,NAMA,TANGGAL LAHIR,UPAH,TANGGAL KEPESERTAAN\n"
        f"22000000001,{one['nik']},{one['name']},{one['birth_date']:%d-%m-%Y},1841487,03-10-2022\n"
        f"22000000002,{two['nik']},NAMA LAIN SEKALI,01-01-1970,2000000,\n"
        f"22000000003,3273069999999999,{three['name']},,,\n",
    )  # fmt: skip
    assert (listed.rows, listed.unmatched, listed.numbers) == (3, 1, 2)
    found = {row.row: row for row in ReplyRow.objects.all()}
    assert found[2].differs == [] and found[3].differs == ["wage", "name", "birth_date"]
    assert Membership.objects.get(pk=found[2].membership_id).number_issued_on == date(2022, 10, 3)
    assert Membership.objects.get(pk=found[3].membership_id).number_issued_on is None
    assert going(unit) == {"new": 2, "wage": 1}
    # The name alone decides nothing; a person does.
    member = Membership.objects.get(person__name=three["name"])
    replies.decide_row(row_id=found[4].pk, membership=member, holidays=frozenset(), by=cast.operator, at=AT)
    member.refresh_from_db()
    assert unseal(member.kpj_sealed, kind="kpj") == "22000000003" and going(unit) == {"new": 1, "wage": 1}
    with pytest.raises(replies.RowRefused, match="decided"):
        replies.decide_row(row_id=found[4].pk, membership=member, holidays=frozenset(), by=cast.operator, at=AT)


def test_a_nik_of_nobody_is_not_overruled_by_a_kpj() -> None:
    cast, unit = office(2)
    sent(cast, unit)
    answer(cast, unit, "numbers", numbers(2))
    told = answer(cast, unit, "failed", "NIK,KPJ,KETERANGAN\n3273069999999999,22000000006,x\n,22000000007,y")
    assert told.unmatched == 1
    assert ReplyRow.objects.get(reply_id=told.reply_id, row=3).found_by == "kpj"


@st.composite
def stories(draw: DrawFn) -> list[tuple[str, int]]:
    """What happens in a few months: sends, refusals, numbers, mends, reopenings, each of some of the people."""
    acts = st.sampled_from(["send", "refuse", "number", "mend", "reopen", "join"])
    return draw(st.lists(st.tuples(acts, st.integers(1, 5)), max_size=6))


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=stories())
def test_every_joiner_is_in_exactly_one_file_until_answered(story: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        cast, unit = office(3)
        for step, (act, which) in enumerate(story):
            happen(cast, unit, act, which, AT + timedelta(hours=step))
            check(unit)
        transaction.set_rollback(True)


def happen(cast: Cast, unit: PaymentUnit, act: str, which: int, at: datetime) -> None:
    person = people(5)[which - 1]
    if act == "send":
        month = OCTOBER.shift(which)
        made = draft(unit=unit, month=month, by=cast.operator, at=at)
        try:
            finalise(submission_id=made.pk, leave_incomplete=False, by=cast.operator, at=at)
        except SubmissionRefused as refused:
            assert refused.reason in ("nothing", "not_draft")
    elif act == "refuse":
        answer(cast, unit, "failed", f"NIK,KETERANGAN\n{person['nik']},{at:%H}")
    elif act == "number":
        answer(cast, unit, "numbers", f"NIK,KPJ\n{person['nik']},220000000{which:02d}")
    elif act == "mend":
        for task in Task.objects.filter(kind="fix"):
            tasks.tick(task_id=task.pk, by=cast.operator, at=at)
    elif act == "reopen":
        latest = actions.newest(unit, OCTOBER.shift(which))
        if latest and actions.state_of(latest) != "draft":
            reopened(cast, latest)
    elif not Membership.objects.filter(person__name=person["name"]).exists():
        heading = cast.heading(cast.works, kind=RosterList.ADDITIONS)
        enrol(cast, heading, rows_of(1, first=which))
        complete(cast, unit, 1, first=which)


def check(unit: PaymentUnit) -> None:
    """Everybody is exactly one of: taken, in one open item, waiting to be mended, or still to go."""
    found = frames.outgoing([unit.pk], OCTOBER.shift(9))
    # A changed wage is another file of a later month; here joiners count.
    joins = found.filter(pl.col("held").is_null() & pl.col("kind").is_in(["new", "continuing"]))
    going_now = joins["membership_id"].to_list()
    for membership in Membership.objects.all():
        items = Item.objects.filter(membership=membership, kind__in=JOINING)
        states = [
            items.filter(outcome="taken").count(),
            items.filter(outcome="").count(),
            Task.objects.filter(item__in=items, kind="fix", settled_at__isnull=True).exists(),
            membership.pk in going_now,
        ]
        assert sum(map(int, states)) == 1, states
