"""Each kind of claim from its opening to the money, with the amount of a case worked by hand (claim_cases.toml)."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payung.office.claims.catalogue import kinds
from payung.office.claims.gathering import NewHeir
from payung.office.claims.models import Benefit, Case, Heir
from payung.office.claims.opening import Event, close_case
from payung.office.claims.paying import Money, Said, record_answer, record_payout
from payung.office.registry.models import Membership, Person
from payung.office.savings.models import Crediting, Movement
from payung.rules.months import Month
from tests.office import family
from tests.office.cast import AT, OCTOBER, Cast, call_cast
from tests.office.family import WIDOW, Ground, ground, member, opened

pytestmark = pytest.mark.django_db
CASES: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("claim_cases.toml").read_text("utf-8"))
ON = date(2022, 11, 20)
CHILD = NewHeir("child", "SINTETIS ANAK", birth_date=date(2012, 1, 5), guardian="SINTETIS JANDA", school="SD:5")


def test_every_kind_goes_from_its_opening_to_the_money() -> None:
    assert set(CASES) == set(kinds())
    cast = call_cast()
    office = ground(cast, "PU", OCTOBER, ("JKK", "JKM", "JHT"))
    for kind, told in CASES.items():
        benefit = walked(cast, office, kind, told)
        paid = sum(benefit.payout_set.values_list("amount_rupiah", flat=True))
        assert (kind, benefit.state, paid) == (kind, Benefit.PAID, told["rupiah"])
        assert close_case(case_id=benefit.case_id, by=cast.admin, at=AT).state == Case.CLOSED


def walked(cast: Cast, office: Ground, kind: str, told: dict[str, Any]) -> Benefit:
    """Opened, noted, assessed by one and agreed to by another, submitted, granted and paid."""
    months = [Month(2022, 10), Month(2022, 11)]
    person = member(
        cast, office, since=months[0], paid=months, wage=told.get("wage", 2_000_000), name=f"SINTETIS {kind.upper()}"
    )
    if saved := told.get("saved"):
        save(cast, person, saved)
    benefit = opened(cast, person, kind, Event(told["event"], ON), **told["facts"])
    family.complete(cast, benefit, WIDOW, CHILD, on=ON)
    made = family.approved(cast, benefit, on=ON)
    assert (kind, made.due, made.payer, made.expected_rupiah) == (kind, True, "bpjs", told["rupiah"])
    family.submitted(cast, benefit, on=ON)
    said = Said(granted=True, answered_on=ON, letter=f"B/{kind}", amount_rupiah=made.expected_rupiah)
    record_answer(benefit_id=benefit.pk, said=said, by=cast.treasurer, at=AT)
    heir = Heir.objects.filter(case=benefit.case_id)[0]
    money = Money("bpjs", ON, made.expected_rupiah, f"TRF/{kind}", heir=heir)
    record_payout(benefit_id=benefit.pk, money=money, by=cast.treasurer, at=AT)
    benefit.refresh_from_db()
    return benefit


def save(cast: Cast, person: Person, rupiah: int) -> None:
    """A JHT account that holds so much."""
    made = Crediting.objects.create(
        government=cast.government, year=2022, on_day=ON, movement_count=1, employer_rupiah=rupiah, worker_rupiah=0,
        return_rupiah=0, made_by=cast.admin, made_at=family.moment(ON, person.pk % 24),
    )  # fmt: skip
    Movement.objects.create(
        government=cast.government, crediting=made, membership=Membership.objects.get(person=person),
        month=OCTOBER, employer_rupiah=rupiah,
    )  # fmt: skip
