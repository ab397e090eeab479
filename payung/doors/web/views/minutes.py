"""Minutes of a reconciliation: drawn up from what was counted, then printed for both parties as often as wanted."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from payung.doors.papers.minutes import Words, minutes_pdf, minutes_workbook
from payung.doors.web import figures
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import WORKBOOK_TYPE, attachment, headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.views.numbers import months_posted
from payung.doors.web.vocabulary_numbers import FIVE, reason_of
from payung.office.places.letterheads import letterhead_on
from payung.office.places.queries import area_of
from payung.office.reports.minutes import NotCounted, draw_up
from payung.office.reports.models import Minutes
from payung.rules.months import Month

COLUMNS = (word("Masa"), word("Dibuat"), word("Oleh"), word("Sidik isi"), word("Unduh"))


@require_safe
def all_minutes(request: HttpRequest) -> HttpResponse:
    """Every paper that was drawn up, the newest first."""
    found = Minutes.objects.filter(government=area_of(reader(request)).government).select_related("made_by")
    content = {
        "lines": [(period_of(one), one) for one in found.order_by("-made_at", "-pk")],
        "columns": headings(*COLUMNS),
    }
    crumbs = [(t("Lima angka"), reverse("numbers"))]
    return show(request, "minutes.html", content, title=t("Berita acara rekonsiliasi"), part="numbers", crumbs=crumbs)


def period_of(minutes: Minutes) -> str:
    """The months that the paper is about."""
    first, last = Month.of(minutes.first_month), Month.of(minutes.last_month)
    return figures.long_month(first) if first == last else f"{figures.long_month(first)} – {figures.long_month(last)}"


@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    """The numbers as they were last counted, frozen."""
    area, period = area_of(reader(request)), months_posted(request)
    if period is None or area.opd_ids is not None:
        raise Http404
    try:
        draw_up(area=area, first=period[0], last=period[1], by=reader(request), at=timezone.now())
    except NotCounted:
        return redirect("numbers")
    return redirect("minutes")


@require_safe
def pdf(request: HttpRequest, minutes_id: int) -> HttpResponse:
    """The paper for both to sign; who sees a part of the government has no use for it."""
    if area_of(reader(request)).opd_ids is not None:
        return redirect("minutes")
    one = _one(request, minutes_id)
    paper = minutes_pdf(
        one.content,
        sha256=one.sha256,
        drawn_on=timezone.localdate(one.made_at),
        words=_words(),
        language=language(),
        letterhead=letterhead_on(one.government_id, None, timezone.localdate(one.made_at)),
    )
    return attachment(f"berita-acara-{Month.of(one.first_month)}.pdf", paper, "application/pdf")


@require_safe
def excel(request: HttpRequest, minutes_id: int) -> HttpResponse:
    """The same as a workbook."""
    if area_of(reader(request)).opd_ids is not None:
        return redirect("minutes")
    one = _one(request, minutes_id)
    book = minutes_workbook(
        one.content,
        sha256=one.sha256,
        drawn_on=timezone.localdate(one.made_at),
        words=_words(),
        language=language(),
        letterhead=letterhead_on(one.government_id, None, timezone.localdate(one.made_at)),
    )
    return attachment(f"berita-acara-{Month.of(one.first_month)}.xlsx", book, WORKBOOK_TYPE)


def _one(request: HttpRequest, minutes_id: int) -> Minutes:
    return get_object_or_404(Minutes, pk=minutes_id, government=area_of(reader(request)).government)


def _words() -> Words:
    return Words(numbers={number: t(label) for number, label in FIVE.items()}, reason=reason_of)
