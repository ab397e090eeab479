"""Verbs of the money: what BPJS answered, and each payout; all of it by those who record payouts."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.approvals.models import Proposal
from payung.office.claims.accounts import difference, moved
from payung.office.claims.deciding import move
from payung.office.claims.models import Answer, Assessment, Benefit, Heir, Payout
from payung.office.ledger.actions import post


class PayoutRefused(Exception):
    """It cannot be recorded; `reason` is `not_submitted`, `difference_untold`, `employer_not_liable`, `not_granted`,
    `too_much`, `known`, `not_last` or `no_reason`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Said:
    """BPJS's answer. `difference` (explained, disputed) and `comment` where the amount is another than expected."""

    granted: bool
    answered_on: date
    letter: str
    amount_rupiah: int = 0
    difference: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Money:
    """One payout: by BPJS to an heir, by the employer first, or BPJS's refund to the employer."""

    paid_by: str
    paid_on: date
    amount_rupiah: int
    reference: str
    heir: Heir | None = None
    school_year: int | None = None


def in_force(benefit: Benefit) -> Assessment | None:
    """The assessment that two people agreed to last."""
    approved = Assessment.objects.filter(benefit=benefit, proposal__state=Proposal.APPROVED)
    return approved.order_by("-pk").first()


@transaction.atomic
def record_answer(*, benefit_id: int, said: Said, by: User, at: datetime) -> Answer:
    """Granted or denied, by a letter. Raises NotAllowed and PayoutRefused."""
    require(by, Deed.RECORD_PAYOUT)
    found = Benefit.objects.select_for_update(of=("self",)).select_related("case").get(pk=benefit_id)
    held = in_force(found)
    if found.state not in (Benefit.SUBMITTED, Benefit.GRANTED) or held is None:
        raise PayoutRefused("not_submitted")
    if found.state == Benefit.GRANTED and not said.granted:
        raise PayoutRefused("not_submitted")
    if said.granted and said.amount_rupiah != held.expected_rupiah and not (said.difference and said.comment):
        raise PayoutRefused("difference_untold")
    before = granted_before(found)
    made = Answer.objects.create(
        government_id=found.government_id, benefit=found, answered_on=said.answered_on, granted=said.granted,
        amount_rupiah=said.amount_rupiah, letter=said.letter, difference=said.difference, comment=said.comment,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    journal = difference(made, before.amount_rupiah if before else held.expected_rupiah)
    post(government_id=found.government_id, journals=[journal] if journal else [], at=at)
    if found.state == Benefit.SUBMITTED:
        state = Benefit.GRANTED if said.granted else Benefit.DENIED
        move(found, state, on=said.answered_on, comment=said.comment, by=by, at=at)
    detail = {"granted": said.granted, "amount_rupiah": said.amount_rupiah}
    record("record_answer", subject=f"benefit:{found.pk}", by=by, at=at, detail=detail)
    return made


@transaction.atomic
def record_payout(*, benefit_id: int, money: Money, by: User, at: datetime) -> Payout:
    """Money that moved; the claim is paid when all that was granted is there. Raises NotAllowed and PayoutRefused."""
    require(by, Deed.RECORD_PAYOUT)
    found = Benefit.objects.select_for_update(of=("self",)).select_related("case").get(pk=benefit_id)
    held = in_force(found)
    _require_due(found, held, money)
    assert held is not None
    try:
        with transaction.atomic():
            made = Payout.objects.create(
                government_id=found.government_id, benefit=found, heir=money.heir, paid_by=money.paid_by,
                paid_on=money.paid_on, amount_rupiah=money.amount_rupiah, school_year=money.school_year,
                reference=money.reference, recorded_by=by, recorded_at=at,
            )  # fmt: skip
    except IntegrityError as problem:
        raise PayoutRefused("too_much" if "than is due" in str(problem) else "known") from problem
    post(government_id=found.government_id, journals=[moved(made, held.payer, found)], at=at)
    _settle(found, held, money, by, at)
    detail = {"paid_by": money.paid_by, "amount_rupiah": money.amount_rupiah}
    record("record_payout", subject=f"benefit:{found.pk}", by=by, at=at, detail=detail)
    return made


def _require_due(found: Benefit, held: Assessment | None, money: Money) -> None:
    if held is None or not held.due:
        raise PayoutRefused("not_granted")
    if money.paid_by == Payout.EMPLOYER:
        if held.payer not in ("employer", "employer_first"):
            raise PayoutRefused("employer_not_liable")
    elif found.state != Benefit.GRANTED:
        raise PayoutRefused("not_granted")


def granted_before(found: Benefit) -> Answer | None:
    """The answer that a later one corrects; None while what was submitted waits for its first one."""
    standing = Answer.objects.filter(benefit=found, taken_back=None).order_by("-pk").first()
    return standing if found.state == Benefit.GRANTED else None


def _settle(found: Benefit, held: Assessment, money: Money, by: User, at: datetime) -> None:
    """Paid in whole: what BPJS granted, or what the employer owed where BPJS pays nothing."""
    by_employer = sum(_amounts(found, (Payout.EMPLOYER,)))
    if found.state == Benefit.APPROVED and held.payer == "employer" and by_employer == held.expected_rupiah:
        move(found, Benefit.PAID, on=money.paid_on, comment="", by=by, at=at)
    if found.state == Benefit.GRANTED:
        granted = Answer.objects.filter(benefit=found, taken_back=None).order_by("-pk")[0].amount_rupiah
        if sum(_amounts(found, (Payout.BPJS, Payout.REFUND))) == granted:
            move(found, Benefit.PAID, on=money.paid_on, comment="", by=by, at=at)


def _amounts(found: Benefit, payers: tuple[str, ...]) -> list[int]:
    rows = Payout.objects.filter(benefit=found, paid_by__in=payers, taken_back=None)
    return list(rows.values_list("amount_rupiah", flat=True))
