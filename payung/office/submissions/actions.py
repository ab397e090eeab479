"""Verbs of the month: draft, make final, say that it was sent and answered, open it again."""

from datetime import date, datetime

import polars as pl
from django.db import transaction
from django.db.models import Q

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.places.models import Government, OpdUnit, PaymentUnit
from payung.office.places.queries import area_of
from payung.office.places.scope import whole_government
from payung.office.submissions import content, frames
from payung.office.submissions.models import (
    CONTINUING,
    CORRECTION,
    GROUP_LEAVER,
    KINDS,
    LEAVER,
    WAGE,
    Item,
    Submission,
    SubmissionStep,
)
from payung.office.submissions.settings import TEMPLATES, settings_of
from payung.rules.identity.hiding import hide_marks
from payung.rules.months import Month

MOST_ROWS = 10_000
"""How many rows one file holds; the rest goes into a second one."""
TAKEN_UNSAID = (CONTINUING, WAGE, LEAVER, GROUP_LEAVER, CORRECTION)
"""Kinds of which BPJS names only the rows that failed: the others were taken. Who is new waits for a number."""


class SubmissionRefused(Exception):
    """This cannot be done; `reason` is `unit_shared`, `not_draft`, `not_final`, `not_sent`, `superseded`, `nothing`,
    `code_missing`, `template_missing`, `incomplete`, `second_person`, `no_reason` or `still_draft`; `told` says which.
    """

    def __init__(self, reason: str, told: str = "") -> None:
        super().__init__(f"{reason} {told}".strip())
        self.reason, self.told = reason, told


def require_unit(unit: PaymentUnit, by: User) -> None:
    """The user sees every OPD of the unit: its files name all of their people. Raises NotAllowed, SubmissionRefused."""
    require(by, Deed.SUBMIT)
    area = area_of(by)
    opds = OpdUnit.objects.filter(unit=unit).values_list("opd_id", flat=True)
    if area.government.pk != unit.government_id or not all(area.allows(opd_id) for opd_id in opds):
        raise SubmissionRefused("unit_shared")


@transaction.atomic
def draft(*, unit: PaymentUnit, month: Month, by: User, at: datetime) -> Submission:
    """The newest submission of that unit and month, begun when there is none."""
    require_unit(unit, by)
    Government.objects.select_for_update(no_key=True).get(pk=unit.government_id)
    found = newest(unit, month)
    if found is not None:
        return found
    made = Submission.objects.create(
        government_id=unit.government_id, unit=unit, month=month.first_day, version=1, made_by=by, made_at=at
    )
    record("draft_submission", subject=f"submission:{made.pk}", by=by, at=at, detail={"month": str(month)})
    return made


def newest(unit: PaymentUnit, month: Month) -> Submission | None:
    """The version that counts."""
    return Submission.objects.filter(unit=unit, month=month.first_day).order_by("-version").first()


def state_of(submission: Submission) -> str:
    """draft, final, sent or answered."""
    states = set(SubmissionStep.objects.filter(submission=submission).values_list("state", flat=True))
    order = (SubmissionStep.ANSWERED, SubmissionStep.SENT, SubmissionStep.FINAL)
    return next((state for state in order if state in states), "draft")


def finalise(*, submission_id: int, leave_incomplete: bool, by: User, at: datetime) -> Submission:
    """Fix who stands in which file. With `leave_incomplete` those whose data are missing wait for a later month.

    Raises SubmissionRefused: a needed code or template is empty, somebody is incomplete, nobody goes, it is no draft,
    or the unit asks for a second person and it is the one who drafted.
    """
    submission = Submission.objects.select_related("unit", "government").get(pk=submission_id)
    require_unit(submission.unit, by)
    with whole_government(submission.government, by=by):
        _lock(submission)
        if state_of(submission) != "draft":
            raise SubmissionRefused("not_draft")
        settings = settings_of(submission.unit)
        if settings.get("second_person") and submission.made_by_id == by.pk:
            raise SubmissionRefused("second_person")
        month = Month.of(submission.month)
        going = frames.outgoing([submission.unit_id], month).filter(pl.col("held").is_null())
        if going.is_empty():
            raise SubmissionRefused("nothing")
        _store(submission, _complete(submission.unit, going, month, leave_incomplete=leave_incomplete))
        _step(submission, SubmissionStep.FINAL, on=at.date(), by=by, at=at)
    return submission


def _complete(unit: PaymentUnit, going: pl.DataFrame, month: Month, *, leave_incomplete: bool) -> pl.DataFrame:
    """Those who go with everything that their file needs."""
    settings, parts = settings_of(unit), []
    templates = {kind: name for name, kind in TEMPLATES.items()}
    for kind in KINDS:
        members = going.filter(pl.col("kind") == kind)
        if members.is_empty():
            continue
        written = content.cells(unit, kind, members, month, in_clear=False)
        lacking = content.missing(kind, written)
        for one in lacking:
            if one.supplier == "unit":
                raise SubmissionRefused("code_missing", one.heading)
        if kind in templates and not settings.get(templates[kind]):
            raise SubmissionRefused("template_missing", content.layout_of(kind).name)
        if lacking and not leave_incomplete:
            raise SubmissionRefused("incomplete", ", ".join(one.heading for one in lacking))
        parts.append(members.filter(content.complete(kind, written)))
    whole = pl.concat(parts)
    if whole.is_empty():
        raise SubmissionRefused("nothing")
    return whole


def _store(submission: Submission, going: pl.DataFrame) -> None:
    """Items in files of at most MOST_ROWS."""
    placed = going.with_columns(pl.int_range(pl.len()).over("kind").alias("place"))
    bulk.write(
        placed.select(
            pl.lit(submission.government_id).alias("government_id"),
            pl.lit(submission.pk).alias("submission_id"),
            pl.lit(submission.unit_id).alias("unit_id"),
            "membership_id",
            "opd_id",
            "kind",
            (pl.col("place") // MOST_ROWS + 1).alias("file_number"),
            (pl.col("place") + 1).alias("position"),
            "wage_rupiah",
            "on_day",
        ),
        "submissions_item",
    )
    bulk.refresh_statistics(placed.height, "submissions_item")


@transaction.atomic
def mark_sent(*, submission_id: int, period: Month, on: date, by: User, at: datetime) -> None:
    """Somebody uploaded the files, for that period of SIPP. Raises SubmissionRefused."""
    submission = _own(submission_id, by)
    if state_of(submission) != "final":
        raise SubmissionRefused("not_final")
    _step(submission, SubmissionStep.SENT, on=on, by=by, at=at, period=period)


@transaction.atomic
def mark_answered(*, submission_id: int, on: date, by: User, at: datetime) -> int:
    """BPJS named whom it did not take; everybody else who needs no number was taken. Returns how many.

    Read the rows that failed first. Who is new stays open until a number comes. Raises SubmissionRefused.
    """
    submission = _own(submission_id, by)
    if state_of(submission) != "sent":
        raise SubmissionRefused("not_sent")
    open_items = Item.objects.filter(submission=submission, outcome=Item.OPEN, kind__in=TAKEN_UNSAID)
    taken = open_items.update(outcome=Item.TAKEN, settled_at=at)
    _step(submission, SubmissionStep.ANSWERED, on=on, by=by, at=at)
    return taken


@transaction.atomic
def note_sipp(*, submission_id: int, state: str, on: date, by: User, at: datetime) -> None:
    """What SIPP itself shows: draft, finalised, posted. Saying it again changes nothing. Raises SubmissionRefused."""
    assert state in SubmissionStep.SIPP_STATES, state
    submission = _own(submission_id, by)
    if not SubmissionStep.objects.filter(submission=submission, state=state).exists():
        _step(submission, state, on=on, by=by, at=at)


@transaction.atomic
def reopen(*, submission_id: int, reason: str, by: User, at: datetime) -> Submission:
    """A new version, as draft: whoever BPJS has not answered for goes again. Raises SubmissionRefused."""
    submission = _own(submission_id, by)
    if state_of(submission) == "draft":
        raise SubmissionRefused("still_draft")
    told = hide_marks(" ".join(reason.split()))[:200]
    if not told:
        raise SubmissionRefused("no_reason")
    Item.objects.filter(submission=submission, outcome=Item.OPEN).update(outcome=Item.WITHDRAWN, settled_at=at)
    made = Submission.objects.create(
        government_id=submission.government_id, unit=submission.unit, month=submission.month,
        version=submission.version + 1, reopened_because=told, made_by=by, made_at=at,
    )  # fmt: skip
    record("reopen_submission", subject=f"submission:{made.pk}", by=by, at=at, detail={"reason": told})
    return made


def _own(submission_id: int, by: User) -> Submission:
    """The submission, alone with its government, when it is the version that counts."""
    submission = Submission.objects.select_related("unit").get(pk=submission_id)
    require_unit(submission.unit, by)
    _lock(submission)
    return submission


def _lock(submission: Submission) -> None:
    Government.objects.select_for_update(no_key=True).get(pk=submission.government_id)
    later = Q(unit_id=submission.unit_id, month=submission.month, version__gt=submission.version)
    if Submission.objects.filter(later).exists():
        raise SubmissionRefused("superseded")


def _step(submission: Submission, state: str, *, on: date, by: User, at: datetime, period: Month | None = None) -> None:
    SubmissionStep.objects.create(
        government_id=submission.government_id, submission=submission, state=state, happened_on=on,
        period=period.first_day if period else None, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    detail = {"state": state, "period": str(period) if period else ""}
    record("submission_step", subject=f"submission:{submission.pk}", by=by, at=at, detail=detail)
