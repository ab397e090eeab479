"""The worker's own rounds: what has run out goes, and officers hear of requests whose time is running out."""

from datetime import datetime

from payung.doors.jobs.models import Job
from payung.doors.jobs.notices import tell_of_request
from payung.office import bulk
from payung.office.access.actions import record
from payung.office.places.models import Government
from payung.office.places.scope import coming_from, whole_government
from payung.office.privacy.expiry import due_soon, expire_files
from payung.office.privacy.retention import job_output_lasts

_EXPIRE_OUTPUTS = """
    UPDATE jobs_job SET sealed_output = NULL, result = (result - 'output_name') || '{"expired": true}'
    WHERE government_id = %(government)s AND sealed_output IS NOT NULL AND state = %(done)s AND finished_at < %(before)s
"""


def expire(*, at: datetime) -> dict[int, tuple[int, int]]:
    """Outputs of finished jobs and kept files whose time has run out, government by government; how many of each."""
    found: dict[int, tuple[int, int]] = {}
    for government in Government.objects.order_by("pk"):
        with coming_from("payung worker"), whole_government(government):
            outputs = bulk.execute(
                _EXPIRE_OUTPUTS,
                {"government": government.pk, "done": Job.DONE, "before": at - job_output_lasts()},
            )
            if outputs:
                subject = f"government:{government.pk}"
                record("expire_outputs", subject=subject, by=None, at=at, detail={"outputs": outputs})
            found[government.pk] = outputs, expire_files(government=government, at=at)
    return found


def warn(*, at: datetime) -> int:
    """Ask for a notice to the handler of each request that has a day or less left; returns how many."""
    told = 0
    for government in Government.objects.order_by("pk"):
        with coming_from("payung worker"), whole_government(government):
            for request in due_soon(government=government, at=at):
                tell_of_request(request, running_out=True)
                told += 1
    return told
