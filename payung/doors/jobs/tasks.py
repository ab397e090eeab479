"""The tasks of the queue; the first of them: run a job, note how it goes, never leave it hanging."""

import logging

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from payung.doors.jobs.models import Job
from payung.doors.jobs.notices import send, send_of_request
from payung.doors.jobs.queue import QUEUE
from payung.doors.jobs.words import refusal
from payung.office.access.marks import seal_content, unseal_content
from payung.office.access.models import User
from payung.office.places.scope import seen_by, seen_in
from payung.rules.identity.hiding import hide_marks

logger = logging.getLogger(__name__)


@app.task(queue=QUEUE, name="run_job")
def run_job(job_id: str, user_id: int, government_id: int | None = None) -> None:
    """Do the work of a job in the area of the user who asked. A refusal is its message.

    An unexpected fault is logged without personal data, and nothing of the work stays.
    """
    # The work's own tools (columns, papers) are heavy: web processes only queue jobs and never load them.
    from payung.doors.jobs.outcomes import WorkRefused
    from payung.doors.jobs.work import KINDS

    user = User.objects.get(pk=user_id)
    with seen_by(user, government_id=government_id) as area:
        job = Job.objects.get(pk=job_id)
        if job.state in (Job.DONE, Job.FAILED):
            return
        job.state, job.started_at = Job.RUNNING, timezone.now()
        job.save(update_fields=["state", "started_at"])

    def progress(step: str, done: int, whole: int) -> None:
        # Outside the work's transaction, or nobody would see it before the end.
        with seen_in(area, user=user, using="progress"):
            Job.objects.using("progress").filter(pk=job_id).update(step=step, done=done, whole=whole)

    content = unseal_content(job.sealed_input) if job.sealed_input is not None else b""
    try:
        with seen_by(user, government_id=job.government_id):
            outcome = KINDS[job.kind](job, content, progress)
    except WorkRefused as refused:
        _finish(job, Job.FAILED, user, message=str(refused))
        return
    except Exception as fault:  # noqa: BLE001  # the queue's edge: a job must end in words, and the worker lives on
        logger.error("job %s (%s) failed: %s", job_id, job.kind, type(fault).__name__)
        _finish(
            job,
            Job.FAILED,
            user,
            message=refusal("broken", user.language),
        )
        return
    if outcome.output is not None:
        job.sealed_output = seal_content(outcome.output)
        outcome.result["output_name"] = outcome.output_name
    job.result = outcome.result
    _finish(job, Job.DONE, user)


def _finish(job: Job, state: str, user: User, *, message: str = "") -> None:
    job.state, job.message, job.finished_at, job.sealed_input = state, hide_marks(message), timezone.now(), None
    with seen_by(user, government_id=job.government_id):
        job.save(update_fields=["state", "message", "finished_at", "sealed_input", "sealed_output", "result"])


@app.task(queue=QUEUE, name="send_notice", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def send_notice(proposal_id: int, version: int, state: str, user_id: int, government_id: int) -> None:
    """One notice by e-mail to one user (see `notices`); tried again when the mail server does not take it."""
    send(proposal_id=proposal_id, version=version, state=state, user_id=user_id, government_id=government_id)


@app.task(queue=QUEUE, name="send_request_notice", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def send_request_notice(request_id: int, running_out: bool, user_id: int, government_id: int) -> None:
    """One notice by e-mail to the officer who must answer a person's request."""
    send_of_request(request_id=request_id, running_out=running_out, user_id=user_id, government_id=government_id)


@app.periodic(cron="15 2 * * *")
@app.task(queue=QUEUE, name="expire")
def expire_daily(timestamp: int) -> None:
    """Every night: outputs of jobs and kept files whose time has run out."""
    from payung.doors.jobs.expiry import expire

    expire(at=timezone.now())


@app.periodic(cron="5 * * * *")
@app.task(queue=QUEUE, name="warn")
def warn_hourly(timestamp: int) -> None:
    """Every hour: requests whose time is running out."""
    from payung.doors.jobs.expiry import warn

    warn(at=timezone.now())


@app.periodic(cron="30 1 * * *")
@app.task(queue=QUEUE, name="fix_deductions")
def fix_deductions_daily(timestamp: int) -> None:
    """Every night: the month's deduction lists of circulars whose day has come."""
    from payung.doors.jobs.deductions import fix_deductions

    fix_deductions(at=timezone.now())


def requeue_abandoned() -> int:
    """Give jobs back to the queue whose worker was killed; every job can be run again. Returns how many."""
    abandoned = [job.id for job in app.job_manager.list_jobs(status="doing") if job.id is not None]
    for job_id in abandoned:
        app.job_manager.retry_job_by_id(job_id=job_id, retry_at=timezone.now())
    return len(abandoned)
