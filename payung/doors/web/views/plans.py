"""What a list would change: looked at, decided by a second person, applied."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from payung.doors.jobs import queue
from payung.doors.jobs.notices import tell_of
from payung.doors.web import figures
from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, slice_of, word_asked, word_posted
from payung.doors.web.deciding import deciding, happenings, voice_chosen
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.sentences import payer_elsewhere, plan_reason
from payung.doors.web.tables import headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary import DECISION_REFUSALS, PLAN_KINDS, PLAN_STATES, said
from payung.office.approvals.actions import DecisionRefused, decide
from payung.office.approvals.models import Verdict
from payung.office.enrolment.elsewhere import count_paid_elsewhere, paid_elsewhere
from payung.office.enrolment.models import Plan, RosterList
from payung.office.enrolment.pairs import beside
from payung.office.enrolment.queries import KINDS, plan_state, planned_people, visible_plans
from payung.office.enrolment.receiving import is_replaced
from payung.office.places.queries import area_of
from payung.rules.months import Month

BEFORE_FIRST = -1
ELSEWHERE_COLUMNS = (word("Nama"), word("Lembar, baris"), word("Dana"), word("Bulan"))
COLUMNS = (word("Nama"), "NIK", word("Lahir"), word("Lembar, baris"), word("Sebab"), word("Upah"))
OPENING_COLUMNS = (*COLUMNS, word("Peserta sejak"), word("Lunas sampai"))


@require_safe
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The counts, and the people behind the chosen one."""
    return _plan_page(request, _visible(request, plan_id))


def _plan_page(request: HttpRequest, found: Plan, *, refusal: str = "") -> HttpResponse:
    counts = {kind: int(found.counts.get(kind, 0)) for kind in KINDS}
    kind = word_asked(request, "jenis", KINDS) or next((name for name in KINDS if counts[name]), KINDS[0])
    planned = planned_people(found, kind, after=after_asked(request, start=BEFORE_FIRST), limit=PAGE_ROWS + 1)
    page = slice_of(request, planned, place=lambda person: person.position, start=BEFORE_FIRST)
    pairs = beside(found, page.rows)
    chips = filter_chips(request, "jenis", [(name, said(PLAN_KINDS, name), counts[name]) for name in KINDS], kind)
    content = {
        "plan": found,
        "states": PLAN_STATES,
        "counts": counts,
        "kind": kind,
        "kinds_shown": chips,
        "figures_shown": [
            (chip.label, figures.number(chip.count), chip.href, PLAN_KINDS[name].tone)
            for name, chip in zip(KINDS, chips, strict=True)
            if chip.count
        ],
        "opening": found.roster_list.kind == RosterList.OPENING,
        "columns": headings(
            *(OPENING_COLUMNS if found.roster_list.kind == RosterList.OPENING else COLUMNS), figures=("Upah",)
        ),
        "page": page,
        "people": [
            (person, plan_reason(person.reason, language()), pairs.get(person.position, [])) for person in page.rows
        ],
        "to_apply": counts["join"] + counts["wage"] + counts["move"],
        "refusal": refusal,
        "elsewhere": count_paid_elsewhere(found),
        **_standing(request, found),
    }
    listed = found.roster_list
    crumbs = [
        (t("Daftar yang diterima"), reverse("lists")),
        (t("Daftar {opd}", opd=listed.opd.short_name), reverse("list", kwargs={"list_id": listed.pk})),
    ]
    title, month = t("Rencana untuk {opd}", opd=listed.opd.short_name), Month.of(listed.month)
    return show(request, "plan.html", content, title=title, part="lists", month=month, crumbs=crumbs)


def _standing(request: HttpRequest, found: Plan) -> dict[str, object]:
    """Where the plan stands, and what this reader may do with it."""
    state, user = plan_state(found), reader(request)
    return {
        "state": state,
        "own": found.proposal.made_by_id == user.pk,
        "deciding": deciding(found.proposal, version=found.version, user=user) if state == "open" else None,
        "newest": Plan.objects.filter(proposal=found.proposal).latest("version"),
        "said": happenings(found.proposal),
        "may_apply": allowed(request.user, "plan-apply") and not is_replaced(found.roster_list),
        "list_replaced": is_replaced(found.roster_list),
    }


@require_safe
def elsewhere(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The rows whose people somebody in another government pays for: the kind of fund and the months, nothing else."""
    found = _visible(request, plan_id)
    rows = paid_elsewhere(found, after=after_asked(request, start=BEFORE_FIRST), limit=PAGE_ROWS + 1)
    page = slice_of(request, rows, place=lambda one: one.position, start=BEFORE_FIRST)
    content = {
        "columns": headings(*ELSEWHERE_COLUMNS),
        "page": page,
        "rows": [(one, payer_elsewhere(one.payer)) for one in page.rows],
    }
    crumbs = [(t("Rencana untuk {opd}", opd=found.roster_list.opd.short_name), reverse("plan", args=[plan_id]))]
    title = t("Dibayari di pemerintah daerah lain")
    return show(request, "plan_elsewhere.html", content, title=title, part="lists", crumbs=crumbs)


@posting(back="plan")
def decide_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Approve, send back or refuse, with a comment; never one's own, and only the version that was seen."""
    found = _visible(request, plan_id)
    user, at = reader(request), timezone.now()
    verdict = word_posted(request, "putusan", [*Verdict])
    if not verdict:
        return redirect("plan", plan_id=plan_id)
    try:
        decided = decide(
            proposal_id=found.proposal_id,
            version=found.version,
            verdict=Verdict(verdict),
            comment=request.POST.get("comment", "").strip(),
            by=user,
            at=at,
            on_behalf_of=voice_chosen(request, at),
        )
    except DecisionRefused as refused:
        return _plan_page(request, found, refusal=t(DECISION_REFUSALS[refused.reason]))
    tell_of(decided, by=user, at=at)
    return redirect("plan", plan_id=plan_id)


@require_POST
def apply_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Carry out an approved plan, as a job; leavers only by their own button."""
    found = _visible(request, plan_id)
    job = queue.ask(
        "apply_plan",
        government=found.government,
        by=reader(request),
        at=timezone.now(),
        arguments={"plan_id": found.pk, "leavers": request.POST.get("leavers") == "1"},
    )
    return redirect("job", job_id=job.pk)


def _visible(request: HttpRequest, plan_id: int) -> Plan:
    """The plan when the reader's area shows it; else there is no such page."""
    scope = visible_plans(area_of(reader(request))).select_related(
        "government",
        "proposal__made_by",
        "proposal__decided_by",
        "applied_by",
        "roster_list__opd",
        "roster_list__reading__file",
    )
    return get_object_or_404(scope, pk=plan_id)
