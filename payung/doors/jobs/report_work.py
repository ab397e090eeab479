"""The jobs of reports: count months anew."""

from urllib.parse import urlencode

from django.utils import timezone

from payung.doors.jobs.models import Job
from payung.doors.jobs.outcomes import Outcome, WorkRefused
from payung.office.enrolment.receiving import Progress
from payung.office.places.queries import area_of
from payung.office.reports.counting import count_month
from payung.office.reports.verifying import verify
from payung.rules.law.figures import LawError
from payung.rules.months import Month


def count_months(job: Job, content: bytes, progress: Progress) -> Outcome:
    """The five numbers of a month, or of the months of a year."""
    first, last = Month.parse(job.arguments["first"]), Month.parse(job.arguments["last"])
    wanted = list(first.until(last))
    for done, month in enumerate(wanted):
        progress("count", done, len(wanted))
        try:
            count_month(government=job.government, month=month, by=job.asked_by, at=timezone.now())
        except LawError as unanswered:
            raise WorkRefused(str(unanswered)) from unanswered
    progress("count", len(wanted), len(wanted))
    asked = {"bulan": str(first)} if first == last else {"tahun": str(first.year)}
    return Outcome({"months": len(wanted), "asked": urlencode(asked)})


def verify_chains(job: Job, content: bytes, progress: Progress) -> Outcome:
    """The chains of the audit and of the ledger, walked from the first link to the last."""
    area = area_of(job.asked_by, government_id=job.government_id)
    return Outcome({"holds": verify(area=area, by=job.asked_by, at=timezone.now())})


REPORT_KINDS = {"count_months": count_months, "verify_chains": verify_chains}
