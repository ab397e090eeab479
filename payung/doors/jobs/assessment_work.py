"""The jobs of the assessment: a personnel master read and compared, or compared again with another month."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from payung.doors.jobs.list_pages import other_page
from payung.doors.jobs.models import Job
from payung.doors.jobs.outcomes import Outcome, WorkRefused
from payung.doors.jobs.words import refusal
from payung.office.enrolment.belonging import BelongsElsewhere
from payung.office.enrolment.receiving import Progress
from payung.office.places.models import Opd
from payung.office.reports.comparing import compare
from payung.office.reports.masters import Heading, NobodyInMaster, take_in
from payung.office.reports.models import Comparison, Master
from payung.rules.law.figures import LawError
from payung.rules.months import Month
from payung.rules.roster.unreadable import UnreadableWorkbook


def take_in_master(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Take in a personnel master, then compare it with the members of its month."""
    told = job.arguments
    opd = Opd.objects.get(pk=told["opd_id"], government=job.government)
    heading = Heading(opd, told["source"], date.fromisoformat(told["told_on"]))
    try:
        taken = take_in(
            content=content, name=job.file_name, heading=heading, by=job.asked_by, at=timezone.now(), progress=progress
        )
    except UnreadableWorkbook as problem:
        raise WorkRefused(problem.message_in(job.asked_by.language)) from problem
    except BelongsElsewhere as belongs:
        raise WorkRefused(other_page(belongs.layout, job.asked_by.language)) from belongs
    except NobodyInMaster as nobody:
        raise WorkRefused(refusal("nobody_in_master", job.asked_by.language)) from nobody
    return _compared(job, taken.master, progress)


def compare_master(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Compare a master that is known with the members of a month."""
    return _compared(job, Master.objects.get(pk=job.arguments["master_id"], government=job.government), progress)


def _compared(job: Job, master: Master, progress: Progress) -> Outcome:
    month = Month.parse(job.arguments["month"])
    try:
        made: Comparison = compare(master=master, month=month, by=job.asked_by, at=timezone.now(), progress=progress)
    except LawError as unanswered:
        raise WorkRefused(str(unanswered)) from unanswered
    return Outcome({"comparison_id": made.pk})


ASSESSMENT_KINDS: dict[str, Callable[[Job, bytes, Progress], Outcome]] = {
    "take_in_master": take_in_master,
    "compare_master": compare_master,
}
