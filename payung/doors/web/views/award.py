"""The award file: its criteria and figures as they stand, notes, freezing, and the proof of a file that comes back."""

from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payung.doors.jobs import queue
from payung.doors.papers.award_words import missing_said, words_in
from payung.doors.web.asked import filter_chips
from payung.doors.web.forms.award import InnovationForm, ProofForm, RegulationForm, WeightForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import attachment, headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.views.numbers import NOWHERE
from payung.office.files import queries as files
from payung.office.places.queries import Area, area_of
from payung.office.reports.award import FIRST_YEAR, Award, NothingCounted, award, criteria, entries
from payung.office.reports.award_freezing import EntryRefused, frozen_as, note, take_back
from payung.office.reports.award_models import AwardEntry, AwardFile
from payung.office.reports.counted import counted_months
from payung.rules.months import Month

CRITERIA = (word("Kriteria"), word("Bobot"), word("Dijawab oleh"), word("Yang kurang"))
SEGMENTS = (
    word("Segmen"), word("Dana"), word("SK atau perjanjian"), word("Ditetapkan"), word("Terdaftar"), word("Aktif"),
    word("Diposting"),
)  # fmt: skip
NOTES = (word("Jenis"), word("Nomor"), word("Isi"), word("Dicatat oleh"), word("Hapus"))
FROZEN = (word("Dibekukan"), word("Oleh"), word("Sidik berkas"), word("Unduh"))
PARTS = {
    "regulations": (word("peraturan"), "#catatan"),
    "agreements": (word("perjanjian dan SK"), "agreements"),
    "innovations": (word("inovasi"), "#catatan"),
    "funds": (word("iuran menurut dana"), "#angka"),
    "segments": (word("segmen, dana, dan SK"), "#segmen"),
    "coverage": (word("cakupan dan angka resmi"), "coverage"),
    "claims": (word("santunan yang dibayar"), "#angka"),
}
KINDS = {
    AwardEntry.REGULATION: word("Peraturan"),
    AwardEntry.INNOVATION: word("Inovasi"),
    AwardEntry.WEIGHT: word("Bobot"),
}
ENTRY_REFUSALS = {
    "incomplete": word("Catatan ini belum lengkap."),
    "weight_known": word("Bobot kriteria ini sudah dicatat. Hapus dulu yang lama."),
}
FAULTS = {
    "not_a_pack": word("Berkas ini bukan paket penghargaan, dan tidak sama dengan berkas mana pun di dalamnya."),
    "no_manifest": word("Paket ini tidak memuat manifest.json yang dapat dibaca."),
    "too_large": word("Paket ini terlalu besar atau memuat terlalu banyak berkas."),
    "changed": word("{file} berubah sejak dibekukan."),
    "missing": word("{file} hilang dari paket."),
    "added": word("{file} ditambahkan sesudah dibekukan."),
}


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """A year's file as it stands."""
    return _page(request, year_asked(request, request.GET.get("tahun", "")))


def year_asked(request: HttpRequest, text: str) -> int:
    """The year asked for; else that of the last counted month, else this one."""
    this = timezone.localdate().year
    if text.isdecimal() and len(text) == len(str(this)) and FIRST_YEAR <= int(text) <= this:
        return int(text)
    counted = [month.year for month in counted_months(area_of(reader(request)).government.pk)]
    return max((year for year in counted if FIRST_YEAR <= year <= this), default=this)


def _page(request: HttpRequest, year: int, *, form: forms.Form | None = None) -> HttpResponse:
    area = area_of(reader(request))
    told = criteria(area, year)
    try:
        found = award(area, year)
    except NothingCounted:
        found = None
    content = {
        "year": year,
        "years": filter_chips(request, "tahun", [(str(one), str(one), None) for one in _years(area)], str(year)),
        "found": found,
        "criteria": told,
        "missing": missing_said(found, language()) if found else {},
        "parts": PARTS,
        "words": words_in(language()),
        "sums": _sums(found) if found else {},
        "twice": _twice(found) if found else 0,
        "opening": partial(_opening, found.month) if found and allowed(reader(request), "numbers-people") else None,
        "posted_address": f"{reverse('numbers-people')}?{urlencode({'tahun': year, 'angka': 'posted'})}",
        "criteria_columns": headings(*CRITERIA, figures=CRITERIA[1:2]),
        "segment_columns": headings(*SEGMENTS, figures=SEGMENTS[3:]),
        "note_columns": headings(*NOTES),
        "frozen_columns": headings(*FROZEN),
        "kinds": KINDS,
        "notes": entries(area, year),
        "frozen": AwardFile.objects.filter(government=area.government, year=year)
        .select_related("made_by")
        .order_by("-made_at", "-pk"),
        "forms_shown": _forms(request, area, year, form) if allowed(reader(request), "award-note") else [],
    }
    return show(request, "award.html", content, title=t("Berkas penghargaan {year}", year=str(year)), part="award")


def _years(area: Area) -> Sequence[int]:
    this = timezone.localdate().year
    counted = {month.year for month in counted_months(area.government.pk) if FIRST_YEAR <= month.year <= this}
    return sorted({this, this - 1, *counted}, reverse=True)


def _twice(found: Award) -> int:
    """How many of the active stand in a second paper as well."""
    newest = found.lists["months"].row(-1, named=True)
    return max(int(newest["active"]) - int(newest["members"]), 0)


def _opening(month: Month, number: str, line: Mapping[str, object] | None = None) -> str:
    """The people behind a number of the month, or of one line of its segments."""
    told: dict[str, object] = {"bulan": str(month), "angka": number}
    if line is not None:
        asked = {"kelompok": "segment", "dana": "fund_id", "sk": "decree_id", "perjanjian": "agreement_id"}
        told |= {name: NOWHERE if line[key] is None else line[key] for name, key in asked.items()}
    return f"{reverse('numbers-people')}?{urlencode(told)}"


def _sums(found: Award) -> dict[str, int]:
    return {figure.name: figure.value for figure in found.figures if figure.line is None}


def _forms(request: HttpRequest, area: Area, year: int, bound: forms.Form | None) -> list[tuple[str, str, forms.Form]]:
    """Kind, what its button says, and its form: the one that was refused as it was filled in."""
    blank = (
        (AwardEntry.REGULATION, t("Catat peraturan"), RegulationForm()),
        (AwardEntry.INNOVATION, t("Catat inovasi"), InnovationForm()),
        (AwardEntry.WEIGHT, t("Catat bobot dari surat panitia"), WeightForm(criteria=criteria(area, year))),
    )
    return [(kind, label, bound if bound and bound.prefix == kind else form) for kind, label, form in blank]


@posting(back="award")
def add(request: HttpRequest) -> HttpResponse:
    """A regulation, an innovation, a weight."""
    area, year, kind = (
        area_of(reader(request)),
        year_asked(request, request.POST.get("tahun", "")),
        request.POST.get("jenis"),
    )
    made: RegulationForm | InnovationForm | WeightForm
    if kind == AwardEntry.REGULATION:
        made = RegulationForm(request.POST)
    elif kind == AwardEntry.INNOVATION:
        made = InnovationForm(request.POST)
    elif kind == AwardEntry.WEIGHT:
        made = WeightForm(request.POST, criteria=criteria(area, year))
    else:
        raise Http404
    if not made.is_valid():
        return _page(request, year, form=made)
    try:
        note(area=area, noted=made.noted(year), by=reader(request), at=timezone.now())
    except EntryRefused as refused:
        made.add_error(None, t(ENTRY_REFUSALS[refused.reason]))
        return _page(request, year, form=made)
    return redirect(f"{reverse('award')}?tahun={year}#catatan")


@require_POST
def remove(request: HttpRequest, note_id: int) -> HttpResponse:
    """A note that counts no more."""
    try:
        gone = take_back(area=area_of(reader(request)), entry_id=note_id, by=reader(request), at=timezone.now())
    except AwardEntry.DoesNotExist as missing:
        raise Http404 from missing
    return redirect(f"{reverse('award')}?tahun={gone.year}#catatan")


@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    """The job that makes the pack and freezes it."""
    user = reader(request)
    year = year_asked(request, request.POST.get("tahun", ""))
    job = queue.ask(
        "freeze_award", government=area_of(user).government, by=user, at=timezone.now(), arguments={"year": year}
    )
    return redirect("job", job_id=job.pk)


@require_safe
def download(request: HttpRequest, award_id: int) -> HttpResponse:
    """A frozen pack, byte by byte as it was."""
    found = get_object_or_404(
        AwardFile.objects.select_related("file"), pk=award_id, government=area_of(reader(request)).government
    )
    return attachment(found.file.name, files.content(found.file), "application/zip")


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a file is one of those frozen, and if not, what was changed."""
    area = area_of(reader(request))
    form = ProofForm(request.POST or None, request.FILES or None)
    content: dict[str, object] = {"form": form, "checked": None}
    if request.method == "POST" and form.is_valid():
        found, checked = frozen_as(area, form.cleaned_data["file"])
        content |= {
            "checked": checked,
            "found": found,
            "faults": [t(FAULTS[code], file=file) if file else t(FAULTS[code]) for code, file in checked.faults],
        }
    crumbs = [(t("Berkas penghargaan"), reverse("award"))]
    return show(
        request, "award_verify.html", content, title=t("Periksa keaslian berkas"), part="award-verify", crumbs=crumbs
    )
