"""A family tells that somebody died or was hurt, without an account; the office finds whom it is about."""

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payung.doors.web.address import client_address
from payung.doors.web.forms.family_report import HAPPENED, AsideForm, FamilyReportForm
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_claims import CASE_REFUSALS
from payung.office.access.actions import record
from payung.office.claims.family import (
    ReportSettled,
    TooManyReports,
    days_waiting,
    match_report,
    message_of,
    receive_report,
    remind_after_days,
    set_report_aside,
    waiting_reports,
)
from payung.office.claims.models import FamilyReport
from payung.office.claims.opening import CaseRefused
from payung.office.places.queries import area_of
from payung.office.registry.queries import search, visible

COLUMNS = (word("Laporan"), word("Kejadian"), word("Hari kejadian"), word("Diterima"), word("Menunggu"))
FOUND = (word("Nama"), word("NIK"), word("Lahir"), word("OPD"), word("Orang ini?"))


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """The questions; posted, a reference and what happens next. The answer is the same whoever it is about."""
    form = FamilyReportForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    title = t("Laporkan kematian atau kecelakaan kerja")
    if request.method == "GET" or not form.is_valid():
        return show(request, "family_report.html", {"form": form}, title=title, part="family-report")
    told = form.cleaned_data
    try:
        reference = receive_report(
            government=told["government"], event=told["event"], event_on=told["on"], message=form.message(),
            address=client_address(request), at=timezone.now(),
        )  # fmt: skip
    except TooManyReports:
        form.add_error(None, t("Terlalu banyak laporan dari tempat ini dalam satu jam. Coba lagi nanti."))
        return show(request, "family_report.html", {"form": form}, title=title, part="family-report", status=429)
    content = {"reference": reference, "government": told["government"].name}
    return show(
        request, "family_report_told.html", content, title=t("Laporan Anda sudah diterima"), part="family-report"
    )


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What families told and nobody matched yet, the oldest first."""
    at = timezone.now()
    reports = [
        (one, t(HAPPENED[one.event]), days_waiting(one, at)) for one in waiting_reports(area_of(reader(request)))
    ]
    late = sum(days >= remind_after_days() for _, _, days in reports)
    content = {"reports": reports, "columns": headings(*COLUMNS), "most_days": remind_after_days(), "late": late}
    crumbs = [(t("Klaim"), reverse("claims"))]
    return show(
        request, "family_reports.html", content, title=t("Laporan keluarga"), part="family-reports", crumbs=crumbs
    )


@require_POST
def one(request: HttpRequest, report_id: int) -> HttpResponse:
    """What was told, and whom it may be about. Opening it is recorded."""
    return _page(request, _asked(request, report_id))


def _page(request: HttpRequest, report: FamilyReport, *, refusal: str = "") -> HttpResponse:
    user, said = reader(request), message_of(report)
    typed = request.POST.get("q", "").strip()[:100] or said.nik or said.name
    record("open_report", subject=f"family_report:{report.pk}", by=user, at=timezone.now())
    content = {
        "report": report,
        "happened": t(HAPPENED[report.event]),
        "said": said,
        "asked": typed,
        "found": search(area_of(user), typed),
        "columns": headings(*FOUND),
        "aside_form": AsideForm(),
        "refusal": refusal,
    }
    crumbs = [(t("Klaim"), reverse("claims")), (t("Laporan keluarga"), reverse("family-reports"))]
    title = t("Laporan {reference}", reference=report.reference)
    return show(request, "family_report_one.html", content, title=title, part="family-reports", crumbs=crumbs)


def _asked(request: HttpRequest, report_id: int) -> FamilyReport:
    return get_object_or_404(waiting_reports(area_of(reader(request))), pk=report_id)


@require_POST
def match(request: HttpRequest, report_id: int, person_id: int) -> HttpResponse:
    """It is about this person: a proposed case, which an officer takes up."""
    user, report = reader(request), _asked(request, report_id)
    person = get_object_or_404(visible(area_of(user)), pk=person_id)
    try:
        case = match_report(report_id=report.pk, person=person, by=user, at=timezone.now())
    except CaseRefused as refused:
        said = t(CASE_REFUSALS[refused.reason])
        if refused.reason == "known":
            said = t(
                "Kejadian ini sudah menjadi kasus orang ini. Sisihkan laporannya dengan alasan “Kasusnya sudah ada”."
            )
        return _page(request, report, refusal=said)
    except ReportSettled:
        return redirect("family-reports")
    return redirect("claim", case_id=case.pk)


@require_POST
def aside(request: HttpRequest, report_id: int) -> HttpResponse:
    """No case comes of it."""
    report, form = _asked(request, report_id), AsideForm(request.POST)
    if not form.is_valid():
        raise Http404
    with suppress(ReportSettled):  # somebody else was quicker: it is gone from the list, as was wanted
        set_report_aside(report_id=report.pk, reason=form.cleaned_data["reason"], by=reader(request), at=timezone.now())
    return redirect("family-reports")
