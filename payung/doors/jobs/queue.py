"""Ask for work, look how far it is. The job row and the queue entry are one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from payung.doors.jobs.models import Job
from payung.office.access.marks import seal_content, unseal_content
from payung.office.access.models import User
from payung.office.places.models import Government
from payung.rules.identity.hiding import hide_marks

QUEUE = "payung"


@dataclass(frozen=True)
class Look:
    """How far a job is. `rate` is rows a second and `seconds_left` a guess from it; None when unknown."""

    id: str
    kind: str
    state: str
    step: str
    done: int
    whole: int
    rate: float | None
    seconds_left: int | None
    result: dict[str, Any]
    message: str
    file_name: str
    has_output: bool

    @property
    def finished(self) -> bool:
        return self.state in (Job.DONE, Job.FAILED)


@transaction.atomic
def ask(
    kind: str,
    *,
    government: Government,
    by: User,
    at: datetime,
    arguments: dict[str, Any],
    content: bytes | None = None,
    file_name: str = "",
) -> Job:
    """Queue one piece of work of a kind that `work.KINDS` knows."""
    job = Job.objects.create(
        government=government,
        kind=kind,
        asked_by=by,
        asked_at=at,
        arguments=arguments,
        sealed_input=seal_content(content) if content is not None else None,
        file_name=hide_marks(file_name),
    )
    defer("run_job", job_id=str(job.pk), user_id=by.pk, government_id=government.pk)
    return job


def defer(task: str, **arguments: Any) -> None:
    """Have the worker run a task of `tasks`, by its name: who asks need not know what the task knows."""
    app.configure_task(task, queue=QUEUE).defer(**arguments)


def look(job_id: str, *, government: Government) -> Look:
    """How far the job is. Raises Job.DoesNotExist for another government's."""
    job = Job.objects.defer("sealed_input", "sealed_output").get(pk=job_id, government=government)
    rate, left = None, None
    if job.started_at and job.done and job.state == Job.RUNNING:
        elapsed = (timezone.now() - job.started_at).total_seconds()
        rate = job.done / elapsed if elapsed > 0 else None
        left = round((job.whole - job.done) / rate) if rate and job.whole else None
    return Look(
        id=str(job.pk),
        kind=job.kind,
        state=job.state,
        step=job.step,
        done=job.done,
        whole=job.whole,
        rate=rate,
        seconds_left=left,
        result=job.result,
        message=job.message,
        file_name=job.file_name,
        has_output=bool(job.result.get("output_name")),
    )


def output(job_id: str, *, government: Government) -> tuple[str, bytes]:
    """Name and bytes of the file that a finished job made. Raises Job.DoesNotExist when there is none."""
    job = Job.objects.get(pk=job_id, government=government, state=Job.DONE, sealed_output__isnull=False)
    assert job.sealed_output is not None
    return str(job.result["output_name"]), unseal_content(job.sealed_output)
