"""Verbs of privacy: receive a person's request, answer it, erase what need not be kept."""

from datetime import datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.approvals.models import Proposal
from payung.office.privacy.erasing import erase
from payung.office.privacy.models import ANSWER_WITHIN, Correction, Request
from payung.office.privacy.retention import kept
from payung.office.registry.aliases import group_of
from payung.office.registry.models import Person
from payung.rules.identity.hiding import hide_marks


class RequestRefused(Exception):
    """The request cannot be answered so; `reason` is one of `closed`, `kept`, `no_answer`, `waiting`,
    `nothing_corrected`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def receive(*, person: Person, kind: str, wording: str, handler: User, by: User, at: datetime) -> Request:
    """Note what a person demands. The clock of 3 x 24 hours runs from `at`; `handler` must act."""
    require(handler, Deed.ANSWER_REQUESTS)
    made = Request.objects.create(
        government_id=person.government_id,
        person=person,
        kind=kind,
        wording=hide_marks(wording.strip()),
        received_at=at,
        due_at=at + ANSWER_WITHIN,
        received_by=by,
        handler=handler,
    )
    record("receive_request", subject=f"person:{person.pk}", by=by, at=at, detail={"request": made.pk, "kind": kind})
    return made


@transaction.atomic
def answer(*, request_id: int, grant: bool, answer: str, by: User, at: datetime) -> Request:
    """Close a request, once; granting an erasure erases. A refusal says why.

    Raises NotAllowed, and RequestRefused: `closed`, `no_answer`, `kept` while the data must be kept, `waiting` while
    a correction waits for its second person, `nothing_corrected` for a correction without one.
    """
    require(by, Deed.ANSWER_REQUESTS)
    found = Request.objects.select_for_update().get(pk=request_id)
    if found.state != Request.OPEN:
        raise RequestRefused("closed")
    told = hide_marks(answer.strip())
    if not grant and not told:
        raise RequestRefused("no_answer")
    if found.kind == Request.CORRECTION:
        _require_settled(found, grant=grant)
    if grant and found.kind == Request.ERASURE:
        if not kept(found.person_id).allows_erasure(at.date()):
            raise RequestRefused("kept")
        for person in Person.objects.filter(pk__in=group_of(found.person_id)).order_by("pk"):
            erase(person, by=by, at=at)
        found.refresh_from_db()
    found.state = Request.GRANTED if grant else Request.REFUSED
    found.closed_at, found.closed_by, found.answer = at, by, told
    found.save()
    record(
        "answer_request",
        subject=f"person:{found.person_id}",
        by=by,
        at=at,
        detail={"request": found.pk, "kind": found.kind, "state": found.state},
    )
    return found


def _require_settled(found: Request, *, grant: bool) -> None:
    """A correction is granted by correcting, and answered when nobody has to decide on it any more."""
    corrections = Correction.objects.filter(request=found)
    if corrections.filter(proposal__state=Proposal.OPEN).exists():
        raise RequestRefused("waiting")
    if grant and not corrections.filter(applied_at__isnull=False).exists():
        raise RequestRefused("nothing_corrected")
