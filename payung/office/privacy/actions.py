"""Verbs of privacy: receive a person's request, answer it, erase what need not be kept."""

from datetime import datetime

from django.db import transaction

from payung.office import bulk
from payung.office.access.actions import record, redact
from payung.office.access.marks import seal, seal_content
from payung.office.access.models import AuditEvent, User
from payung.office.access.roles import Deed, require
from payung.office.privacy.models import ANSWER_WITHIN, Request
from payung.office.privacy.retention import kept
from payung.office.registry.models import Person
from payung.rules.identity.hiding import hide_marks

ERASED = "(dihapus)"


class RequestRefused(Exception):
    """The request cannot be answered so; `reason` is one of `closed`, `kept`, `no_answer`."""

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

    Raises NotAllowed, and RequestRefused: `closed`, `no_answer`, or `kept` while the data must be kept.
    """
    require(by, Deed.ANSWER_REQUESTS)
    found = Request.objects.select_for_update().get(pk=request_id)
    if found.state != Request.OPEN:
        raise RequestRefused("closed")
    told = hide_marks(answer.strip())
    if not grant and not told:
        raise RequestRefused("no_answer")
    if grant and found.kind == Request.ERASURE:
        _erase(found.person_id, by=by, at=at)
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


_OF_PERSON = "(SELECT row_id FROM registry_evidence WHERE person_id = %(person)s)"
_REDACTIONS = (
    f"""UPDATE files_finding f SET sealed_detail = %(nothing)s FROM files_row r
        WHERE r.id IN {_OF_PERSON} AND f.reading_id = r.reading_id AND f.position = r.position""",  # noqa: S608
    f"""UPDATE files_keptfile k SET sealed_content = %(no_content)s, name = %(erased)s FROM files_reading g
        JOIN files_row r ON r.reading_id = g.id WHERE r.id IN {_OF_PERSON} AND k.id = g.file_id""",  # noqa: S608
    f"""UPDATE files_row SET name = %(erased)s, birth_date = NULL, birth_place = NULL, sex = NULL, job = NULL,
        kecamatan_code = NULL, desa_code = NULL, nik_sealed = NULL, kk_sealed = NULL, kpj_sealed = NULL,
        phone_sealed = NULL, mother_name_sealed = NULL WHERE id IN {_OF_PERSON}""",  # noqa: S608
    "UPDATE registry_membership SET kpj_sealed = NULL WHERE person_id = %(person)s",
    "UPDATE privacy_request SET wording = '', answer = '' WHERE person_id = %(person)s",
    """UPDATE registry_person SET name = %(erased)s, name_key = '', birth_date = NULL, birth_place = NULL, sex = NULL,
        kecamatan_code = NULL, desa_code = NULL, nik_sealed = NULL, nik_confirmed = false, kk_sealed = NULL,
        phone_sealed = NULL, mother_name_sealed = NULL WHERE id = %(person)s""",
)


def _erase(person_id: int, *, by: User, at: datetime) -> None:
    """Marks, names and whatever else says who it is; amounts, months, opaque ids and the chain of the audit stay.

    A kept workbook is emptied whole: it is as old as the duty to keep it, and its other people stand in their rows.
    """
    if not kept(person_id).allows_erasure(at.date()):
        raise RequestRefused("kept")
    told = {
        "person": person_id,
        "erased": ERASED,
        "nothing": seal("{}", kind="finding"),
        "no_content": seal_content(b""),
    }
    for statement in _REDACTIONS:
        bulk.execute(statement, told)
    looks = AuditEvent.objects.filter(subject=f"person:{person_id}", deed="see_marks", redacted_at__isnull=True)
    for event_id in looks.exclude(detail__note="").values_list("pk", flat=True):
        redact(event_id=event_id, reason="erasure", by=by, at=at)
    record("erase_person", subject=f"person:{person_id}", by=by, at=at)
