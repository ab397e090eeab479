"""Every step of a claim: assessed, decided by a second person, submitted, appealed, answered, paid, taken back."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from payung.doors.jobs.notices import tell_of
from payung.doors.web.asked import word_posted
from payung.doors.web.claim_page import WrongStep
from payung.doors.web.claim_taking_back import key_of
from payung.doors.web.deciding import voice_chosen
from payung.doors.web.forms.claims import (
    AnswerForm,
    PayoutForm,
    StepForm,
)
from payung.doors.web.pages import reader
from payung.doors.web.views.claim_case import asked_benefit, case_page, done
from payung.office.approvals.models import Verdict
from payung.office.claims import deciding as verbs
from payung.office.claims import paying
from payung.office.claims.models import Answer, Assessment, Heir, Payout
from payung.office.claims.taking_back import Step, take_step_back
from payung.office.places.queries import area_of

ANSWERS = (Verdict.APPROVE.value, Verdict.REVISE.value, Verdict.REFUSE.value)


@require_POST
def assess(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Ask a second person to agree with what the checks say."""
    found, user, at = asked_benefit(request, benefit_id), reader(request), timezone.now()
    comment = request.POST.get("comment", "").strip()[:1000]

    def deed() -> None:
        made = verbs.assess(benefit_id=found.pk, on=timezone.localdate(), comment=comment, by=user, at=at)
        tell_of(made.proposal, by=user, at=at)

    return done(request, found.case, deed)


@require_POST
def decide(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """Agree, refuse, or send back; never one's own."""
    user, at = reader(request), timezone.now()
    scope = Assessment.objects.filter(government=area_of(user).government)
    made = get_object_or_404(
        scope.select_related("benefit__case__government", "benefit__case__person"), pk=assessment_id
    )
    verdict = word_posted(request, "putusan", ANSWERS)
    if not verdict:
        raise Http404

    def deed() -> None:
        decided = verbs.decide_claim(
            assessment_id=made.pk, verdict=Verdict(verdict), comment=request.POST.get("comment", "").strip(),
            on=timezone.localdate(), by=user, at=at, on_behalf_of=voice_chosen(request, at),
        )  # fmt: skip
        decided.proposal.refresh_from_db()
        tell_of(decided.proposal, by=user, at=at)

    return done(request, made.benefit.case, deed)


@require_POST
def submit(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """The pack went to the branch."""
    return _step(request, benefit_id, "submit", verbs.submit)


@require_POST
def appeal(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """The family does not accept a refusal."""
    return _step(request, benefit_id, "appeal", verbs.appeal)


def _step(request: HttpRequest, benefit_id: int, step: str, verb: Callable[..., object]) -> HttpResponse:
    found, user = asked_benefit(request, benefit_id), reader(request)
    form = StepForm(request.POST)
    if not form.is_valid():
        return case_page(request, found.case, wrong=WrongStep(found.pk, step, form))
    told = form.cleaned_data
    return done(
        request,
        found.case,
        lambda: verb(benefit_id=found.pk, on=told["on"], comment=told["comment"], by=user, at=timezone.now()),
        wrong=WrongStep(found.pk, step, form),
    )


@require_POST
def answer(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """What BPJS answered."""
    found, user = asked_benefit(request, benefit_id), reader(request)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return case_page(request, found.case, wrong=WrongStep(found.pk, "answer", form))
    return done(
        request,
        found.case,
        lambda: paying.record_answer(benefit_id=found.pk, said=form.said(), by=user, at=timezone.now()),
        wrong=WrongStep(found.pk, "answer", form),
    )


@require_POST
def payout(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Money that moved."""
    found, user = asked_benefit(request, benefit_id), reader(request)
    form = PayoutForm(request.POST, heirs=Heir.objects.filter(case=found.case, replaced_at__isnull=True))
    if not form.is_valid():
        return case_page(request, found.case, wrong=WrongStep(found.pk, "payout", form))
    return done(
        request,
        found.case,
        lambda: paying.record_payout(benefit_id=found.pk, money=form.money(), by=user, at=timezone.now()),
        wrong=WrongStep(found.pk, "payout", form),
    )


@require_POST
def take_back(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """The newest answer or payout was typed wrongly."""
    found, user = asked_benefit(request, benefit_id), reader(request)
    steps: list[Step] = [*Answer.objects.filter(benefit=found), *Payout.objects.filter(benefit=found)]
    asked = next((one for one in steps if key_of(one) == request.POST.get("langkah")), None)
    if asked is None:
        raise Http404
    reason = request.POST.get("comment", "")
    return done(request, found.case, lambda: take_step_back(step=asked, reason=reason, by=user, at=timezone.now()))
