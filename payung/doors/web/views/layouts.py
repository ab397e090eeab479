"""Unknown columns: a person names them once, and sheets like that are read so from then on."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payung.doors.jobs import queue
from payung.doors.web.forms.upload import KINDS_EXPLAINED
from payung.doors.web.pages import CRUMB, reader, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary import LIST_KINDS, said
from payung.doors.web.vocabulary_lists import MAPPING_REFUSALS
from payung.office.enrolment import layouts
from payung.office.enrolment.layouts import ProposedColumn, ProposedSheet
from payung.office.enrolment.models import ConfirmedLayout, WaitingUpload
from payung.office.enrolment.queries import confirmed_layouts
from payung.office.places.queries import area_of
from payung.rules.months import Month
from payung.rules.roster.mapping import InvalidMapping, Mapping
from payung.rules.roster.vocabulary import SHEET_FIELDS, title_of

COLUMNS = (word("Kolom"), word("Contoh isi"), word("Berisi"), word("Mengapa diusulkan"))
LAYOUT_COLUMNS = (word("OPD"), word("Kolom dan isinya"), word("Disetujui"), "")


@require_http_methods(["GET", "POST"])
def waiting(request: HttpRequest, upload_id: int) -> HttpResponse:
    """What each column holds: proposed, chosen, confirmed once; then the file is read."""
    found, user = _visible(request, upload_id), reader(request)
    sheets = layouts.proposed(found)
    refusals: list[str] = []
    if request.method == "POST":
        mappings, refusals = _chosen(request, sheets)
        if not refusals:
            at = timezone.now()
            layouts.confirm(waiting=found, mappings=mappings, by=user, at=at)
            job = queue.ask(
                "read_waiting",
                government=found.government,
                by=user,
                at=at,
                arguments={"upload_id": found.pk},
                file_name=found.file.name,
            )
            return redirect("job", job_id=job.pk)
    fields = sorted(((field, title_of(field, language())) for field in SHEET_FIELDS), key=lambda pair: pair[1])
    content = {
        "upload": found,
        "kind": t(KINDS_EXPLAINED[found.kind]) if found.kind in KINDS_EXPLAINED else said(LIST_KINDS, found.kind),
        "columns": headings(*COLUMNS),
        "sheets": [(number, sheet, _lines(request, number, sheet)) for number, sheet in enumerate(sheets)],
        "fields": fields,
        "refusals": refusals,
    }
    title = t("Isi kolom berkas {opd}", opd=found.opd.short_name)
    return show(
        request,
        "upload_waiting.html",
        content,
        title=title,
        part="lists",
        month=Month.of(found.month),
        crumbs=_crumbs(),
    )


@require_POST
def drop(request: HttpRequest, upload_id: int) -> HttpResponse:
    """The upload is not wanted after all."""
    layouts.drop(waiting=_visible(request, upload_id), by=reader(request), at=timezone.now())
    return redirect("lists")


@require_safe
def confirmed(request: HttpRequest) -> HttpResponse:
    """The layouts that are used again, by OPD."""
    known = [(layout, _told(layout)) for layout in confirmed_layouts(area_of(reader(request)))]
    content = {"columns": headings(*LAYOUT_COLUMNS), "layouts": known}
    return show(
        request, "layouts.html", content, title=t("Susunan kolom yang disetujui"), part="lists", crumbs=_crumbs()
    )


@require_POST
def revoke(request: HttpRequest, layout_id: int) -> HttpResponse:
    """Sheets like that are asked about again."""
    area = area_of(reader(request))
    known = {layout.pk: layout for layout in confirmed_layouts(area)}
    found = get_object_or_404(ConfirmedLayout.objects.filter(pk__in=known), pk=layout_id)
    layouts.revoke(layout=found, by=reader(request), at=timezone.now())
    return redirect("layouts")


def told_of(layout_ids: list[int]) -> list[str]:
    """By which confirmed layouts a list was read, in sentences."""
    found = ConfirmedLayout.objects.filter(pk__in=layout_ids).select_related("confirmed_by").order_by("confirmed_at")
    return [
        t(
            "Dibaca menurut susunan yang disetujui {name} pada {at}.",
            name=one.confirmed_by.full_name,
            at=one.confirmed_at,
        )
        for one in found
    ]


def _chosen(request: HttpRequest, sheets: list[ProposedSheet]) -> tuple[dict[str, Mapping], list[str]]:
    """The mappings as chosen, by fingerprint, and what does not fit."""
    mappings: dict[str, Mapping] = {}
    refusals = []
    for number, sheet in enumerate(sheets):
        fields = {column.letter: request.POST.get(_name(number, column), "") for column in sheet.columns}
        try:
            mappings[sheet.fingerprint] = layouts.mapping_of(sheet, fields)
        except InvalidMapping as problem:
            refusals.append(_refusal(sheet, problem))
    return mappings, refusals


def _refusal(sheet: ProposedSheet, problem: InvalidMapping) -> str:
    field = title_of(problem.told, language()) if problem.told in SHEET_FIELDS else problem.told
    refusal = t(MAPPING_REFUSALS[problem.reason], field=field, heading=problem.told)
    return t("Lembar {sheet}: {refusal}", sheet=sheet.sheet or "1", refusal=refusal)


def _lines(request: HttpRequest, number: int, sheet: ProposedSheet) -> Iterator[tuple[ProposedColumn, str, str, str]]:
    """Each column with the name of its choice, what is chosen, and why it was proposed."""
    for column in sheet.columns:
        name = _name(number, column)
        chosen = request.POST.get(name, "") if request.method == "POST" else column.field
        yield column, name, chosen, "; ".join(reason.said(language()) for reason in column.reasons)


def _name(number: int, column: ProposedColumn) -> str:
    return f"kolom-{number}-{column.letter}"


def _told(layout: ConfirmedLayout) -> list[str]:
    """ "nama lengkap: Nama" for each column of a layout."""
    return [
        f"{column['heading'] or column['letter']}: {title_of(column['field'], language())}"
        for column in layout.content["columns"]
    ]


def _visible(request: HttpRequest, upload_id: int) -> WaitingUpload:
    """The upload while it waits, when the reader's area shows it; else there is no such page."""
    area = area_of(reader(request))
    scope = WaitingUpload.objects.filter(government=area.government, settled_at=None)
    if area.opd_ids is not None:
        scope = scope.filter(opd_id__in=area.opd_ids)
    return get_object_or_404(
        scope.select_related("opd", "government", "agreement", "budget_line", "file", "received_by"), pk=upload_id
    )


def _crumbs() -> list[CRUMB]:
    return [(t("Daftar yang diterima"), reverse("lists"))]
