"""Who is it: the queue of questions, one question with its reasons, and the answer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from payung.doors.jobs import queue
from payung.doors.web.asked import filter_chips, word_asked, word_posted
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.resembling import shown
from payung.doors.web.rights import allowed
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.doors.web.views.merges import propose as propose_merge
from payung.doors.web.vocabulary import said
from payung.doors.web.vocabulary_identities import JUDGEMENT_REFUSALS, QUESTION_STATES, TIERS
from payung.office.access.purposes import Purpose, record_look
from payung.office.enrolment.identities import unread_nik
from payung.office.enrolment.merging import visible_merges
from payung.office.enrolment.queries import visible_plans
from payung.office.places.queries import area_of
from payung.office.registry.judging import JudgementRefused, Said, judge_row, judge_twins
from payung.office.registry.models import Judgement, Pair
from payung.office.registry.queries import visible
from payung.office.registry.questions import STATES, asked_twins, candidates, twins, waiting_rows, waiting_twins

SHOWN = 50
MOST_WALKED = 500
"""Questions among which a page knows the one before and the one after."""
COLUMNS = (word("Baris daftar"), word("Mirip dengan"), word("Seberapa mirip"))
TWIN_COLUMNS = (word("Orang"), word("Mirip dengan"), word("Seberapa mirip"))


@require_safe
def all_questions(request: HttpRequest) -> HttpResponse:
    """What waits to be answered, the likeliest first."""
    area = area_of(reader(request))
    state = word_asked(request, "keadaan", STATES) or STATES[0]
    rows, pairs = (waiting(area, state) for waiting in (waiting_rows, waiting_twins))
    counts = {one: waiting_rows(area, one).count() + waiting_twins(area, one).count() for one in STATES}
    listed = list(rows.select_related("row__reading__opd")[:SHOWN])
    content = {
        "states": filter_chips(
            request, "keadaan", [(one, said(QUESTION_STATES, one), counts[one]) for one in STATES], state
        ),
        "columns": headings(*COLUMNS),
        "twin_columns": headings(*TWIN_COLUMNS),
        "rows": listed,
        "names": dict(visible(area).filter(pk__in=[pair.person_id for pair in listed]).values_list("pk", "name")),
        "twins": pairs.select_related("other", "person")[:SHOWN],
        "shown": SHOWN,
        "counts": (rows.count(), pairs.count()),
        "tiers": TIERS,
        "merges": visible_merges(area)[:SHOWN],
        "whole": area.opd_ids is None,
    }
    return show(request, "identities.html", content, title=t("Siapa ini?"), part="identities")


@require_POST
def seek(request: HttpRequest) -> HttpResponse:
    """Look for people who stand in the registry twice, as a job."""
    user = reader(request)
    job = queue.ask("seek_twins", government=area_of(user).government, by=user, at=timezone.now(), arguments={})
    return redirect("job", job_id=job.pk)


@require_POST
def seek_for_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Look for whom the waiting rows of a plan may be, as a job."""
    user = reader(request)
    found = get_object_or_404(visible_plans(area_of(user)), pk=plan_id)
    job = queue.ask(
        "seek_for_plan", government=found.government, by=user, at=timezone.now(), arguments={"plan_id": found.pk}
    )
    return redirect("job", job_id=job.pk)


@require_safe
def row_question(request: HttpRequest, row_id: int) -> HttpResponse:
    """The row of a list beside whom it may be."""
    return _row_page(request, row_id)


@posting(back="identity-row")
def row_marks(request: HttpRequest, row_id: int) -> HttpResponse:
    """The same page with whole numbers: a recorded look, for whoever must compare them."""
    response = _row_page(request, row_id, whole=True)
    record_look(subject=f"row:{row_id}", purpose=Purpose.CORRECT_DATA, note="", by=reader(request), at=timezone.now())
    return response


@posting(back="identity-row")
def answer_row(request: HttpRequest, row_id: int) -> HttpResponse:
    """This person, somebody new, or not to be told yet; then the next question."""
    user, asked = reader(request), request.POST.get("orang", "")
    answer = word_posted(request, "jawaban", (Judgement.SAME, Judgement.DIFFERENT, Judgement.LATER))
    if not answer:
        return redirect("identity-row", row_id=row_id)
    area = area_of(user)
    _, following = _beside([pair.row_id for pair in waiting_rows(area)[:MOST_WALKED]], row_id)
    try:
        told = Said(answer, int(asked) if asked.isdecimal() else None)
        judge_row(row_id=row_id, said=told, area=area, by=user, at=timezone.now())
    except Pair.DoesNotExist as missing:
        raise Http404 from missing
    except JudgementRefused as refused:
        return _row_page(request, row_id, refusal=t(JUDGEMENT_REFUSALS[refused.reason]))
    return redirect("identity-row", row_id=following) if following else redirect("identities")


def _row_page(request: HttpRequest, row_id: int, *, whole: bool = False, refusal: str = "") -> HttpResponse:
    area, on = area_of(reader(request)), timezone.localdate()
    pair = get_object_or_404(
        Pair.objects.filter(row_id=row_id, row__isnull=False).select_related("row__reading__opd")[:1]
    )
    row = pair.row
    assert row is not None
    try:
        found = candidates(area, row_id, digits=unread_nik(row), on=on)
    except Pair.DoesNotExist as missing:
        raise Http404 from missing
    before, following = _beside([one.row_id for one in waiting_rows(area)[:MOST_WALKED]], row_id)
    content = {
        "row": row,
        "candidates": [shown(one, whole=whole) for one in found],
        "decidable": all(one.reasons is not None for one in found),
        "may_be_new": row.verdict in ("clean", "repaired"),
        "may_look": allowed(request.user, "identity-row-marks"),
        "whole": whole,
        "refusal": refusal,
        "before": before and reverse("identity-row", args=[before]),
        "following": following and reverse("identity-row", args=[following]),
    }
    crumbs = [(t("Siapa ini?"), reverse("identities"))]
    return show(request, "identity_row.html", content, title=row.name or "", part="identities", crumbs=crumbs)


@require_safe
def twin_question(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Two persons of the registry beside each other."""
    return _twin_page(request, pair_id)


@posting(back="identity-twins")
def answer_twins(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Two after all, not to be told yet, or one: then a merge is proposed to a second person."""
    user = reader(request)
    area = area_of(user)
    pair = get_object_or_404(asked_twins(area).select_related("other", "person"), pk=pair_id)
    answer = word_posted(request, "jawaban", (Judgement.SAME, Judgement.DIFFERENT, Judgement.LATER))
    assert pair.other is not None
    if answer == Judgement.SAME:
        swapped = request.POST.get("bertahan") == str(pair.person_id)
        stays, goes = (pair.person, pair.other) if swapped else (pair.other, pair.person)
        refusal, made = propose_merge(absorbed=goes, surviving=stays, area=area, by=user)
        if made is None:
            return _twin_page(request, pair_id, refusal=refusal)
        return redirect("merge", merge_id=made.pk)
    if answer:
        judge_twins(other=pair.other, person=pair.person, answer=answer, area=area, by=user, at=timezone.now())
    return redirect("identities")


def _twin_page(request: HttpRequest, pair_id: int, *, refusal: str = "") -> HttpResponse:
    area, on = area_of(reader(request)), timezone.localdate()
    try:
        found = twins(area, pair_id, on=on)
    except Pair.DoesNotExist as missing:
        raise Http404 from missing
    before, following = _beside([one.pk for one in waiting_twins(area)[:MOST_WALKED]], pair_id)
    assert found.pair.other is not None
    content = {
        "pair": found.pair,
        "candidate": shown(found, whole=False),
        "refusal": refusal,
        "before": before and reverse("identity-twins", args=[before]),
        "following": following and reverse("identity-twins", args=[following]),
    }
    crumbs = [(t("Siapa ini?"), reverse("identities"))]
    title = t("Satu orang atau dua?")
    return show(request, "identity_twins.html", content, title=title, part="identities", crumbs=crumbs)


def _beside(ids: list[int | None], here: int) -> tuple[int | None, int | None]:
    """The question before and the one after; from an answered one on, the first."""
    if here not in ids:
        return None, next(iter(ids), None)
    at = ids.index(here)
    return ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None
