"""The audit, for those who read it: who did what, when, from where; and whether its chain holds."""

from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from payung.doors.jobs import queue
from payung.doors.web import figures
from payung.doors.web.asked import PAGE_ROWS, after_asked, number_asked, word_asked
from payung.doors.web.audit_words import Line, line, subject_said
from payung.doors.web.environment import same_page
from payung.doors.web.later import whole_list
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import Field, headings
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_audit import CHAIN_FAULTS
from payung.doors.web.vocabulary_deeds import DEEDS, PARTS
from payung.office.access.audited import NOBODY, Asked, done
from payung.office.places.queries import Area, area_of, colleagues
from payung.office.reports.verifying import last_verified

LONGEST_FILE = 200_000
"""Rows of one workbook; a longer stretch of days is asked for in parts."""
FIELDS: tuple[Field[Line], ...] = (
    Field("waktu", word("Waktu"), lambda one: figures.moment(one.done.at)),
    Field("oleh", word("Oleh"), lambda one: one.done.by or t("sistem")),
    Field("perbuatan", word("Perbuatan"), lambda one: one.said),
    Field("hal", word("Mengenai"), lambda one: one.subject),
    Field("catatan", word("Keterangan"), lambda one: one.note),
    Field("dari", word("Dari"), lambda one: one.done.origin),
)


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """`?dari=2022-10-01&sampai=2022-10-31&oleh=3&perbuatan=sign_in&mengenai=bill:12`, newest first."""
    area = area_of(reader(request))
    asked, whole = _asked(request, area), area.opd_ids is None
    if request.GET.get("unduh") and whole:
        return whole_list(
            request, "jejak-audit.xlsx", t("Jejak audit"), FIELDS,
            lambda limit: [line(request, one) for one in done(asked, limit=min(limit or LONGEST_FILE, LONGEST_FILE))],
        )  # fmt: skip
    before_id = after_asked(request, start=0) or None
    found = done(asked, before_id=before_id, limit=PAGE_ROWS + 1) if whole else []
    shown = found[:PAGE_ROWS]
    content = {
        "whole": whole,
        "asked": asked,
        "first_day": request.GET.get("dari", "") if asked.since else "",
        "last_day": request.GET.get("sampai", "") if asked.until else "",
        "people": [(one.user.pk, one.user.full_name) for one in colleagues(area.government)],
        "parts": PARTS,
        "about": subject_said(asked.subject) if asked.subject else "",
        "lines": [line(request, one) for one in shown],
        "columns": headings(*(field.label for field in FIELDS)),
        "narrowed": asked != Asked(area.government.pk),
        "following": same_page(request, sesudah=shown[-1].id) if len(found) > PAGE_ROWS else "",
        "first": same_page(request, sesudah=None) if before_id else "",
        "download_address": same_page(request, unduh="xlsx", sesudah=None),
        "longest_file": LONGEST_FILE,
        "walked": last_verified(area.government.pk) if whole else None,
        "faults": CHAIN_FAULTS,
    }
    crumbs = [(t("Riwayat"), reverse("history"))]
    return show(request, "audit.html", content, title=t("Jejak audit"), part="audit", crumbs=crumbs)


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Walk the chains: a job, whose page leads back."""
    user = reader(request)
    government = area_of(user).government
    job = queue.ask("verify_chains", government=government, by=user, at=timezone.now(), arguments={})
    return redirect("job", job_id=job.pk)


def _asked(request: HttpRequest, area: Area) -> Asked:
    user = request.GET.get("oleh", "")
    last = _midnight(request, "sampai", days=1)
    return Asked(
        area.government.pk,
        since=_midnight(request, "dari"),
        until=last,
        user_id=number_asked(request, "oleh") if user.isdecimal() else NOBODY if user == "sistem" else None,
        deed=word_asked(request, "perbuatan", tuple(DEEDS)),
        subject=request.GET.get("mengenai", "")[:80].replace("\0", ""),
    )


def _midnight(request: HttpRequest, name: str, *, days: int = 0) -> datetime | None:
    """The first instant of the day asked for, or of one so many days later."""
    try:
        day = date.fromisoformat(request.GET.get(name, ""))
        return timezone.make_aware(datetime.combine(day + timedelta(days=days), time.min))
    except (ValueError, OverflowError):
        return None
