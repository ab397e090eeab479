"""From a list to protected people."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from payung.office.enrolment.actions import PlanNotApplicable, apply, apply_leavers, plan
from payung.office.enrolment.models import PlanItem, RosterList, Spell
from payung.office.enrolment.programmes import as_ranges, names
from payung.office.enrolment.queries import lists, planned_people
from payung.office.registry.models import Job, Membership, Person
from payung.office.registry.queries import search
from tests.office.cast import AT, approved, call_cast, enrol, hand_in, people

pytestmark = pytest.mark.django_db
NOVEMBER = date(2022, 11, 1)


def current_spells() -> int:
    return Spell.objects.filter(replaced_at__isnull=True).count()


def test_everybody_on_a_first_list_joins_once() -> None:
    cast = call_cast()
    made = enrol(cast, cast.heading(cast.works), people(30))
    assert made.counts == {"join": 30}
    assert (Person.objects.count(), Membership.objects.count(), Job.objects.count(), current_spells()) == (30,) * 4
    again = apply(plan_id=made.pk, by=cast.admin, at=AT)
    assert again.applied_at == AT and current_spells() == 30
    assert enrol(cast, cast.heading(cast.works), people(30)[::-1]).counts == {"already": 30}
    assert current_spells() == 30


def test_a_plan_changes_nothing_until_somebody_else_approves() -> None:
    cast = call_cast()
    made = plan(roster_list=hand_in(cast, cast.heading(cast.works), people(3)), by=cast.operator, at=AT)
    with pytest.raises(PlanNotApplicable, match="not_approved"):
        apply(plan_id=made.pk, by=cast.admin, at=AT)
    assert Person.objects.count() == 0


def test_rows_that_need_a_person_wait_and_the_rest_goes_ahead() -> None:
    cast = call_cast()
    rows = people(5) + people(2, first=6, verdict="human") + people(1, first=8, verdict="reject")
    made = enrol(cast, cast.heading(cast.works), rows)
    assert made.counts == {"join": 5, "human": 2, "reject": 1}
    assert current_spells() == 5
    for kind, count in made.counts.items():
        assert len(planned_people(made, kind)) == count


def test_somebody_paid_by_another_opd_is_shown_and_not_enrolled_twice() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(3))
    made = enrol(cast, cast.heading(cast.health), people(5, first=3))
    assert made.counts == {"join": 4, "human": 1}
    assert planned_people(made, "human")[0].reason == "other_payer"


def test_the_nik_of_somebody_else_is_never_taken_for_her() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(1))
    stranger = people(1)[0] | {"name": "TEGUH PRASETYO", "birth_date": date(1991, 5, 17)}
    made = enrol(cast, cast.heading(cast.health), [stranger])
    assert made.counts == {"human": 1}
    assert planned_people(made, "human")[0].reason == "nik_of_another"


def test_one_mistyped_digit_is_a_question_not_a_new_person() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(1))
    mistyped = people(1)[0]
    mistyped["nik"] = mistyped["nik"][:-1] + str((int(mistyped["nik"][-1]) + 1) % 10)
    made = enrol(cast, cast.heading(cast.health), [mistyped])
    assert planned_people(made, "human")[0].reason == "nearly_same_nik"


def test_a_changed_wage_replaces_the_job_from_its_month_and_keeps_what_was_known() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(2))
    later = AT + timedelta(days=30)
    made = enrol(cast, cast.heading(cast.works, month=NOVEMBER), people(2, wage=2_700_000), at=later)
    assert made.counts == {"wage": 2}
    jobs = Job.objects.filter(replaced_at__isnull=True).order_by("membership", "from_month")
    assert [(job.wage_paid_rupiah, job.from_month, job.until_month) for job in jobs[:2]] == [
        (2_500_000, date(2022, 10, 1), date(2022, 10, 1)),
        (2_700_000, NOVEMBER, None),
    ]
    assert Job.objects.filter(replaced_at=later).count() == 2


def test_leavers_are_shown_apart_and_end_only_by_their_own_verb() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(5))
    later = AT + timedelta(days=30)
    made = enrol(cast, cast.heading(cast.works, month=NOVEMBER), people(3), at=later)
    assert made.counts == {"already": 3, "leave": 2}
    assert Spell.objects.filter(replaced_at__isnull=True, until_month__isnull=False).count() == 0
    assert apply_leavers(plan_id=made.pk, by=cast.admin, at=later) == 2
    ended = Spell.objects.filter(replaced_at__isnull=True, until_month=date(2022, 10, 1))
    assert ended.count() == 2
    with pytest.raises(PlanNotApplicable, match="changed_since"):
        apply_leavers(plan_id=made.pk, by=cast.admin, at=later)


def test_additions_never_propose_leavers_and_a_waiting_row_is_nobody_gone() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(5))
    additions = cast.heading(cast.works, month=NOVEMBER, kind=RosterList.ADDITIONS)
    assert plan(roster_list=hand_in(cast, additions, people(1)), by=cast.operator, at=AT).counts == {"already": 1}
    waiting = [*people(4), people(1, first=5, verdict="human")[0] | {"nik": None}]
    complete = hand_in(cast, cast.heading(cast.works, month=NOVEMBER), waiting)
    assert plan(roster_list=complete, by=cast.operator, at=AT).counts == {"already": 4, "human": 1}


def test_an_empty_complete_list_removes_nobody_by_itself() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(5))
    made = enrol(cast, cast.heading(cast.works, month=NOVEMBER), [])
    assert made.counts == {"leave": 5}
    assert current_spells() == 5


def test_what_was_approved_is_what_happens_or_nothing() -> None:
    cast = call_cast()
    first = approved(cast, hand_in(cast, cast.heading(cast.works), people(4)))
    enrol(cast, cast.heading(cast.health), people(2, first=4))
    with pytest.raises(PlanNotApplicable, match="changed_since"):
        apply(plan_id=first.pk, by=cast.admin, at=AT)
    assert current_spells() == 2


def test_the_database_itself_refuses_a_second_payer() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(1))
    spell = Spell.objects.get()
    spell.pk, spell.payer_opd, spell.from_month = None, cast.health, NOVEMBER
    with pytest.raises(DatabaseError, match="one_payer_per_month"), transaction.atomic():
        spell.save(force_insert=True)
    with pytest.raises(DatabaseError, match="replaced, never changed"), transaction.atomic():
        Spell.objects.update(from_month=NOVEMBER)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Spell.objects.all().delete()


def test_every_count_opens_to_exactly_its_people() -> None:
    cast = call_cast()
    made = enrol(cast, cast.heading(cast.works), people(120) + people(7, first=200, verdict="human"))
    seen: list[int] = []
    page = planned_people(made, "join", limit=50)
    while page:
        seen += [line.position for line in page]
        page = planned_people(made, "join", after=page[-1].position, limit=50)
    assert len(seen) == len(set(seen)) == made.counts["join"] == PlanItem.objects.filter(kind="join").count()
    assert lists(cast.area)[0].people == 127


def test_people_are_found_by_a_name_typed_badly_and_by_nik() -> None:
    cast = call_cast()
    rows = people(40)
    rows[7] |= {"name": "EUIS KOMALASARI"}
    enrol(cast, cast.heading(cast.works), rows)
    assert [found.name for found in search(cast.area, "eis komala sari")][:1] == ["EUIS KOMALASARI"]
    assert [found.name for found in search(cast.area, rows[7]["nik"])] == ["EUIS KOMALASARI"]
    assert search(cast.area, "   ") == [] and search(cast.area, "3273999999999999") == []


def test_programme_sets_are_ranges() -> None:
    assert as_ranges(["JKM", "JKK"]) == [(0, 2)]
    assert as_ranges(["JKK", "JHT"]) == [(0, 1), (2, 3)]
    assert names(0, 3) == ("JKK", "JKM", "JHT")
    with pytest.raises(KeyError):
        as_ranges(["JKP"])
