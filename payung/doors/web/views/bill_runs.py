"""A month's draft: what changed against the month before, decided by a second person, or taken back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.jobs.notices import tell_of
from payung.doors.web import figures
from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, slice_of, word_asked, word_posted
from payung.doors.web.deciding import deciding, happenings, voice_chosen
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary import DECISION_REFUSALS, said
from payung.doors.web.vocabulary_bills import LINE_REASONS, MONEY_STATES, RUN_CHANGES, RUN_REFUSALS, RUN_STATES
from payung.office.approvals.actions import DecisionRefused
from payung.office.approvals.models import Verdict
from payung.office.billing import review
from payung.office.billing.models import BillRun
from payung.office.billing.runs import RunRefused, decide_run, withdraw
from payung.office.places.queries import area_of
from payung.rules.months import Month

BILLS = (word("Nomor"), word("Unit pembayar"), word("Dana"), word("Orang"), word("Tagihan"), word("Keadaan"))
PEOPLE = (word("Nama"), word("OPD"), word("Upah"), word("Bulan lalu"), word("Bulan ini"))
MONTHS = (word("Bulan"), word("Orang"), word("Iuran"))
LINES = (word("Nama"), word("OPD"), word("Untuk bulan"), word("Upah"), word("Iuran"))


@require_safe
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """The draft, or what became of it."""
    return _run_page(request, _visible(request, run_id))


@posting(back="bill-run")
def decide(request: HttpRequest, run_id: int) -> HttpResponse:
    """Approve (the bills are final at once), send back or refuse; never one's own."""
    found, user, at = _visible(request, run_id), reader(request), timezone.now()
    verdict = word_posted(request, "putusan", [*Verdict])
    if not verdict:
        return redirect("bill-run", run_id=run_id)
    try:
        decided = decide_run(
            run_id=found.pk,
            verdict=Verdict(verdict),
            comment=request.POST.get("comment", "").strip(),
            by=user,
            at=at,
            on_behalf_of=voice_chosen(request, at),
        )
    except DecisionRefused as refused:
        return _run_page(request, found, refusal=t(DECISION_REFUSALS[refused.reason]))
    except RunRefused as refused:
        return _run_page(request, found, refusal=t(RUN_REFUSALS[refused.reason]))
    tell_of(decided.proposal, by=user, at=at)
    return redirect("bill-run", run_id=run_id)


@posting(back="bill-run")
def take_back(request: HttpRequest, run_id: int) -> HttpResponse:
    """Set the draft aside, with a reason."""
    found = _visible(request, run_id)
    reason = request.POST.get("comment", "").strip()
    try:
        withdraw(run_id=found.pk, reason=reason, by=reader(request), at=timezone.now())
    except RunRefused as refused:
        return _run_page(request, found, refusal=t(RUN_REFUSALS[refused.reason]))
    return redirect("bill-run", run_id=run_id)


def _visible(request: HttpRequest, run_id: int) -> BillRun:
    scope = review.visible_runs(area_of(reader(request))).select_related(
        "government", "proposal__made_by", "proposal__decided_by", "settled_by"
    )
    return get_object_or_404(scope, pk=run_id)


def _run_page(request: HttpRequest, found: BillRun, *, refusal: str = "") -> HttpResponse:
    bills, user = review.bills_of(found), reader(request)
    state = found.proposal.state if found.state == BillRun.DRAFT else found.state
    content = {
        "run": found,
        "state": state,
        "states": RUN_STATES,
        "own": found.proposal.made_by_id == user.pk,
        "deciding": deciding(found.proposal, version=found.version, user=user) if state == "open" else None,
        "said": happenings(found.proposal),
        "may_withdraw": found.state == BillRun.DRAFT and allowed(request.user, "bill-run-withdraw"),
        "refusal": refusal,
        "bills": bills,
        "bill_columns": headings(*BILLS, figures=("Orang", "Tagihan")),
        "money_states": MONEY_STATES,
        "heads": sum(bill.heads for bill in bills),
        "total": sum(bill.total_rupiah for bill in bills),
        "before": Month.of(found.month).shift(-1).first_day,
        **(_ahead(found) if found.until_month else _behind(request, found)),
    }
    title = t("Tagihan {month}", month=figures.long_month(found.month))
    if found.until_month:
        title = t("Bayar di muka sampai {month}", month=figures.long_month(found.until_month))
    crumbs = [(t("Tagihan iuran"), reverse("bills"))]
    return show(
        request, "bill_run.html", content, title=title, part="bills", month=Month.of(found.month), crumbs=crumbs
    )


def _ahead(found: BillRun) -> dict[str, object]:
    """What is paid in advance, month by month; its people stand on its one bill."""
    return {"months": review.months_of(found), "columns": headings(*MONTHS, figures=MONTHS[1:])}


def _behind(request: HttpRequest, found: BillRun) -> dict[str, object]:
    """The numbers of what changed, and the people or lines behind the chosen one."""
    changes, corrections = review.changes(found), review.corrections(found)
    reasons = [one.reason for one in corrections]
    choices = [(kind, said(RUN_CHANGES, kind), changes[kind].heads) for kind in review.CHANGES]
    choices += [(one.reason, said(LINE_REASONS, one.reason), one.lines) for one in corrections]
    known = (*review.CHANGES, *reasons)
    chosen = word_asked(request, "isi", known) or next((name for name, _, count in choices if count), known[0])
    behind = {"after": after_asked(request, start=0), "limit": PAGE_ROWS + 1}
    if chosen in review.CHANGES:
        people = review.changed_people(found, chosen, **behind)
        page: object = slice_of(request, people, place=lambda person: person.membership_id, start=0)
        columns = headings(*PEOPLE, figures=("Upah", "Bulan lalu", "Bulan ini"))
    else:
        lines = review.corrected_lines(found, chosen, **behind)
        page = slice_of(request, lines, place=lambda line: line.id, start=0)
        columns = headings(*LINES, figures=("Upah", "Iuran"))
    return {
        "changes": [(kind, RUN_CHANGES[kind], changes[kind]) for kind in review.CHANGES],
        "corrections": [(LINE_REASONS[one.reason], one) for one in corrections],
        "chips_shown": filter_chips(request, "isi", choices, chosen),
        "of_people": chosen in review.CHANGES,
        "columns": columns,
        "page": page,
    }
