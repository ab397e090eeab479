"""Two persons become one, and two again: nothing of either changes, every reading follows."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from payung.office.access.roles import NotAllowed
from payung.office.approvals.actions import DecisionRefused
from payung.office.approvals.models import Proposal, Verdict
from payung.office.billing.queries import billed_of
from payung.office.coverage.queries import cover_on
from payung.office.enrolment.elsewhere import ask_for_person
from payung.office.enrolment.merging import (
    MergeRefused,
    collisions,
    decide_merge,
    propose_merge,
    propose_unmerge,
    visible_merges,
)
from payung.office.enrolment.models import Spell
from payung.office.places.actions import grant_area
from payung.office.places.models import UserArea
from payung.office.places.scope import seen_by
from payung.office.privacy.queries import everything_about
from payung.office.registry.models import Alias, Membership, Merge, Person, PersonOpd
from payung.office.registry.queries import facts, search
from payung.office.reports.behind import people_behind
from payung.rules.months import Month
from tests.office.cast import AT, Cast, billed, call_cast, enrol, people

pytestmark = pytest.mark.django_db
DAY = date(2022, 10, 15)


def merge(cast: Cast, absorbed: Person, surviving: Person) -> Merge:
    made = propose_merge(absorbed=absorbed, surviving=surviving, area=cast.area, by=cast.operator, at=AT)
    say_yes(cast, made)
    return made


def unmerge(cast: Cast, made: Merge) -> None:
    propose_unmerge(merge_id=made.pk, area=cast.area, by=cast.operator, at=AT)
    say_yes(cast, made)


def say_yes(cast: Cast, made: Merge) -> None:
    decide_merge(merge_id=made.pk, verdict=Verdict.APPROVE, comment="", area=cast.area, by=cast.admin, at=AT)


def without_spells(person: Person) -> None:
    Spell.objects.filter(membership__person=person).update(replaced_at=AT)


@pytest.fixture
def two() -> tuple[Cast, Person, Person]:
    """One at public works, one at health who is no longer paid for: the same human being."""
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(1))
    enrol(cast, cast.heading(cast.health), people(1, first=2))
    billed(cast, Month(2022, 10))
    stays, goes = Person.objects.order_by("pk")
    without_spells(goes)
    return cast, stays, goes


def test_a_second_person_decides_and_then_everything_is_seen_under_the_survivor(
    two: tuple[Cast, Person, Person],
) -> None:
    cast, stays, goes = two
    made = propose_merge(absorbed=goes, surviving=stays, area=cast.area, by=cast.operator, at=AT)
    assert not Alias.objects.exists() and len(billed_of(stays.pk)) == 1
    with pytest.raises(NotAllowed):
        decide_merge(merge_id=made.pk, verdict=Verdict.APPROVE, comment="", area=cast.area, by=cast.operator, at=AT)
    say_yes(cast, made)
    assert Alias.objects.get().survivor == stays
    assert len(billed_of(stays.pk)) == len(billed_of(goes.pk)) == 2
    assert len(cover_on(stays.pk, DAY)) == 2
    known = facts(cast.area, stays.pk)
    assert {job.opd for job in known.jobs} == {"DPU", "Dinkes"} and known.also == ((goes.pk, goes.name),)
    (found,) = search(cast.area, people(1, first=2)[0]["nik"])
    assert (found.id, found.known_as) == (stays.pk, goes.name)
    assert {line.person_id for line in people_behind(cast.area, Month(2022, 10), "protected")} == {stays.pk}
    assert len(everything_about(stays)["registry.Person"]) == 2


def test_who_made_it_cannot_decide_it(two: tuple[Cast, Person, Person]) -> None:
    cast, stays, goes = two
    made = propose_merge(absorbed=goes, surviving=stays, area=cast.area, by=cast.admin, at=AT)
    with pytest.raises(DecisionRefused, match="own_proposal"):
        say_yes(cast, made)


def test_a_merge_stands_only_as_it_was_approved(two: tuple[Cast, Person, Person]) -> None:
    cast, stays, goes = two
    made = propose_merge(absorbed=goes, surviving=stays, area=cast.area, by=cast.operator, at=AT)
    for change in ({"recorded_at": AT}, {"replaced_at": AT}, {"surviving": goes}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Merge.objects.filter(pk=made.pk).update(**change)
    say_yes(cast, made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Merge.objects.filter(pk=made.pk).update(replaced_at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Merge.objects.all().delete()


def test_months_paid_by_two_are_resolved_before_and_never_come_after() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(1))
    enrol(cast, cast.heading(cast.health), people(1, first=2))
    stays, goes = Person.objects.order_by("pk")
    (found,) = collisions(stays.pk, goes.pk)
    assert {found.first.payer_opd, found.second.payer_opd} == {cast.works, cast.health}
    with pytest.raises(MergeRefused, match="two_payers"):
        merge(cast, goes, stays)
    without_spells(goes)
    merge(cast, goes, stays)
    ended = Spell.objects.get(membership__person=goes)
    ended.pk, ended.replaced_at = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        ended.save(force_insert=True)


def test_the_next_list_knows_the_survivor_by_either_number_and_makes_nobody_new(
    two: tuple[Cast, Person, Person],
) -> None:
    cast, stays, goes = two
    merge(cast, goes, stays)
    rows = people(1) if goes.pk < stays.pk else people(1, first=2)
    made = enrol(cast, cast.heading(cast.works, kind="additions"), rows)
    assert made.counts == {"already": 1}
    assert (Person.objects.count(), Membership.objects.count()) == (2, 2)


def test_an_office_that_saw_the_absorbed_one_sees_the_survivor_until_they_are_two_again(
    two: tuple[Cast, Person, Person],
) -> None:
    cast, stays, goes = two
    grant_area(user=cast.auditor, government=cast.government, opd=cast.health, by=cast.admin, at=AT)
    UserArea.objects.filter(user=cast.auditor, opd=None).delete()
    made = merge(cast, goes, stays)
    with seen_by(cast.auditor) as area:
        assert [found.id for found in search(area, goes.name)] == [stays.pk]
    unmerge(cast, made)
    with seen_by(cast.auditor) as area:
        assert [found.id for found in search(area, goes.name)] == [goes.pk]


def test_another_government_hears_of_a_payer_by_either_number(two: tuple[Cast, Person, Person]) -> None:
    cast, stays, goes = two
    merge(cast, goes, stays)
    other = call_cast(code="32.74", prefix="lain-")
    enrol(other, other.heading(other.works), people(1, first=2))
    asked = Person.objects.get()
    assert [payer.fund_kind for payer in ask_for_person(asked.pk, since=DAY.replace(day=1), at=AT)] == ["APBD"]


def held(person: Person) -> dict[str, Any]:
    """Everything held on her, but the facts of merging themselves and the derived table, which is read below."""
    told = everything_about(person)
    return {label: rows for label, rows in told.items() if label not in ("registry.Merge", "registry.PersonOpd")}


def readings(cast: Cast) -> dict[str, Any]:
    """What every reading answers of everybody."""
    ids = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    return {
        "facts": [facts(cast.area, key) for key in ids],
        "cover": [cover_on(key, DAY) for key in ids],
        "billed": [[line.pk for line, _ in billed_of(key)] for key in ids],
        "held": [held(Person.objects.get(pk=key)) for key in ids],
        "found": [search(cast.area, person.name) for person in Person.objects.order_by("pk")],
        "behind": people_behind(cast.area, Month(2022, 10), "protected"),
        "seen": sorted(PersonOpd.objects.values_list("opd_id", "person_id")),
        "aliases": list(Alias.objects.values_list("person_id", "survivor_id")),
    }


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=4), st.randoms())
@settings(
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=5,
)
def test_merges_taken_back_in_any_order_leave_nothing(chain: list[tuple[int, int]], order: Any) -> None:
    with transaction.atomic():
        cast = call_cast()
        enrol(cast, cast.heading(cast.works), people(2))
        enrol(cast, cast.heading(cast.health), people(2, first=3))
        everybody = list(Person.objects.order_by("pk"))
        for person in everybody[1:]:
            without_spells(person)
        before, made = readings(cast), []
        for absorbed, surviving in chain:
            try:
                made.append(merge(cast, everybody[absorbed], everybody[surviving]))
            except MergeRefused as refused:
                assert refused.reason == "one_person"
        survivors = dict(Alias.objects.values_list("person_id", "survivor_id"))
        assert len(survivors) == len(made)  # each merge absorbs one more
        assert not set(survivors) & set(survivors.values())  # every chain ends
        order.shuffle(made)
        for one in made:
            unmerge(cast, one)
        after = readings(cast)
        assert after == before
        assert all(one.replaced_at for one in visible_merges(cast.area))
        transaction.set_rollback(True)


def test_a_refused_merge_can_be_asked_again(two: tuple[Cast, Person, Person]) -> None:
    cast, stays, goes = two
    made = propose_merge(absorbed=goes, surviving=stays, area=cast.area, by=cast.operator, at=AT)
    with pytest.raises(MergeRefused, match="waiting"):
        propose_merge(absorbed=stays, surviving=goes, area=cast.area, by=cast.operator, at=AT)
    decided = decide_merge(
        merge_id=made.pk, verdict=Verdict.REFUSE, comment="bukan dia", area=cast.area, by=cast.admin, at=AT
    )
    assert decided.state == Proposal.REFUSED and not Alias.objects.exists()
    merge(cast, goes, stays)
    assert Alias.objects.count() == 1
