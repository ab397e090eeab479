"""One merge of two persons: proposed, decided by a second person, taken back the same way."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.jobs.notices import tell_of
from payung.doors.web.asked import word_posted
from payung.doors.web.deciding import deciding, happenings, voice_chosen
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.translation import t
from payung.doors.web.vocabulary import DECISION_REFUSALS
from payung.doors.web.vocabulary_identities import MERGE_REFUSALS, MERGE_STATES
from payung.office.access.marks import unseal
from payung.office.access.models import User
from payung.office.approvals.actions import DecisionRefused
from payung.office.approvals.models import Proposal, Verdict
from payung.office.enrolment import merging
from payung.office.enrolment.merging import MergeRefused
from payung.office.places.queries import Area, area_of
from payung.office.places.scope import whole_government
from payung.office.registry.models import Merge, Person

ANSWERS = (Verdict.APPROVE, Verdict.REFUSE)


def propose(*, absorbed: Person, surviving: Person, area: Area, by: User) -> tuple[str, Merge | None]:
    """The proposal, or why there can be none; with both payers when they collide."""
    at = timezone.now()
    try:
        made = merging.propose_merge(absorbed=absorbed, surviving=surviving, area=area, by=by, at=at)
    except MergeRefused as refused:
        return _refusal(refused, absorbed, surviving, area, by), None
    tell_of(made.proposal, by=by, at=at)
    return "", made


def _refusal(refused: MergeRefused, one: Person, another: Person, area: Area, by: User) -> str:
    told = t(MERGE_REFUSALS[refused.reason])
    if refused.reason != "two_payers":
        return told
    with whole_government(area.government, by=by):
        found = merging.collisions(one.pk, another.pk)
    payers = sorted({spell.payer_opd.name for hit in found for spell in (hit.first, hit.second)})
    return told + " " + t("Pembayarnya: {names}.", names=", ".join(payers))


@require_safe
def merge(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Both persons, where the merge stands, and what the reader can do."""
    return _page(request, merge_id)


@posting(back="merge")
def decide(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Agree or refuse; never one's own. The last yes carries it out."""
    found, user, at = _found(request, merge_id), reader(request), timezone.now()
    verdict = word_posted(request, "putusan", [*ANSWERS])
    if not verdict:
        return redirect("merge", merge_id=merge_id)
    try:
        decided = merging.decide_merge(
            merge_id=found.pk,
            verdict=Verdict(verdict),
            comment=request.POST.get("comment", "").strip(),
            area=area_of(user),
            by=user,
            at=at,
            on_behalf_of=voice_chosen(request, at),
        )
    except DecisionRefused as refused:
        return _page(request, merge_id, refusal=t(DECISION_REFUSALS[refused.reason]))
    except MergeRefused as refused:
        told = _refusal(refused, found.absorbed, found.surviving, area_of(user), user)
        return _page(request, merge_id, refusal=told)
    tell_of(decided, by=user, at=at)
    return redirect("merge", merge_id=merge_id)


@posting(back="merge")
def undo(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Ask a second person to agree that they are two after all."""
    found, user, at = _found(request, merge_id), reader(request), timezone.now()
    try:
        made = merging.propose_unmerge(merge_id=found.pk, area=area_of(user), by=user, at=at)
    except MergeRefused as refused:
        return _page(request, merge_id, refusal=t(MERGE_REFUSALS[refused.reason]))
    assert made.undoing is not None
    tell_of(made.undoing, by=user, at=at)
    return redirect("merge", merge_id=merge_id)


def state_of(found: Merge) -> str:
    """proposed, refused, merged, undoing or undone."""
    if found.replaced_at is not None:
        return "undone"
    if found.recorded_at is None:
        return "refused" if found.proposal.state == Proposal.REFUSED else "proposed"
    return "undoing" if found.undoing is not None and found.undoing.state == Proposal.OPEN else "merged"


def _found(request: HttpRequest, merge_id: int) -> Merge:
    for one in merging.visible_merges(area_of(reader(request))):
        if one.pk == merge_id:
            return one
    raise Http404


def _page(request: HttpRequest, merge_id: int, *, refusal: str = "") -> HttpResponse:
    found, user = _found(request, merge_id), reader(request)
    state, asked = state_of(found), found.undoing or found.proposal
    open_now = state in ("proposed", "undoing")
    content = {
        "merge": found,
        "niks": {one.pk: unseal(one.nik_sealed, kind="nik") for one in (found.surviving, found.absorbed)},
        "state": state,
        "meaning": MERGE_STATES[state],
        "own": asked.made_by_id == user.pk,
        "deciding": deciding(asked, version=asked.version, user=user) if open_now else None,
        "said": [*happenings(found.proposal), *(happenings(found.undoing) if found.undoing else [])],
        "whole": area_of(user).opd_ids is None,
        "refusal": refusal,
    }
    crumbs = [(t("Siapa ini?"), reverse("identities"))]
    return show(request, "merge.html", content, title=t("Penggabungan orang"), part="identities", crumbs=crumbs)
