"""One candidate with all reasons: what was stated and seen, taken back when proposed by mistake."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.web.components import Happening
from payung.doors.web.forms.decrees import StatementForm, TakingBackForm, VisitForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.translation import language, t
from payung.doors.web.views.decrees import crumbs, place_name
from payung.doors.web.vocabulary_decrees import FINDINGS, OUTCOMES, RECORD_REFUSALS, TAKEN_BACK_FOR
from payung.office.places.queries import area_of
from payung.office.verification.actions import RecordRefused, note_visit
from payung.office.verification.models import Candidate
from payung.office.verification.queries import TAKEN_BACK, Known, known, outcomes_in
from payung.office.verification.rulesets import rules_of
from payung.office.verification.taking_back import named_in_a_list, propose_again, take_back
from payung.rules.eligibility.catalogue import advice, reasons, sentence, title


@require_safe
def one(request: HttpRequest, candidate_id: int) -> HttpResponse:
    """Why somebody is in or out, and everything that was said."""
    return candidate_page(request, seen_candidate(request, candidate_id))


def candidate_page(
    request: HttpRequest,
    found: Known,
    *,
    refusal: str = "",
    form: VisitForm | None = None,
    statement: StatementForm | None = None,
) -> HttpResponse:
    candidate, decree, today = found.candidate, found.candidate.decree, timezone.localdate()
    back = candidate.taken_back_at is not None
    rules = {rule.code: rule for rule in rules_of(decree)}
    weights = {reason.code: reason for reason in reasons()}
    told = [
        (
            title(code, language()),
            sentence(code, rules[weights[code].rule].told, language()),
            advice(code, language()),
            weights[code].severity(rules[weights[code].rule].severity),
        )
        for code in found.outcome.reasons
        if weights[code].rule in rules
    ]
    content = {
        "found": found,
        "candidate": candidate,
        "meaning": OUTCOMES[TAKEN_BACK if back else found.outcome.outcome],
        "tones": {"out": "loss", "ask": "wait", "warn": "info"},
        "told": told,
        "back": back,
        "back_reason": t(TAKEN_BACK_FOR[candidate.taken_back_reason]) if back else "",
        **_taking_back(request, found),
        "place": place_name(candidate.desa_code or candidate.kecamatan_code),
        "happenings": _happenings(found),
        "statement": (statement or StatementForm(today=today))
        if allowed(request.user, "candidates-state") and not back
        else None,
        "stating": statement is not None,
        "visit": (form or VisitForm(today=today)) if allowed(request.user, "visit") and not back else None,
        "visiting": form is not None,
        "refusal": refusal,
    }
    way = [*crumbs(decree), (t("Calon"), reverse("candidates", kwargs={"decree_id": decree.pk}))]
    return show(request, "candidate.html", content, title=candidate.name, part="decrees", crumbs=way)


def _taking_back(request: HttpRequest, found: Known) -> dict[str, Any]:
    """The form to take the candidate back, and what the reader's counts are before and after; nothing when it may not
    be."""
    candidate = found.candidate
    if not allowed(request.user, "candidate-back"):
        return {"back_form": None, "named": False}
    if candidate.taken_back_at is not None or named_in_a_list(candidate):
        return {"back_form": None, "named": candidate.taken_back_at is None}
    counts = outcomes_in(area_of(reader(request)), candidate.decree)
    return {
        "back_form": TakingBackForm(),
        "named": False,
        "standing": sum(counts.values()),
        "alike": counts.get(found.outcome.outcome, 0),
    }


def _happenings(found: Known) -> list[Happening]:
    stated = [
        Happening(
            at=one.stated_on,
            text=t(
                "{signatory}, {office}: {working}, {well}",
                signatory=one.signatory,
                office=one.office,
                working=t("bekerja") if one.working else t("tidak bekerja"),
                well=t("sehat") if one.well else t("sakit"),
            ),
            by=one.recorded_by.full_name,
            tone="proof" if one.working and one.well else "loss",
        )
        for one in found.statements
    ]
    visited = [
        Happening(
            at=one.visited_on,
            text=t("Kunjungan: {finding}", finding=t(FINDINGS[one.finding])),
            by=one.recorded_by.full_name,
            note=one.note,
            tone="proof" if one.finding == "fit" else "loss",
        )
        for one in found.visits
    ]
    return sorted([*_back(found), *stated, *visited], key=lambda one: str(one.at), reverse=True)


def _back(found: Known) -> list[Happening]:
    one = found.candidate
    if one.taken_back_at is None or one.taken_back_by is None:
        return []
    reason = t(TAKEN_BACK_FOR[one.taken_back_reason])
    return [
        Happening(one.taken_back_at, t("Ditarik kembali"), by=one.taken_back_by.full_name, note=reason, tone="wait")
    ]


@posting(back="candidate")
def taken_back(request: HttpRequest, candidate_id: int) -> HttpResponse:
    """Proposed by mistake: a candidate no more, or once more."""
    found, user = seen_candidate(request, candidate_id), reader(request)
    form = TakingBackForm(request.POST)
    told: dict[str, Any] = {"candidate": found.candidate, "area": area_of(user), "by": user, "at": timezone.now()}
    try:
        if request.POST.get("langkah") == "lagi":
            propose_again(**told)
        elif form.is_valid():
            take_back(reason=form.cleaned_data["reason"], **told)
        else:
            return candidate_page(request, found, refusal=t("Pilih dulu alasannya."))
    except RecordRefused as refused:
        return candidate_page(request, found, refusal=t(RECORD_REFUSALS[refused.reason]))
    return redirect("candidate", candidate_id=candidate_id)


@posting(back="candidate")
def visit(request: HttpRequest, candidate_id: int) -> HttpResponse:
    """What an officer found on the spot."""
    found, user = seen_candidate(request, candidate_id), reader(request)
    form = VisitForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return candidate_page(request, found, form=form)
    try:
        note_visit(candidate=found.candidate, area=area_of(user), by=user, at=timezone.now(), **form.cleaned_data)
    except RecordRefused as refused:
        return candidate_page(request, found, refusal=t(RECORD_REFUSALS[refused.reason]), form=form)
    return redirect("candidate", candidate_id=candidate_id)


def seen_candidate(request: HttpRequest, candidate_id: int) -> Known:
    """The candidate when the reader's area shows it; else there is no such page."""
    try:
        return known(area_of(reader(request)), candidate_id)
    except Candidate.DoesNotExist as missing:
        raise Http404 from missing
