"""All cases: listed and filtered, lists of events taken in, and who is billed no more."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payung.doors.jobs.notices import tell_of
from payung.doors.papers.claim_words import kind_said
from payung.doors.web.asked import filter_chips, word_asked, word_posted
from payung.doors.web.deciding import deciding, voice_chosen
from payung.doors.web.environment import same_page
from payung.doors.web.forms.claims import AccidentListForm
from payung.doors.web.pages import reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary import DECISION_REFUSALS
from payung.doors.web.vocabulary_claims import CASE_STATES, EVENTS, STEPS, WHO
from payung.office.approvals.actions import DecisionRefused
from payung.office.approvals.models import Proposal, Verdict
from payung.office.claims import queries
from payung.office.claims.ending import EndingRefused, decide_endings, propose_endings, to_end
from payung.office.claims.listed import NoSuchColumns, TakenIn, take_in
from payung.office.claims.models import Ending
from payung.office.places.queries import Area, area_of
from payung.rules.roster.unreadable import UnreadableWorkbook

COLUMNS = (
    word("Kasus"), word("Orang"), word("Kejadian"), word("Hari kejadian"), word("Manfaat"), word("Keadaan"),
    word("Giliran siapa"),
)  # fmt: skip
ENDING = (word("Orang"), word("Hari kejadian"), word("Ditagih sampai"))
ANSWERS = (Verdict.APPROVE.value, Verdict.REFUSE.value)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Cases, the newest event first, with what each waits for."""
    area = area_of(reader(request))
    state, event = word_asked(request, "keadaan", tuple(CASE_STATES)), word_asked(request, "kejadian", tuple(EVENTS))
    step = word_asked(request, "langkah", tuple(STEPS))
    unclaimed = request.GET.get("belum") == "klaim"
    page = queries.listed(area, state=state, event=event, step=step, unclaimed=unclaimed, after=_after(request))
    content = {
        "lines": [
            (line, ", ".join(kind_said(kind, language()) for kind, _ in line.benefits), CASE_STATES[line.state])
            for line in page.lines
        ],
        "columns": headings(*COLUMNS),
        "events": {code: t(text) for code, text in EVENTS.items()},
        "who": {code: t(text) for code, text in WHO.items()},
        "states": filter_chips(request, "keadaan", _choices({k: v.text for k, v in CASE_STATES.items()}), state),
        "kinds": filter_chips(request, "kejadian", _choices(EVENTS), event),
        "steps": filter_chips(request, "langkah", _choices({k: v.text for k, v in STEPS.items()}), step),
        "following": same_page(request, sesudah=page.after) if page.after else "",
        "unclaimed": queries.unclaimed_deaths(area).count(),
        "endings": _endings(request, area),
        "ending_columns": headings(*ENDING),
        "may_take_lists": allowed(request.user, "claims-list"),
    }
    return show(request, "claims.html", content, title=t("Klaim"), part="claims")


def _choices(texts: dict[str, str]) -> list[tuple[str, str, int | None]]:
    return [("", t("Semua"), None), *((code, t(text), None) for code, text in texts.items())]


def _after(request: HttpRequest) -> str:
    """`?sesudah=2022-11-20:41`: the place in the list; what cannot be read is the beginning."""
    day, _, number = request.GET.get("sesudah", "").partition(":")
    try:
        date.fromisoformat(day)
    except ValueError:
        return ""
    return f"{day}:{number}" if number.isascii() and number.isdigit() and len(number) < 19 else ""


def _endings(request: HttpRequest, area: Area) -> dict[str, object]:
    """Who is still billed after the month of death, and what waits for a second person."""
    if area.opd_ids is not None:
        return {"running": [], "waiting": []}
    user = reader(request)
    waiting = Proposal.objects.filter(government=area.government, kind="ending", state=Proposal.OPEN).order_by("pk")
    return {
        "running": list({one.case.pk: one for one in to_end(area.government.pk)}.values()),
        "waiting": [
            (
                one,
                Ending.objects.filter(proposal=one).select_related("case__person").order_by("pk"),
                deciding(one, version=one.version, user=user),
            )
            for one in waiting
        ],
    }


@require_http_methods(["GET", "POST"])
def take_list(request: HttpRequest) -> HttpResponse:
    """A list of accidents: every member on it becomes a proposed case, and nothing more."""
    form = AccidentListForm(request.POST or None, request.FILES or None)
    taken: TakenIn | None = None
    if request.method == "POST" and form.is_valid():
        user, file = reader(request), form.cleaned_data["workbook"]
        try:
            taken = take_in(
                government=area_of(user).government, content=file.read(), name=file.name,
                on=timezone.localdate(), by=user, at=timezone.now(),
            )  # fmt: skip
        except NoSuchColumns as refused:
            form.add_error("workbook", t("Kolom ini tidak ditemukan: {names}.", names=refused.missing))
        except UnreadableWorkbook as refused:
            form.add_error("workbook", str(refused))
    content = {"form": form, "taken": taken, "whole": area_of(reader(request)).opd_ids is None}
    crumbs = [(t("Klaim"), reverse("claims"))]
    return show(
        request,
        "claims_list.html",
        content,
        title=t("Daftar kecelakaan"),
        part="claims-list",
        crumbs=crumbs,
    )


@require_POST
def end_billing(request: HttpRequest) -> HttpResponse:
    """Propose that who died is billed no more; a second person agrees."""
    user, at = reader(request), timezone.now()
    try:
        proposal = propose_endings(government=area_of(user).government, by=user, at=at)
    except EndingRefused:
        return redirect("claims")
    tell_of(proposal, by=user, at=at)
    return redirect("claims")


@require_POST
def decide_ending(request: HttpRequest, ending_id: int) -> HttpResponse:
    """Agree or refuse; never one's own."""
    user, at = reader(request), timezone.now()
    found = get_object_or_404(Proposal, pk=ending_id, kind="ending", government=area_of(user).government)
    verdict = word_posted(request, "putusan", ANSWERS)
    if not verdict:
        raise Http404
    try:
        decide_endings(
            proposal_id=found.pk, verdict=Verdict(verdict), comment=request.POST.get("comment", "").strip(), by=user,
            at=at, on_behalf_of=voice_chosen(request, at),
        )  # fmt: skip
    except DecisionRefused as refused:
        content = {"refusal": t(DECISION_REFUSALS[refused.reason])}
        return show(request, "claims_refused.html", content, title=t("Klaim"), part="claims", status=409)
    found.refresh_from_db()
    tell_of(found, by=user, at=at)
    return redirect("claims")
