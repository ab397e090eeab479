"""Correcting what is recorded of a person: proposed with old and new value, agreed by a second person, applied.

The rows of lists stay as they were received; the registry says what is right from here on. The old value stays in the
correction, sealed, until an erasure takes it.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.marks import seal, sealed_forms, unseal
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.approvals.actions import decide, propose
from payung.office.approvals.models import Proposal, Verdict
from payung.office.privacy.models import Correction, Request
from payung.office.registry.models import Person
from payung.rules.identity import membership_numbers, names, nik, regions

KIND = "correction"
LONGEST_TEXT = 200


class CorrectionRefused(Exception):
    """This cannot be corrected so; `reason` is one of `closed`, `bad_value`, `same`, `waiting`, `nik_taken`,
    `changed_since`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _text(value: str) -> str | None:
    plain = " ".join(value.split())
    return plain if len(plain) <= LONGEST_TEXT and any(map(str.isalpha, plain)) else None


def _name(value: str) -> str | None:
    return _text(value) if names.key(value) else None


def _digits(value: str) -> str:
    return "".join(character for character in value if character.isdigit())


def _nik(value: str) -> str | None:
    return _digits(value) if nik.problem_of(_digits(value)) is None else None


def _day(value: str) -> str | None:
    try:
        return date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        return None


def _phone(value: str) -> str | None:
    return _digits(value) if 8 <= len(_digits(value)) <= 15 else None


def _sex(value: str) -> str | None:
    return value if value in ("L", "P") else None


def _region(value: str) -> str | None:
    return value.strip() if regions.is_known(value.strip()) else None


CORRECTABLE: Mapping[str, Callable[[str], str | None]] = {
    "name": _name,
    "nik": _nik,
    "kk": membership_numbers.kk,
    "birth_date": _day,
    "birth_place": _text,
    "sex": _sex,
    "phone": _phone,
    "mother_name": _name,
    "kecamatan_code": _region,
    "desa_code": _region,
}
"""What can be corrected, and how what was typed is read; None for what cannot be."""
SEALED = ("nik", "kk", "phone", "mother_name")


@dataclass(frozen=True)
class Told:
    """A correction with its values in clear: mask them before a screen."""

    correction: Correction
    old: str | None
    new: str | None


def told(correction: Correction) -> Told:
    """Old and new value, opened; None for none, and for what an erasure took."""
    return Told(correction, _opened(correction.old_sealed), _opened(correction.new_sealed))


def _opened(sealed: bytes | memoryview | None) -> str | None:
    return unseal(sealed, kind=KIND)


def value_of(person: Person, field: str) -> str | None:
    """What the registry says now, as text."""
    if field in SEALED:
        return unseal(getattr(person, f"{field}_sealed"), kind=field)
    value = getattr(person, field)
    return value.isoformat() if isinstance(value, date) else value


@transaction.atomic
def propose_correction(
    *, request_id: int, field: str, value: str, holds_from: date | None, by: User, at: datetime
) -> Correction:
    """Ask a second person to agree. `holds_from` is the day since when it is so; None: it always was.

    Raises NotAllowed, KeyError for a field that is none, and CorrectionRefused.
    """
    require(by, Deed.ANSWER_REQUESTS)
    request = Request.objects.select_for_update(of=("self",)).select_related("person", "government").get(pk=request_id)
    if request.state != Request.OPEN or request.kind != Request.CORRECTION:
        raise CorrectionRefused("closed")
    new, old = CORRECTABLE[field](value), value_of(request.person, field)
    if new is None:
        raise CorrectionRefused("bad_value")
    if new == old:
        raise CorrectionRefused("same")
    if field == "nik":
        _require_free(request.person, new)
    if Correction.objects.filter(request=request, field=field, proposal__state=Proposal.OPEN).exists():
        raise CorrectionRefused("waiting")
    proposal = propose(government=request.government, kind=KIND, amount_rupiah=None, by=by, at=at)
    made = Correction.objects.create(
        government_id=request.government_id,
        person=request.person,
        request=request,
        proposal=proposal,
        field=field,
        old_sealed=seal(old, kind=KIND) if old else None,
        new_sealed=seal(new, kind=KIND),
        holds_from=holds_from,
        recorded_at=at,
    )
    _note("propose_correction", made, by=by, at=at)
    return made


@transaction.atomic
def decide_correction(
    *, correction_id: int, verdict: Verdict, comment: str, by: User, at: datetime, on_behalf_of: User | None = None
) -> Proposal:
    """A second person's yes or no; the last yes needed applies it in the same transaction.

    Raises NotAllowed, approvals' DecisionRefused, and CorrectionRefused when the value has changed since.
    """
    made = Correction.objects.select_related("proposal").get(pk=correction_id)
    decided = decide(
        proposal_id=made.proposal_id,
        version=made.proposal.version,
        verdict=verdict,
        comment=comment,
        by=by,
        at=at,
        on_behalf_of=on_behalf_of,
    )
    if decided.state == Proposal.APPROVED:
        _apply(made, by=by, at=at)
    return decided


def _apply(made: Correction, *, by: User, at: datetime) -> None:
    person = Person.objects.select_for_update(of=("self",)).get(pk=made.person_id)
    known = told(made)
    if known.new is None or value_of(person, made.field) != known.old:
        raise CorrectionRefused("changed_since")
    if made.field in SEALED:
        setattr(person, f"{made.field}_sealed", seal(known.new, kind=made.field))
    elif made.field == "birth_date":
        person.birth_date = date.fromisoformat(known.new)
    else:
        setattr(person, made.field, known.new)
    if made.field == "name":
        person.name_key = names.key(known.new)
    if made.field == "nik":
        _require_free(person, known.new)
        person.nik_confirmed = False  # what was confirmed was the other number
    person.save()
    made.applied_at = at
    made.save(update_fields=["applied_at"])
    _note("correct_person", made, by=by, at=at)


def _require_free(person: Person, number: str) -> None:
    others = Person.objects.filter(government=person.government_id, nik_sealed__in=sealed_forms(number, kind="nik"))
    if others.exclude(pk=person.pk).exists():
        raise CorrectionRefused("nik_taken")


def _note(deed: str, made: Correction, *, by: User, at: datetime) -> None:
    """The audit says which field, and by a keyed fingerprint that it was this value; never the value."""
    fingerprint = hashlib.sha256(bytes(made.new_sealed or b"")).hexdigest()
    detail = {"correction": made.pk, "field": made.field, "fingerprint": fingerprint}
    record(deed, subject=f"person:{made.person_id}", by=by, at=at, detail=detail)
