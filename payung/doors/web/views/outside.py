"""Lists of others beside the registry: handed in, looked at by group, matched again, the dead proposed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payung.doors.jobs import queue
from payung.doors.web import figures
from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, slice_of, word_asked
from payung.doors.web.forms.outside import OutsideUpload
from payung.doors.web.later import whole_list
from payung.doors.web.pages import reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import Field, headings
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary import PLAN_STATES, said
from payung.doors.web.vocabulary_lists import OUTSIDE_GROUPS, OUTSIDE_KINDS
from payung.office.claims import listed as claims
from payung.office.enrolment.queries import plan_state
from payung.office.outside import queries
from payung.office.outside.models import OutsideList
from payung.office.outside.queries import GROUPS, Told
from payung.office.places.queries import area_of

COLUMNS = (word("Nama"), "NIK", word("Lahir"), word("Lembar, baris"), word("Yang berbeda"), word("Meninggal"), "")
LISTS = (word("Daftar"), word("Berkas"), word("Keadaan per"), word("Diterima"))
FIELDS: tuple[Field[Told], ...] = (
    Field("nama", word("Nama"), lambda one: one.name),
    Field("nik", "NIK", lambda one: figures.masked(one.nik)),
    Field("lahir", word("Lahir"), lambda one: one.birth_date),
    Field("baris", word("Baris"), lambda one: one.row, figures=True),
    Field("beda", word("Yang berbeda"), lambda one: _differs(one)),
    Field("meninggal", word("Meninggal"), lambda one: one.died_on),
    Field("desil", word("Desil"), lambda one: one.decile, figures=True),
)


@require_safe
def all_lists(request: HttpRequest) -> HttpResponse:
    """The outside lists, the newest first."""
    area = area_of(reader(request))
    content = {
        "whole": area.opd_ids is None,
        "columns": headings(*LISTS),
        "lists": [(one, said(OUTSIDE_KINDS, one.kind)) for one in queries.visible(area)[:PAGE_ROWS]],
    }
    return show(request, "outside_lists.html", content, title=t("Daftar dari luar"), part="outside-lists")


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The file and its day; then a job."""
    user = reader(request)
    area = area_of(user)
    form = OutsideUpload(request.POST or None, request.FILES or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        file, told = form.cleaned_data["workbook"], form.cleaned_data
        arguments = {"told_on": told["told_on"].isoformat()}
        job = queue.ask(
            "take_in_outside",
            government=area.government,
            by=user,
            at=timezone.now(),
            arguments=arguments,
            content=file.read(),
            file_name=file.name,
        )
        return redirect("job", job_id=job.pk)
    crumbs = [(t("Daftar dari luar"), reverse("outside-lists"))]
    title = t("Unggah daftar dari luar")
    return show(request, "decree_upload.html", {"form": form}, title=title, part="outside-lists", crumbs=crumbs)


@require_safe
def one(request: HttpRequest, outside_id: int) -> HttpResponse:
    """What a list says by group, and the people behind the chosen one."""
    found = _visible(request, outside_id)
    known = queries.counts(found)
    group = word_asked(request, "kelompok", GROUPS) or next((name for name in GROUPS if known[name]), GROUPS[0])
    title = t("{kind} per {day}", kind=said(OUTSIDE_KINDS, found.kind), day=found.told_on)
    if request.GET.get("unduh"):
        return whole_list(
            request, "daftar-luar.xlsx", title, FIELDS, lambda limit: queries.people(found, group, limit=limit)
        )
    rows = queries.people(found, group, after=after_asked(request, start=0), limit=PAGE_ROWS + 1)
    page = slice_of(request, rows, place=lambda row: row.key, start=0)
    chips = filter_chips(
        request, "kelompok", [(name, t(OUTSIDE_GROUPS[name].text), known[name]) for name in GROUPS], group
    )
    content = {
        "found": found,
        "group": group,
        "groups_shown": chips,
        "figures_shown": [
            (chip.label, figures.number(chip.count), chip.href, OUTSIDE_GROUPS[name].tone)
            for name, chip in zip(GROUPS, chips, strict=True)
            if chip.count
        ],
        "dead": known["dead"],
        "undated": queries.undated_deaths(found),
        "claimed": claims.of_list(found).count() if allowed(request.user, "claims") else 0,
        "waits": known["waits"],
        "plans": [(plan, PLAN_STATES[plan_state(plan)]) for plan in queries.plans_of(found)],
        "columns": headings(*COLUMNS),
        "page": page,
        "people": [(row, _differs(row)) for row in page.rows],
    }
    crumbs = [(t("Daftar dari luar"), reverse("outside-lists"))]
    return show(request, "outside.html", content, title=title, part="outside-lists", crumbs=crumbs)


@require_POST
def match(request: HttpRequest, outside_id: int) -> HttpResponse:
    """Match the rows anew, as a job."""
    return _ask(request, "match_outside", outside_id)


@require_POST
def propose(request: HttpRequest, outside_id: int) -> HttpResponse:
    """Propose to end the dead, as a job."""
    return _ask(request, "propose_outside", outside_id)


@require_POST
def propose_claims(request: HttpRequest, outside_id: int) -> HttpResponse:
    """Propose cases for the dead who are members, as a job."""
    return _ask(request, "propose_outside_claims", outside_id)


def _ask(request: HttpRequest, kind: str, outside_id: int) -> HttpResponse:
    found = _visible(request, outside_id)
    job = queue.ask(
        kind,
        government=found.government,
        by=reader(request),
        at=timezone.now(),
        arguments={"outside_id": found.pk},
    )
    return redirect("job", job_id=job.pk)


def _differs(row: Told) -> str:
    return ", ".join(t(OUTSIDE_GROUPS[name].text) for name in row.differs)


def _visible(request: HttpRequest, outside_id: int) -> OutsideList:
    """The list when the reader sees the whole government; else there is no such page."""
    scope = queries.visible(area_of(reader(request))).select_related("government", "reading__file", "received_by")
    return get_object_or_404(scope, pk=outside_id)
