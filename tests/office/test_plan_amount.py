"""What a plan adds to a month, to the rupiah: the amount that a decider's limit is measured by."""

import dataclasses
from typing import Any

import pytest

from payung.office.agreements.models import Agreement
from payung.office.approvals.models import Proposal
from payung.office.enrolment.actions import plan
from payung.office.places.scope import whole_government
from tests.office.cast import AT, Cast, call_cast, enrol, hand_in, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def honorarium() -> Cast:
    """An agreement under which each one's own wage counts."""
    cast = call_cast()
    Agreement.objects.filter(pk=cast.agreement.pk).update(wage_base="honorarium", wage_base_place="")
    return dataclasses.replace(cast, agreement=Agreement.objects.get(pk=cast.agreement.pk))


def amount(cast: Cast, rows: list[dict[str, Any]], *, kind: str = "additions") -> int | None:
    with whole_government(cast.government, by=cast.operator):
        listed = hand_in(cast, cast.heading(cast.works, kind=kind), rows)
        made = plan(roster_list=listed, by=cast.operator, at=AT)
        return Proposal.objects.get(pk=made.proposal_id).amount_rupiah


def test_joiners_count_in_full_on_the_agreements_base() -> None:
    # UMP Jawa Barat 2022: JKK 0.24 % of 1,841,487 is 4,420; JKM 0.30 % is 5,524.
    assert amount(call_cast(), people(7)) == 7 * (4_420 + 5_524)


def test_rows_that_nobody_enrols_add_nothing() -> None:
    assert amount(call_cast(), people(2, verdict="reject") + people(3, first=20, verdict="human")) == 0


def test_a_changed_wage_adds_its_difference(honorarium: Cast) -> None:
    assert amount(honorarium, people(1)) == 6_000 + 7_500
    enrol(honorarium, honorarium.heading(honorarium.works, kind="additions"), people(2, first=5))
    raised = people(2, first=5, wage=3_000_000)
    assert amount(honorarium, raised) == 2 * (7_200 + 9_000 - 6_000 - 7_500)


def test_a_lower_wage_never_makes_the_amount_negative(honorarium: Cast) -> None:
    enrol(honorarium, honorarium.heading(honorarium.works, kind="additions"), people(2))
    assert amount(honorarium, people(2, wage=1_000_000)) == 0


def test_an_unknown_wage_makes_the_amount_unknown(honorarium: Cast) -> None:
    rows = [*people(2), *(row | {"wage": None} for row in people(1, first=9))]
    assert amount(honorarium, rows) is None
