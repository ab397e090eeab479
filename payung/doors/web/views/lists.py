"""Lists of workers: received, read, found wanting."""

from collections.abc import Sequence
from typing import TypedDict, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payung.doors.jobs import queue
from payung.doors.web import figures
from payung.doors.web.asked import PAGE_ROWS, after_asked, month_asked, month_chips, word_asked
from payung.doors.web.components import Chip, Column
from payung.doors.web.environment import same_page
from payung.doors.web.forms.upload import ListUpload
from payung.doors.web.pages import reader, show
from payung.doors.web.sentences import finding_column, finding_sentence
from payung.doors.web.tables import Field, arrange, workbook
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary import LIST_KINDS, PLAN_STATES, SEVERITIES, VERDICTS, said
from payung.office.access.roles import Deed, may
from payung.office.enrolment.actions import plan
from payung.office.enrolment.models import RosterList
from payung.office.enrolment.queries import ListLine, lists, visible_lists
from payung.office.files import queries as files
from payung.office.files.queries import FoundFault, ReadRow
from payung.office.places.queries import area_of
from payung.office.reports.queries import months as months_of_work
from payung.rules.months import Month
from payung.rules.roster.sentences import title

BEFORE_FIRST = -1
CODES_SHOWN = 6
Placed = TypeVar("Placed", FoundFault, ReadRow)


class Place(TypedDict):
    """Where a page of one list stands."""

    part: str
    month: Month
    crumbs: list[tuple[str, str]]


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
        "any_list": bool(every),
        "opds_shown": [Chip(f"{opd} ×", same_page(request, opd=None), chosen=True)] if opd else [],
        "months_shown": [
            Chip(t("Semua bulan"), same_page(request, bulan=None), chosen=month is None),
            *month_chips(request, months, month),
        ],
        "states_shown": [
            Chip(t("Semua"), same_page(request, keadaan=None), chosen=not state, count=len(in_month)),
            *(
                Chip(said(PLAN_STATES, code), same_page(request, keadaan=code), chosen=state == code, count=count)
                for code in PLAN_STATES
                if (count := sum(line.plan_state == code for line in in_month))
            ),
        ],
        "columns": table.columns,
        "lines": table.rows,
        "waiting": sum(line.verdicts.get("human", 0) for line in shown),
        "rejected": sum(line.verdicts.get("reject", 0) for line in shown),
        "states": PLAN_STATES,
    }
    return show(request, "lists.html", content, title=t("Daftar yang diterima"), part="lists", month=month)


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
    return show(request, "list_upload.html", {"form": form}, title=t("Unggah daftar"), part="list-upload")


@require_safe
def one_list(request: HttpRequest, list_id: int) -> HttpResponse:
    """What was found in a list, in the sheet's own order."""
    found = _visible(request, list_id)
    severity = word_asked(request, "berat", tuple(SEVERITIES))
    code = word_asked(request, "kode", tuple(found.reading.counts["codes"]))
    after = after_asked(request, start=BEFORE_FIRST)
    faults = files.findings(
        found.reading, severity=severity or None, code=code or None, after=after, limit=PAGE_ROWS + 1
    )
    shown, following = _page(faults)
    marks_open = may(reader(request), Deed.SEE_MARKS)
    codes = _code_chips(request, found, code)
    content = {
        "roster_list": found,
        "columns": [
            Column(t("Lembar")),
            Column(t("Baris"), figures=True),
            Column(t("Kolom")),
            Column(t("Berat")),
            Column(t("Apa, mengapa, dan apa yang perlu dilakukan")),
        ],
        "verdict_figures": _verdict_figures(found),
        "line": next(line for line in lists(area_of(reader(request))) if line.id == list_id),
        "kind": said(LIST_KINDS, found.kind),
        "plan_states": PLAN_STATES,
        "severities": SEVERITIES,
        "severities_shown": _severity_chips(request, severity),
        "codes_shown": codes[:CODES_SHOWN],
        "codes_more": codes[CODES_SHOWN:],
        "faults": [
            (
                fault,
                finding_column(fault, language()),
                finding_sentence(fault, language(), marks_open=marks_open),
            )
            for fault in shown
        ],
        "following": same_page(request, sesudah=following) if following is not None else "",
        "first": same_page(request, sesudah=None) if after > BEFORE_FIRST else "",
    }
    return show(request, "list.html", content, title=_title(found), **_place(found))


@require_safe
def rows(request: HttpRequest, list_id: int) -> HttpResponse:
    """The people behind one verdict of a list."""
    found = _visible(request, list_id)
    verdict = word_asked(request, "putusan", tuple(VERDICTS))
    after = after_asked(request, start=BEFORE_FIRST)
    read = files.rows(found.reading, verdict=verdict or None, after=after, limit=PAGE_ROWS + 1)
    shown, following = _page(read)
    counts = found.reading.counts["verdicts"]
    content = {
        "roster_list": found,
        "columns": [
            Column(t("Lembar")),
            Column(t("Baris"), figures=True),
            Column(t("Nama")),
            Column("NIK"),
            Column(t("Lahir")),
            Column(t("Pekerjaan")),
            Column(t("Upah"), figures=True),
            Column(t("Putusan")),
        ],
        "rows": shown,
        "verdicts": VERDICTS,
        "chips_shown": [
            Chip(t("Semua"), same_page(request, putusan=None, sesudah=None), not verdict, sum(counts.values())),
            *(
                Chip(
                    said(VERDICTS, code), same_page(request, putusan=code, sesudah=None), code == verdict, counts[code]
                )
                for code in VERDICTS
                if code in counts
            ),
        ],
        "following": same_page(request, sesudah=following) if following is not None else "",
        "first": same_page(request, sesudah=None) if after > BEFORE_FIRST else "",
    }
    title = t("Orang di daftar {opd}", opd=found.opd.short_name)
    place = _place(found)
    place["crumbs"] = [*place["crumbs"], (_title(found), reverse("list", kwargs={"list_id": list_id}))]
    return show(request, "list_rows.html", content, title=title, **place)


@require_POST
def plan_again(request: HttpRequest, list_id: int) -> HttpResponse:
    """A new plan from the same list, after the office has changed."""
    found = _visible(request, list_id)
    made = plan(roster_list=found, by=reader(request), at=timezone.now())
    return redirect("plan", plan_id=made.pk)


@require_POST
def findings_workbook(request: HttpRequest, list_id: int) -> HttpResponse:
    """The sender's workbook with the findings in their places, as a job."""
    found = _visible(request, list_id)
    job = queue.ask(
        "findings_workbook",
        government=found.agreement.government,
        by=reader(request),
        at=timezone.now(),
        arguments={"list_id": found.pk},
    )
    return redirect("job", job_id=job.pk)


def _visible(request: HttpRequest, list_id: int) -> RosterList:
    """The list when the reader's area shows it; else there is no such page."""
    scope = visible_lists(area_of(reader(request)))
    return get_object_or_404(
        scope.select_related("opd", "reading__file", "received_by", "agreement__government"), pk=list_id
    )


def _page(found: Sequence[Placed]) -> tuple[list[Placed], int | None]:
    """The first PAGE_ROWS positions, and the last of them when there are more."""
    positions = sorted({one.position for one in found})
    if len(positions) <= PAGE_ROWS:
        return list(found), None
    last = positions[PAGE_ROWS - 1]
    return [one for one in found if one.position <= last], last


def _title(found: RosterList) -> str:
    return t("Daftar {opd}", opd=found.opd.short_name)


def _place(found: RosterList) -> Place:
    return {
        "part": "lists",
        "month": Month.of(found.month),
        "crumbs": [(t("Daftar yang diterima"), reverse("lists"))],
    }


def _verdict_figures(found: RosterList) -> list[tuple[str, str, str, str]]:
    """How many people have each verdict; each count opens to them."""
    people = reverse("list-rows", kwargs={"list_id": found.pk})
    counts: dict[str, int] = found.reading.counts["verdicts"]
    each = [
        (said(VERDICTS, code), figures.number(counts.get(code, 0)), f"{people}?putusan={code}", meaning.tone)
        for code, meaning in VERDICTS.items()
    ]
    return [(t("Orang di daftar"), figures.number(sum(counts.values())), people, "info"), *each]


def _severity_chips(request: HttpRequest, chosen: str) -> list[Chip]:
    return [
        Chip(t("Semua temuan"), same_page(request, berat=None, sesudah=None), chosen=not chosen),
        *(
            Chip(said(SEVERITIES, code), same_page(request, berat=code, sesudah=None), chosen=code == chosen)
            for code in SEVERITIES
        ),
    ]


def _code_chips(request: HttpRequest, found: RosterList, chosen: str) -> list[Chip]:
    """One chip for each kind of finding, the chosen and the most frequent first; choosing it again lets go."""
    counts: dict[str, int] = found.reading.counts["codes"]
    return [
        Chip(
            label=title(code, language()),
            href=same_page(request, kode=None if code == chosen else code, sesudah=None),
            chosen=code == chosen,
            count=count,
        )
        for code, count in sorted(counts.items(), key=lambda pair: (pair[0] != chosen, -pair[1], pair[0]))
    ]
