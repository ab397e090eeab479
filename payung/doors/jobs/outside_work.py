"""The jobs of outside lists: take one in, match it again, propose what follows for the dead."""

from datetime import date

from django.utils import timezone

from payung.doors.jobs.list_pages import lacking, other_page
from payung.doors.jobs.models import Job
from payung.doors.jobs.notices import tell_of
from payung.doors.jobs.outcomes import Outcome, WorkRefused
from payung.doors.jobs.words import refusal
from payung.office.access.roles import NotAllowed
from payung.office.claims.listed import propose_deaths
from payung.office.enrolment.receiving import Progress
from payung.office.outside.actions import match_again, propose_ends, take_in
from payung.office.outside.content import NoOutsideList
from payung.office.outside.models import OutsideList
from payung.rules.roster.unreadable import UnreadableWorkbook


def take_in_outside(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Read an outside list and match its rows."""
    try:
        taken = take_in(
            government=job.government,
            content=content,
            name=job.file_name,
            told_on=date.fromisoformat(job.arguments["told_on"]),
            by=job.asked_by,
            at=timezone.now(),
            progress=progress,
        )
    except UnreadableWorkbook as problem:
        raise WorkRefused(problem.message_in(job.asked_by.language)) from problem
    except NotAllowed as refused:
        raise WorkRefused(refusal("outside_whole", job.asked_by.language)) from refused
    except NoOutsideList as unknown:
        raise WorkRefused(_what_instead(unknown, job.asked_by.language)) from unknown
    return Outcome({"outside_id": taken.outside_list.pk, "known": taken.known})


def _what_instead(unknown: NoOutsideList, language: str) -> str:
    if unknown.missing:
        return lacking(unknown.looks_like, unknown.missing, language)
    return other_page(unknown.looks_like, language) if unknown.looks_like else refusal("outside_unknown", language)


def match_outside(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Match the rows of a list anew."""
    found = _list(job)
    match_again(outside_list=found, by=job.asked_by, at=timezone.now())
    return Outcome({"outside_id": found.pk})


def propose_outside(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Plans that end the dead, for a second person."""
    found, at = _list(job), timezone.now()
    for plan in propose_ends(outside_list=found, by=job.asked_by, at=at):
        if plan.made_at == at:
            tell_of(plan.proposal, by=job.asked_by, at=at)
    return Outcome({"outside_id": found.pk})


def propose_claims(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Cases for the dead who are members, for an officer to take up."""
    found, at = _list(job), timezone.now()
    told = propose_deaths(outside_list=found, on=timezone.localdate(at), by=job.asked_by, at=at)
    return Outcome({"outside_id": found.pk, "proposed": told.proposed, "known": told.known})


def _list(job: Job) -> OutsideList:
    return OutsideList.objects.get(pk=job.arguments["outside_id"], government=job.government)


OUTSIDE_KINDS = {
    "take_in_outside": take_in_outside,
    "match_outside": match_outside,
    "propose_outside": propose_outside,
    "propose_outside_claims": propose_claims,
}
