"""The newest answer or payout of a claim was told wrongly: it counts no more, and the claim stands where it stood."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.timezone import localdate

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.claims.models import Answer, Benefit, Case, Move, Payout
from payung.office.claims.paying import PayoutRefused
from payung.office.ledger.actions import reverse
from payung.office.ledger.queries import open_day
from payung.rules.identity.hiding import hide_marks

Step = Answer | Payout
ANSWERED = (Benefit.GRANTED, Benefit.DENIED)
PAYING = (Benefit.APPROVED, Benefit.SUBMITTED, Benefit.GRANTED, Benefit.PAID)


def last_step(state: str, answers: Sequence[Answer], payouts: Sequence[Payout]) -> Step | None:
    """Of what still counts, what was recorded last; None when nothing was, or the claim went on since."""
    steps: list[Step] = [*answers, *payouts]
    last = max(steps, key=lambda one: (one.recorded_at, isinstance(one, Payout), one.pk), default=None)
    allowed = ANSWERED if isinstance(last, Answer) else PAYING
    return last if state in allowed else None


def state_without(step: Step, state: str, answers: Sequence[Answer]) -> str:
    """Where the claim stands again without its last step; `answers` are those that still count, the oldest first."""
    if isinstance(step, Payout):
        if state != Benefit.PAID:
            return state
        return Benefit.GRANTED if answers and answers[-1].granted else Benefit.APPROVED
    corrects = state == Benefit.GRANTED and len(answers) > 1 and answers[-2].granted
    return Benefit.GRANTED if corrects else Benefit.SUBMITTED


@transaction.atomic
def take_step_back(*, step: Step, reason: str, by: User, at: datetime) -> Move:
    """Its booking is reversed, and the history says who took it back and why; a closed case is open again.

    Raises NotAllowed, and PayoutRefused `no_reason`, or `not_last` where something came after it.
    """
    require(by, Deed.RECORD_PAYOUT)
    said = hide_marks(" ".join(reason.split()))[:1000]
    if not said:
        raise PayoutRefused("no_reason")
    found = Benefit.objects.select_for_update(of=("self",)).select_related("case").get(pk=step.benefit_id)
    answers = list(Answer.objects.filter(benefit=found, taken_back=None).order_by("pk"))
    if step != last_step(found.state, answers, list(Payout.objects.filter(benefit=found, taken_back=None))):
        raise PayoutRefused("not_last")
    state = state_without(step, found.state, answers)
    made = Move.objects.create(
        government_id=found.government_id, benefit=found, state=state, on_day=localdate(at), comment=said,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    step.taken_back = made
    step.save(update_fields=["taken_back"])
    _reverse(step, at)
    _go_back(found, state)
    detail = {"step": step._meta.model_name, "amount_rupiah": step.amount_rupiah}
    record("take_claim_step_back", subject=f"benefit:{found.pk}", by=by, at=at, detail=detail)
    return made


def _reverse(step: Step, at: datetime) -> None:
    key = f"klaim:{'jawaban' if isinstance(step, Answer) else 'bayar'}:{step.pk}"
    try:
        reverse(
            government_id=step.government_id, of_key=key, key=f"void:{key}",
            booked_on=open_day(localdate(at), government_id=step.government_id),
            memo=f"Pembatalan: {'jawaban BPJS' if isinstance(step, Answer) else 'pembayaran manfaat'}", at=at,
        )  # fmt: skip
    except ObjectDoesNotExist:
        return  # an answer that was as expected booked nothing


def _go_back(found: Benefit, state: str) -> None:
    """Since the day on which the claim came to that state; what is not finished is no closed case."""
    if state == found.state:
        return
    forward = Move.objects.filter(benefit=found, state=state, answer=None, payout=None)
    came = forward.order_by("-pk").first()
    assert came is not None
    found.state, found.moved_on = state, came.on_day
    found.save(update_fields=["state", "moved_on"])
    if found.case.state == Case.CLOSED:
        found.case.state = Case.OPEN
        found.case.save(update_fields=["state"])
