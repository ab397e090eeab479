"""How much of the place is covered: official figures, the own members, the map, parts, targets, and what ends."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from markupsafe import Markup

from payung.doors.papers.coverage_paper import coverage_paper
from payung.doors.papers.office_paper import paper_pdf
from payung.doors.web import coverage_page, figures
from payung.doors.web.asked import (
    PAGE_ROWS,
    after_asked,
    filter_chips,
    month_asked,
    month_chips,
    slice_of,
    word_asked,
)
from payung.doors.web.coverage_page import CLASS_ORDER, Opening, part_name, percent
from payung.doors.web.environment import same_page
from payung.doors.web.forms.coverage import BoundariesForm, FigureForm
from payung.doors.web.later import whole_list
from payung.doors.web.pages import reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import Field, attachment, headings, workbook
from payung.doors.web.translation import language, t, word
from payung.doors.web.views.decrees import place_name
from payung.doors.web.vocabulary_coverage import BOUNDARY_REFUSALS, FIGURE_REFUSALS, KINDS, SCOPES, TRAITS
from payung.doors.web.vocabulary_numbers import CLASSES
from payung.office.places.models import OfficialFigure
from payung.office.places.queries import Area, area_of
from payung.office.reports import coverage_cells
from payung.office.reports.boundaries import BoundariesRefused, take_in
from payung.office.reports.counted import counted_months
from payung.office.reports.coverage_cells import Asked, Covered
from payung.office.reports.coverage_figures import Part, coverage_of, parts_of
from payung.office.reports.official import FigureRefused, standing, take_down, withdraw
from payung.rules.identity import regions
from payung.rules.months import Month

LINES = (
    word("Pekerja"), word("Peserta aktif menurut cabang"), word("Jumlah pekerja (penyebut)"), word("Dihitung"),
    word("Diterbitkan"), word("Peserta di Payung"),
)  # fmt: skip
TARGETS = (
    word("Target"),
    word("Tahun"),
    word("Target"),
    word("Masih kurang"),
    word("Yang dihitung"),
    word("Sumbernya"),
)
FIGURES = (word("Angka"), word("Tempat"), word("Keadaan per tanggal"), word("Nilai"), word("Sumbernya"))
MOST_PARTS = 100
"""Rows of a page; the workbook holds them all."""
PEOPLE: tuple[Field[Covered], ...] = (
    Field("nama", word("Nama"), lambda one: one.name),
    Field("nik", "NIK", lambda one: figures.masked(one.nik)),
    Field("jenis", word("Jenis peserta"), lambda one: one.membership_class),
    Field("opd", word("OPD"), lambda one: one.opd),
    Field("tempat", word("Tempat tinggal"), lambda one: place_name(one.desa_code or one.kecamatan_code)),
)


def _month(request: HttpRequest, area: Area) -> tuple[Month, list[Month]]:
    """The month asked for, else the newest that was counted; and those that were."""
    counted = list(counted_months(area.government.pk))
    return month_asked(request) or (counted[0] if counted else Month.of(timezone.localdate())), counted


def _opening(request: HttpRequest, area: Area, month: Month) -> Opening:
    """Who sees a part of the government sees the figures, and no list: it would not hold what they count."""
    return Opening(month, opens=area.opd_ids is None and allowed(request.user, "coverage-people"))


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """`?bulan=2022-10&menurut=kecamatan`: everything about a month on one page, or as PDF or workbook."""
    area = area_of(reader(request))
    month, counted = _month(request, area)
    by = word_asked(request, "menurut", tuple(TRAITS)) or "kecamatan"
    kecamatan = _kecamatan(request, area) if by == "desa" else ""
    found, parts = coverage_of(area.government, month), parts_of(area.government, month, by)
    parts = [part for part in parts if part.key.startswith(kecamatan)] if kecamatan else parts
    opening, title = _opening(request, area, month), t("Cakupan, {month}", month=figures.long_month(month))
    if request.GET.get("unduh") == "xlsx":
        return workbook(f"cakupan-{by}-{month}.xlsx", f"{title}: {t(TRAITS[by])}", _part_fields(by), parts)
    places = parts if by == "kecamatan" or kecamatan else parts_of(area.government, month, "kecamatan")
    drawn = coverage_page.map_picture(area.government, places, opening, kecamatan)
    if request.GET.get("unduh") == "pdf":
        today = timezone.localdate()
        named = [(part_name(by, part.key), part) for part in parts]
        paper = coverage_paper(
            area.government, found, t(TRAITS[by]), named, scopes={code: t(text) for code, text in SCOPES.items()},
            kinds={code: t(text) for code, text in KINDS.items()},
            pictures=[coverage_page.map_picture(area.government, places, Opening(month, opens=False), kecamatan),
                      coverage_page.ahead_picture(found)],
            printed_on=today, language=language(),
        )  # fmt: skip
        return attachment(f"cakupan-{month}.pdf", paper_pdf(paper, printed_on=today), "application/pdf")
    content = {
        "found": found,
        "counted": month in counted,
        "months_shown": month_chips(request, counted[:13], month),
        "line_columns": headings(*LINES, figures=LINES[1:]),
        "scopes": SCOPES,
        "kinds": KINDS,
        "opening": opening,
        "percent": percent,
        "target_columns": [*headings(*TARGETS[:2]), *headings(*TARGETS[2:], figures=TARGETS[2:4])],
        "map": Markup(drawn),  # noqa: S704  # drawn and escaped by `pictures`
        "ahead": Markup(coverage_page.ahead_picture(found)),  # noqa: S704  # drawn and escaped by `pictures`
        "ahead_finding": coverage_page.ahead_finding(found),
        "ahead_columns": headings(word("Bulan"), word("Terlindungi"), figures=[word("Terlindungi")]),
        "by": by,
        "traits": filter_chips(request, "menurut", [(name, t(text), None) for name, text in TRAITS.items()], by),
        "map_of": place_name(kecamatan) if kecamatan else area.government.name,
        "parts": [(part_name(by, part.key), part) for part in parts[:MOST_PARTS]],
        "left_out": max(len(parts) - MOST_PARTS, 0),
        "part_columns": headings(
            *(field.label for field in _part_fields(by)), figures=[field.label for field in _part_fields(by)[1:]]
        ),
        "classes": CLASS_ORDER,
        "of_places": by in ("kecamatan", "desa"),
        "excel": same_page(request, unduh="xlsx"),
        "pdf": same_page(request, unduh="pdf"),
    }
    return show(request, "coverage.html", content, title=title, part="coverage", month=month)


def _kecamatan(request: HttpRequest, area: Area) -> str:
    """`?kecamatan=32.73.02`, where it is one of the government's."""
    asked = request.GET.get("kecamatan", "")
    return asked if any(asked == code for code, _ in regions.inside(area.government.code)) else ""


def _part_fields(by: str) -> Sequence[Field[Part]]:
    fields: list[Field[Part]] = [
        Field("bagian", TRAITS[by], lambda part: part_name(by, part.key)),
        Field("pu", CLASSES["PU"], lambda part: part.heads.get("PU", 0), figures=True),
        Field("bpu", CLASSES["BPU"], lambda part: part.heads.get("BPU", 0), figures=True),
        Field("jumlah", word("Jumlah"), lambda part: part.total, figures=True),
    ]
    if by in ("kecamatan", "desa"):
        fields.append(Field("pekerja", word("Jumlah pekerja (penyebut)"),
                            lambda part: part.workers.heads if part.workers else None, figures=True))  # fmt: skip
        fields.append(Field("persen", word("Dihitung"), lambda part: percent(part.hundredths), figures=True))
    return fields


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """`?menurut=sex&bagian=P&jenis=BPU`, `?sampai=2023-01`: exactly those whom a figure counts."""
    area = area_of(reader(request))
    month, _ = _month(request, area)
    if area.opd_ids is not None:
        raise Http404
    by = word_asked(request, "menurut", tuple(coverage_cells.BY)) or "all"
    try:
        still = Month.parse(request.GET.get("sampai", "")) if by == "all" else None
    except ValueError:
        still = None
    asked = Asked(month, by, request.GET.get("bagian", "")[:40], word_asked(request, "jenis", tuple(CLASSES)), still)
    if request.GET.get("unduh"):
        return whole_list(
            request, f"cakupan-orang-{month}.xlsx", t("Orang yang terlindungi"), PEOPLE,
            lambda limit: coverage_cells.behind(area.government.pk, asked, limit=limit),
        )  # fmt: skip
    after = after_asked(request, start=0)
    found = coverage_cells.behind(area.government.pk, asked, after=after, limit=PAGE_ROWS + 1)
    content = {
        "count": coverage_cells.count(area.government.pk, asked),
        "about": part_name(by, asked.part) if by in TRAITS else "",
        "still": still,
        "page": slice_of(request, found, place=lambda one: one.id, start=0),
        "columns": headings(*(field.label for field in PEOPLE)),
        "place_name": place_name,
        "download_address": same_page(request, unduh="xlsx"),
    }
    crumbs = [(t("Cakupan"), f"{reverse('coverage')}?bulan={month}")]
    return show(
        request, "coverage_people.html", content, title=t("Orang yang terlindungi"), part="coverage", month=month,
        crumbs=crumbs,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def official(request: HttpRequest) -> HttpResponse:
    """Every figure that stands, and the form that takes one down."""
    user = reader(request)
    government = area_of(user).government
    form = FigureForm(request.POST or None, place_code=government.code)
    if request.method == "POST" and form.is_valid():
        try:
            take_down(government=government, told=form.told(), by=user, at=timezone.now())
        except FigureRefused as refused:
            form.add_error(
                "place_code" if refused.reason == "elsewhere" else "heads", t(FIGURE_REFUSALS[refused.reason])
            )
        else:
            return redirect("official-figures")
    return _official_page(request, form=form)


def _official_page(request: HttpRequest, *, form: FigureForm, boundaries: BoundariesForm | None = None) -> HttpResponse:
    government = area_of(reader(request)).government
    content = {
        "form": form,
        "boundaries": boundaries or BoundariesForm(),
        "figures": standing(government.pk),
        "columns": headings(*FIGURES, figures=FIGURES[3:4]),
        "kinds": KINDS,
        "scopes": SCOPES,
        "percent": percent,
        "place_name": place_name,
    }
    crumbs = [(t("Cakupan"), reverse("coverage"))]
    return show(
        request,
        "official_figures.html",
        content,
        title=t("Angka resmi dan peta"),
        part="official-figures",
        crumbs=crumbs,
    )


@require_POST
def drop(request: HttpRequest, figure_id: int) -> HttpResponse:
    """A figure that was taken down wrongly."""
    user = reader(request)
    figure = get_object_or_404(OfficialFigure, pk=figure_id, government=area_of(user).government)
    withdraw(figure=figure, by=user, at=timezone.now())
    return redirect("official-figures")


@require_POST
def outline(request: HttpRequest) -> HttpResponse:
    """Outlines for the map, from a GeoJSON file."""
    user = reader(request)
    government = area_of(user).government
    form = BoundariesForm(request.POST, request.FILES)
    if form.is_valid():
        told, file = form.cleaned_data, form.cleaned_data["file"]
        try:
            take_in(
                government=government, level=told["level"], source=told["source"], content=file.read(),
                name=file.name, by=user, at=timezone.now(),
            )  # fmt: skip
        except BoundariesRefused as refused:
            form.add_error("file", t(BOUNDARY_REFUSALS[refused.reason]))
        else:
            return redirect("coverage")
    return _official_page(request, form=FigureForm(place_code=government.code), boundaries=form)
