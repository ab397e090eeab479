"""Verbs that begin and end a case: open, accept or drop a proposed one, claim one more benefit, close."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from payung.office.access.actions import record
from payung.office.access.marks import seal
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.claims.catalogue import kinds
from payung.office.claims.models import Benefit, Case, Move
from payung.office.claims.told import Told, as_text
from payung.office.places.models import Government
from payung.office.registry.aliases import survivor_of
from payung.office.registry.models import Person

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Of a reference: none that looks like another when read aloud or written by hand."""


class CaseRefused(Exception):
    """It cannot be done; `reason` is `known`, `not_yet`, `no_kind`, `not_for_event`, `not_proposed`, `claimed` or
    `unfinished`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Event:
    """What happened, as it was told. `at` where the hour is known."""

    kind: str
    on: date
    at: datetime | None = None
    place: str = ""


@transaction.atomic
def open_case(
    *, person: Person, event: Event, claimed: Sequence[str], told: Told, on: date, by: User, at: datetime
) -> Case:
    """A case of a person whom the user sees, with its first benefits. Raises NotAllowed and CaseRefused."""
    require(by, Deed.OPEN_CLAIM)
    if event.on > on:
        raise CaseRefused("not_yet")
    made = create_case(
        government=person.government, person_id=person.pk, event=event, source="office", state=Case.OPEN, told=told,
        by=by, at=at,
    )  # fmt: skip
    for kind in claimed:
        _claim(made, kind, on=on, by=by, at=at)
    record("open_case", subject=f"case:{made.pk}", by=by, at=at, detail={"event": event.kind, "kinds": list(claimed)})
    return made


def create_case(
    *,
    government: Government,
    person_id: int,
    event: Event,
    source: str,
    state: str,
    told: Told,
    by: User | None,
    at: datetime,
    file_id: int | None = None,
) -> Case:
    """One row; the event of a person is one case. Raises CaseRefused `known`."""
    try:
        with transaction.atomic():
            return Case.objects.create(
                government=government, person_id=survivor_of(person_id), reference=new_reference(), event=event.kind,
                event_on=event.on, event_at=event.at, place=event.place, source=source, state=state,
                told_sealed=seal(as_text(told), kind="claim"), file_id=file_id, recorded_by=by, recorded_at=at,
            )  # fmt: skip
    except IntegrityError as known:
        raise CaseRefused("known") from known


def new_reference() -> str:
    """ "K7TQ-M4XA": by what a family and an officer speak of a case; nothing can be guessed from it."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


@transaction.atomic
def accept_case(*, case_id: int, claimed: Sequence[str], on: date, by: User, at: datetime) -> Case:
    """An officer takes up a proposed case. Raises NotAllowed and CaseRefused."""
    found = _moved(case_id, Case.OPEN, by=by)
    for kind in claimed:
        _claim(found, kind, on=on, by=by, at=at)
    record("accept_case", subject=f"case:{case_id}", by=by, at=at, detail={"kinds": list(claimed)})
    return found


@transaction.atomic
def drop_case(*, case_id: int, reason: str, by: User, at: datetime) -> Case:
    """An officer says that a proposed case is none: another person, no event. Raises NotAllowed and CaseRefused."""
    found = _moved(case_id, Case.DROPPED, by=by)
    record("drop_case", subject=f"case:{case_id}", by=by, at=at, detail={"reason": reason})
    return found


def _moved(case_id: int, state: str, *, by: User) -> Case:
    require(by, Deed.OPEN_CLAIM)
    found = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    if found.state != Case.PROPOSED:
        raise CaseRefused("not_proposed")
    found.state = state
    found.save(update_fields=["state"])
    return found


@transaction.atomic
def claim_benefit(*, case_id: int, kind: str, on: date, by: User, at: datetime) -> Benefit:
    """One more benefit of an open case. Raises NotAllowed and CaseRefused."""
    require(by, Deed.OPEN_CLAIM)
    made = _claim(Case.objects.select_for_update(of=("self",)).get(pk=case_id), kind, on=on, by=by, at=at)
    record("claim_benefit", subject=f"case:{case_id}", by=by, at=at, detail={"kind": kind})
    return made


def _claim(case: Case, kind: str, *, on: date, by: User, at: datetime) -> Benefit:
    if case.state != Case.OPEN or kind not in kinds():
        raise CaseRefused("no_kind")
    if case.event not in kinds()[kind].events:
        raise CaseRefused("not_for_event")
    if Benefit.objects.filter(case=case, kind=kind).exists():
        raise CaseRefused("claimed")
    made = Benefit.objects.create(government_id=case.government_id, case=case, kind=kind, moved_on=on)
    Move.objects.create(
        government_id=case.government_id, benefit=made, state=made.state, on_day=on, recorded_by=by, recorded_at=at
    )
    return made


@transaction.atomic
def close_case(*, case_id: int, by: User, at: datetime) -> Case:
    """Everything is paid, or refused for good. Raises NotAllowed, and CaseRefused `unfinished`."""
    require(by, Deed.OPEN_CLAIM)
    found = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    waiting = Benefit.objects.filter(case=found).exclude(state__in=[Benefit.PAID, Benefit.REFUSED, Benefit.DENIED])
    if found.state != Case.OPEN or waiting.exists():
        raise CaseRefused("unfinished")
    found.state = Case.CLOSED
    found.save(update_fields=["state"])
    record("close_case", subject=f"case:{case_id}", by=by, at=at)
    return found
