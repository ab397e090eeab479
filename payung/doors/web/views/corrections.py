"""A person's data corrected on the page of the request: proposed, decided by a second person, opened whole."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from payung.doors.jobs.notices import tell_of
from payung.doors.web.asked import word_posted
from payung.doors.web.deciding import voice_chosen
from payung.doors.web.forms.correction import CorrectionForm
from payung.doors.web.pages import posting, reader
from payung.doors.web.translation import t
from payung.doors.web.views.privacy import request_found, request_page
from payung.doors.web.vocabulary import DECISION_REFUSALS
from payung.doors.web.vocabulary_privacy import CORRECTION_REFUSALS
from payung.office.access.purposes import Purpose, record_look
from payung.office.approvals.actions import DecisionRefused
from payung.office.approvals.models import Verdict
from payung.office.privacy.corrections import CorrectionRefused, decide_correction, propose_correction
from payung.office.privacy.models import Correction

ANSWERS = (Verdict.APPROVE, Verdict.REFUSE)


@posting(back="request")
def propose(request: HttpRequest, request_id: int) -> HttpResponse:
    """Ask a second person to agree; what cannot be is said beside the field."""
    found, form = request_found(request, request_id), CorrectionForm(request.POST)
    if not form.is_valid():
        return request_page(request, found, form=form)
    user, at = reader(request), timezone.now()
    try:
        made = propose_correction(
            request_id=found.pk,
            field=form.cleaned_data["field"],
            value=form.cleaned_data["value"],
            holds_from=form.cleaned_data["holds_from"],
            by=user,
            at=at,
        )
    except CorrectionRefused as refused:
        form.add_error("value", t(CORRECTION_REFUSALS[refused.reason]))
        return request_page(request, found, form=form)
    tell_of(made.proposal, by=user, at=at)
    return redirect("request", request_id=found.pk)


@posting(back="request")
def decide(request: HttpRequest, request_id: int) -> HttpResponse:
    """Agree or refuse; never one's own. The last yes applies it."""
    found = request_found(request, request_id)
    asked, verdict = request.POST.get("koreksi", ""), word_posted(request, "putusan", [*ANSWERS])
    made = Correction.objects.filter(request=found, pk=int(asked) if asked.isdecimal() else 0).first()
    if made is None or not verdict:
        raise Http404
    user, at = reader(request), timezone.now()
    try:
        decided = decide_correction(
            correction_id=made.pk,
            verdict=Verdict(verdict),
            comment=request.POST.get("comment", "").strip(),
            by=user,
            at=at,
            on_behalf_of=voice_chosen(request, at),
        )
    except DecisionRefused as refused:
        return request_page(request, found, refusal=t(DECISION_REFUSALS[refused.reason]))
    except CorrectionRefused as refused:
        return request_page(request, found, refusal=t(CORRECTION_REFUSALS[refused.reason]))
    tell_of(decided, by=user, at=at)
    return redirect("request", request_id=found.pk)


@posting(back="request")
def open_values(request: HttpRequest, request_id: int) -> HttpResponse:
    """The same page with whole numbers: a recorded look, for whoever must compare them."""
    found = request_found(request, request_id)
    record_look(
        subject=f"person:{found.person_id}",
        purpose=Purpose.PERSON_ASKED,
        note=f"request:{found.pk}",
        by=reader(request),
        at=timezone.now(),
    )
    return request_page(request, found, whole=True)
