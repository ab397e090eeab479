"""A file that takes long is made in the background: the worker asks the same address again, as the same reader."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import resolve
from django.utils import timezone, translation

from payung.doors.jobs import queue
from payung.doors.jobs.handed import PAGE_FILE
from payung.doors.jobs.models import Job
from payung.doors.jobs.outcomes import Outcome, WorkRefused
from payung.doors.jobs.words import refusal
from payung.doors.web.pages import reader
from payung.doors.web.rights import allowed
from payung.doors.web.tables import Field, Written, workbook
from payung.doors.web.translation import language
from payung.office.places.queries import area_of

AT_ONCE_ROWS = 5_000
"""A workbook of so many people takes about a second; a longer one is a job."""
Row = TypeVar("Row")


class AskedAgain(HttpRequest):
    """A request that the worker makes for a reader who waits; `told` hears how many rows are written."""

    told: Written


def in_background(request: HttpRequest, *, name: str, back: str = "") -> HttpResponse:
    """The page of the job that makes the file of this address; the one that is under way, when it was asked before.

    `back` is the page that the file belongs to, when its own address shows none.
    """
    user = reader(request)
    government = area_of(user).government
    asked = {"path": request.path, "asked": request.GET.urlencode(), "language": language()} | (
        {"back": back} if back else {}
    )
    waiting = Job.objects.filter(
        government=government, asked_by=user, kind=PAGE_FILE, arguments=asked, state__in=(Job.QUEUED, Job.RUNNING)
    ).first()
    job = waiting or queue.ask(
        PAGE_FILE, government=government, by=user, at=timezone.now(), arguments=asked, file_name=name
    )
    return redirect("job", job_id=job.pk)


def whole_list(
    request: HttpRequest,
    name: str,
    title: str,
    fields: Sequence[Field[Row]],
    rows: Callable[[int | None], Sequence[Row]],
) -> HttpResponse:
    """A list as a workbook, at once or as a job. `rows` is told how many are wanted at most (None: all of them)."""
    if isinstance(request, AskedAgain):
        return workbook(name, title, fields, rows(None), told=request.told)
    found = rows(AT_ONCE_ROWS + 1)
    return workbook(name, title, fields, found) if len(found) <= AT_ONCE_ROWS else in_background(request, name=name)


def make(job: Job, progress: Callable[[str, int, int], None]) -> Outcome:
    """What `in_background` asked for: the file of that address, as it is for the reader who asked."""
    request = AskedAgain()
    request.method, request.path, request.user = "GET", job.arguments["path"], job.asked_by
    request.GET = QueryDict(job.arguments["asked"])
    request.told = lambda done, whole: progress("write", done, whole)
    found = resolve(request.path)
    request.resolver_match = found
    progress("read", 0, 0)
    try:
        if not allowed(job.asked_by, str(found.url_name)):
            raise PermissionDenied
        with translation.override(job.arguments["language"]):
            answer = found.func(request, *found.args, **found.kwargs)
    except (Http404, PermissionDenied) as missing:
        raise WorkRefused(refusal("no_list", job.asked_by.language)) from missing
    kept = QueryDict(job.arguments["asked"], mutable=True)
    kept.pop("unduh", None)
    own = f"{request.path}?{kept.urlencode()}" if kept else request.path
    return Outcome({"back": job.arguments.get("back", own)}, output=answer.content, output_name=job.file_name)
