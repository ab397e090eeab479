"""What was typed wrongly of a claim's money is taken back, the newest first; history and books keep it."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from payung.office.access.roles import NotAllowed
from payung.office.claims.deciding import appeal
from payung.office.claims.models import Answer, Benefit, Case, Move, Payout
from payung.office.claims.opening import Event, close_case
from payung.office.claims.paying import Money, PayoutRefused, Said, record_answer, record_payout
from payung.office.claims.taking_back import take_step_back
from payung.office.ledger.models import Entry
from payung.rules.months import Month
from tests.office import family
from tests.office.cast import AT, OCTOBER, Cast, call_cast
from tests.office.family import ground, member, opened

pytestmark = pytest.mark.django_db
DIED = date(2022, 11, 20)
GRANTED = Said(granted=True, answered_on=date(2022, 12, 1), letter="B/1", amount_rupiah=42_000_000)
DENIED = Said(granted=False, answered_on=date(2022, 12, 1), letter="B/2", comment="Belum lengkap")


@pytest.fixture
def cast() -> Cast:
    return call_cast()


@pytest.fixture
def benefit(cast: Cast) -> Benefit:
    """A death that went to the branch."""
    months = [Month(2022, 10), Month(2022, 11)]
    person = member(cast, ground(cast, "PU", OCTOBER), since=months[0], paid=months)
    made = opened(cast, person, "jkm", Event("death", DIED), work_accident="no")
    family.complete(cast, made, on=DIED)
    family.approved(cast, made, on=date(2022, 11, 25))
    family.submitted(cast, made, on=date(2022, 11, 28))
    return made


def back(cast: Cast, step: Answer | Payout, reason: str = "salah ketik") -> Move:
    return take_step_back(step=step, reason=reason, by=cast.treasurer, at=AT + timedelta(days=90))


def stands(benefit: Benefit) -> tuple[str, date]:
    benefit.refresh_from_db()
    return benefit.state, benefit.moved_on


def books() -> dict[str, int]:
    totals: dict[str, int] = {}
    for code, amount in Entry.objects.values_list("account__code", "amount_rupiah"):
        totals[code] = totals.get(code, 0) + amount
    return {code.removeprefix("memo:klaim:"): amount for code, amount in totals.items() if amount and "klaim" in code}


def test_money_and_answer_go_back_the_newest_first(cast: Cast, benefit: Benefit) -> None:
    before = books()
    answer = record_answer(benefit_id=benefit.pk, said=GRANTED, by=cast.treasurer, at=AT)
    money = Money("bpjs", date(2022, 12, 2), 42_000_000, "TRF/1")
    paid = record_payout(benefit_id=benefit.pk, money=money, by=cast.treasurer, at=AT)
    close_case(case_id=benefit.case_id, by=cast.admin, at=AT)
    with pytest.raises(PayoutRefused, match="not_last"):
        back(cast, answer)
    with pytest.raises(PayoutRefused, match="no_reason"):
        back(cast, paid, " ")
    with pytest.raises(NotAllowed):
        take_step_back(step=paid, reason="x", by=cast.operator, at=AT)
    with pytest.raises(IntegrityError, match="was paid on"), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(taken_back=Move.objects.filter(benefit=benefit)[:1].get())
    told = back(cast, paid)
    assert (told.comment, told.recorded_by, stands(benefit)) == (
        "salah ketik", cast.treasurer, ("granted", date(2022, 12, 1))
    )  # fmt: skip
    assert Case.objects.get().state == Case.OPEN
    again = record_payout(benefit_id=benefit.pk, money=money, by=cast.treasurer, at=AT + timedelta(days=91))
    assert stands(benefit)[0] == "paid"
    with pytest.raises(PayoutRefused, match="not_last"):
        back(cast, paid)
    back(cast, again)
    back(cast, answer)
    assert (stands(benefit), books()) == (("submitted", date(2022, 11, 28)), before)
    record_answer(benefit_id=benefit.pk, said=DENIED, by=cast.treasurer, at=AT + timedelta(days=92))
    assert stands(benefit)[0] == "denied"
    assert Payout.objects.count() == 2 and Answer.objects.count() == 2
    for model, change in ((Payout, {"amount_rupiah": 1}), (Answer, {"taken_back": None})):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            model._default_manager.filter(taken_back__isnull=False).update(**change)


def test_a_denial_and_a_correction_go_back(cast: Cast, benefit: Benefit) -> None:
    before = books()
    denied = record_answer(benefit_id=benefit.pk, said=DENIED, by=cast.treasurer, at=AT)
    back(cast, denied)
    assert (stands(benefit)[0], books()) == ("submitted", before)
    record_answer(benefit_id=benefit.pk, said=GRANTED, by=cast.treasurer, at=AT)
    less = Said(
        granted=True, answered_on=date(2022, 12, 3), letter="B/3", amount_rupiah=4_200_000, difference="explained",
        comment="Salah baca",
    )  # fmt: skip
    wrong = record_answer(benefit_id=benefit.pk, said=less, by=cast.treasurer, at=AT + timedelta(days=1))
    assert books() != before
    back(cast, wrong)
    assert (stands(benefit), books()) == (("granted", date(2022, 12, 1)), before)
    with pytest.raises(IntegrityError, match="does not move so"), transaction.atomic():
        Benefit.objects.filter(pk=benefit.pk).update(state="submitted")


def test_what_an_appeal_brings_is_expected_once(cast: Cast, benefit: Benefit) -> None:
    before = books()
    record_answer(benefit_id=benefit.pk, said=DENIED, by=cast.treasurer, at=AT)
    appeal(benefit_id=benefit.pk, on=date(2022, 12, 5), comment="Tidak terima", by=cast.admin, at=AT)
    family.approved(cast, benefit, on=date(2022, 12, 6))
    family.submitted(cast, benefit, on=date(2022, 12, 7))
    second = record_answer(benefit_id=benefit.pk, said=DENIED, by=cast.treasurer, at=AT + timedelta(days=1))
    back(cast, second)
    assert stands(benefit) == ("submitted", date(2022, 12, 7))
    record_answer(benefit_id=benefit.pk, said=GRANTED, by=cast.treasurer, at=AT + timedelta(days=2))
    assert books()["seharusnya:JKM"] == before["seharusnya:JKM"]
