"""The candidates of a programme: the pool, statements for many, one more person."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from payung.doors.web import figures
from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, number_asked, slice_of, word_asked
from payung.doors.web.components import Chip
from payung.doors.web.environment import same_page
from payung.doors.web.forms.decrees import CandidateForm, StatementForm
from payung.doors.web.later import whole_list
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.tables import Field, headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.views.candidate import candidate_page, seen_candidate
from payung.doors.web.views.decrees import crumbs, place_name, visible
from payung.doors.web.vocabulary import said
from payung.doors.web.vocabulary_decrees import OUTCOMES, RECORD_REFUSALS, why
from payung.office.agreements.models import Decree
from payung.office.places.queries import Area, area_of
from payung.office.verification.actions import RecordRefused, Stated, state_work
from payung.office.verification.intake import IntakeRefused, propose_one
from payung.office.verification.queries import (
    TAKEN_BACK,
    Proposed,
    Wanted,
    outcomes_in,
    parts_in,
    proposed,
    reasons_in,
    taken_back_in,
)
from payung.rules.eligibility.catalogue import reasons, title
from payung.rules.identity import regions

NOTED = "dicatat"
"""In the address after statements: for how many people."""
FIELDS: tuple[Field[Proposed], ...] = (
    Field("nama", word("Nama"), lambda one: one.name),
    Field("hasil", word("Hasil"), lambda one: said(OUTCOMES, one.outcome)),
    Field("sebab", word("Sebab"), lambda one: why(one.reason, language())),
    Field("nik", "NIK", lambda one: figures.masked(one.nik)),
    Field("lahir", word("Lahir"), lambda one: one.birth_date),
    Field("desa", word("Desa/kelurahan"), lambda one: place_name(one.desa_code or one.kecamatan_code)),
    Field("pekerjaan", word("Pekerjaan"), lambda one: one.job),
)


@require_safe
def pool_page(request: HttpRequest, decree_id: int) -> HttpResponse:
    """`?hasil=out&sebab=too_old&desa=32.72.01.1001`: the candidates, and the form for a common statement."""
    return _pool(request, visible(request, decree_id))


def _pool(
    request: HttpRequest,
    decree: Decree,
    *,
    form: StatementForm | None = None,
    refusal: str = "",
    ticked: Sequence[int] = (),
) -> HttpResponse:
    area = area_of(reader(request))
    wanted, outcomes, told = _wanted(request, area, decree), outcomes_in(area, decree), reasons_in(area, decree)
    if request.GET.get("unduh"):
        return whole_list(
            request, "calon.xlsx", t("Calon {title}", title=decree.title), FIELDS,
            lambda limit: proposed(area, decree, wanted, limit=limit),
        )  # fmt: skip
    found = proposed(area, decree, wanted, after=after_asked(request, start=0), limit=PAGE_ROWS + 1)
    choices = [("", t("Semua"), sum(outcomes.values()))]
    counts = outcomes | {TAKEN_BACK: taken_back_in(area, decree)}
    choices += [(code, said(OUTCOMES, code), counts[code]) for code in OUTCOMES if counts.get(code)]
    because = [
        (code, title(code, language()), count)
        for (outcome, code), count in told.items()
        if outcome == (wanted.outcome or outcome)
    ]
    content = {
        "decree": decree,
        "any": any(counts.values()),
        "page": slice_of(request, found, place=lambda one: one.id, start=0),
        "columns": headings(word("Pilih"), *(field.label for field in FIELDS)),
        "outcomes": OUTCOMES,
        "outcomes_shown": filter_chips(request, "hasil", choices, wanted.outcome),
        "reasons_shown": filter_chips(request, "sebab", sorted(because, key=lambda one: -(one[2] or 0)), wanted.reason),
        "places_shown": _places(request, area, decree, wanted),
        "place_name": place_name,
        "why": lambda code: why(code, language()),
        "back": wanted.outcome == TAKEN_BACK,
        "form": form or StatementForm(today=timezone.localdate()),
        "refusal": refusal,
        "opened": form is not None,
        "ticked": ticked,
        "noted": number_asked(request, NOTED),
        "kept": same_page(request, unduh=None),
        "download_address": same_page(request, unduh="xlsx"),
    }
    return show(request, "candidates.html", content, title=t("Calon"), part="decrees", crumbs=crumbs(decree))


def _wanted(request: HttpRequest, area: Area, decree: Decree) -> Wanted:
    return Wanted(
        outcome=word_asked(request, "hasil", tuple(OUTCOMES)),
        reason=word_asked(request, "sebab", [reason.code for reason in reasons()]),
        kecamatan=word_asked(request, "kecamatan", [code or "" for code in parts_in(area, decree, "kecamatan")]),
        desa=word_asked(request, "desa", [code or "" for code in parts_in(area, decree, "desa")]),
        segment=word_asked(request, "pekerjaan", [code or "" for code in parts_in(area, decree, "segment")]),
    )


def _places(request: HttpRequest, area: Area, decree: Decree, wanted: Wanted) -> list[Chip]:
    """Kecamatan first; within a chosen one its villages."""
    by, name, chosen = ("desa", "desa", wanted.desa) if wanted.kecamatan else ("kecamatan", "kecamatan", "")
    counted = {code: count for code, count in parts_in(area, decree, by).items() if code}
    inside = {code: count for code, count in counted.items() if code.startswith(wanted.kecamatan)}
    back = [Chip(f"{place_name(wanted.kecamatan)} ×", same_page(request, kecamatan=None, desa=None), chosen=True)]
    chips = filter_chips(request, name, [(code, place_name(code), count) for code, count in inside.items()], chosen)
    return [*(back if wanted.kecamatan else []), *chips]


@posting(back="candidates", keeps_filter=True)
def state(request: HttpRequest, decree_id: int) -> HttpResponse:
    """One statement for everybody who was ticked, or for one candidate on the own page."""
    decree, user = visible(request, decree_id), reader(request)
    form = StatementForm(request.POST, today=timezone.localdate())
    chosen = [int(text) for text in request.POST.getlist("calon") if text.isdecimal() and len(text) < 19]
    alone = request.POST.get("kembali") == "calon" and len(chosen) == 1
    refusal = ""
    if form.is_valid():
        try:
            count = state_work(
                decree=decree, candidate_ids=chosen, stated=_stated(form.cleaned_data), area=area_of(user), by=user,
                at=timezone.now(),
            )  # fmt: skip
        except RecordRefused as refused:
            refusal = t(RECORD_REFUSALS[refused.reason])
        else:
            pool = reverse("candidates", kwargs={"decree_id": decree.pk}) + same_page(request, **{NOTED: count})
            return redirect(reverse("candidate", kwargs={"candidate_id": chosen[0]}) if alone else pool)
    if alone:
        return candidate_page(request, seen_candidate(request, chosen[0]), refusal=refusal, statement=form)
    return _pool(request, decree, form=form, refusal=refusal, ticked=chosen)


def _stated(told: Mapping[str, Any]) -> Stated:
    return Stated(
        stated_on=told["stated_on"],
        working=told["working"] == "1",
        well=told["well"] == "1",
        signatory=told["signatory"],
        office=told["office"],
        breadwinner={"1": True, "0": False}.get(told["breadwinner"]),
    )


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, decree_id: int) -> HttpResponse:
    """One person typed in, checked like a list."""
    decree, user = visible(request, decree_id), reader(request)
    area = area_of(user)
    form = CandidateForm(request.POST or None, villages=_villages(area))
    refusal = ""
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        typed = {
            "NIK": told["nik"],
            "Nama": told["name"],
            "Tempat Lahir": told["birth_place"],
            "Tanggal Lahir": told["birth_date"].isoformat(),
            "Jenis Kelamin": told["sex"],
            "Pekerjaan": told["job"],
            "Kecamatan": regions.name_of(told["village"][:8]) or "",
            "Desa": regions.name_of(told["village"]) or "",
        }
        try:
            made = propose_one(decree=decree, told=typed, area=area, by=user, at=timezone.now())
            return redirect("candidate", candidate_id=made.pk)
        except IntakeRefused as refused:
            refusal = t(RECORD_REFUSALS[refused.reason])
    content = {"form": form, "refusal": refusal}
    return show(request, "candidate_new.html", content, title=t("Usulkan orang"), part="decrees", crumbs=crumbs(decree))


def _villages(area: Area) -> list[tuple[str, str]]:
    """The villages that the reader may propose from: the own ones, else all of the government."""
    kecamatan = regions.inside(area.government.code)
    every = [(code, f"{name}, {within}") for outer, within in kecamatan for code, name in regions.inside(outer)]
    if area.opd_ids is None or not area.villages:
        return every
    return [(code, name) for code, name in every if code in area.villages or code[:8] in area.villages]
