"""Programmes for vulnerable workers: the overview, the funnel with its people, lists that are taken in."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payung.doors.jobs import queue
from payung.doors.web import figures
from payung.doors.web.asked import PAGE_ROWS, after_asked, day_asked, filter_chips, slice_of, word_asked
from payung.doors.web.components import Reason, Stage
from payung.doors.web.environment import same_page
from payung.doors.web.forms.decrees import DecreeForm, IntakeForm
from payung.doors.web.later import whole_list
from payung.doors.web.pages import reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import Field, headings, workbook
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary_decrees import STEPS, difference
from payung.office.agreements.decree_lists import free_count, in_force
from payung.office.agreements.decrees import NewDecree, draft_decree
from payung.office.agreements.models import Decree
from payung.office.places.queries import Area, area_of
from payung.office.reports import funnel
from payung.office.verification import queries
from payung.office.verification.rulesets import set_rules
from payung.rules.eligibility.segments import segment_title
from payung.rules.eligibility.terms import Rule
from payung.rules.identity import regions

OVERVIEW = (
    word("Program"), word("Berlaku mulai"), word("Kuota"), word("Diusulkan"), word("Memenuhi syarat"),
    word("Perlu dilengkapi"), word("Tempat kosong"),
)  # fmt: skip
BY = {"kecamatan": word("Kecamatan"), "desa": word("Desa/kelurahan"), "segment": word("Pekerjaan")}


@dataclass(frozen=True)
class Behind:
    """One person behind a number of the funnel."""

    key: int
    name: str
    place: str
    segment: str
    why: str


PEOPLE: tuple[Field[Behind], ...] = (
    Field("nama", word("Nama"), lambda one: one.name),
    Field("desa", word("Desa/kelurahan"), lambda one: one.place),
    Field("pekerjaan", word("Pekerjaan"), lambda one: one.segment),
    Field("sebab", word("Sebab"), lambda one: one.why),
)
PARTS: tuple[Field[funnel.Part], ...] = (
    Field("bagian", word("Bagian"), lambda part: place_name(part.code)),
    *(
        Field(name, label, lambda part, name=name: part.counts[name], figures=True)  # type: ignore[misc]  # mypy cannot see a default in a lambda
        for name, label in STEPS.items()
    ),
)


def place_name(code: str | None) -> str:
    """A kecamatan, desa or segment in words."""
    if not code:
        return t("belum diketahui")
    return regions.name_of(code) or code if "." in code else segment_title(code, language())


@require_safe
def all_decrees(request: HttpRequest) -> HttpResponse:
    """The programmes of the government, with what the reader sees of each."""
    area = area_of(reader(request))
    lines = [
        {
            "decree": decree,
            "counts": queries.outcomes_in(area, decree),
            "free": free_count(decree, decree.effective_from),
            "in_force": in_force(decree),
        }
        for decree in queries.decrees(area)
    ]
    columns = headings(*OVERVIEW, figures=OVERVIEW[2:])
    return show(
        request, "decrees.html", {"lines": lines, "columns": columns}, title=t("Pekerja rentan"), part="decrees"
    )


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A programme with its term, places and rules, before anybody stands in it."""
    user, at = reader(request), timezone.now()
    form = DecreeForm(request.POST or None, area=area_of(user))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        decree = draft_decree(
            told=NewDecree(
                agreement=told["agreement"],
                budget_line=told["budget_line"],
                opd=told["opd"],
                title=told["title"],
                effective_from=told["effective_from"],
                effective_until=told["effective_until"],
                quota=told["quota"],
                priority=tuple(told["priority"]),
            ),
            by=user,
            at=at,
        )
        rules = [Rule(code, parameters) for code, parameters in form.rules().items()]
        set_rules(decree=decree, rules=rules, by=user, at=at)
        return redirect("decree", decree_id=decree.pk)
    return show(request, "decree_new.html", {"form": form}, title=t("Program baru"), part="decree-new", crumbs=crumbs())


@require_safe
def one(request: HttpRequest, decree_id: int) -> HttpResponse:
    """The funnel on a day, and the same by place or work."""
    area = area_of(reader(request))
    decree = visible(request, decree_id)
    day = day_asked(request, otherwise=day_of_work(decree))
    by = word_asked(request, "menurut", tuple(BY)) or "kecamatan"
    found = funnel.people(area, decree, day)
    parts = funnel.parts(found, by)
    if request.GET.get("unduh"):
        return workbook(f"verval-{decree.pk}.xlsx", t("{title}, {day}", title=decree.title, day=day), PARTS, parts)
    steps = funnel.steps(found)
    content = {
        "decree": decree,
        "day": day,
        "part": sees_part(area, decree),
        "stages": [_stage(decree, step, day) for step in steps],
        "any": bool(found.height),
        "by_shown": filter_chips(request, "menurut", [(name, t(label), None) for name, label in BY.items()], by),
        "columns": headings(*(field.label for field in PARTS), figures=tuple(STEPS.values())),
        "parts": [
            (place_name(part.code), [(part.counts[name], _people_of(decree, name, day, by, part)) for name in STEPS])
            for part in parts
        ],
        "totals": [t("Jumlah"), *(figures.number(step.count) for step in steps)],
        "free": free_count(decree, day),
        "checked_at": queries.checked_at(decree),
        "download_address": same_page(request, unduh="xlsx"),
    }
    return show(request, "decree.html", content, title=decree.title, part="decrees", crumbs=crumbs())


def _people_of(decree: Decree, step: str, day: date, by: str, part: funnel.Part) -> str:
    """The people behind a step in one place or work."""
    told = {"tahap": step, "hari": day.isoformat(), "menurut": by, "bagian": part.code or ""}
    return f"{reverse('decree-people', kwargs={'decree_id': decree.pk})}?{urlencode(told)}"


def _stage(decree: Decree, step: funnel.Step, day: date) -> Stage:
    def href(reason: str = "") -> str:
        told = {"tahap": step.name, "sebab": reason, "hari": day.isoformat()}
        address = reverse("decree-people", kwargs={"decree_id": decree.pk})
        return f"{address}?" + urlencode({name: value for name, value in told.items() if value})

    lost = [Reason(difference(one.reason, language()), -one.count, href(one.reason)) for one in step.lost]
    gained = [Reason(difference(one.reason, language()), one.count, href(one.reason)) for one in step.gained]
    return Stage(t(STEPS[step.name]), step.count, href(), reasons=(*lost, *gained))


@require_safe
def people_behind(request: HttpRequest, decree_id: int) -> HttpResponse:
    """`?tahap=valid&sebab=too_old&menurut=desa&bagian=32.72.01.1001`: exactly the people behind a number, or behind a
    reason beside it."""
    area, decree = area_of(reader(request)), visible(request, decree_id)
    day = day_asked(request, otherwise=day_of_work(decree))
    step = word_asked(request, "tahap", funnel.STEPS) or "proposed"
    found = funnel.people(area, decree, day)
    if by := word_asked(request, "menurut", tuple(BY)):
        found = funnel.of_part(found, by, request.GET.get("bagian", "")[:40] or None)
    why = f"why_{step}"
    reason = word_asked(request, "sebab", found[why].drop_nulls().unique().to_list())
    chosen = found.filter(pl.col(why) == reason) if reason else found.filter(pl.col(step))
    if request.GET.get("unduh"):
        return whole_list(
            request,
            f"{step}.xlsx",
            t(STEPS[step]),
            PEOPLE,
            lambda limit: _behind(chosen.head(limit or chosen.height), why),
        )
    after = after_asked(request, start=0)
    page = slice_of(
        request,
        _behind(chosen.filter(pl.col("key") > after).head(PAGE_ROWS + 1), why),
        place=lambda person: person.key,
        start=0,
    )
    title = f"{t(STEPS[step])}: {difference(reason, language())}" if reason else t(STEPS[step])
    content = {
        "page": page,
        "count": chosen.height,
        "columns": headings(*(field.label for field in PEOPLE)),
        "download_address": same_page(request, unduh="xlsx"),
    }
    return show(request, "decree_people.html", content, title=title, part="decrees", crumbs=crumbs(decree))


def _behind(chosen: pl.DataFrame, why: str) -> list[Behind]:
    return [
        Behind(
            key=row["key"],
            name=row["name"],
            place=place_name(row["desa_code"] or row["kecamatan_code"]),
            segment=place_name(row["segment"]),
            why=difference(row[why], language()) if row[why] else "",
        )
        for row in chosen.iter_rows(named=True)
    ]


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest, decree_id: int) -> HttpResponse:
    """A list of candidates, or one that tells of them: then a job."""
    decree, user = visible(request, decree_id), reader(request)
    form = IntakeForm(
        request.POST or None,
        request.FILES or None,
        today=timezone.localdate(),
        may_tell=allowed(user, "decree-check"),
    )
    if request.method == "POST" and form.is_valid():
        file, told = form.cleaned_data["workbook"], form.cleaned_data
        arguments = {"list_kind": told["list_kind"], "told_on": told["told_on"].isoformat()}
        return _ask(request, "take_in_list", decree, arguments, content=file.read(), file_name=file.name)
    content = {"form": form, "decree": decree}
    return show(request, "decree_upload.html", content, title=t("Unggah daftar"), part="decrees", crumbs=crumbs(decree))


@require_POST
def check(request: HttpRequest, decree_id: int) -> HttpResponse:
    """Everybody again, by the rules as they are now."""
    return _ask(request, "check_candidates", visible(request, decree_id), {})


def _ask(
    request: HttpRequest,
    kind: str,
    decree: Decree,
    arguments: dict[str, object],
    *,
    content: bytes | None = None,
    file_name: str = "",
) -> HttpResponse:
    job = queue.ask(
        kind,
        government=decree.government,
        by=reader(request),
        at=timezone.now(),
        arguments={"decree_id": decree.pk, **arguments},
        content=content,
        file_name=file_name,
    )
    return redirect("job", job_id=job.pk)


def visible(request: HttpRequest, decree_id: int) -> Decree:
    """The decree when it is one of the reader's government; else there is no such page."""
    return get_object_or_404(queries.decrees(area_of(reader(request))), pk=decree_id)


def sees_part(area: Area, decree: Decree) -> bool:
    """Whether the reader sees people of the own villages alone, not all of the decree."""
    return area.opd_ids is not None and decree.opd_id not in area.opd_ids


def day_of_work(decree: Decree) -> date:
    """Today, or the nearest day of the decree's term."""
    return min(max(decree.effective_from, timezone.localdate()), decree.effective_until or date.max)


def crumbs(decree: Decree | None = None) -> list[tuple[str, str]]:
    """The way back to the overview, and to one programme."""
    way = [(t("Pekerja rentan"), reverse("decrees"))]
    return [*way, (decree.title, reverse("decree", kwargs={"decree_id": decree.pk}))] if decree else way
