"""One bill as PDF or workbook: at once, or as a job when it is long."""

from datetime import date
from typing import TypedDict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

from payung.doors.jobs import queue
from payung.doors.papers.bill_pdf import bill_pdf
from payung.doors.papers.bill_workbook import bill_workbook
from payung.doors.papers.letterhead import letterhead_of_bill
from payung.doors.web.pages import reader
from payung.doors.web.tables import WORKBOOK_TYPE, attachment
from payung.doors.web.translation import language
from payung.doors.web.views.bill import is_long, visible
from payung.office.billing import queries as billing
from payung.office.billing.queries import BillHead
from payung.office.places.queries import area_of


class Printing(TypedDict):
    """What a paper says besides its content."""

    government_name: str
    printed_on: date
    language: str


@require_http_methods(["GET", "POST"])
def pdf(request: HttpRequest, bill_id: int) -> HttpResponse:
    """The bill on paper: at once when it is short; a long one is a job, asked for by its button alone."""
    head = visible(request, bill_id)
    if not is_long(head):
        content = bill_pdf(
            head,
            billing.lines(head.id, limit=None),
            **_printing(request),
            letterhead=letterhead_of_bill(head.id, timezone.localdate()),
        )
        return attachment(f"tagihan-{slugify(head.number)}.pdf", content, "application/pdf")
    return _later(request, head, "bill_paper")


@require_http_methods(["GET", "POST"])
def excel(request: HttpRequest, bill_id: int) -> HttpResponse:
    """The bill as a workbook, in the same way."""
    head = visible(request, bill_id)
    if is_long(head):
        return _later(request, head, "bill_workbook")
    letterhead = letterhead_of_bill(head.id, timezone.localdate())
    content = bill_workbook(head, billing.lines(head.id, limit=None), **_printing(request), letterhead=letterhead)
    return attachment(f"tagihan-{slugify(head.number)}.xlsx", content, WORKBOOK_TYPE)


def _later(request: HttpRequest, head: BillHead, kind: str) -> HttpResponse:
    """The page of the job that makes a long paper; asked for by its button alone."""
    if request.method != "POST":
        return redirect("bill", bill_id=head.id)
    government, asked = area_of(reader(request)).government, {"bill_id": head.id}
    job = queue.ask(kind, government=government, by=reader(request), at=timezone.now(), arguments=asked)
    return redirect("job", job_id=job.pk)


def _printing(request: HttpRequest) -> Printing:
    government = area_of(reader(request)).government
    return {"government_name": government.name, "printed_on": timezone.localdate(), "language": language()}
