"""Verbs of verification: state that people work and are well, note a visit, check again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.agreements.models import Decree
from payung.office.places.queries import Area
from payung.office.places.scope import whole_government
from payung.office.verification import frames
from payung.office.verification.models import Candidate, Visit, WorkStatement
from payung.office.verification.queries import visible_candidates
from payung.rules.identity.hiding import hide_marks


class RecordRefused(Exception):
    """This cannot be noted; `reason` is `nobody`, `not_yet` (a day to come), `no_signatory`, `no_note` or
    `listed` (a list names the candidate)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Stated:
    """What somebody signed, of one candidate or of many. `breadwinner` None: not said."""

    stated_on: date
    working: bool
    well: bool
    signatory: str
    office: str
    breadwinner: bool | None = None


@transaction.atomic
def state_work(
    *, decree: Decree, candidate_ids: Sequence[int], stated: Stated, area: Area, by: User, at: datetime
) -> int:
    """The same statement for each of these candidates whom the user's area shows; returns how many.

    Raises RecordRefused when one of them is not shown, or for a day to come.
    """
    require(by, Deed.PROPOSE_CANDIDATE)
    if not stated.signatory.strip() or not stated.office.strip():
        raise RecordRefused("no_signatory")
    chosen = _chosen(decree, candidate_ids, area)
    if stated.stated_on > timezone.localtime(at).date():
        raise RecordRefused("not_yet")
    WorkStatement.objects.bulk_create(
        WorkStatement(
            government=decree.government,
            candidate_id=key,
            stated_on=stated.stated_on,
            working=stated.working,
            well=stated.well,
            breadwinner=stated.breadwinner,
            signatory=hide_marks(stated.signatory.strip()),
            office=stated.office.strip(),
            recorded_by=by,
            recorded_at=at,
        )
        for key in chosen
    )
    record("state_work", subject=f"decree:{decree.pk}", by=by, at=at, detail={"candidates": chosen})
    check_again(decree=decree, candidate_ids=chosen, by=by, at=at)
    return len(chosen)


@transaction.atomic
def note_visit(
    *, candidate: Candidate, visited_on: date, finding: str, note: str, area: Area, by: User, at: datetime
) -> Visit:
    """What was found on the spot. Raises RecordRefused for a day to come, and for "other" without a note."""
    require(by, Deed.VERIFY_CANDIDATE)
    _chosen(candidate.decree, [candidate.pk], area)
    if visited_on > timezone.localtime(at).date():
        raise RecordRefused("not_yet")
    if finding == "other" and not note.strip():
        raise RecordRefused("no_note")
    visit = Visit.objects.create(
        government=candidate.government,
        candidate=candidate,
        visited_on=visited_on,
        finding=finding,
        note=hide_marks(note.strip()),
        recorded_by=by,
        recorded_at=at,
    )
    record("note_visit", subject=f"candidate:{candidate.pk}", by=by, at=at)
    check_again(decree=candidate.decree, candidate_ids=[candidate.pk], by=by, at=at)
    return visit


def check_again(*, decree: Decree, by: User, at: datetime, candidate_ids: Sequence[int] | None = None) -> int:
    """The outcomes of the decree's rules, anew, for these candidates or for all; returns how many were checked."""
    require(by, Deed.PROPOSE_CANDIDATE)
    with whole_government(decree.government, by=by):
        found = frames.outcomes(decree, ids=candidate_ids)
        frames.store(decree, found, at)
    return found.height


def _chosen(decree: Decree, candidate_ids: Sequence[int], area: Area) -> list[int]:
    """The ids, in order, when all are candidates of the decree in the area."""
    wanted = sorted(set(candidate_ids))
    shown = visible_candidates(area).filter(decree=decree, pk__in=wanted).values_list("pk", flat=True)
    if not wanted or sorted(shown) != wanted:
        raise RecordRefused("nobody")
    return wanted
