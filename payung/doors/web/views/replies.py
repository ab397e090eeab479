"""What came back from BPJS: taken in, compared, matched by a person; and the tasks that remain."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payung.doors.calendar import public_holidays
from payung.doors.jobs import queue
from payung.doors.jobs.submission_words import refusal_of
from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, slice_of, word_asked
from payung.doors.web.forms.submissions import ReplyForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.views.submissions import crumbs, visible
from payung.doors.web.vocabulary_submissions import DIFFERENCES, FILE_KINDS, REPLY_KINDS, ROW_REFUSALS, TASK_KINDS
from payung.office.places.queries import area_of
from payung.office.registry.models import Membership
from payung.office.submissions import queries
from payung.office.submissions.actions import SubmissionRefused
from payung.office.submissions.corrections import CORRECTABLE, ask
from payung.office.submissions.models import CorrectionAsked, Reply, ReplyRow, Task
from payung.office.submissions.replies import RowRefused, decide_row
from payung.office.submissions.tasks import TaskRefused, tick, untick

ROWS = (
    word("Baris"), word("Nama menurut BPJS"), "NIK", word("Lahir"), word("Upah"), word("Keterangan"),
    word("Orang kita"),
)  # fmt: skip
TASKS = (word("Tugas"), word("Orang"), word("OPD"), word("Batas"), word("Keterangan"), word("Selesai"))
TICKED = (word("Tugas"), word("Orang"), word("OPD"), word("Selesai"))
TICKED_SHOWN = 50


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A file of BPJS or of an OPD: then a job."""
    unit = visible(request, unit_id)
    form = ReplyForm(request.POST or None, request.FILES or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        file, told = form.cleaned_data["workbook"], form.cleaned_data
        job = queue.ask(
            "receive_from_bpjs",
            government=unit.government,
            by=reader(request),
            at=timezone.now(),
            arguments={
                "unit_id": unit.pk,
                "reply_kind": told["reply_kind"],
                "told_on": told["told_on"].isoformat(),
            },
            content=file.read(),
            file_name=file.name,
        )
        return redirect("job", job_id=job.pk)
    content = {"form": form}
    return show(
        request, "decree_upload.html", content, title=t("Unggah jawaban BPJS"), part="submissions", crumbs=crumbs(unit)
    )


@require_safe
def one(request: HttpRequest, reply_id: int) -> HttpResponse:
    """Rows of a reply, by how they differ."""
    return _reply_page(request, _reply(request, reply_id))


def _reply_page(request: HttpRequest, reply: Reply, *, refusal: str = "") -> HttpResponse:
    user = reader(request)
    difference = word_asked(request, "beda", queries.DIFFERENCES)
    counts = queries.differences(reply, by=user)
    found = queries.returned(reply, difference, by=user, after=after_asked(request, start=0), limit=PAGE_ROWS + 1)
    page = slice_of(request, found, place=lambda row: row.row_id or 0, start=0)
    unmatched = [row.row_id for row in page.rows if row.person_id is None and row.row_id is not None]
    choices = {row.pk: queries.may_be(row) for row in ReplyRow.objects.filter(pk__in=unmatched).select_related("reply")}
    shown = [
        ("", t("Semua"), None),
        *((code, t(text), counts[code]) for code, text in DIFFERENCES.items() if counts[code]),
    ]
    content = {
        "reply": reply,
        "refusal": refusal,
        "kind": t(REPLY_KINDS[reply.kind]),
        "differences_shown": filter_chips(request, "beda", shown, difference),
        "page": page,
        "difference": difference,
        "correcting": difference in CORRECTABLE and bool(page.rows),
        "asked": set(CorrectionAsked.objects.filter(row__reply=reply).values_list("row_id", flat=True)),
        "choices": choices,
        "words": DIFFERENCES,
        "columns": headings(*ROWS, figures=ROWS[4:5]),
    }
    return show(
        request, "reply.html", content, title=t("Jawaban BPJS {day}", day=reply.told_on), part="submissions",
        crumbs=crumbs(reply.unit),
    )  # fmt: skip


@posting(back="reply")
def decide(request: HttpRequest, reply_id: int) -> HttpResponse:
    """A person says whose row it is."""
    reply = _reply(request, reply_id)
    numbers = [request.POST.get(name, "") for name in ("baris", "peserta")]
    if not all(text.isdecimal() and len(text) < 19 for text in numbers):
        return _reply_page(request, reply, refusal=t("Pilih dulu orangnya."))
    row = get_object_or_404(ReplyRow, pk=int(numbers[0]), reply=reply)
    membership = get_object_or_404(Membership, pk=int(numbers[1]))
    holidays = public_holidays(reply.told_on.year, reply.told_on.year + 1)
    try:
        decide_row(row_id=row.pk, membership=membership, holidays=holidays, by=reader(request), at=timezone.now())
    except RowRefused as refused:
        return _reply_page(request, reply, refusal=t(ROW_REFUSALS[refused.reason]))
    except SubmissionRefused as refused:
        return _reply_page(request, reply, refusal=refusal_of(refused, language()))
    return redirect("reply", reply_id=reply.pk)


@posting(back="reply")
def correct(request: HttpRequest, reply_id: int) -> HttpResponse:
    """The ticked rows: BPJS is asked to correct them as the office has them."""
    reply = _reply(request, reply_id)
    rows = [int(text) for text in request.POST.getlist("baris") if text.isdecimal() and len(text) < 19]
    try:
        asked = ask(reply=reply, row_ids=rows, by=reader(request), at=timezone.now())
    except SubmissionRefused as refused:
        return _reply_page(request, reply, refusal=refusal_of(refused, language()))
    if not asked:
        return _reply_page(request, reply, refusal=t("Tidak ada baris baru yang ditandai."))
    difference = word_asked(request, "beda", CORRECTABLE)
    return redirect(reverse("reply", kwargs={"reply_id": reply.pk}) + (f"?beda={difference}" if difference else ""))


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """What people have to do because of what BPJS answered."""
    return _tasks(request)


def _tasks(request: HttpRequest, *, refusal: str = "") -> HttpResponse:
    area, kind = area_of(reader(request)), word_asked(request, "tugas", Task.KINDS)
    counts = queries.task_counts(area)
    found = queries.tasks(area, kind=kind, after=after_asked(request, start=0), limit=PAGE_ROWS + 1)
    page = slice_of(request, found, place=lambda task: task.pk, start=0)
    shown = [
        ("", t("Semua"), sum(counts.values())),
        *((code, t(text), counts[code]) for code, text in TASK_KINDS.items() if code in counts),
    ]
    content = {
        "page": page,
        "refusal": refusal,
        "ticked": queries.ticked(area, limit=TICKED_SHOWN),
        "ticked_columns": headings(*TICKED),
        "reasons": {task.pk: queries.reason_of(task) for task in page.rows},
        "kinds_shown": filter_chips(request, "tugas", shown, kind),
        "words": TASK_KINDS,
        "file_words": FILE_KINDS,
        "columns": headings(*TASKS),
        "today": timezone.localdate(),
    }
    return show(request, "submission_tasks.html", content, title=t("Tugas dari jawaban BPJS"), part="submission-tasks")


@require_POST
def done(request: HttpRequest, task_id: int) -> HttpResponse:
    """A task is ticked."""
    user = reader(request)
    found = get_object_or_404(Task, pk=task_id, unit__in=queries.units(area_of(user)))
    tick(task_id=found.pk, by=user, at=timezone.now())
    return redirect("submission-tasks")


@require_POST
def undone(request: HttpRequest, task_id: int) -> HttpResponse:
    """A task was ticked by mistake."""
    user = reader(request)
    found = get_object_or_404(Task, pk=task_id, unit__in=queries.units(area_of(user)))
    try:
        untick(task_id=found.pk, by=user, at=timezone.now())
    except TaskRefused:
        return _tasks(
            request, refusal=t("Orang ini sudah dikirim lagi ke BPJS, jadi tugasnya tidak dapat dibuka lagi.")
        )
    return redirect("submission-tasks")


def _reply(request: HttpRequest, reply_id: int) -> Reply:
    found = queries.visible_replies(area_of(reader(request))).select_related("unit__government")
    return get_object_or_404(found, pk=reply_id)
