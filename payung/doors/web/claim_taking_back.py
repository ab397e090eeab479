"""The newest answer or payout of a claim that was typed wrongly: what taking it back changes, and what went before."""

from dataclasses import dataclass

from django.http import HttpRequest

from payung.doors.web.components import Change
from payung.doors.web.figures import moment, rupiah
from payung.doors.web.rights import allowed
from payung.doors.web.translation import t
from payung.doors.web.vocabulary_claims import STEPS
from payung.office.claims.models import Answer, Payout
from payung.office.claims.queries import Claim
from payung.office.claims.taking_back import Step, state_without


@dataclass(frozen=True)
class Offer:
    """The step that may be taken back (`key` names it to the form), and what changes with it."""

    key: str
    label: str
    changes: list[Change]


def key_of(step: Step) -> str:
    """`answer:7` or `payout:7`."""
    return f"{step._meta.model_name}:{step.pk}"


def offered(request: HttpRequest, one: Claim) -> Offer | None:
    """None where there is nothing to take back, or it is not this reader's to do."""
    step = one.last_step
    if step is None or not allowed(request.user, "claim-take-back"):
        return None
    now, then = one.benefit.state, state_without(step, one.benefit.state, one.answers)
    changes = [Change(t("Keadaan"), t(STEPS[now].text), t(STEPS[then].text))] if now != then else []
    if isinstance(step, Payout):
        left = one.paid_rupiah - (step.amount_rupiah if step.paid_by != Payout.REFUND else 0)
        changes.append(Change(t("Sudah dibayar"), rupiah(one.paid_rupiah), rupiah(left)))
        label = t("Pembayaran {reference} salah catat? Batalkan", reference=step.reference)
    else:
        before = one.answers[-2] if len(one.answers) > 1 and now == then else None
        changes.append(Change(t("Jawaban BPJS"), _answer(step), _answer(before) if before else t("belum ada")))
        label = t("Jawaban {letter} salah catat? Batalkan", letter=step.letter)
    return Offer(key_of(step), label, changes)


def _answer(said: Answer) -> str:
    return rupiah(said.amount_rupiah) if said.granted else t("ditolak")


def taken_back_said(step: Step) -> str:
    """What was taken back, as the history names it."""
    if isinstance(step, Answer):
        return t("Jawaban BPJS {letter} ({answer}) dibatalkan", letter=step.letter, answer=_answer(step))
    amount = rupiah(step.amount_rupiah)
    return t("Pembayaran {reference} ({amount}) dibatalkan", reference=step.reference, amount=amount)


def taken_back_lines(one: Claim) -> list[str]:
    """What counts no more, by whom, when and why."""
    lines = []
    for step in one.taken_back:
        told = step.taken_back
        assert told is not None
        by, at = told.recorded_by.full_name, moment(told.recorded_at)
        lines.append(f"{taken_back_said(step)} · {by}, {at}: {told.comment}")
    return lines
