"""One case: its checks and amounts, facts, heirs and papers; every step of a claim; what is printed of it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payung.doors.calendar import public_holidays
from payung.doors.jobs.notices import tell_of
from payung.doors.papers.claim_pack import claim_pack
from payung.doors.papers.claim_paper import letter_paper, missing_paper
from payung.doors.papers.office_paper import paper_pdf
from payung.doors.web.asked import word_posted
from payung.doors.web.claim_page import case_content
from payung.doors.web.deciding import voice_chosen
from payung.doors.web.forms.claims import (
    AnswerForm,
    DocumentForm,
    DropForm,
    FactsForm,
    HeirForms,
    OpenForm,
    PayoutForm,
    StepForm,
    TakeUpForm,
    named,
)
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.tables import attachment
from payung.doors.web.translation import language, t
from payung.doors.web.vocabulary import DECISION_REFUSALS
from payung.doors.web.vocabulary_claims import (
    CASE_REFUSALS,
    CLAIM_REFUSALS,
    GATHERING_REFUSALS,
    PAYOUT_REFUSALS,
)
from payung.office.access.actions import record
from payung.office.access.marks import unseal
from payung.office.approvals.actions import DecisionRefused
from payung.office.approvals.models import Verdict
from payung.office.claims import deciding as verbs
from payung.office.claims import gathering, opening, paying
from payung.office.claims.catalogue import documents, kinds
from payung.office.claims.models import Assessment, Benefit, Case, Document, Heir
from payung.office.claims.queries import Claim, Whole, whole
from payung.office.files.queries import content as content_of
from payung.office.files.scans import LARGEST_BYTES
from payung.office.places.queries import area_of
from payung.office.places.scope import whole_government
from payung.office.registry.queries import visible

ANSWERS = (Verdict.APPROVE.value, Verdict.REVISE.value, Verdict.REFUSE.value)


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
    return _page(request, _visible(request, case_id))


def _page(request: HttpRequest, found: Case, *, refusal: str = "", **forms: object) -> HttpResponse:
    user = reader(request)
    with whole_government(found.government, by=user):
        told = _whole(found)
        content = case_content(request, told, refusal=refusal) | forms
        crumbs = [(t("Klaim"), reverse("claims"))]
        title = t("Kasus {reference}", reference=found.reference)
        return show(request, "claim.html", content, title=title, part="claims", crumbs=crumbs)


def _whole(found: Case) -> Whole:
    today = timezone.localdate()
    holidays = public_holidays(found.event_on.year, today.year + 1)
    return whole(found, on=today, holidays=holidays, language=language())


def _visible(request: HttpRequest, case_id: int) -> Case:
    """The case when the reader's area shows it; else there is no such page."""
    scope = Case.objects.filter(government=area_of(reader(request)).government)
    return get_object_or_404(scope.select_related("government", "person"), pk=case_id)


def _benefit(request: HttpRequest, benefit_id: int) -> Benefit:
    scope = Benefit.objects.filter(government=area_of(reader(request)).government)
    return get_object_or_404(scope.select_related("case__government", "case__person"), pk=benefit_id)


def _done(request: HttpRequest, found: Case, deed: Callable[[], object]) -> HttpResponse:
    """The case again, after a deed or with what stood against it."""
    try:
        deed()
    except opening.CaseRefused as refused:
        return _page(request, found, refusal=t(CASE_REFUSALS[refused.reason]))
    except gathering.GatheringRefused as refused:
        return _page(request, found, refusal=t(GATHERING_REFUSALS[refused.reason]))
    except verbs.ClaimRefused as refused:
        return _page(request, found, refusal=t(CLAIM_REFUSALS[refused.reason]))
    except paying.PayoutRefused as refused:
        return _page(request, found, refusal=t(PAYOUT_REFUSALS[refused.reason]))
    except DecisionRefused as refused:
        return _page(request, found, refusal=t(DECISION_REFUSALS[refused.reason]))
    return redirect("claim", case_id=found.pk)


@require_POST
def take_up(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take up a proposed case with its benefits, or add a benefit to one that runs."""
    found, user, at, today = _visible(request, case_id), reader(request), timezone.now(), timezone.localdate()
    form = TakeUpForm(request.POST, event=found.event)
    if not form.is_valid():
        return _page(request, found, refusal=t("Pilih sedikitnya satu manfaat."))
    claimed = form.cleaned_data["claimed"]
    if found.state == Case.PROPOSED:
        return _done(
            request,
            found,
            lambda: opening.accept_case(case_id=found.pk, claimed=claimed, on=today, by=user, at=at),
        )

    def add() -> None:
        for kind in claimed:
            opening.claim_benefit(case_id=found.pk, kind=kind, on=today, by=user, at=at)

    return _done(request, found, add)


@require_POST
def drop(request: HttpRequest, case_id: int) -> HttpResponse:
    """A proposed case is none."""
    found, user = _visible(request, case_id), reader(request)
    form = DropForm(request.POST)
    if not form.is_valid():
        raise Http404
    reason = form.cleaned_data["reason"]
    return _done(request, found, lambda: opening.drop_case(case_id=found.pk, reason=reason, by=user, at=timezone.now()))


@require_POST
def close(request: HttpRequest, case_id: int) -> HttpResponse:
    """Everything is paid or refused for good."""
    found, user = _visible(request, case_id), reader(request)
    return _done(request, found, lambda: opening.close_case(case_id=found.pk, by=user, at=timezone.now()))


@posting(back="claim")
def facts(request: HttpRequest, case_id: int) -> HttpResponse:
    """What was learned of the event."""
    found, user = _visible(request, case_id), reader(request)
    claimed = [kinds()[kind] for kind in Benefit.objects.filter(case=found).values_list("kind", flat=True)]
    form = FactsForm(request.POST, asked=claimed, known={})
    if not form.is_valid():
        return _page(request, found, facts_form=form)
    told = form.told()
    return _done(request, found, lambda: gathering.note_facts(case_id=found.pk, told=told, by=user, at=timezone.now()))


@posting(back="claim")
def heirs(request: HttpRequest, case_id: int) -> HttpResponse:
    """Who receives. A blank account keeps the one that stands beside the same name."""
    found, user = _visible(request, case_id), reader(request)
    forms = HeirForms(request.POST)
    if not forms.is_valid():
        return _page(request, found, heir_forms=forms)
    standing = {one.name: one for one in Heir.objects.filter(case=found, replaced_at__isnull=True)}
    lines: list[dict[str, Any]] = [form.cleaned_data for form in forms]
    for line in lines:
        known = standing.get(line.get("name", ""))
        if line and not line.get("account") and known is not None:
            line["account"] = unseal(known.account_sealed, kind="account") or ""
    told = named(lines)
    return _done(request, found, lambda: gathering.name_heirs(case_id=found.pk, named=told, by=user, at=timezone.now()))


@posting(back="claim")
def add_paper(request: HttpRequest, case_id: int) -> HttpResponse:
    """A photo or PDF of a paper."""
    found, user = _visible(request, case_id), reader(request)
    form = DocumentForm(request.POST, request.FILES, choices=[(code, code) for code in documents()])
    if not form.is_valid():
        return _page(request, found, refusal=t("Pilih dokumen dan berkasnya."))
    file, code = form.cleaned_data["file"], form.cleaned_data["code"]
    if (file.size or 0) > LARGEST_BYTES:
        return _page(request, found, refusal=t(GATHERING_REFUSALS["too_large"]))
    content = file.read()
    return _done(
        request,
        found,
        lambda: gathering.add_document(
            case_id=found.pk, code=code, content=content, name=file.name, by=user, at=timezone.now()
        ),
    )


@require_POST
def open_paper(request: HttpRequest, document_id: int) -> HttpResponse:
    """The paper as it came, shown in the window. Opening it is recorded."""
    user = reader(request)
    scope = Document.objects.filter(government=area_of(user).government).select_related("file")
    found = get_object_or_404(scope, pk=document_id)
    record("open_document", subject=f"case:{found.case_id}", by=user, at=timezone.now(), detail={"code": found.code})
    response = HttpResponse(content_of(found.file), content_type=found.media_type)
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def assess(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Ask a second person to agree with what the checks say."""
    found, user, at = _benefit(request, benefit_id), reader(request), timezone.now()
    comment = request.POST.get("comment", "").strip()[:1000]

    def deed() -> None:
        made = verbs.assess(benefit_id=found.pk, on=timezone.localdate(), comment=comment, by=user, at=at)
        tell_of(made.proposal, by=user, at=at)

    return _done(request, found.case, deed)


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

    return _done(request, made.benefit.case, deed)


@require_POST
def submit(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """The pack went to the branch."""
    return _step(request, benefit_id, verbs.submit)


@require_POST
def appeal(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """The family does not accept a refusal."""
    return _step(request, benefit_id, verbs.appeal)


def _step(request: HttpRequest, benefit_id: int, verb: Callable[..., object]) -> HttpResponse:
    found, user = _benefit(request, benefit_id), reader(request)
    form = StepForm(request.POST)
    if not form.is_valid():
        return _page(request, found.case, refusal=t("Isi tanggalnya."))
    told = form.cleaned_data
    return _done(
        request,
        found.case,
        lambda: verb(benefit_id=found.pk, on=told["on"], comment=told["comment"], by=user, at=timezone.now()),
    )


@require_POST
def answer(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """What BPJS answered."""
    found, user = _benefit(request, benefit_id), reader(request)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found.case, answer_form=form)
    return _done(
        request,
        found.case,
        lambda: paying.record_answer(benefit_id=found.pk, said=form.said(), by=user, at=timezone.now()),
    )


@require_POST
def payout(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """Money that moved."""
    found, user = _benefit(request, benefit_id), reader(request)
    form = PayoutForm(request.POST, heirs=Heir.objects.filter(case=found.case, replaced_at__isnull=True))
    if not form.is_valid():
        return _page(request, found.case, payout_form=form)
    return _done(
        request,
        found.case,
        lambda: paying.record_payout(benefit_id=found.pk, money=form.money(), by=user, at=timezone.now()),
    )


@require_POST
def missing(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """What the family still has to bring, as a PDF."""
    found = _benefit(request, benefit_id)
    with whole_government(found.case.government, by=reader(request)):
        told, claim = _claim(found)
        paper = missing_paper(told, claim, **_named(found.case))
    return attachment(f"kurang-{found.case.reference}.pdf", _pdf(paper), "application/pdf")


@require_POST
def letter(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """The letter of the decision that two people agreed to."""
    found = _benefit(request, benefit_id)
    with whole_government(found.case.government, by=reader(request)):
        told, claim = _claim(found)
        if claim.agreed is None:
            raise Http404
        paper = letter_paper(told, claim, claim.agreed, **_named(found.case))
    return attachment(f"surat-{found.case.reference}.pdf", _pdf(paper), "application/pdf")


@require_POST
def pack(request: HttpRequest, benefit_id: int) -> HttpResponse:
    """What goes to the branch. It holds papers of people: taking it is recorded."""
    found, user = _benefit(request, benefit_id), reader(request)
    with whole_government(found.case.government, by=user):
        told, claim = _claim(found)
        made = claim_pack(told, claim, **_named(found.case))
        record("claim_pack", subject=f"case:{found.case_id}", by=user, at=timezone.now(), detail={"kind": found.kind})
    return attachment(f"klaim-{found.case.reference}-{found.kind}.zip", made, "application/zip")


def _claim(found: Benefit) -> tuple[Whole, Claim]:
    told = _whole(found.case)
    return told, next(one for one in told.claims if one.benefit.pk == found.pk)


def _named(found: Case) -> dict[str, Any]:
    return {"government_name": found.government.name, "printed_on": timezone.localdate(), "language": language()}


def _pdf(paper: Any) -> bytes:
    return paper_pdf(paper, printed_on=timezone.localdate())
