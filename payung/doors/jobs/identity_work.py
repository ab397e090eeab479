"""The jobs of identity: whom rows of a plan may be, and who stands in the registry twice."""

from django.utils import timezone

from payung.doors.jobs.models import Job
from payung.doors.jobs.outcomes import Outcome
from payung.office.enrolment import identities
from payung.office.enrolment.models import Plan
from payung.office.enrolment.receiving import Progress


def seek_for_plan(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Whom the rows of a plan may be that wait because of who they are."""
    plan = Plan.objects.select_related("government", "roster_list").get(
        pk=job.arguments["plan_id"], government=job.government
    )
    sought = identities.seek_for_plan(plan=plan, by=job.asked_by, at=timezone.now(), progress=progress)
    return Outcome({"questions": sought.pairs})


def seek_twins(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Who stands in the registry twice."""
    sought = identities.seek_twins(government=job.government, by=job.asked_by, at=timezone.now(), progress=progress)
    return Outcome({"questions": sought.pairs})


IDENTITY_KINDS = {"seek_for_plan": seek_for_plan, "seek_twins": seek_twins}
