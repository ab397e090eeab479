"""What a job does, kind by kind: translate the arguments, make one call into the office, translate back."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.text import slugify

from payung.doors.calendar import public_holidays
from payung.doors.jobs.assessment_work import ASSESSMENT_KINDS
from payung.doors.jobs.award_work import AWARD_KINDS
from payung.doors.jobs.decree_work import DECREE_KINDS
from payung.doors.jobs.handed import HANDED_KINDS
from payung.doors.jobs.identity_work import IDENTITY_KINDS
from payung.doors.jobs.list_work import LIST_KINDS
from payung.doors.jobs.models import Job
from payung.doors.jobs.money_work import take_in_statement
from payung.doors.jobs.notices import tell_of
from payung.doors.jobs.outcomes import Outcome, WorkRefused
from payung.doors.jobs.outside_work import OUTSIDE_KINDS
from payung.doors.jobs.pack_work import pack_bill
from payung.doors.jobs.report_work import REPORT_KINDS
from payung.doors.jobs.savings_work import credit_savings
from payung.doors.jobs.sponsor_work import SPONSOR_KINDS
from payung.doors.jobs.submission_work import SUBMISSION_KINDS
from payung.doors.jobs.words import refusal
from payung.doors.papers.bill_pdf import bill_pdf
from payung.doors.papers.bill_workbook import bill_workbook
from payung.doors.papers.findings_workbook import findings_workbook
from payung.doors.papers.letterhead import letterhead_of_bill
from payung.doors.papers.wording import Wording
from payung.office.billing import queries as billing
from payung.office.billing.actions import NothingToBill, bill_month
from payung.office.billing.models import Bill
from payung.office.billing.open_months import Advance, MonthClosed
from payung.office.billing.posting_file import NoPostingColumns
from payung.office.billing.postings import confirm_posted
from payung.office.enrolment.actions import PlanNotApplicable, apply, apply_leavers
from payung.office.enrolment.models import RosterList
from payung.office.enrolment.receiving import Progress
from payung.office.files import queries as files
from payung.office.places.queries import area_of
from payung.rules.law.figures import LawError
from payung.rules.months import Month
from payung.rules.roster.unreadable import UnreadableWorkbook


def apply_plan(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Carry out an approved plan; leavers only when they were asked for by their own button."""
    verb = apply_leavers if job.arguments.get("leavers") else apply
    try:
        verb(plan_id=job.arguments["plan_id"], by=job.asked_by, at=timezone.now())
    except PlanNotApplicable as refused:
        raise WorkRefused(refusal(refused.reason, job.asked_by.language)) from refused
    return Outcome({"plan_id": job.arguments["plan_id"]})


def bill(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Make the draft of a month's bills and tell those who decide on it."""
    month, at = Month.parse(job.arguments["month"]), timezone.now()
    said = Wording(job.asked_by.language).long_month(month.first_day)
    try:
        run = bill_month(
            government=job.government,
            month=month,
            holidays=public_holidays(month.year, month.year + 1),
            by=job.asked_by,
            at=at,
            advance=_advance(job),
        )
    except NothingToBill as nothing:
        raise WorkRefused(refusal("nothing_to_bill", job.asked_by.language, month=said)) from nothing
    except MonthClosed as closed:
        raise WorkRefused(refusal("month_closed", job.asked_by.language, month=said)) from closed
    except LawError as unanswered:
        raise WorkRefused(str(unanswered)) from unanswered
    if run.made_at == at:
        tell_of(run.proposal, by=job.asked_by, at=at)
    return Outcome({"month": str(month), "bills": run.bill_set.count(), "run_id": run.pk})


def _advance(job: Job) -> Advance | None:
    """Of one payer up to a month to come, when the job was asked so."""
    told = job.arguments
    return Advance(told["unit_id"], told["budget_line_id"], Month.parse(told["until"])) if "until" in told else None


def confirm(job: Job, content: bytes, progress: Progress) -> Outcome:
    """Take in a posting confirmation."""
    try:
        told = confirm_posted(
            government=job.government, content=content, name=job.file_name, by=job.asked_by, at=timezone.now()
        )
    except UnreadableWorkbook as problem:
        raise WorkRefused(problem.message_in(job.asked_by.language)) from problem
    except NoPostingColumns as missing:
        raise WorkRefused(refusal("no_posting_columns", job.asked_by.language, columns=str(missing))) from missing
    credit_savings(job, b"", progress)
    return Outcome(
        {
            "rows": told.rows,
            "posted": told.posted,
            "already": told.already,
            "different": told.different,
            "unknown": list(told.unknown),
        }
    )


def findings_file(job: Job, content: bytes, progress: Progress) -> Outcome:
    """The sender's workbook rebuilt with the findings in their places."""
    roster_list = RosterList.objects.select_related("reading__file", "opd").get(
        pk=job.arguments["list_id"], agreement__government=job.government
    )
    if not files.content(roster_list.reading.file):
        raise WorkRefused(refusal("no_content", job.asked_by.language))
    name, output = findings_workbook(roster_list, language=job.asked_by.language, progress=progress)
    return Outcome({"list_id": roster_list.pk}, output=output, output_name=name)


def bill_paper(job: Job, content: bytes, progress: Progress) -> Outcome:
    """A large bill as PDF."""
    return _written(job, progress, bill_pdf, "pdf")


def bill_book(job: Job, content: bytes, progress: Progress) -> Outcome:
    """A large bill as a workbook."""
    return _written(job, progress, bill_workbook, "xlsx")


def _written(job: Job, progress: Progress, write: Callable[..., bytes], suffix: str) -> Outcome:
    area = area_of(job.asked_by, government_id=job.government_id)
    try:
        head = billing.bill(area, job.arguments["bill_id"])
    except Bill.DoesNotExist as missing:
        raise WorkRefused(refusal("no_bill", job.asked_by.language)) from missing
    progress("read", 0, head.heads)
    lines = billing.lines(head.id, limit=None)
    progress("write", len(lines) // 2, len(lines))
    output = write(
        head,
        lines,
        government_name=job.government.name,
        printed_on=timezone.localdate(),
        language=job.asked_by.language,
        letterhead=letterhead_of_bill(head.id, timezone.localdate()),
    )
    progress("write", len(lines), len(lines))
    return Outcome({"bill_id": head.id}, output=output, output_name=f"tagihan-{slugify(head.number)}.{suffix}")


KINDS: dict[str, Callable[[Job, bytes, Progress], Outcome]] = {
    **LIST_KINDS,
    "apply_plan": apply_plan,
    "bill_month": bill,
    "confirm_posted": confirm,
    "findings_workbook": findings_file,
    "bill_paper": bill_paper,
    "bill_workbook": bill_book,
    "take_in_statement": take_in_statement,
    "bill_pack": pack_bill,
    "credit_savings": credit_savings,
    **DECREE_KINDS,
    **REPORT_KINDS,
    **AWARD_KINDS,
    **ASSESSMENT_KINDS,
    **IDENTITY_KINDS,
    **SUBMISSION_KINDS,
    **OUTSIDE_KINDS,
    **SPONSOR_KINDS,
    **HANDED_KINDS,
}
