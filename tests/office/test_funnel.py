"""The funnel of a decree adds up at every step, and opens to its people."""

from collections.abc import Sequence
from datetime import date

import polars as pl
import pytest

from payung.office.agreements.models import Decree
from payung.office.billing.models import Posting
from payung.office.coverage.frames import states_on
from payung.office.coverage.queries import cover_on
from payung.office.enrolment.actions import apply
from payung.office.files.models import KeptFile
from payung.office.registry.models import Membership
from payung.office.reports.funnel import STEPS, Difference, parts, people, steps
from payung.office.verification.actions import check_again
from payung.office.verification.handover import hand_over
from payung.office.verification.lists import propose_list
from payung.office.verification.models import Told
from payung.rules.eligibility.terms import Rule
from tests.office.cast import Cast, call_cast
from tests.office.cast import approve as approve_plan
from tests.office.pool import FIRST, NOW, Villager, drafted, in_force, paper, propose, tell_of

pytestmark = pytest.mark.django_db
THERE = "32.73.01.1002"


@pytest.fixture
def cast() -> Cast:
    return call_cast()


def counted(cast: Cast, decree: Decree, day: date) -> dict[str, tuple[int, dict[str, int], dict[str, int]]]:
    return {
        step.name: (step.count, _by_reason(step.lost), _by_reason(step.gained))
        for step in steps(people(cast.area, decree, day))
    }


def _by_reason(differences: Sequence[Difference]) -> dict[str, int]:
    return {one.reason: one.count for one in differences}


def test_from_seven_proposed_to_two_active_each_difference_is_explained(cast: Cast) -> None:
    decree = drafted(cast, quota=4, rules=(Rule("age"), Rule("segment")))
    candidates = [
        *(Villager(number) for number in range(1, 6)), Villager(6, job="Astronot", village=THERE),
        Villager(7, birth=date(1950, 1, 1)),
    ]  # fmt: skip
    propose(cast, decree, candidates)
    assert counted(cast, decree, FIRST) == {
        "proposed": (7, {}, {}), "valid": (5, {"segment_unknown": 1, "too_old": 1}, {}),
        "decreed": (0, {"not_proposed": 5}, {}), "registered": (0, {}, {}), "active": (0, {}, {}),
    }  # fmt: skip
    made = propose_list(decree=decree, paper=paper(), by=cast.operator, at=NOW)
    assert counted(cast, decree, FIRST)["decreed"] == (0, {"paper_waits": 4, "not_proposed": 1}, {})
    planned = hand_over(amendment=in_force(cast, made), by=cast.operator, at=NOW)
    approve_plan(cast, planned.proposal, by=cast.admin)
    apply(plan_id=planned.pk, by=cast.admin, at=NOW)
    members = list(Membership.objects.filter(membership_class="BPU").order_by("pk"))
    file = KeptFile.objects.all()[0]
    for member, month in ((members[0], FIRST), (members[1], date(2022, 12, 1)), (members[3], FIRST)):
        Posting.objects.create(
            government=cast.government, membership=member, month=month, amount_rupiah=16_800, file=file, recorded_at=NOW
        )
    for member in members[:3]:
        member.number_issued_on = FIRST
        member.save()
    tell_of(cast, Told.DIED, [(candidates[0].nik,)])
    check_again(decree=decree, by=cast.operator, at=NOW)
    assert counted(cast, decree, date(2022, 11, 30)) == {
        "proposed": (7, {}, {}), "valid": (4, {"segment_unknown": 1, "too_old": 1, "dead": 1}, {}),
        "decreed": (4, {"waiting": 1}, {"no_longer_valid": 1}), "registered": (3, {"no_number": 1}, {}),
        "active": (2, {"planned": 2}, {"number_missing": 1}),
    }  # fmt: skip
    assert counted(cast, decree, date(2022, 10, 31))["decreed"] == (0, {"starts_later": 3, "waiting": 1}, {})
    found = people(cast.area, decree, date(2022, 11, 30))
    for by in ("kecamatan", "desa", "segment"):
        for step in STEPS:
            assert sum(part.counts[step] for part in parts(found, by)) == int(found[step].sum())


def test_many_memberships_get_the_answer_that_each_alone_gets(cast: Cast) -> None:
    decree = drafted(cast, quota=6, rules=())
    propose(cast, decree, [Villager(number) for number in range(1, 7)])
    made = in_force(cast, propose_list(decree=decree, paper=paper(), by=cast.operator, at=NOW))
    planned = hand_over(amendment=made, by=cast.operator, at=NOW)
    approve_plan(cast, planned.proposal, by=cast.admin)
    apply(plan_id=planned.pk, by=cast.admin, at=NOW)
    members = list(Membership.objects.order_by("pk"))
    file = KeptFile.objects.all()[0]
    for at, member in enumerate(members[1:], start=0):
        Posting.objects.create(
            government=cast.government, membership=member, month=date(2022 + (at + 10) // 12, (at + 10) % 12 + 1, 1),
            amount_rupiah=16_800, file=file, recorded_at=NOW,
        )  # fmt: skip
    members[2].number_issued_on = date(2022, 12, 20)
    members[2].save()
    for day in (date(2022, 10, 31), FIRST, date(2022, 12, 19), date(2022, 12, 31), date(2023, 3, 15), date(2023, 7, 1)):
        found = dict(states_on([member.pk for member in members], day).iter_rows())
        for member in members:
            (cover,) = cover_on(member.person_id, day)
            assert found.get(member.pk, cover.state.value) == cover.state.value, (day, member.pk)
            assert (member.pk in found) == (day >= FIRST)
    assert states_on([], FIRST).schema == {"membership_id": pl.Int64, "state": pl.String}
