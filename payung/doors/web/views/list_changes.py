"""A corrected file for a list: handed in, and what it changed."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from payung.doors.jobs import queue
from payung.doors.web import figures
from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, slice_of, word_asked
from payung.doors.web.forms.upload import CorrectedUpload
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.views.lists import visible
from payung.doors.web.views.mends import crumbs_to
from payung.doors.web.vocabulary import VERDICTS
from payung.doors.web.vocabulary_lists import CHANGE_KINDS
from payung.office.enrolment.changes import KINDS, changed_rows, counts
from payung.office.enrolment.mending import is_mendable
from payung.office.enrolment.models import RosterList
from payung.office.files.actions import SEALED
from payung.rules.months import Month
from payung.rules.roster.vocabulary import title_of

BEFORE_FIRST = -1
COLUMNS = (word("Nama"), word("Lembar, baris"), word("Sebelumnya"), word("Sekarang"), word("Yang berubah"))


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, list_id: int) -> HttpResponse:
    """The corrected file; then a job that reads it in place of the list."""
    found = visible(request, list_id)
    if not is_mendable(found):
        return redirect("list", list_id=list_id)
    form = CorrectedUpload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["workbook"]
        job = queue.ask(
            "receive_list",
            government=found.agreement.government,
            by=reader(request),
            at=timezone.now(),
            arguments={"corrects": found.pk},
            content=file.read(),
            file_name=file.name,
        )
        return redirect("job", job_id=job.pk)
    content = {"form": form, "roster_list": found}
    title, month = t("Unggah berkas perbaikan"), Month.of(found.month)
    return show(request, "list_correct.html", content, title=title, part="lists", month=month, crumbs=crumbs_to(found))


@require_safe
def changes(request: HttpRequest, list_id: int) -> HttpResponse:
    """What a list changed against the one before it, by group."""
    found = visible(request, list_id)
    known = counts(found)
    kind = word_asked(request, "jenis", KINDS) or next((name for name in KINDS if known[name]), KINDS[0])
    rows = changed_rows(found, kind, after=after_asked(request, start=BEFORE_FIRST), limit=PAGE_ROWS + 1)
    page = slice_of(request, rows, place=lambda row: row.position, start=BEFORE_FIRST)
    choices = [(name, t(CHANGE_KINDS[name].text), known[name]) for name in KINDS]
    content = {
        "roster_list": found,
        "figures_shown": change_figures(found, known),
        "kinds_shown": filter_chips(request, "jenis", choices, kind),
        "columns": headings(*COLUMNS),
        "page": page,
        "rows": [(row, [_told(*cell) for cell in row.fields]) for row in page.rows],
        "verdicts": VERDICTS,
    }
    title, month = t("Yang berubah sejak daftar sebelumnya"), Month.of(found.month)
    return show(request, "list_changes.html", content, title=title, part="lists", month=month, crumbs=crumbs_to(found))


def change_figures(found: RosterList, known: dict[str, int]) -> list[tuple[str, str, str, str]]:
    """How many rows of each group; each count opens to them."""
    address = reverse("list-changes", kwargs={"list_id": found.pk})
    return [
        (t(CHANGE_KINDS[kind].text), figures.number(known[kind]), f"{address}?jenis={kind}", CHANGE_KINDS[kind].tone)
        for kind in KINDS
    ]


def _told(field: str, before: Any, after: Any) -> str:
    return f"{title_of(field, language())}: {_value(field, before)} → {_value(field, after)}"


def _value(field: str, value: Any) -> str:
    if value is None:
        return figures.NOTHING
    if field in SEALED:
        return figures.masked(value)
    if isinstance(value, date):
        return figures.short_date(value)
    return figures.rupiah(value) if field == "wage" else str(value)
