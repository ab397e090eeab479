"""One case: opened, shown, taken up, and what was learned of it: facts, heirs and papers."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payung.doors.calendar import public_holidays
from payung.doors.papers.claim_words import as_language
from payung.doors.web.claim_page import WrongStep, case_content
from payung.doors.web.forms.claims import (
    DocumentForm,
    DropForm,
    FactsForm,
    HeirForms,
    OpenForm,
    TakeUpForm,
    named,
)
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.translation import language, t
from payung.doors.web.vocabulary import DECISION_REFUSALS
from payung.doors.web.vocabulary_claims import (
    CASE_REFUSALS,
    CLAIM_REFUSALS,
    GATHERING_REFUSALS,
    PAYOUT_REFUSALS,
)
from payung.office.access.marks import unseal
from payung.office.approvals.actions import DecisionRefused
from payung.office.claims import deciding as verbs
from payung.office.claims import gathering, opening, paying
from payung.office.claims.catalogue import documents, kinds
from payung.office.claims.catalogue import facts as facts_asked
from payung.office.claims.models import Benefit, Case, Heir
from payung.office.claims.queries import Whole, whole
from payung.office.files.scans import LARGEST_BYTES
from payung.office.places.queries import area_of
from payung.office.places.scope import whole_government
from payung.office.registry.queries import visible


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, person_id: int) -> HttpResponse:
    """What happened to a person whom the reader sees."""
    user, today = reader(request), timezone.localdate()
    person = get_object_or_404(visible(area_of(user)), pk=person_id)
    form = OpenForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            made = opening.open_case(
                person=person, event=form.what(), claimed=form.cleaned_data["claimed"], told=form.who(), on=today,
                by=user, at=timezone.now(),
            )  # fmt: skip
        except opening.CaseRefused as refused:
            form.add_error(None, t(CASE_REFUSALS[refused.reason]))
        else:
            return redirect("claim", case_id=made.pk)
    content = {"form": form, "person": person}
    crumbs = [(t("Klaim"), reverse("claims")), (person.name, reverse("person", args=[person.pk]))]
    return show(request, "claim_new.html", content, title=t("Kasus baru"), part="claims", crumbs=crumbs)


@require_safe
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Everything of one case, and what may be done now."""
    return case_page(request, _visible(request, case_id))


def case_page(
    request: HttpRequest, found: Case, *, refusal: str = "", wrong: WrongStep | None = None, **forms: object
) -> HttpResponse:
    """The case; `wrong` is a step that was filled in wrongly, shown again as it was typed."""
    user = reader(request)
    with whole_government(found.government, by=user):
        told = seen_whole(found)
        content = case_content(request, told, refusal=refusal, wrong=wrong) | forms
        crumbs = [(t("Klaim"), reverse("claims"))]
        title = t("Kasus {reference}: {name}", reference=found.reference, name=found.person.name)
        return show(request, "claim.html", content, title=title, part="claims", crumbs=crumbs)


def seen_whole(found: Case) -> Whole:
    today = timezone.localdate()
    holidays = public_holidays(found.event_on.year, today.year + 1)
    return whole(found, on=today, holidays=holidays, language=language())


def _visible(request: HttpRequest, case_id: int) -> Case:
    """The case when the reader's area shows it; else there is no such page."""
    scope = Case.objects.filter(government=area_of(reader(request)).government)
    return get_object_or_404(scope.select_related("government", "person"), pk=case_id)


def asked_benefit(request: HttpRequest, benefit_id: int) -> Benefit:
    scope = Benefit.objects.filter(government=area_of(reader(request)).government)
    return get_object_or_404(scope.select_related("case__government", "case__person"), pk=benefit_id)


def done(
    request: HttpRequest, found: Case, deed: Callable[[], object], *, wrong: WrongStep | None = None
) -> HttpResponse:
    """The case again, after a deed or with what stood against it and the step as it was typed."""
    try:
        deed()
    except opening.CaseRefused as refused:
        return case_page(request, found, refusal=t(CASE_REFUSALS[refused.reason]), wrong=wrong)
    except gathering.GatheringRefused as refused:
        said = t(GATHERING_REFUSALS[refused.reason])
        asked = facts_asked().get(refused.about)
        return case_page(
            request, found, refusal=f"{asked.name.say(as_language(language()))}: {said}" if asked else said
        )
    except verbs.ClaimRefused as refused:
        return case_page(request, found, refusal=t(CLAIM_REFUSALS[refused.reason]), wrong=wrong)
    except paying.PayoutRefused as refused:
        return case_page(request, found, refusal=t(PAYOUT_REFUSALS[refused.reason]), wrong=wrong)
    except DecisionRefused as refused:
        return case_page(request, found, refusal=t(DECISION_REFUSALS[refused.reason]), wrong=wrong)
    return redirect("claim", case_id=found.pk)


@require_POST
def take_up(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take up a proposed case with its benefits, or add a benefit to one that runs."""
    found, user, at, today = _visible(request, case_id), reader(request), timezone.now(), timezone.localdate()
    form = TakeUpForm(request.POST, event=found.event)
    if not form.is_valid():
        return case_page(request, found, refusal=t("Pilih sedikitnya satu manfaat."))
    claimed = form.cleaned_data["claimed"]
    if found.state == Case.PROPOSED:
        return done(
            request,
            found,
            lambda: opening.accept_case(case_id=found.pk, claimed=claimed, on=today, by=user, at=at),
        )

    def add() -> None:
        for kind in claimed:
            opening.claim_benefit(case_id=found.pk, kind=kind, on=today, by=user, at=at)

    return done(request, found, add)


@require_POST
def drop(request: HttpRequest, case_id: int) -> HttpResponse:
    """A proposed case is none."""
    found, user = _visible(request, case_id), reader(request)
    form = DropForm(request.POST)
    if not form.is_valid():
        raise Http404
    reason = form.cleaned_data["reason"]
    return done(request, found, lambda: opening.drop_case(case_id=found.pk, reason=reason, by=user, at=timezone.now()))


@require_POST
def close(request: HttpRequest, case_id: int) -> HttpResponse:
    """Everything is paid or refused for good."""
    found, user = _visible(request, case_id), reader(request)
    return done(request, found, lambda: opening.close_case(case_id=found.pk, by=user, at=timezone.now()))


@posting(back="claim")
def facts(request: HttpRequest, case_id: int) -> HttpResponse:
    """What was learned of the event."""
    found, user = _visible(request, case_id), reader(request)
    claimed = [kinds()[kind] for kind in Benefit.objects.filter(case=found).values_list("kind", flat=True)]
    form = FactsForm(request.POST, asked=claimed, known={}, on=found.event_on)
    if not form.is_valid():
        return case_page(request, found, facts_form=form)
    told = form.told()
    return done(request, found, lambda: gathering.note_facts(case_id=found.pk, told=told, by=user, at=timezone.now()))


@posting(back="claim")
def heirs(request: HttpRequest, case_id: int) -> HttpResponse:
    """Who receives. A blank account keeps the one that stands beside the same name."""
    found, user = _visible(request, case_id), reader(request)
    forms = HeirForms(request.POST)
    if not forms.is_valid():
        return case_page(request, found, heir_forms=forms)
    standing = {one.name: one for one in Heir.objects.filter(case=found, replaced_at__isnull=True)}
    lines: list[dict[str, Any]] = [form.cleaned_data for form in forms]
    for line in lines:
        known = standing.get(line.get("name", ""))
        if line and not line.get("account") and known is not None:
            line["account"] = unseal(known.account_sealed, kind="account") or ""
    told = named(lines)
    return done(request, found, lambda: gathering.name_heirs(case_id=found.pk, named=told, by=user, at=timezone.now()))


@posting(back="claim")
def add_paper(request: HttpRequest, case_id: int) -> HttpResponse:
    """A photo or PDF of a paper."""
    found, user = _visible(request, case_id), reader(request)
    form = DocumentForm(request.POST, request.FILES, choices=[(code, code) for code in documents()])
    if not form.is_valid():
        return case_page(request, found, refusal=t("Pilih dokumen dan berkasnya."))
    file, code = form.cleaned_data["file"], form.cleaned_data["code"]
    if (file.size or 0) > LARGEST_BYTES:
        return case_page(request, found, refusal=t(GATHERING_REFUSALS["too_large"]))
    content = file.read()
    return done(
        request,
        found,
        lambda: gathering.add_document(
            case_id=found.pk, code=code, content=content, name=file.name, by=user, at=timezone.now()
        ),
    )
