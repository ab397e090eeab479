"""Work that a door above knows how to do: it hands its way of doing it down here as it opens."""

from collections.abc import Callable

from payung.doors.jobs.models import Job
from payung.doors.jobs.outcomes import Outcome
from payung.office.enrolment.receiving import Progress

MAKERS: dict[str, Callable[[Job, Progress], Outcome]] = {}
"""Kind of job -> who does it."""
PAGE_FILE = "page_file"


def handed(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Done by whoever was handed this kind."""
    return MAKERS[job.kind](job, progress)


HANDED_KINDS = {PAGE_FILE: handed}
