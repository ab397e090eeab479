"""A few cells mended in the page: one row with what was read there, the mends that stand, and checking again."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from payung.doors.jobs import queue
from payung.doors.web import figures
from payung.doors.web.pages import CRUMB, posting, reader, show
from payung.doors.web.sentences import MARK, finding_column
from payung.doors.web.tables import headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.views.lists import visible
from payung.doors.web.vocabulary import SEVERITIES
from payung.doors.web.vocabulary_lists import EVIDENCE, MEND_REFUSALS
from payung.office.access.purposes import Purpose, record_look
from payung.office.enrolment import mending
from payung.office.enrolment.mending import Choice, MendRefused, Typed
from payung.office.enrolment.models import RosterList
from payung.office.files.models import Row
from payung.office.files.queries import FoundFault
from payung.rules.months import Month
from payung.rules.roster.sentences import sentence
from payung.rules.roster.vocabulary import title_of

COLUMNS = (word("Lembar, baris"), word("Kolom"), word("Tertulis"), word("Menjadi"), word("Siapa"), word("Keadaan"), "")


@posting(back="list")
def row(request: HttpRequest, list_id: int) -> HttpResponse:
    """One row with its findings, whole: what stands there may be corrected. Opening it is a look that is recorded."""
    found = visible(request, list_id)
    position = _position(request)
    faults = mending.faults_at(found, position)
    if not faults or not mending.is_mendable(found):
        return redirect("list", list_id=list_id)
    _look(request, found)
    return _row_page(request, found, position, faults)


@posting(back="list-mends")
def mend(request: HttpRequest, list_id: int) -> HttpResponse:
    """What the cells of a row should say; nothing changes before the list is checked again."""
    found, position = visible(request, list_id), _position(request)
    faults = mending.faults_at(found, position)
    typed = {column: _typed(request, column) for column in _columns(faults)}
    try:
        for column, text in typed.items():
            if text:
                mending.mend(
                    roster_list=found,
                    position=position,
                    column=column,
                    text=text,
                    by=reader(request),
                    at=timezone.now(),
                )
        if not any(typed.values()):
            raise MendRefused("no_text")
    except MendRefused as refused:
        if not faults or not mending.is_mendable(found):
            return redirect("list", list_id=list_id)
        _look(request, found)
        return _row_page(request, found, position, faults, refusal=t(MEND_REFUSALS[refused.reason]))
    return redirect("list-mends", list_id=list_id)


@require_safe
def mends(request: HttpRequest, list_id: int) -> HttpResponse:
    """The mends that stand, and whether the list was read with them."""
    return _mends_page(request, visible(request, list_id))


@require_POST
def undo(request: HttpRequest, list_id: int, mend_id: int) -> HttpResponse:
    """The cell says again what the file says."""
    found = visible(request, list_id)
    try:
        mending.undo(roster_list=found, mend_id=mend_id, by=reader(request), at=timezone.now())
    except MendRefused as refused:
        return _mends_page(request, found, refusal=t(MEND_REFUSALS[refused.reason]))
    return redirect("list-mends", list_id=list_id)


@require_POST
def recheck(request: HttpRequest, list_id: int) -> HttpResponse:
    """The list read again with its mends, as a job."""
    found = visible(request, list_id)
    job = queue.ask(
        "recheck_list",
        government=found.agreement.government,
        by=reader(request),
        at=timezone.now(),
        arguments={"list_id": found.pk},
        file_name=found.reading.file.name,
    )
    return redirect("job", job_id=job.pk)


def _row_page(
    request: HttpRequest, found: RosterList, position: int, faults: Sequence[FoundFault], *, refusal: str = ""
) -> HttpResponse:
    first = faults[0]
    told = Row.objects.filter(reading=found.reading_id, position=position).first()
    choices = mending.nik_choices(found, position)
    cells = [
        (column, finding_column(at[0], language()), [_sentence(one) for one in at], _choices(at, choices))
        for column, at in _columns(faults).items()
    ]
    content = {
        "roster_list": found,
        "position": position,
        "place": (first.sheet, first.row),
        "name": (told.name if told else "") or "",
        "cells": cells,
        "loose": [_sentence(one) for one in faults if not one.column],
        "severity": SEVERITIES[first.severity],
        "refusal": refusal,
    }
    title = t("Perbaiki baris {row}", row=str(first.row))
    return show(request, "list_row.html", content, title=title, part="lists", crumbs=crumbs_to(found))


def _mends_page(request: HttpRequest, found: RosterList, *, refusal: str = "") -> HttpResponse:
    standing = mending.mends(found)
    places = {
        one.position: (one.sheet, one.row)
        for one in Row.objects.filter(reading=found.reading_id, position__in=[one.mend.position for one in standing])
    }
    content = {
        "roster_list": found,
        "columns": headings(*COLUMNS),
        "mends": [(one, places.get(one.mend.position), *_masked(one)) for one in standing],
        "pending": mending.pending(found),
        "may_mend": mending.is_mendable(found),
        "refusal": refusal,
    }
    title, month = t("Sel yang diperbaiki"), Month.of(found.month)
    return show(request, "list_mends.html", content, title=title, part="lists", month=month, crumbs=crumbs_to(found))


def crumbs_to(found: RosterList) -> list[CRUMB]:
    """From the lists to this one."""
    return [
        (t("Daftar yang diterima"), reverse("lists")),
        (t("Daftar {opd}", opd=found.opd.short_name), reverse("list", kwargs={"list_id": found.pk})),
    ]


def _look(request: HttpRequest, found: RosterList) -> None:
    record_look(
        subject=f"list:{found.pk}", purpose=Purpose.CORRECT_DATA, note="", by=reader(request), at=timezone.now()
    )


def _position(request: HttpRequest) -> int:
    text = request.POST.get("posisi", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _typed(request: HttpRequest, column: str) -> str:
    """What was typed, or else the choice that was taken."""
    typed = request.POST.get(f"isi-{column}", "").strip()
    return typed or request.POST.get(f"calon-{column}", "").strip()


def _columns(faults: Sequence[FoundFault]) -> dict[str, list[FoundFault]]:
    """The findings of a row by the column they stand in; a finding of the whole row has none."""
    found: dict[str, list[FoundFault]] = {}
    for fault in faults:
        if fault.column:
            found.setdefault(fault.column, []).append(fault)
    return found


def _choices(faults: Sequence[FoundFault], choices: Sequence[Choice]) -> list[tuple[str, str, str]]:
    """The choices for the column of the NIK: the number, what speaks for it, and where it stands."""
    if not any(fault.field == "nik" for fault in faults):
        return []
    return [(one.nik, ", ".join(t(EVIDENCE[word]) for word in one.evidence), one.source) for one in choices]


def _sentence(fault: FoundFault) -> str:
    told = {"value": fault.value or None, "suggestion": fault.suggestion or None}
    return sentence(fault.code, fault.params, language(), **told)


def _masked(one: Typed) -> tuple[str, str, str]:
    """The column, and old and new text with the middle of long numbers hidden."""
    texts = (MARK.sub(lambda found: figures.masked(found[0]), text) or figures.NOTHING for text in (one.old, one.new))
    field = title_of(one.mend.field, language()) if one.mend.field else ""
    return (f"{field} ({one.mend.column})".strip(), *texts)  # type: ignore[return-value]  # two texts
