"""The job of a bank statement: take it in."""

from django.utils import timezone

from payung.doors.jobs.models import Job
from payung.doors.jobs.outcomes import Outcome, WorkRefused
from payung.office.billing.statements import take_in
from payung.office.enrolment.receiving import Progress
from payung.rules.roster.unreadable import UnreadableWorkbook
from payung.rules.statements.unreadable import UnreadableStatement


def take_in_statement(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Take in a bank statement; the result says how many payments it showed and how many settled their bill."""
    try:
        taken = take_in(
            government=job.government,
            content=content,
            name=job.file_name,
            pays=job.arguments["pays"],
            by=job.asked_by,
            at=timezone.now(),
        )
    except (UnreadableStatement, UnreadableWorkbook) as problem:
        raise WorkRefused(problem.message_in(job.asked_by.language)) from problem
    return Outcome(
        {
            "lines": sum(one.lines for one in taken),
            "known": sum(one.known for one in taken),
            "payments": sum(one.payments for one in taken),
            "settled": sum(one.settled for one in taken),
            "unproved": not all(one.statement.proved for one in taken),
        }
    )
