"""From a village's list to a decree, its amendments and protected people."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from payung.office.access.actions import add_user
from payung.office.access.roles import NotAllowed, Role
from payung.office.agreements.decree_lists import free_slots, list_on
from payung.office.agreements.decrees import DecreeRefused, set_quota
from payung.office.agreements.models import Amendment, AmendmentItem, Entry, Slot
from payung.office.approvals.actions import DecisionRefused
from payung.office.enrolment.actions import apply, apply_leavers
from payung.office.enrolment.models import Spell
from payung.office.places.actions import grant_area
from payung.office.places.scope import seen_by
from payung.office.planning.pools import pool as pool_of
from payung.office.registry.models import Person
from payung.office.reports import funnel
from payung.office.verification.actions import RecordRefused, Stated, check_again, note_visit, state_work
from payung.office.verification.handover import hand_over
from payung.office.verification.intake import IntakeRefused, propose_one, take_in
from payung.office.verification.lists import bring_in_force, due, propose_list, propose_replacements, turns
from payung.office.verification.models import Candidate, Outcome, Told
from payung.office.verification.queries import Wanted, outcomes_in, pool, reasons_in, taken_back_in
from payung.office.verification.taking_back import propose_again, take_back
from payung.rules.eligibility.terms import Rule
from payung.rules.identity import regions
from tests.office.cast import Cast, call_cast, enrol, people
from tests.office.cast import approve as approve_plan
from tests.office.pool import FIRST, NOW, Villager, approve, drafted, in_force, paper, propose, state, tell_of, written

pytestmark = pytest.mark.django_db
JANUARY = date(2023, 1, 1)


@pytest.fixture
def cast() -> Cast:
    return call_cast()


def outcome_of(one: Villager) -> tuple[str, str | None]:
    found = Outcome.objects.get(candidate__name=one.name)
    return found.outcome, found.reason


def test_each_candidate_is_told_why(cast: Cast) -> None:
    decree = drafted(cast, quota=10)
    sound, old, away, odd = (
        Villager(1), Villager(2, birth=date(1957, 11, 1)), Villager(3, job="Astronot"), Villager(4, job=""),
    )  # fmt: skip
    taken = propose(cast, decree, [sound, old, away, odd, sound])
    assert (taken.candidates, taken.known) == (5, False)
    assert propose(cast, decree, [sound, old, away, odd, sound]).known
    assert outcomes_in(cast.area, decree) == {"out": 2, "ask": 3}
    state(cast, decree)
    assert outcomes_in(cast.area, decree) == {"out": 2, "ask": 2, "valid": 1}
    assert reasons_in(cast.area, decree) == {
        ("out", "too_old"): 1, ("out", "twice"): 1, ("ask", "segment_unknown"): 2,
    }  # fmt: skip
    assert outcome_of(old) == ("out", "too_old")
    assert pool(cast.area, decree, Wanted(reason="twice")).count() == 1
    assert Person.objects.count() == 0, "nobody enters the registry before a decree stands"


def test_a_row_that_a_later_list_puts_right_takes_its_turn(cast: Cast) -> None:
    decree, one = drafted(cast, quota=10, rules=(Rule("age"),)), Villager(1)
    wrong = written([one]).replace(b"07-05-1980", b"31-02-1980")
    for name, content in (("wrong.csv", wrong), ("right.csv", written([one]))):
        take_in(decree=decree, content=content, name=name, area=cast.area, by=cast.operator, at=NOW)
    assert reasons_in(cast.area, decree) == {("ask", "row_unsure"): 1}
    assert outcomes_in(cast.area, decree) == {"ask": 1, "valid": 1}
    propose(cast, decree, [one, Villager(2)])
    assert reasons_in(cast.area, decree) == {("ask", "row_unsure"): 1, ("out", "twice"): 1}


def test_outside_lists_tell_of_deciles_deaths_and_wages(cast: Cast) -> None:
    decree = drafted(cast, quota=10, rules=(Rule("decile", {"maximum": 4}), Rule("wage_earner")))
    poor, rich, dead, clerk, unknown = (Villager(number) for number in range(1, 6))
    propose(cast, decree, [poor, rich, dead, clerk, unknown])
    tell_of(cast, Told.DECILE, [(one.nik, "2") for one in (poor, dead, clerk)] + [(rich.nik, "Desil 5"), ("x", "1")])
    tell_of(cast, Told.DIED, [(dead.nik,)])
    tell_of(cast, Told.WAGE_EARNER, [(clerk.nik,)])
    check_again(decree=decree, by=cast.operator, at=NOW)
    told = [outcome_of(one) for one in (poor, rich, dead, clerk, unknown)]
    assert told == [
        ("valid", None), ("out", "decile_above"), ("out", "dead"), ("out", "wage_earner_told"),
        ("ask", "decile_unknown"),
    ]  # fmt: skip
    tell_of(cast, Told.DECILE, [(rich.nik, "3")], told_on=date(2022, 10, 2))
    check_again(decree=decree, by=cast.operator, at=NOW)
    assert outcome_of(rich) == ("valid", None), "the newest list counts"
    assert Told.objects.filter(kind=Told.DECILE).count() == 5


def test_people_already_paid_for_and_wage_earners_here_are_out(cast: Cast) -> None:
    decree = drafted(cast, quota=10, rules=(Rule("wage_earner"), Rule("covered")))
    clerk = Villager(1)
    row = people(1)[0] | {"nik": clerk.nik, "name": clerk.name, "birth_date": clerk.birth}
    enrol(cast, cast.heading(cast.health), [row])
    propose(cast, decree, [clerk, Villager(2)])
    assert outcome_of(clerk) == ("out", "wage_earner_here")
    other = drafted(cast, quota=10, title="SK lain", rules=(Rule("covered"),))
    in_force(cast, propose_list(decree=decree, paper=paper(), by=cast.operator, at=NOW))
    propose(cast, other, [Villager(2), Villager(3)])
    assert reasons_in(cast.area, other) == {("out", "in_other_decree"): 1}


def test_a_decree_takes_those_in_turn_and_the_others_wait(cast: Cast) -> None:
    decree = drafted(cast, quota=2, rules=(Rule("decile", {"maximum": 5}),), priority=("decile",))
    candidates = [Villager(number) for number in range(1, 5)]
    propose(cast, decree, candidates)
    tell_of(cast, Told.DECILE, [(one.nik, str(decile)) for one, decile in zip(candidates, (4, 1, 3, 2), strict=True)])
    made = propose_list(decree=decree, paper=paper(), by=cast.operator, at=NOW)
    with pytest.raises(DecreeRefused, match="not_approved"):
        in_force_without_approval(cast, made)
    with pytest.raises(DecreeRefused, match="still_open"):
        propose_list(decree=decree, paper=paper("SK/2"), by=cast.operator, at=NOW)
    in_force(cast, made)
    assert [Person.objects.get(pk=pk).name for pk in list_on(decree, FIRST)["person_id"]] == [
        candidates[1].name, candidates[3].name,
    ]  # fmt: skip
    assert list_on(decree, date(2022, 10, 31)).is_empty() and list_on(decree, date(2023, 11, 1)).is_empty()
    waiting = turns(decree, FIRST)
    assert waiting["name"].to_list() == [candidates[2].name, candidates[0].name]
    assert waiting["slot_id"].null_count() == 2 and free_slots(decree, FIRST).is_empty()
    assert made.proposal.amount_rupiah == 2 * 16_800
    again = in_force_without_approval(cast, made)
    assert again.in_force_at == NOW and Entry.objects.count() == 2


def in_force_without_approval(cast: Cast, amendment: Amendment) -> Amendment:
    return bring_in_force(amendment_id=amendment.pk, by=cast.operator, at=NOW)


def test_the_quota_is_shared_out_among_villages(cast: Cast) -> None:
    here, there = "32.73.01.1001", "32.73.01.1002"
    decree = drafted(cast, quota=3, quota_by="desa", shares={here: 1, there: 1}, rules=())
    propose(cast, decree, [Villager(number) for number in range(1, 5)] + [Villager(9, village=there)])
    made = in_force(cast, propose_list(decree=decree, paper=paper(), by=cast.operator, at=NOW))
    assert sorted(list_on(decree, FIRST)["desa_code"]) == [here, here, there]
    kept = Slot.objects.get(decree=decree, share=there)
    item = AmendmentItem.objects.filter(amendment=made, desa_code=here).first()
    assert item is not None
    item.pk, item.slot = None, kept
    with pytest.raises(IntegrityError, match="kept for others"), transaction.atomic():
        item.save(force_insert=True)


def test_who_died_is_replaced_within_the_quota_by_an_amendment(cast: Cast) -> None:
    decree = drafted(cast, quota=2, rules=(Rule("age"),))
    candidates = [Villager(number) for number in range(1, 4)]
    propose(cast, decree, candidates)
    in_force(cast, propose_list(decree=decree, paper=paper(), by=cast.operator, at=NOW))
    assert due(decree, FIRST).is_empty()
    dead = Candidate.objects.get(name=candidates[0].name)
    later = NOW.replace(month=11, day=20)
    note_visit(
        candidate=dead, visited_on=date(2022, 11, 14), finding="died", note="", area=cast.area, by=cast.operator,
        at=later,
    )  # fmt: skip
    (leaving,) = due(decree, FIRST).to_dicts()
    assert (leaving["end_reason"], leaving["last_day"]) == ("died", date(2022, 11, 30))
    made = propose_replacements(
        decree=decree, paper=paper("SK/2", JANUARY), ending={leaving["entry_id"]: "died"}, by=cast.operator, at=NOW
    )
    assert list_on(decree, JANUARY)["person_id"].to_list() == list_on(decree, FIRST)["person_id"].to_list()
    in_force(cast, made)
    named = {entry.pk: entry for entry in Entry.objects.filter(replaced_at=None).select_related("person", "ended_by")}
    assert sorted(entry.person.name for entry in named.values()) == sorted(one.name for one in candidates)
    ended = next(entry for entry in named.values() if entry.end_reason)
    assert (ended.person.name, ended.until_day, ended.ended_by) == (candidates[0].name, date(2022, 11, 30), made)
    new = Entry.objects.get(replaced_at=None, amendment=made)
    assert (new.slot_id, new.from_day, new.person.name) == (ended.slot_id, JANUARY, candidates[2].name)
    assert (list_on(decree, FIRST).height, list_on(decree, date(2022, 12, 1)).height) == (2, 1)
    assert list_on(decree, JANUARY).height == 2


def test_a_list_in_force_becomes_protected_people_and_ended_ones_leave(cast: Cast) -> None:
    decree = drafted(cast, quota=2, rules=(Rule("age"), Rule("covered")))
    propose(cast, decree, [Villager(number) for number in range(1, 4)])
    made = propose_list(decree=decree, paper=paper(), by=cast.operator, at=NOW)
    with pytest.raises(DecreeRefused, match="not_approved"):
        hand_over(amendment=made, by=cast.operator, at=NOW)
    planned = hand_over(amendment=in_force(cast, made), by=cast.operator, at=NOW)
    assert planned.counts == {"join": 2}
    made.refresh_from_db()
    assert hand_over(amendment=made, by=cast.operator, at=NOW).pk == planned.pk
    approve_plan(cast, planned.proposal, by=cast.admin)
    apply(plan_id=planned.pk, by=cast.admin, at=NOW)
    spells = Spell.objects.filter(replaced_at=None)
    assert {spell.plan.roster_list.amendment for spell in spells if spell.plan} == {made}
    assert set(spells.values_list("from_month", "until_month")) == {(FIRST, date(2023, 10, 1))}
    assert Person.objects.count() == 2, "whoever the decree named is not admitted twice"
    check_again(decree=decree, by=cast.operator, at=NOW)
    assert outcomes_in(cast.area, decree) == {"valid": 3}, "the own decree is no other payer"
    entry = list_on(decree, FIRST).row(0, named=True)
    change = propose_replacements(
        decree=decree, paper=paper("SK/2", JANUARY), ending={entry["entry_id"]: "moved"}, by=cast.operator, at=NOW
    )
    second = hand_over(amendment=in_force(cast, change), by=cast.operator, at=NOW)
    assert second.counts == {"join": 1, "leave": 1}
    approve_plan(cast, second.proposal, by=cast.admin)
    apply(plan_id=second.pk, by=cast.admin, at=NOW)
    assert apply_leavers(plan_id=second.pk, by=cast.admin, at=NOW) == 1
    left = Spell.objects.get(replaced_at=None, membership__person=entry["person_id"])
    assert left.until_month == date(2022, 12, 1)


def test_somebody_no_longer_valid_stops_the_paper(cast: Cast) -> None:
    decree = drafted(cast, quota=2, rules=(Rule("age"),))
    propose(cast, decree, [Villager(1), Villager(2)])
    made = propose_list(decree=decree, paper=paper(), by=cast.operator, at=NOW)
    tell_of(cast, Told.DIED, [(Villager(1).nik,)])
    with pytest.raises(DecreeRefused, match="changed_since"):
        in_force(cast, made)
    assert not Entry.objects.exists() and not Person.objects.exists()
    again = propose_list(decree=decree, paper=paper("SK/2"), by=cast.operator, at=NOW)
    in_force(cast, again)
    assert Entry.objects.count() == 1
    with pytest.raises(DecreeRefused, match="changed_since"):
        in_force_without_approval(cast, made)


def test_the_quota_grows_by_decision_and_shrinks_only_to_what_was_never_taken(cast: Cast) -> None:
    decree = drafted(cast, quota=2, rules=())
    propose(cast, decree, [Villager(number) for number in range(1, 4)])
    in_force(cast, propose_list(decree=decree, paper=paper(), by=cast.operator, at=NOW))
    assert set_quota(decree=decree, quota=5, by=cast.operator, at=NOW).quota == 5
    assert free_slots(decree, FIRST)["number"].to_list() == [3, 4, 5]
    assert set_quota(decree=decree, quota=2, by=cast.operator, at=NOW).quota == 2
    with pytest.raises(DecreeRefused, match="quota_taken"):
        set_quota(decree=decree, quota=1, by=cast.operator, at=NOW)
    with pytest.raises(IntegrityError, match="beyond the quota"), transaction.atomic():
        Slot.objects.create(government=cast.government, decree=decree, number=3)


def test_the_database_keeps_one_person_a_slot_and_only_approved_entries(cast: Cast) -> None:
    decree = drafted(cast, quota=3, rules=())
    propose(cast, decree, [Villager(1), Villager(2)])
    in_force(cast, propose_list(decree=decree, paper=paper(), by=cast.operator, at=NOW))
    first, second = Entry.objects.order_by("slot__number")
    for field, value in (("slot_id", second.slot_id), ("from_day", date(2023, 2, 1)), ("until_day", None)):
        copy = Entry.objects.get(pk=first.pk)
        copy.pk = None
        setattr(copy, field, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)
    with connection.cursor() as cursor, pytest.raises(Exception, match="append-only"), transaction.atomic():
        cursor.execute("DELETE FROM agreements_entry")


def test_a_village_officer_proposes_and_states_within_the_own_village(cast: Cast) -> None:
    here, there = "32.73.01.1001", "32.73.01.1002"
    decree = drafted(cast, quota=5)
    propose(cast, decree, [Villager(1, village=here), Villager(2, village=there)])
    officer = add_user(
        username="lurah", full_name="Lurah", role=Role.VILLAGE_OFFICER, password="rahasia-panjang", by=None, at=NOW
    )
    grant_area(user=officer, government=cast.government, opd=None, village_code=here, by=None, at=NOW)
    told = {
        "NIK": Villager(3).nik, "Nama": Villager(3).name, "Tanggal Lahir": "07-05-1980", "Jenis Kelamin": "L",
        "Pekerjaan": "Ojek", "Kecamatan": "Sukasari", "Desa": "Sukarasa",
    }  # fmt: skip
    with seen_by(officer) as area:
        assert list(Candidate.objects.values_list("desa_code", flat=True)) == [here]
        assert sum(outcomes_in(area, decree).values()) == 1
    own = told | {"Desa": name_of(here), "Kecamatan": name_of(here[:8])}
    with seen_by(officer) as area:
        made = propose_one(decree=decree, told=own, area=area, by=officer, at=NOW)
        assert (made.name, made.desa_code, made.segment) == (Villager(3).name, here, "ojek-pangkalan")
    elsewhere = told | {"Desa": name_of(there), "Kecamatan": name_of(there[:8])}
    with seen_by(officer) as area, pytest.raises(IntakeRefused, match="outside_area"):
        propose_one(decree=decree, told=elsewhere, area=area, by=officer, at=NOW)
    with seen_by(officer) as area, pytest.raises(NotAllowed):
        note_visit(candidate=made, visited_on=NOW.date(), finding="fit", note="", area=area, by=officer, at=NOW)
    with seen_by(officer), pytest.raises(NotAllowed):
        propose_list(decree=decree, paper=paper(), by=officer, at=NOW)
    hidden = Candidate.objects.get(desa_code=there)
    stated = Stated(stated_on=NOW.date(), working=True, well=True, signatory="Ketua RT 1", office="RT 1")
    with seen_by(officer) as area:
        with pytest.raises(RecordRefused, match="nobody"):
            state_work(decree=decree, candidate_ids=[made.pk, hidden.pk], stated=stated, area=area, by=officer, at=NOW)
        assert state_work(decree=decree, candidate_ids=[made.pk], stated=stated, area=area, by=officer, at=NOW) == 1
    assert Outcome.objects.get(candidate=made).outcome == "valid"


def test_whoever_was_proposed_by_mistake_is_taken_back_until_a_list_names_them(cast: Cast) -> None:
    decree = drafted(cast, quota=1, rules=())
    propose(cast, decree, [Villager(1), Villager(2)])
    propose(cast, decree, [Villager(1), Villager(3)])
    first, second, again, third = Candidate.objects.order_by("pk")
    told: Any = {"area": cast.area, "by": cast.operator, "at": NOW}
    assert outcomes_in(cast.area, decree) == {"valid": 3, "out": 1}, "one is proposed twice"
    take_back(candidate=first, reason="twice", **told)
    take_back(candidate=first, reason="mistyped", **told)
    first.refresh_from_db()
    assert (first.taken_back_reason, first.taken_back_by) == ("twice", cast.operator), "the first reason stands"
    assert outcomes_in(cast.area, decree) == {"valid": 3} and taken_back_in(cast.area, decree) == 1
    assert funnel.people(cast.area, decree, FIRST).height == 3
    assert sum(group.heads for group in pool_of(decree)) == 3
    take_back(candidate=again, reason="declined", **told)
    made = propose_list(decree=decree, paper=paper(), by=cast.operator, at=NOW)
    assert list(made.amendmentitem_set.values_list("row_id", flat=True)) == [second.row_id]
    with pytest.raises(RecordRefused, match="listed"):
        take_back(candidate=second, reason="mistyped", **told)
    with pytest.raises(IntegrityError, match="stands in a list"), transaction.atomic():
        Candidate.objects.filter(pk=second.pk).update(
            taken_back_at=NOW, taken_back_by=cast.operator, taken_back_reason="twice"
        )
    take_back(candidate=third, reason="wrong_person", **told)
    propose_again(candidate=first, **told)
    assert outcomes_in(cast.area, decree) == {"valid": 2}
    with pytest.raises(NotAllowed):
        take_back(candidate=first, reason="twice", area=cast.area, by=cast.auditor, at=NOW)


def name_of(code: str) -> str:
    return regions.name_of(code) or ""


def test_only_somebody_else_approves(cast: Cast) -> None:
    decree = drafted(cast, quota=2, rules=())
    propose(cast, decree, [Villager(1)])
    made = propose_list(decree=decree, paper=paper(), by=cast.admin, at=NOW)
    with pytest.raises(DecisionRefused, match="own_proposal"):
        approve(cast, made)
