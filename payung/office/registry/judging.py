"""What a person says of a question: this person, somebody new, two people after all, or not to be told yet."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.places.queries import Area
from payung.office.registry.models import Judgement, Pair, Person
from payung.office.registry.queries import visible
from payung.office.registry.questions import asked_rows, asked_twins

SOUND = ("clean", "repaired")


class JudgementRefused(Exception):
    """This cannot be said; `reason` is `outside_area` (a candidate is seen by the whole government alone),
    `not_a_candidate`, or `not_sound` (a row whose NIK cannot be read is mended before it is somebody new).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Said:
    """The answer, and of whom for `same`."""

    answer: str
    person_id: int | None = None


@transaction.atomic
def judge_row(*, row_id: int, said: Said, area: Area, by: User, at: datetime) -> Judgement:
    """Say whose the row of a list is. The next plan of the list, and the next list, go by it.

    Raises Pair.DoesNotExist when the area shows no question on that row, NotAllowed, and JudgementRefused.
    """
    require(by, Deed.RECEIVE_LIST)
    pairs = list(asked_rows(area).filter(row_id=row_id).select_related("row"))
    if not pairs:
        raise Pair.DoesNotExist
    candidates = {pair.person_id for pair in pairs}
    shown = set(visible(area).filter(pk__in=candidates).values_list("pk", flat=True))
    if said.answer != Judgement.LATER and shown != candidates:
        raise JudgementRefused("outside_area")
    if said.answer == Judgement.SAME and said.person_id not in candidates:
        raise JudgementRefused("not_a_candidate")
    row = pairs[0].row
    assert row is not None
    if said.answer == Judgement.DIFFERENT and row.verdict not in SOUND:
        raise JudgementRefused("not_sound")
    Judgement.objects.filter(row=row, replaced_at__isnull=True).update(replaced_at=at)
    made = Judgement.objects.create(
        government=area.government,
        opd_id=pairs[0].opd_id,
        row=row,
        person_id=said.person_id if said.answer == Judgement.SAME else None,
        answer=said.answer,
        recorded_by=by,
        recorded_at=at,
    )
    detail = {"answer": said.answer, "person": made.person_id, "model": pairs[0].model_version}
    record("judge_row", subject=f"row:{row_id}", by=by, at=at, detail=detail)
    return made


@transaction.atomic
def judge_twins(*, other: Person, person: Person, answer: str, area: Area, by: User, at: datetime) -> Judgement:
    """Say of two persons of the registry that they are two, or that it cannot be told yet; one is a merge.

    Raises Pair.DoesNotExist when the area shows no such question, and NotAllowed.
    """
    require(by, Deed.RECEIVE_LIST)
    if not asked_twins(area).filter(other=other, person=person).exists():
        raise Pair.DoesNotExist
    Judgement.objects.filter(other=other, person=person, replaced_at__isnull=True).update(replaced_at=at)
    made = Judgement.objects.create(
        government=area.government, other=other, person=person, answer=answer, recorded_by=by, recorded_at=at
    )
    for key in (other.pk, person.pk):
        record("judge_twins", subject=f"person:{key}", by=by, at=at, detail={"answer": answer})
    return made
