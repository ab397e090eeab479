"""Files for BPJS: the month's board, one unit with what goes out, its steps, settings and files."""

from datetime import date

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from payung.doors.jobs import queue
from payung.doors.jobs.submission_words import refusal_of
from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, month_asked, month_chips, slice_of, word_asked
from payung.doors.web.components import Happening, Tone
from payung.doors.web.forms.submissions import UnitSettingsForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary_submissions import (
    CERTAINTIES,
    FILE_KINDS,
    HELD,
    OUTCOMES,
    REPLY_KINDS,
    SETTING_REFUSALS,
    STATES,
    STEPS,
    SUPPLIERS,
)
from payung.office.places.models import PaymentUnit
from payung.office.places.queries import area_of
from payung.office.submissions import actions, queries
from payung.office.submissions.actions import SubmissionRefused
from payung.office.submissions.content import layout_of
from payung.office.submissions.models import KINDS, Submission, SubmissionStep
from payung.office.submissions.settings import NAMES, SettingRefused, set_unit, settings_of
from payung.rules.months import Month

MONTHS_SHOWN = 6
GOING = (word("Nama"), word("Berkas"), word("Upah"), word("Sejak atau sampai"), word("Keterangan"))
MISSING = (word("Berkas"), word("Kolom yang kosong"), word("Orang"), word("Siapa yang melengkapi"))
FILES = (word("Berkas"), word("Nomor"), word("Baris"), word("Susunan kolom"))


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Every payment unit in a month."""
    user, month = reader(request), _month(request)
    lines = queries.board(area_of(user), month, by=user)
    kinds = {kind: label for kind, label in FILE_KINDS.items() if any(line.going.get(kind) for line in lines)}
    content = {
        "month": month,
        "months_shown": _months(request, month),
        "lines": lines,
        "kinds": kinds,
        "states": STATES,
        "columns": headings(
            word("Unit pembayar"), word("Keadaan"), *kinds.values(), word("Tertahan"), word("Tugas"),
            figures=(*kinds.values(), word("Tertahan"), word("Tugas")),
        ),
    }  # fmt: skip
    return show(request, "submissions.html", content, title=t("Berkas BPJS"), part="submissions", month=month)


@require_safe
def one(request: HttpRequest, unit_id: int) -> HttpResponse:
    """What goes out of a unit in a month, what is missing, its files and its steps."""
    return _unit_page(request, visible(request, unit_id))


def _unit_page(request: HttpRequest, unit: PaymentUnit, *, refusal: str = "") -> HttpResponse:
    user, month = reader(request), _month(request)
    found = queries.outgoing(area_of(user), unit, month, by=user)
    submission = actions.newest(unit, month)
    state = actions.state_of(submission) if submission else "none"
    content = {
        "unit": unit,
        "month": month,
        "refusal": refusal,
        "submission": submission,
        "state": STATES[state],
        "state_code": state,
        "months_shown": _months(request, month),
        "missing": queries.missing(unit, found, month) if state in ("none", "draft") else [],
        "missing_columns": headings(*MISSING, figures=MISSING[2:3]),
        "files": _files(submission) if submission else [],
        "file_columns": headings(*FILES, figures=FILES[1:3]),
        "outcomes": queries.outcomes_of(submission) if submission else {},
        "happened": [_happening(step) for step in queries.steps_of(unit, month)],
        "replies": queries.replies_of(unit),
        "today": timezone.localdate(),
        "sipp_states": [(state, t(STEPS[state])) for state in SubmissionStep.SIPP_STATES],
        "outcome_words": OUTCOMES,
        "reply_words": REPLY_KINDS,
        "kind_words": FILE_KINDS,
        "held_words": HELD,
        "suppliers": SUPPLIERS,
        **_people(request, found),
    }
    title = t("Berkas BPJS {unit}", unit=unit.name)
    return show(request, "submission_unit.html", content, title=title, part="submissions", month=month, crumbs=crumbs())


def _people(request: HttpRequest, found: pl.DataFrame) -> dict[str, object]:
    """The chosen part of who must be told, and the filters."""
    going = found.filter(pl.col("held").is_null())
    counts = dict(going.group_by("kind").len().iter_rows())
    held = dict(found.drop_nulls("held").group_by("held").len().iter_rows())
    kind, why = word_asked(request, "berkas", KINDS), word_asked(request, "tertahan", queries.HELD)
    chosen = found.filter(pl.col("held") == why) if why else going.filter((pl.col("kind") == kind) | (kind == ""))
    after = chosen.sort("membership_id").filter(pl.col("membership_id") > after_asked(request, start=0))
    rows = queries.named(after.head(PAGE_ROWS + 1))
    all_kinds = [("", t("Semua"), going.height), *_chips(FILE_KINDS, counts)]
    return {
        "counts": counts,
        "kinds_shown": filter_chips(request, "berkas", all_kinds, kind),
        "held_shown": filter_chips(request, "tertahan", _chips(HELD, held), why),
        "page": slice_of(request, rows, place=lambda one: one.membership_id, start=0),
        "columns": headings(*GOING, figures=GOING[2:3]),
    }


def _chips(words: dict[str, str], counts: dict[str, int]) -> list[tuple[str, str, int | None]]:
    return [(code, t(text), counts[code]) for code, text in words.items() if counts.get(code)]


def _files(submission: Submission) -> list[tuple[str, int, int, str, Tone]]:
    """Kind, number, rows, and how well the layout is known."""
    found = []
    for kind, number, count in queries.files_of(submission):
        told = layout_of(kind)
        meaning = CERTAINTIES[told.certainty]
        found.append((t(FILE_KINDS[kind]), number, count, t(meaning.text, day=told.verified_on), meaning.tone))
    return found


def _happening(step: SubmissionStep) -> Happening:
    note = t("versi {count}", count=step.submission.version)
    if step.period:
        note += ", " + t("periode SIPP {month}", month=Month.of(step.period))
    return Happening(step.recorded_at, t(STEPS[step.state]), by=step.recorded_by.full_name, note=note)


@posting(back="submission-unit")
def step(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One button of the unit's page."""
    unit, month = visible(request, unit_id), _month(request)
    wanted = request.POST.get("langkah", "")
    try:
        submission = actions.draft(unit=unit, month=month, by=reader(request), at=timezone.now())
        if wanted in ("final", "berkas", "lengkapi"):
            return _queued(request, unit, submission, wanted)
        _take(request, submission, wanted)
    except SubmissionRefused as refused:
        return _unit_page(request, unit, refusal=refusal_of(refused, language()))
    except ValueError:
        return _unit_page(request, unit, refusal=t("Tulis periode SIPP sebagai tahun-bulan, misalnya 2022-10."))
    return redirect(_address(unit, month))


def _take(request: HttpRequest, submission: Submission, wanted: str) -> None:
    """A step that is done at once. Raises SubmissionRefused, and ValueError for a period that is none."""
    user, at, on = reader(request), timezone.now(), _day(request)
    if wanted == "sent":
        period = Month.parse(request.POST.get("periode", ""))
        actions.mark_sent(submission_id=submission.pk, period=period, on=on, by=user, at=at)
    elif wanted == "answered":
        actions.mark_answered(submission_id=submission.pk, on=on, by=user, at=at)
    elif wanted == "reopen":
        actions.reopen(submission_id=submission.pk, reason=request.POST.get("alasan", ""), by=user, at=at)
    elif wanted in SubmissionStep.SIPP_STATES:
        actions.note_sipp(submission_id=submission.pk, state=wanted, on=on, by=user, at=at)


def _queued(request: HttpRequest, unit: PaymentUnit, submission: Submission, wanted: str) -> HttpResponse:
    """The work that takes its time."""
    kinds = {"final": "finalise_submission", "berkas": "submission_files", "lengkapi": "incomplete_people"}
    job = queue.ask(
        kinds[wanted],
        government=unit.government,
        by=reader(request),
        at=timezone.now(),
        arguments={
            "submission_id": submission.pk,
            "unit_id": unit.pk,
            "month": str(Month.of(submission.month)),
            "leave_incomplete": bool(request.POST.get("tanpa")),
        },
    )
    return redirect("job", job_id=job.pk)


@require_http_methods(["GET", "POST"])
def unit_settings(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Codes and names of templates."""
    unit, user = visible(request, unit_id), reader(request)
    form = UnitSettingsForm(request.POST or None, initial=settings_of(unit))
    if request.method == "POST" and form.is_valid():
        try:
            actions.require_unit(unit, user)
            set_unit(unit=unit, values={name: form.cleaned_data[name] for name in NAMES}, by=user, at=timezone.now())
        except SettingRefused as refused:
            form.add_error(refused.name, t(SETTING_REFUSALS[refused.reason]))
        except SubmissionRefused as refused:
            form.add_error(None, refusal_of(refused, language()))
        else:
            return redirect("submission-unit", unit_id=unit.pk)
    content = {"form": form, "unit": unit}
    return show(
        request, "submission_settings.html", content, title=t("Pengaturan berkas {unit}", unit=unit.name),
        part="submissions", crumbs=crumbs(unit),
    )  # fmt: skip


def visible(request: HttpRequest, unit_id: int) -> PaymentUnit:
    """The payment unit when the reader sees one of its OPD; else there is no such page."""
    return get_object_or_404(queries.units(area_of(reader(request))).select_related("government"), pk=unit_id)


def crumbs(unit: PaymentUnit | None = None) -> list[tuple[str, str]]:
    """The way back to the board, and to one unit."""
    way = [(t("Berkas BPJS"), reverse("submissions"))]
    return [*way, (unit.name, reverse("submission-unit", kwargs={"unit_id": unit.pk}))] if unit else way


def _month(request: HttpRequest) -> Month:
    return month_asked(request) or Month.of(timezone.localdate())


def _months(request: HttpRequest, chosen: Month) -> list[object]:
    last = max(chosen, Month.of(timezone.localdate()))
    months = [last.shift(-back) for back in range(MONTHS_SHOWN)]
    return list(month_chips(request, months if chosen in months else [*months, chosen], chosen))


def _day(request: HttpRequest) -> date:
    try:
        return min(date.fromisoformat(request.POST.get("tanggal", "")), timezone.localdate())
    except ValueError:
        return timezone.localdate()


def _address(unit: PaymentUnit, month: Month) -> str:
    return reverse("submission-unit", kwargs={"unit_id": unit.pk}) + f"?bulan={month}"
