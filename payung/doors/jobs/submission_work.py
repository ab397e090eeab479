"""The jobs of submissions: make a month final, write its files, take in what came back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import polars as pl
from django.utils import timezone

from payung.doors.calendar import public_holidays
from payung.doors.jobs.models import Job
from payung.doors.jobs.outcomes import Outcome, WorkRefused
from payung.doors.jobs.submission_words import refusal_of
from payung.doors.papers.official_files import OfficialFile, official_zip
from payung.office import bulk
from payung.office.access.purposes import Purpose, record_look
from payung.office.enrolment.receiving import Progress
from payung.office.places.models import PaymentUnit
from payung.office.places.scope import whole_government
from payung.office.submissions import content as contents
from payung.office.submissions import frames
from payung.office.submissions.actions import SubmissionRefused, finalise, require_unit, state_of
from payung.office.submissions.models import KINDS, Submission
from payung.office.submissions.particulars import complete_people
from payung.office.submissions.replies import receive_reply
from payung.office.submissions.reply_file import NoSuchColumns
from payung.office.submissions.settings import TEMPLATES, settings_of
from payung.rules.law.figures import LawError
from payung.rules.months import Month
from payung.rules.roster.unreadable import UnreadableWorkbook

PARTICULARS = "particulars"
"""What a file that is taken in holds, when it is no reply."""


@contextmanager
def _refusing(job: Job) -> Iterator[None]:
    """Refusals of the office become words in the language of whoever asked."""
    try:
        yield
    except SubmissionRefused as refused:
        raise WorkRefused(refusal_of(refused, job.asked_by.language)) from refused
    except NoSuchColumns as lacking:
        english = job.asked_by.language == "en"
        text = "This file has no column {}." if english else "Kolom {} tidak ditemukan di berkas ini."
        raise WorkRefused(text.format(lacking.missing)) from lacking
    except UnreadableWorkbook as problem:
        raise WorkRefused(problem.message_in(job.asked_by.language)) from problem
    except LawError as unanswered:
        raise WorkRefused(str(unanswered)) from unanswered


def finalise_submission(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Fix who stands in which file."""
    with _refusing(job):
        made = finalise(
            submission_id=job.arguments["submission_id"],
            leave_incomplete=bool(job.arguments.get("leave_incomplete")),
            by=job.asked_by,
            at=timezone.now(),
        )
    return Outcome({"unit_id": made.unit_id, "month": str(Month.of(made.month))})


def submission_files(job: Job, content: bytes, progress: Progress) -> Outcome:
    """The files of a final submission as one zip: a recorded look at everybody's marks."""
    submission = Submission.objects.select_related("unit", "government").get(
        pk=job.arguments["submission_id"], government=job.government
    )
    with _refusing(job):
        require_unit(submission.unit, job.asked_by)
        if state_of(submission) == "draft":
            raise SubmissionRefused("not_final")
    subject = f"submission:{submission.pk}"
    record_look(subject=subject, purpose=Purpose.BPJS, note="", by=job.asked_by, at=timezone.now())
    with whole_government(submission.government, by=job.asked_by):
        output = official_zip(_files(submission, progress), made_on=timezone.localdate())
    month = Month.of(submission.month)
    name = f"bpjs-{submission.unit.number}-{month}-v{submission.version}.zip"
    return Outcome({"unit_id": submission.unit_id, "month": str(month)}, output=output, output_name=name)


def _files(submission: Submission, progress: Progress) -> Iterator[OfficialFile]:
    items = bulk.read(
        "SELECT kind, file_number, membership_id, wage_rupiah, on_day FROM submissions_item WHERE submission_id = %s"
        " AND outcome <> 'withdrawn' ORDER BY kind, position",
        [submission.pk],
        schema={
            "kind": pl.String, "file_number": pl.Int64, "membership_id": pl.Int64, "wage_rupiah": pl.Int64,
            "on_day": pl.Date,
        },
    )  # fmt: skip
    settings, done = settings_of(submission.unit), 0
    templates = {kind: settings.get(name, "") for name, kind in TEMPLATES.items()}
    month = Month.of(submission.month)
    for kind in KINDS:
        for (number,), members in items.filter(pl.col("kind") == kind).group_by("file_number", maintain_order=True):
            told = contents.layout_of(kind)
            yield OfficialFile(
                kind=kind,
                number=int(str(number)),
                name=templates.get(kind) or f"{told.code}.xlsx",
                layout=told,
                cells=contents.cells(submission.unit, kind, members, month),
            )
            done += members.height
            progress("write", done, items.height)


def incomplete_people(job: Job, content: bytes, progress: Progress) -> Outcome:
    """A workbook of those whose data are missing, to be filled in and handed back: a recorded look."""
    unit, month = _unit(job), Month.parse(job.arguments["month"])
    with _refusing(job):
        require_unit(unit, job.asked_by)
    record_look(subject=f"unit:{unit.pk}", purpose=Purpose.CORRECT_DATA, note="", by=job.asked_by, at=timezone.now())
    with whole_government(unit.government, by=job.asked_by), _refusing(job):
        going = frames.outgoing([unit.pk], month).filter(
            pl.col("held").is_null() & pl.col("kind").is_in(["new", "continuing"])
        )
        written = contents.cells(unit, "new", going, month)
        lacking = written.filter(~contents.complete("new", written))
        file = OfficialFile("lengkapi", 1, f"lengkapi-{unit.number}.xlsx", contents.layout_of("new"), lacking)
        output = official_zip(iter([file]), made_on=timezone.localdate())
    result = {"unit_id": unit.pk, "month": str(month), "people": lacking.height}
    return Outcome(result, output=output, output_name=f"lengkapi-{unit.number}-{month}.zip")


def receive_from_bpjs(job: Job, content: bytes, progress: Progress) -> Outcome:
    """A file of BPJS, or one that completes people."""
    unit, at, kind = _unit(job), timezone.now(), job.arguments["reply_kind"]
    with _refusing(job):
        if kind == PARTICULARS:
            told = complete_people(unit=unit, content=content, name=job.file_name, by=job.asked_by, at=at)
            return Outcome({"unit_id": unit.pk, "people": told.people, "unknown": told.unknown, "unfit": told.unfit})
        told_on = date.fromisoformat(job.arguments["told_on"])
        got = receive_reply(
            unit=unit,
            kind=kind,
            told_on=told_on,
            content=content,
            name=job.file_name,
            holidays=public_holidays(told_on.year, told_on.year + 1),
            by=job.asked_by,
            at=at,
        )
    result = {"unit_id": unit.pk, "reply_id": got.reply_id, "rows": got.rows, "unmatched": got.unmatched}
    return Outcome({**result, "settled": got.settled, "numbers": got.numbers, "known": got.known})


def _unit(job: Job) -> PaymentUnit:
    return PaymentUnit.objects.select_related("government").get(pk=job.arguments["unit_id"], government=job.government)


SUBMISSION_KINDS = {
    "finalise_submission": finalise_submission,
    "submission_files": submission_files,
    "incomplete_people": incomplete_people,
    "receive_from_bpjs": receive_from_bpjs,
}
