"""Verbs for a candidate proposed by mistake: taken back while no list names him, and proposed again."""

from datetime import datetime

from django.db import connection, transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.agreements.models import Decree
from payung.office.places.queries import Area
from payung.office.places.scope import whole_government
from payung.office.verification.actions import RecordRefused, check_again
from payung.office.verification.models import Candidate
from payung.office.verification.queries import visible_candidates


def named_in_a_list(candidate: Candidate) -> bool:
    """Whether a list of the decree, in force or waiting for a decision, names this candidate."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT verification_is_listed(%s, %s)", [candidate.decree_id, candidate.row_id])
        (named,) = cursor.fetchone()
    return bool(named)


@transaction.atomic
def take_back(*, candidate: Candidate, reason: str, area: Area, by: User, at: datetime) -> None:
    """A candidate no more, for one of Candidate.TAKEN_BACK; who and why is kept. Again changes nothing.

    Whoever was proposed twice may become valid by it and is checked again. Raises NotAllowed, and RecordRefused:
    `nobody` when the area does not show the candidate, `listed` when a list names him.
    """
    require(by, Deed.PROPOSE_CANDIDATE)
    found = _locked(candidate, area, by)
    if found.taken_back_at is not None:
        return
    with whole_government(found.government, by=by):
        if named_in_a_list(found):
            raise RecordRefused("listed")
        found.taken_back_at, found.taken_back_by, found.taken_back_reason = at, by, reason
        found.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason"])
        record("take_back_candidate", subject=f"candidate:{found.pk}", by=by, at=at, detail={"reason": reason})
    _check(found, by, at)


@transaction.atomic
def propose_again(*, candidate: Candidate, area: Area, by: User, at: datetime) -> None:
    """A candidate once more, checked at once. Raises NotAllowed, and RecordRefused `nobody`."""
    require(by, Deed.PROPOSE_CANDIDATE)
    found = _locked(candidate, area, by)
    if found.taken_back_at is None:
        return
    with whole_government(found.government, by=by):
        found.taken_back_at, found.taken_back_by, found.taken_back_reason = None, None, ""
        found.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason"])
        record("propose_candidate_again", subject=f"candidate:{found.pk}", by=by, at=at)
    _check(found, by, at)


def _locked(candidate: Candidate, area: Area, by: User) -> Candidate:
    """The candidate as it stands, alone with the decree: no list is proposed meanwhile."""
    with whole_government(candidate.government, by=by):
        Decree.objects.select_for_update(of=("self",), no_key=True).get(pk=candidate.decree_id)
    shown = visible_candidates(area) | visible_candidates(area, taken_back=True)
    found = shown.select_related("decree", "government").filter(pk=candidate.pk).first()
    if found is None:
        raise RecordRefused("nobody")
    return found


def _check(candidate: Candidate, by: User, at: datetime) -> None:
    """The rules anew for the candidate and for whoever was proposed under the same NIK."""
    with whole_government(candidate.government, by=by):
        same = Candidate.objects.filter(decree=candidate.decree, nik_sealed=candidate.nik_sealed)
        ids = {candidate.pk, *(same.values_list("pk", flat=True) if candidate.nik_sealed else ())}
    check_again(decree=candidate.decree, candidate_ids=sorted(ids), by=by, at=at)
