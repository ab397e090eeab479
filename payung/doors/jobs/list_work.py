"""Jobs on lists: receive an upload or a correction of one, read one whose columns were named, check mended cells."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.text import slugify

from payung.doors.jobs.list_pages import other_page
from payung.doors.jobs.models import Job
from payung.doors.jobs.notices import tell_of
from payung.doors.jobs.outcomes import Outcome, WorkRefused
from payung.doors.jobs.words import refusal
from payung.doors.papers.monthly_workbook import monthly_workbook
from payung.doors.papers.wording import Wording
from payung.office.agreements.models import Agreement, BudgetLine
from payung.office.enrolment import monthly
from payung.office.enrolment.actions import plan
from payung.office.enrolment.belonging import BelongsElsewhere
from payung.office.enrolment.mending import MendRefused, recheck
from payung.office.enrolment.models import RosterList, WaitingUpload
from payung.office.enrolment.monthly import SheetRefused
from payung.office.enrolment.receiving import (
    Heading,
    IsMonthlyUpdate,
    LayoutWaits,
    ListReplaced,
    Progress,
    Received,
    heading_of,
    receive,
    receive_waiting,
)
from payung.office.places.models import Opd
from payung.rules.months import Month
from payung.rules.roster.unreadable import UnreadableWorkbook
from payung.rules.roster.workbook import Workbook


def receive_list(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Receive an uploaded list, or the correction of one (`corrects`), and plan what it implies. A monthly sheet that
    comes back is chosen from before it is planned.
    """
    heading = _heading(job)
    try:
        return _received(
            job,
            lambda: receive(
                content=content,
                name=job.file_name,
                heading=heading,
                by=job.asked_by,
                at=timezone.now(),
                progress=progress,
            ),
        )
    except IsMonthlyUpdate as update:
        return _took_back(job, content, update.workbook, heading)


def _took_back(job: Job, content: bytes, workbook: Workbook, heading: Heading) -> Outcome:
    try:
        received = monthly.take_back(
            workbook, content, name=job.file_name, heading=heading, by=job.asked_by, at=timezone.now()
        )
    except SheetRefused as refused:
        raise WorkRefused(refusal(f"sheet_{refused.reason}", job.asked_by.language, opd=refused.told)) from refused
    return Outcome({"list_id": received.roster_list.pk, "monthly": True, "known": received.known})


def monthly_sheet(job: Job, content: bytes, progress: Progress) -> Outcome:
    """The sheet on which an OPD tells the changes of a month: a line for each of its people."""
    told = job.arguments
    month, opd = Month.parse(told["month"]), Opd.objects.get(pk=told["opd_id"], government=job.government)
    try:
        sent = monthly.send(
            opd=opd,
            agreement=Agreement.objects.get(pk=told["agreement_id"], government=job.government),
            budget_line=BudgetLine.objects.get(pk=told["budget_line_id"], fund__government=job.government),
            month=month.first_day,
            by=job.asked_by,
            at=timezone.now(),
        )
    except SheetRefused as refused:
        raise WorkRefused(refusal(f"sheet_{refused.reason}", job.asked_by.language, opd=opd.name)) from refused
    said = Wording("id").long_month(month.first_day)
    title = f"Pembaruan bulanan {opd.name}, {said}"
    output = monthly_workbook(sent.expected, sent.units, title=title, made_on=timezone.localdate())
    name = f"pembaruan-{slugify(opd.short_name)}-{month}.xlsx"
    return Outcome({"people": sent.expected.height}, output=output, output_name=name)


def read_waiting(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Read a kept file whose columns a person has named, and plan what it implies."""
    waiting = WaitingUpload.objects.get(pk=job.arguments["upload_id"], government=job.government)
    return _received(
        job, lambda: receive_waiting(waiting=waiting, by=job.asked_by, at=timezone.now(), progress=progress)
    )


def recheck_list(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Read a list again with its mended cells, and plan what it implies now."""
    roster_list = RosterList.objects.get(pk=job.arguments["list_id"], agreement__government=job.government)
    try:
        made = recheck(roster_list=roster_list, by=job.asked_by, at=timezone.now(), progress=progress)
    except MendRefused as refused:
        raise WorkRefused(refusal(refused.reason, job.asked_by.language)) from refused
    return _planned(job, Received(made, known=False))


def _received(job: Job, work: Callable[[], Received]) -> Outcome:
    try:
        received = work()
    except UnreadableWorkbook as problem:
        raise WorkRefused(problem.message_in(job.asked_by.language)) from problem
    except BelongsElsewhere as belongs:
        raise WorkRefused(other_page(belongs.layout, job.asked_by.language)) from belongs
    except ListReplaced as replaced:
        raise WorkRefused(refusal("list_replaced", job.asked_by.language)) from replaced
    except LayoutWaits as waits:
        return Outcome({"upload_id": waits.waiting.pk})
    return _planned(job, received)


def _planned(job: Job, received: Received) -> Outcome:
    at = timezone.now()
    made = plan(roster_list=received.roster_list, by=job.asked_by, at=at)
    if made.made_at == at:
        tell_of(made.proposal, by=job.asked_by, at=at)
    result = {"list_id": received.roster_list.pk, "plan_id": made.pk, "known": received.known}
    return Outcome(result | ({"corrected": True} if received.roster_list.predecessor_id else {}))


def _heading(job: Job) -> Heading:
    told = job.arguments
    if "corrects" in told:
        return heading_of(RosterList.objects.get(pk=told["corrects"], agreement__government=job.government))
    return Heading(
        agreement=Agreement.objects.get(pk=told["agreement_id"], government=job.government),
        opd=Opd.objects.get(pk=told["opd_id"], government=job.government),
        budget_line=BudgetLine.objects.get(pk=told["budget_line_id"], fund__government=job.government),
        month=Month.parse(told["month"]).first_day,
        kind=told["kind"],
    )


LIST_KINDS = {
    "receive_list": receive_list,
    "read_waiting": read_waiting,
    "recheck_list": recheck_list,
    "monthly_sheet": monthly_sheet,
}
