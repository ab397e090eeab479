"""Lists of workers: the overview, the upload, and what can be asked of one list."""

from collections import Counter
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payung.doors.jobs import queue
from payung.doors.jobs.notices import tell_of
from payung.doors.web.asked import filter_chips, month_asked, month_chips, word_asked
from payung.doors.web.components import Chip
from payung.doors.web.environment import same_page
from payung.doors.web.forms.upload import ListUpload
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import Field, arrange, workbook
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary import PLAN_STATES, said
from payung.office.access.purposes import Purpose, record_look
from payung.office.enrolment.actions import PlanNotApplicable, plan
from payung.office.enrolment.models import RosterList
from payung.office.enrolment.queries import ListLine, lists, visible_lists, waiting_uploads
from payung.office.places.queries import area_of, payers_in
from payung.office.reports.queries import months as months_of_work
from payung.rules.months import Month

FIELDS: tuple[Field[ListLine], ...] = (
    Field("opd", word("OPD"), lambda line: line.opd),
    Field("berkas", word("Berkas"), lambda line: line.file_name),
    Field("bulan", word("Berlaku mulai"), lambda line: line.month),
    Field("orang", word("Orang"), lambda line: line.people, figures=True),
    Field("menunggu", word("Perlu diputuskan"), lambda line: line.verdicts.get("human", 0), figures=True),
    Field("ditolak", word("Ditolak"), lambda line: line.verdicts.get("reject", 0), figures=True),
    Field("keadaan", word("Rencana"), lambda line: said(PLAN_STATES, line.plan_state)),
    Field("diterima", word("Diterima"), lambda line: timezone.localtime(line.received_at).date()),
)


@require_safe
def all_lists(request: HttpRequest) -> HttpResponse:
    """The lists of the area, newest first."""
    area = area_of(reader(request))
    month, state = month_asked(request), word_asked(request, "keadaan", tuple(PLAN_STATES))
    every = lists(area)
    months = sorted({Month.of(line.month) for line in every}, reverse=True)
    opd = word_asked(request, "opd", [line.opd for line in every])
    of_opd = [line for line in every if not opd or line.opd == opd]
    in_month = [line for line in of_opd if month is None or Month.of(line.month) == month]
    shown = [line for line in in_month if not state or line.plan_state == state]
    if request.GET.get("unduh"):
        return workbook("daftar.xlsx", t("Daftar yang diterima"), FIELDS, shown)
    table = arrange(request, FIELDS, shown)
    content = {
        "uploads": waiting_uploads(area),
        "any_list": bool(every),
        "opds_shown": [Chip(f"{opd} ×", same_page(request, opd=None), chosen=True)] if opd else [],
        "months_shown": [
            Chip(t("Semua bulan"), same_page(request, bulan=None), chosen=month is None),
            *month_chips(request, months, month),
        ],
        "states_shown": filter_chips(request, "keadaan", _states(in_month), state),
        "columns": table.columns,
        "lines": table.rows,
        "waiting": sum(line.verdicts.get("human", 0) for line in shown),
        "rejected": sum(line.verdicts.get("reject", 0) for line in shown),
        "states": PLAN_STATES,
    }
    return show(request, "lists.html", content, title=t("Daftar yang diterima"), part="lists", month=month)


def _states(lines: Sequence[ListLine]) -> list[tuple[str, str, int | None]]:
    """The states of plans that occur, with how many lists are in each."""
    counts = Counter(line.plan_state for line in lines)
    found = [(code, said(PLAN_STATES, code), counts[code]) for code in PLAN_STATES if counts[code]]
    return [("", t("Semua"), len(lines)), *found]


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The form; then a job that reads the file."""
    user = reader(request)
    area = area_of(user)
    form = ListUpload(
        request.POST or None, request.FILES or None, area=area, today=timezone.localdate(), worked=months_of_work(area)
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["workbook"]
        job = queue.ask(
            "receive_list",
            government=area.government,
            by=user,
            at=timezone.now(),
            arguments=form.arguments(),
            content=file.read(),
            file_name=file.name,
        )
        return redirect("job", job_id=job.pk)
    asked = request.GET.get("opd", "")
    payer = payers_in(area).filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 19 else None
    if payer is not None:
        form.begin_with(payer)
    return show(request, "list_upload.html", {"form": form}, title=t("Unggah daftar"), part="list-upload")


@require_POST
def plan_again(request: HttpRequest, list_id: int) -> HttpResponse:
    """A new plan from the same list, after the office has changed."""
    found = visible(request, list_id)
    user, at = reader(request), timezone.now()
    try:
        made = plan(roster_list=found, by=user, at=at, comment=request.POST.get("comment", "").strip())
    except PlanNotApplicable:  # a corrected list has come meanwhile: its page says so
        return redirect("list", list_id=list_id)
    if made.made_at == at:
        tell_of(made.proposal, by=user, at=at)
    return redirect("plan", plan_id=made.pk)


@require_POST
def findings_workbook(request: HttpRequest, list_id: int) -> HttpResponse:
    """The sender's workbook with the findings in their places, as a job."""
    found = visible(request, list_id)
    user, at = reader(request), timezone.now()
    record_look(subject=f"list:{found.pk}", purpose=Purpose.RETURN_FINDINGS, note="", by=user, at=at)
    job = queue.ask(
        "findings_workbook",
        government=found.agreement.government,
        by=user,
        at=at,
        arguments={"list_id": found.pk},
    )
    return redirect("job", job_id=job.pk)


def visible(request: HttpRequest, list_id: int) -> RosterList:
    """The list when the reader's area shows it; else there is no such page."""
    scope = visible_lists(area_of(reader(request)))
    return get_object_or_404(
        scope.select_related("opd", "reading__file", "received_by", "agreement__government"), pk=list_id
    )
