"""The penalty of a late bill, not asked by a dated paper; and asked again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from payung.doors.web.forms.payment import WaiverForm
from payung.doors.web.pages import posting, reader
from payung.doors.web.translation import t
from payung.doors.web.views.bill import bill_page, visible
from payung.doors.web.vocabulary_bills import WAIVER_REFUSALS
from payung.office.billing import waiving
from payung.office.billing.waiving import WaiverRefused


@posting(back="bill")
def waive(request: HttpRequest, bill_id: int) -> HttpResponse:
    """Nothing is asked for the lateness of this bill, by a dated paper."""
    head = visible(request, bill_id)
    form = WaiverForm(request.POST)
    if not form.is_valid():
        return bill_page(request, head, waiver=form)
    try:
        waiving.waive_penalty(bill_id=head.id, **form.cleaned_data, by=reader(request), at=timezone.now())
    except WaiverRefused as refused:
        return bill_page(request, head, refusal=t(WAIVER_REFUSALS[refused.reason]))
    return redirect("bill", bill_id=head.id)


@posting(back="bill")
def take_back_waiver(request: HttpRequest, bill_id: int) -> HttpResponse:
    """The penalty is owed again."""
    head = visible(request, bill_id)
    reason = request.POST.get("comment", "").strip()
    try:
        waiving.take_back_waiver(bill_id=head.id, reason=reason, by=reader(request), at=timezone.now())
    except WaiverRefused as refused:
        return bill_page(request, head, refusal=t(WAIVER_REFUSALS[refused.reason]))
    return redirect("bill", bill_id=head.id)
