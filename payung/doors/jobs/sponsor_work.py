"""The job of sponsorship: a list of civil servants is taken in."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from payung.doors.jobs.models import Job
from payung.doors.jobs.outcomes import Outcome, WorkRefused
from payung.doors.jobs.words import refusal
from payung.office.enrolment.receiving import Progress
from payung.office.places.models import Opd
from payung.office.sponsorship.sheets import NoSuchColumns
from payung.office.sponsorship.sponsors import take_in
from payung.rules.roster.unreadable import UnreadableWorkbook

MOST_REFUSED = 500
"""Rows that are named one by one; whoever has more reads the file again."""


def take_in_sponsors(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Civil servants as they serve from a day on."""
    told = job.arguments
    opd = Opd.objects.get(pk=told["opd_id"], government=job.government) if told["opd_id"] else None
    try:
        taken = take_in(
            government=job.government, content=content, name=job.file_name, on=date.fromisoformat(told["told_on"]),
            opd=opd, by=job.asked_by, at=timezone.now(),
        )  # fmt: skip
    except UnreadableWorkbook as problem:
        raise WorkRefused(problem.message_in(job.asked_by.language)) from problem
    except NoSuchColumns as missing:
        raise WorkRefused(refusal("no_servant_columns", job.asked_by.language, columns=str(missing))) from missing
    return Outcome(
        {
            "added": taken.added, "moved": taken.moved, "ended": taken.ended, "known": taken.known,
            "refused": len(taken.refused),
            "refused_rows": [list(row) for row in taken.refused[:MOST_REFUSED]],
        }
    )  # fmt: skip


SPONSOR_KINDS: dict[str, Callable[[Job, bytes, Progress], Outcome]] = {"take_in_sponsors": take_in_sponsors}
