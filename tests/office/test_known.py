"""What did we know on day X about month Y: a late list, an ended spell, a proof that came in between."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Q

from payung.office import bulk
from payung.office.billing.models import Posting
from payung.office.coverage.queries import Cell, State, cover_on, strip
from payung.office.enrolment.actions import apply_leavers
from payung.office.enrolment.models import Spell
from payung.office.files.models import KeptFile
from payung.office.known import STANDING, standing
from payung.office.registry.models import Membership, Person
from payung.office.registry.queries import facts
from payung.office.reports.behind import people_behind
from payung.office.reports.queries import programme
from payung.rules.months import Month
from tests.office.cast import AT, Cast, approved, billed, call_cast, enrol, hand_in, people

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = Month(2022, 10), Month(2022, 11)
BEFORE = AT - timedelta(seconds=1)
LATE = datetime(2022, 11, 20, 2, 0, tzinfo=UTC)
AFTER = LATE + timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    """Five people in October's list; two more on a list for October that came late, in November."""
    called = call_cast()
    enrol(called, called.heading(called.works), people(5), at=AT)
    late = hand_in(called, called.heading(called.works, kind="additions"), people(2, first=20), name="susulan.xlsx")
    late.received_at = LATE
    late.save()
    made = approved(called, late, at=LATE)
    from payung.office.enrolment.actions import apply

    apply(plan_id=made.pk, by=called.admin, at=LATE)
    return called


def counts(cast: Cast, known_at: datetime | None) -> tuple[int, int, int]:
    month = programme(cast.area, OCTOBER, known_at=known_at)
    behind = people_behind(cast.area, OCTOBER, "protected", known_at=known_at)
    assert len(behind) == month.total("protected")
    return month.total("listed"), month.total("protected"), month.total("billed_rupiah")


def test_a_late_list_was_not_known_before_it_came(cast: Cast) -> None:
    billed(cast, OCTOBER, at=AFTER)
    assert counts(cast, BEFORE) == (0, 0, 0)
    assert counts(cast, AT) == (5, 5, 0)
    assert counts(cast, LATE - timedelta(microseconds=1)) == (5, 5, 0)
    assert counts(cast, LATE) == (7, 7, 0)
    assert counts(cast, None) == counts(cast, AFTER)
    assert counts(cast, None)[2] > 0
    person = Person.objects.get(name=people(1, first=20)[0]["name"])
    day = date(2022, 10, 20)
    assert [cover_on(person.pk, day, known_at=then)[0].state for then in (AT, LATE, None)] == [
        State.NEVER, State.PLANNED, State.PLANNED,
    ]  # fmt: skip
    assert facts(cast.area, person.pk, known_at=AT).jobs == ()
    assert len(facts(cast.area, person.pk, known_at=LATE).jobs) == 1


def test_an_ended_spell_was_still_open_the_day_before(cast: Cast) -> None:
    ended_at = datetime(2022, 12, 5, 2, 0, tzinfo=UTC)
    complete = cast.heading(cast.works, month=date(2022, 12, 1))
    shorter = approved(cast, hand_in(cast, complete, people(4), name="desember.xlsx"), at=ended_at)
    apply_leavers(plan_id=shorter.pk, by=cast.admin, at=ended_at)
    leaver = Person.objects.get(name=people(1, first=5)[0]["name"])
    day = date(2023, 1, 10)
    told = [cover_on(leaver.pk, day, known_at=then)[0].state for then in (ended_at - timedelta(days=1), ended_at, None)]
    assert told == [State.PLANNED, State.ENDED, State.ENDED]
    january = Month(2023, 1)
    assert programme(cast.area, january, known_at=ended_at - timedelta(days=1)).total("protected") == 7
    assert programme(cast.area, january, known_at=ended_at).total("protected") == 4
    assert programme(cast.area, january).total("protected") == 4


def test_whom_a_list_names_and_nobody_protects_any_more_has_ended(cast: Cast) -> None:
    """In the list as already protected, or joined by it and then taken back: dead before the first month."""
    heading = cast.heading(cast.works, month=date(2022, 12, 1))
    enrol(cast, heading, [*people(8), *people(2, first=20)], at=LATE)
    gone = Person.objects.filter(name__in=[people(1, first=number)[0]["name"] for number in (1, 8)])
    spells = Spell.objects.filter(membership__person__in=gone, replaced_at=None)
    assert spells.update(replaced_at=LATE) == 2
    month = programme(cast.area, Month(2023, 1))
    assert (month.total("listed"), month.total("protected"), month.total("ended")) == (10, 8, 2)
    assert {one.person_id for one in people_behind(cast.area, Month(2023, 1), "ended")} == {one.pk for one in gone}


def test_a_proof_counts_from_the_day_it_was_recorded(cast: Cast) -> None:
    membership = Membership.objects.order_by("pk")[0]
    Posting.objects.create(
        government=cast.government, membership=membership, month=OCTOBER.first_day, amount_rupiah=1,
        file=KeptFile.objects.all()[0], recorded_at=LATE,
    )  # fmt: skip
    day = date(2022, 10, 20)
    states = [cover_on(membership.person_id, day, known_at=then)[0].state for then in (AT, LATE, None)]
    assert states == [State.PLANNED, State.CONFIRMED, State.CONFIRMED]
    cells = [strip(membership.pk, OCTOBER, OCTOBER, known_at=then)[0][1] for then in (BEFORE, AT, LATE)]
    assert cells == [Cell.BEFORE, Cell.UNPAID, Cell.POSTED]
    assert [programme(cast.area, OCTOBER, known_at=then).total("posted") for then in (AT, LATE)] == [0, 1]
    assert len(people_behind(cast.area, OCTOBER, "posted", known_at=AT)) == 0


@pytest.mark.parametrize("known_at", [None, BEFORE, AT, LATE, AFTER])
def test_the_two_ways_to_say_it_agree(cast: Cast, known_at: datetime | None) -> None:
    by_orm = Spell.objects.filter(standing(known_at), Q(government=cast.government)).count()
    sql = f"SELECT 1 FROM enrolment_spell s WHERE {STANDING.format(row='s')}"
    assert bulk.execute(sql, {"known_at": known_at}) == by_orm


def test_after_a_lapse_the_membership_counts_anew_unless_the_hole_was_paid_late(cast: Cast) -> None:
    membership = Membership.objects.order_by("pk")[0]
    kept = KeptFile.objects.all()[0]

    def prove(*months: Month) -> None:
        Posting.objects.bulk_create(
            Posting(
                government=cast.government, membership=membership, month=month.first_day, amount_rupiah=1,
                file=kept, recorded_at=LATE,
            )
            for month in months
        )  # fmt: skip

    april = Month(2023, 4)
    prove(OCTOBER, april)
    (cover,) = cover_on(membership.person_id, date(2023, 4, 20))
    assert (cover.state, cover.since) == (State.CONFIRMED, april.first_day)
    assert "began_again" in [reason.code for reason in cover.reasons]
    assert cover_on(membership.person_id, date(2023, 2, 28))[0].state is State.LAPSED
    prove(Month(2023, 1))
    (filled,) = cover_on(membership.person_id, date(2023, 4, 20))
    assert (filled.state, filled.since) == (State.CONFIRMED, OCTOBER.first_day)
    assert "began_again" not in [reason.code for reason in filled.reasons]
