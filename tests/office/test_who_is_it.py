"""Rows that resemble somebody: sought, shown with reasons, decided by a person, remembered by the next list."""

import json
from datetime import date
from typing import Any

import polars as pl
import pytest

from payung.office.access.marks import seal
from payung.office.access.roles import NotAllowed
from payung.office.approvals.actions import decide
from payung.office.approvals.models import Verdict
from payung.office.enrolment.actions import apply, plan
from payung.office.enrolment.identities import seek_for_plan, seek_twins
from payung.office.enrolment.models import Plan
from payung.office.enrolment.pairs import beside
from payung.office.enrolment.queries import planned_people
from payung.office.files.models import Finding, Row
from payung.office.places.actions import grant_area
from payung.office.places.models import UserArea
from payung.office.places.queries import Area
from payung.office.places.scope import seen_by
from payung.office.registry import blocks
from payung.office.registry.judging import JudgementRefused, Said, judge_row, judge_twins
from payung.office.registry.models import Block, Judgement, Pair, Person
from payung.office.registry.questions import LATER, candidates, twins, waiting_rows, waiting_twins
from payung.rules.identity import regions
from tests.office.cast import AT, Cast, approved, call_cast, enrol, hand_in, people

pytestmark = pytest.mark.django_db
ON = AT.date()


def quiet(step: str, done: int, whole: int) -> None:
    """Nobody watches."""


def mistyped(row: dict[str, Any]) -> dict[str, Any]:
    nik = row["nik"]
    return row | {"nik": nik[:-1] + str((int(nik[-1]) + 1) % 10)}


@pytest.fixture
def asked() -> tuple[Cast, Plan]:
    """Public works has ten people; health names one of them with a mistyped NIK, and somebody new."""
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(10))
    rows = [mistyped(people(1)[0]), *people(1, first=50)]
    made = plan(roster_list=hand_in(cast, cast.heading(cast.health, kind="additions"), rows), by=cast.operator, at=AT)
    assert made.counts == {"human": 1, "join": 1}
    seek_for_plan(plan=made, by=cast.operator, at=AT, progress=quiet)
    return cast, made


def the_row(made: Plan) -> Row:
    return Row.objects.filter(reading=made.roster_list.reading).order_by("position")[0]


def again(cast: Cast, name: str = "lagi.xlsx") -> Plan:
    rows = [mistyped(people(1)[0]), *people(1, first=50)]
    return plan(
        roster_list=hand_in(cast, cast.heading(cast.health, kind="additions"), rows, name=name), by=cast.operator, at=AT
    )


def test_a_row_is_shown_beside_whom_it_may_be_with_the_reasons(asked: tuple[Cast, Plan]) -> None:
    cast, made = asked
    (pair,) = waiting_rows(cast.area)
    assert pair.person.name == people(1)[0]["name"] and pair.probability > 0.9
    (found,) = candidates(cast.area, the_row(made).pk, digits=None, on=ON)
    assert found.reasons is not None and found.reasons.probability == pytest.approx(pair.probability)
    assert {step.level for step in found.reasons.steps if step.comparison == "name"} == {"same"}
    assert Block.objects.count() == 10


def test_the_same_person_is_no_new_one_now_and_in_the_next_list(asked: tuple[Cast, Plan]) -> None:
    cast, made = asked
    person = Person.objects.order_by("pk")[0]
    judge_row(row_id=the_row(made).pk, said=Said("same", person.pk), area=cast.area, by=cast.operator, at=AT)
    assert not waiting_rows(cast.area).exists()
    reason = planned_people(again(cast), "human")[0].reason
    assert reason == "other_payer"  # known now: public works pays for her


def test_somebody_new_joins_once_and_is_known_after(asked: tuple[Cast, Plan]) -> None:
    cast, made = asked
    judge_row(row_id=the_row(made).pk, said=Said("different"), area=cast.area, by=cast.operator, at=AT)
    decide(proposal_id=made.proposal_id, version=1, verdict=Verdict.REFUSE, comment="x", by=cast.admin, at=AT)
    anew = approved(cast, made.roster_list)
    assert anew.counts == {"join": 2}
    apply(plan_id=anew.pk, by=cast.admin, at=AT)
    assert Person.objects.count() == 12
    assert again(cast).counts == {"already": 2}


def test_an_operator_who_may_not_see_the_candidate_leaves_it_to_the_whole_government(
    asked: tuple[Cast, Plan],
) -> None:
    cast, made = asked
    narrow = Area(cast.government, (cast.health.pk,))
    grant_area(user=cast.operator, government=cast.government, opd=cast.health, by=cast.admin, at=AT)
    UserArea.objects.filter(user=cast.operator, opd=None).delete()
    with seen_by(cast.operator) as area:
        assert area == narrow and waiting_rows(area).count() == 1
        (hidden,) = candidates(area, the_row(made).pk, digits=None, on=ON)
        assert hidden.reasons is None
        with pytest.raises(JudgementRefused, match="outside_area"):
            judge_row(row_id=the_row(made).pk, said=Said("different"), area=area, by=cast.operator, at=AT)
        judge_row(row_id=the_row(made).pk, said=Said("later"), area=area, by=cast.operator, at=AT)
        assert (waiting_rows(area).count(), waiting_rows(area, LATER).count()) == (0, 1)
    other = Area(cast.government, (cast.works.pk,))
    with pytest.raises(Pair.DoesNotExist):
        candidates(other, the_row(made).pk, digits=None, on=ON)


def test_only_who_hands_in_lists_decides_and_only_among_the_candidates(asked: tuple[Cast, Plan]) -> None:
    cast, made = asked
    stranger = Person.objects.order_by("pk")[5]
    with pytest.raises(NotAllowed):
        judge_row(row_id=the_row(made).pk, said=Said("different"), area=cast.area, by=cast.auditor, at=AT)
    with pytest.raises(JudgementRefused, match="not_a_candidate"):
        judge_row(row_id=the_row(made).pk, said=Said("same", stranger.pk), area=cast.area, by=cast.operator, at=AT)
    assert not Judgement.objects.exists()


def test_two_in_the_registry_are_found_and_stay_two_when_somebody_said_so() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(6))
    twin = Person.objects.order_by("pk")[0]
    twin.pk, twin.nik_sealed = None, None
    twin.save(force_insert=True)
    assert seek_twins(government=cast.government, by=cast.operator, at=AT, progress=quiet).pairs == 1
    (pair,) = waiting_twins(cast.area)
    assert pair.other is not None and {pair.other.name, pair.person.name} == {twin.name}
    assert twins(cast.area, pair.pk, on=ON).reasons is not None
    judge_twins(other=pair.other, person=pair.person, answer="different", area=cast.area, by=cast.operator, at=AT)
    assert seek_twins(government=cast.government, by=cast.operator, at=AT, progress=quiet).pairs == 0


def test_a_changed_person_is_sought_anew(asked: tuple[Cast, Plan]) -> None:
    cast, made = asked
    Person.objects.filter(pk=Person.objects.order_by("pk")[0].pk).update(
        name="LAIN SEKALI", birth_date=date(1999, 9, 9)
    )
    assert Block.objects.count() == 9
    seek_for_plan(plan=made, by=cast.operator, at=AT, progress=quiet)
    assert Block.objects.count() == 10


def test_villages_are_compared_by_their_names_not_by_their_codes(asked: tuple[Cast, Plan]) -> None:
    """32.73.02.1005 and 32.73.20.1006 are nearly one text, and two villages."""
    first, second = list(Person.objects.order_by("pk").values_list("pk", flat=True)[:2])
    for key, code in ((first, "32.73.02.1005"), (second, "32.73.20.1006")):
        Person.objects.filter(pk=key).update(desa_code=code)
    told = blocks.persons(pl.Series([first, second])).sort("id")["village"].to_list()
    assert told == [regions.name_of("32.73.02.1005"), regions.name_of("32.73.20.1006")] and None not in told


def under_two_niks(**other: object) -> list[dict[str, Any]]:
    """Somebody, and the same name and birth date once more with a NIK of another region."""
    (first,) = people(1)
    return [first, first | {"nik": "320411" + first["nik"][6:12] + "0077", "row": 90, **other}]


def test_one_person_under_two_niks_in_one_list_is_asked_about_before_she_joins_twice() -> None:
    cast = call_cast()
    heading = cast.heading(cast.works)
    made = enrol(cast, heading, under_two_niks())
    assert made.counts == {"human": 1, "join": 1}
    (waits,) = planned_people(made, "human")
    assert (waits.reason, waits.row) == ("twice_other_nik", 90)
    assert [(one.row, one.name) for one in beside(made, [waits])[waits.position]] == [(6, waits.name)]
    anew = plan(roster_list=made.roster_list, by=cast.operator, at=AT)
    assert anew.counts == {"already": 1, "human": 1}
    (known,) = Person.objects.all()
    assert planned_people(anew, "human")[0].person_id == known.pk
    assert seek_for_plan(plan=anew, by=cast.operator, at=AT, progress=quiet).pairs == 1
    asked_row = Row.objects.get(reading=made.roster_list.reading, row=90)
    judge_row(row_id=asked_row.pk, said=Said("different"), area=cast.area, by=cast.operator, at=AT)
    decide(proposal_id=anew.proposal_id, version=1, verdict=Verdict.REFUSE, comment="x", by=cast.admin, at=AT)
    assert plan(roster_list=made.roster_list, by=cast.operator, at=AT).counts == {"already": 1, "join": 1}


def test_a_refused_row_names_the_row_that_stands_already() -> None:
    cast = call_cast()
    rows = [*people(2), people(1)[0] | {"row": 90, "verdict": "reject"}]
    listed = hand_in(cast, cast.heading(cast.works), rows)
    detail = json.dumps({"params": {"other_sheet": "Sheet1", "other_row": 6}})
    Finding.objects.create(
        government=cast.government, reading=listed.reading, sheet="Sheet1", row=90, position=2, column="C",
        field="nik", code="duplicate_row", severity="reject", sealed_detail=seal(detail, kind="finding"),
    )  # fmt: skip
    made = plan(roster_list=listed, by=cast.operator, at=AT)
    assert beside(made, planned_people(made, "join")) == {}
    (refused,) = planned_people(made, "reject")
    assert [(one.row, one.name) for one in beside(made, [refused])[refused.position]] == [(6, rows[0]["name"])]


def test_two_rows_said_to_be_one_person_name_each_other() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(1))
    first = mistyped(people(1)[0])
    listed = hand_in(
        cast, cast.heading(cast.health, kind="additions"), [first, mistyped(first) | {"row": 7, "birth_place": "Garut"}]
    )
    asked = plan(roster_list=listed, by=cast.operator, at=AT)
    seek_for_plan(plan=asked, by=cast.operator, at=AT, progress=quiet)
    (known,) = Person.objects.all()
    for row in Row.objects.filter(reading=listed.reading):
        judge_row(row_id=row.pk, said=Said("same", known.pk), area=cast.area, by=cast.operator, at=AT)
    decide(proposal_id=asked.proposal_id, version=1, verdict=Verdict.REFUSE, comment="x", by=cast.admin, at=AT)
    made = plan(roster_list=listed, by=cast.operator, at=AT)
    waits = planned_people(made, "human")
    assert [one.reason for one in waits] == ["person_twice"] * 2
    assert [[one.row for one in beside(made, waits)[position]] for position in (0, 1)] == [[7], [6]]


def test_who_shares_a_name_and_birth_date_but_not_the_birth_place_is_somebody_else() -> None:
    cast = call_cast()
    assert enrol(cast, cast.heading(cast.works), under_two_niks(birth_place="Garut")).counts == {"join": 2}
