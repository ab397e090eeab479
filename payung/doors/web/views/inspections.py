"""The auditor's pages: four questions with exactly those whom they find, and samples drawn by a seed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from payung.doors.web.asked import PAGE_ROWS, after_asked, day_asked, slice_of, word_asked
from payung.doors.web.environment import same_page
from payung.doors.web.later import whole_list
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import Field, headings, workbook
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_inspection import QUESTIONS, REFUSALS
from payung.office.access.models import AuditEvent
from payung.office.places.queries import Area, area_of
from payung.office.reports.inspecting import Found, found, total
from payung.office.reports.queries import months
from payung.office.reports.sampling import (
    Drawn,
    KeptDraw,
    SampleRefused,
    draw_sample,
    kept_draw,
    kept_draws,
    sample,
)
from payung.rules.months import Month

ASKED = (word("Pertanyaan"), word("Orang"), word("Ditagih"), word("Dibayar"))
KEPT = (word("Diambil"), word("Oleh"), word("Bulan"), word("Benih"), word("Jumlah"), word("Dari"))
PEOPLE: tuple[Field[Found], ...] = (
    Field("nama", word("Nama"), lambda one: one.name),
    Field("opd", word("OPD"), lambda one: " · ".join(dict.fromkeys(filter(None, (one.opd, one.other_opd))))),
    Field("hari", word("Sejak"), lambda one: one.day),
    Field("dari", word("Bulan pertama"), lambda one: one.first_month),
    Field("sampai", word("Bulan terakhir"), lambda one: one.last_month),
    Field("bulan", word("Berapa bulan"), lambda one: one.months, figures=True),
    Field("ditagih", word("Ditagih"), lambda one: one.billed_rupiah, figures=True),
    Field("dibayar", word("Dibayar"), lambda one: one.paid_rupiah, figures=True),
    Field("terposting", word("Diposting BPJS"), lambda one: one.posted_rupiah, figures=True),
)
DRAWN: tuple[Field[Drawn], ...] = (
    Field("nomor", word("Keanggotaan"), lambda one: one.membership_id, figures=True),
    Field("nama", word("Nama"), lambda one: one.name),
    Field("opd", word("OPD"), lambda one: one.opd),
    Field("ditagih", word("Ditagih"), lambda one: one.billed_rupiah, figures=True),
    Field("terposting", word("Diposting BPJS"), lambda one: one.posted_rupiah, figures=True),
)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """`?hari=2022-12-31`: what each question finds on a day, and the samples that were drawn."""
    area, today = area_of(reader(request)), timezone.localdate()
    day = day_asked(request, otherwise=today)
    told = [(asked, question, total(area.government.pk, question, day)) for question, asked in QUESTIONS.items()]
    content = {
        "day": day,
        "told": told,
        "columns": headings(*ASKED, figures=ASKED[1:]),
        "draws": kept_draws(area.government.pk)[:PAGE_ROWS],
        "draw_columns": headings(*KEPT, figures=KEPT[4:]),
        "months_known": months(area),
        "suggested_seed": f"{today:%Y%m%d}",
        "refusal": t(REFUSALS[reason]) if (reason := word_asked(request, "tolak", tuple(REFUSALS))) else "",
    }
    return show(request, "inspections.html", content, title=t("Pemeriksaan"), part="inspections")


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """`?tanya=after_death&hari=2022-12-31`: exactly those whom the question found."""
    area = area_of(reader(request))
    question = word_asked(request, "tanya", tuple(QUESTIONS)) or next(iter(QUESTIONS))
    day, government = day_asked(request, otherwise=timezone.localdate()), area.government.pk
    title = t(QUESTIONS[question].title)
    if request.GET.get("unduh"):
        return whole_list(
            request, f"pemeriksaan-{question}-{day}.xlsx", title, PEOPLE,
            lambda limit: found(government, question, day, limit=limit),
        )  # fmt: skip
    fields = [one for one in PEOPLE if QUESTIONS[question].day or one.name != "hari"]
    after = after_asked(request, start=0)
    content = {
        "asked": QUESTIONS[question],
        "day": day,
        "whole": total(government, question, day),
        "page": slice_of(
            request, found(government, question, day, after=after, limit=2 * PAGE_ROWS),
            place=lambda one: one.person_id, start=0,
        ),
        "columns": headings(
            *(QUESTIONS[question].day if one.name == "hari" else one.label for one in fields),
            figures=[one.label for one in fields if one.figures],
        ),
        "download_address": same_page(request, unduh="xlsx"),
    }  # fmt: skip
    crumbs = [(t("Pemeriksaan"), f"{reverse('inspections')}?hari={day}")]
    return show(request, "inspection_people.html", content, title=title, part="inspections", crumbs=crumbs)


@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    """Draw a sample and keep it; then its page."""
    user = reader(request)
    month, size = _month(request), request.POST.get("jumlah", "")
    try:
        event_id = draw_sample(
            area=area_of(user),
            month=month,
            seed=request.POST.get("benih", "").strip(),
            size=int(size) if size.isascii() and size.isdigit() and len(size) < 9 else 0,
            by=user,
            at=timezone.now(),
        )
    except SampleRefused as refused:
        return redirect(f"{reverse('inspections')}?tolak={refused.reason}#sampel")
    return redirect(f"{reverse('inspection-sample')}?nomor={event_id}")


def _month(request: HttpRequest) -> Month:
    try:
        return Month.parse(request.POST.get("bulan", ""))
    except ValueError:
        return Month.of(timezone.localdate())


@require_safe
def one_sample(request: HttpRequest) -> HttpResponse:
    """`?nomor=41`: a kept sample drawn again from its seed; it says when it is not the one that was kept."""
    area = area_of(reader(request))
    kept = _kept(request, area)
    if kept is None:
        return redirect("inspections")
    try:
        now = sample(area.government.pk, month=kept.month, seed=kept.seed, size=kept.size)
        drawn, same = now.drawn, now.digest == kept.digest
    except SampleRefused:
        drawn, same = (), False
    title = t("Sampel {seed}, {month}", seed=kept.seed, month=kept.month)
    if request.GET.get("unduh"):
        return workbook(f"sampel-{kept.month}-{kept.id}.xlsx", title, DRAWN, drawn)
    content = {
        "kept": kept,
        "drawn": drawn,
        "same": same,
        "columns": headings(*(one.label for one in DRAWN), figures=[one.label for one in DRAWN if one.figures]),
        "download_address": same_page(request, unduh="xlsx"),
    }
    crumbs = [(t("Pemeriksaan"), reverse("inspections"))]
    return show(request, "inspection_sample.html", content, title=title, part="inspections", crumbs=crumbs)


def _kept(request: HttpRequest, area: Area) -> KeptDraw | None:
    """The draw of `?nomor=`; None when none is asked for."""
    text = request.GET.get("nomor", "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    try:
        return kept_draw(area.government.pk, int(text))
    except AuditEvent.DoesNotExist as missing:
        raise Http404 from missing
