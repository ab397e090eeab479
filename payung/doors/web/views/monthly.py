"""The changes of a month: the sheet that an OPD fills in, and what came back, accepted or refused by group."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payung.doors.jobs import queue
from payung.doors.jobs.notices import tell_of
from payung.doors.web import figures
from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, slice_of, word_asked
from payung.doors.web.forms.upload import MonthlySheetAsked
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.doors.web.views.lists import visible
from payung.doors.web.vocabulary_lists import MONTHLY_GROUPS
from payung.office.enrolment.actions import PlanNotApplicable, plan
from payung.office.enrolment.models import Plan
from payung.office.enrolment.monthly import GROUPS, SheetRefused, choose
from payung.office.enrolment.monthly_queries import SHOWN, counts, people, returned
from payung.office.places.queries import area_of
from payung.office.reports.queries import months as months_of_work
from payung.rules.months import Month

BEFORE_FIRST = -1
COLUMNS = (word("Nama"), word("Lembar, baris"), word("Tanggal"), word("Pindah ke"), word("Upah"))


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest) -> HttpResponse:
    """Which OPD and month; then a job that makes the sheet."""
    user = reader(request)
    area = area_of(user)
    form = MonthlySheetAsked(
        request.POST or None, None, area=area, today=timezone.localdate(), worked=months_of_work(area)
    )
    if request.method == "POST" and form.is_valid():
        job = queue.ask(
            "monthly_sheet", government=area.government, by=user, at=timezone.now(), arguments=form.arguments()
        )
        return redirect("job", job_id=job.pk)
    return show(request, "monthly_sheet.html", {"form": form}, title=t("Pembaruan bulanan"), part="monthly-sheet")


@require_safe
def changes(request: HttpRequest, list_id: int) -> HttpResponse:
    """What came back, group by group, and the choice among the groups."""
    found = visible(request, list_id)
    told = returned(found)
    if told is None:
        return redirect("list", list_id=list_id)
    known = counts(found)
    group = word_asked(request, "jenis", SHOWN) or next((name for name in SHOWN if known[name]), SHOWN[0])
    rows = people(found, group, after=after_asked(request, start=BEFORE_FIRST), limit=PAGE_ROWS + 1)
    labels = [(name, t(MONTHLY_GROUPS[name].text), known[name]) for name in SHOWN]
    chips = filter_chips(request, "jenis", labels, group)
    content = {
        "roster_list": found,
        "told": told,
        "plan": Plan.objects.filter(roster_list=found).order_by("-pk").first(),
        "figures_shown": [
            (chip.label, figures.number(chip.count), chip.href, MONTHLY_GROUPS[name].tone)
            for name, chip in zip(SHOWN, chips, strict=True)
            if chip.count
        ],
        "groups": [(name, t(MONTHLY_GROUPS[name].text), known[name]) for name in GROUPS if known[name]],
        "kinds_shown": chips,
        "unclear": known["unclear"],
        "columns": headings(*COLUMNS, figures=("Upah",)),
        "page": slice_of(request, rows, place=lambda row: row.position, start=BEFORE_FIRST),
    }
    crumbs = [
        (t("Daftar yang diterima"), reverse("lists")),
        (t("Daftar {opd}", opd=found.opd.short_name), reverse("list", kwargs={"list_id": list_id})),
    ]
    title, month = t("Perubahan bulanan {opd}", opd=found.opd.short_name), Month.of(found.month)
    return show(request, "monthly.html", content, title=title, part="lists", month=month, crumbs=crumbs)


@require_POST
def accept(request: HttpRequest, list_id: int) -> HttpResponse:
    """The ticked groups become a plan for a second person; the others stay out of it."""
    found = visible(request, list_id)
    if returned(found) is None:
        return redirect("list", list_id=list_id)
    user, at = reader(request), timezone.now()
    accepted = [name for name in GROUPS if name in request.POST.getlist("terima")]
    try:
        choose(roster_list=found, accepted=accepted, by=user, at=at)
        made = plan(roster_list=found, by=user, at=at)
    except (SheetRefused, PlanNotApplicable):  # a plan was made of it meanwhile: the page leads there
        return redirect("monthly", list_id=list_id)
    if made.made_at == at:
        tell_of(made.proposal, by=user, at=at)
    return redirect("plan", plan_id=made.pk)
