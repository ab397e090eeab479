"""The attachments of a bill's SPP-LS: bring the signed scans, get one zip."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from payung.doors.jobs import queue
from payung.doors.web.forms.bill_pack import BillPackForm
from payung.doors.web.pages import reader, show
from payung.doors.web.translation import t
from payung.office.billing import queries as billing
from payung.office.billing.models import Bill
from payung.office.places.queries import area_of
from payung.rules.months import Month


@require_http_methods(["GET", "POST"])
def bill_pack(request: HttpRequest, bill_id: int) -> HttpResponse:
    """What the pack will hold; on the button, the job that makes it."""
    user = reader(request)
    area = area_of(user)
    try:
        head = billing.bill(area, bill_id)
    except Bill.DoesNotExist as missing:
        raise Http404 from missing
    posted = request.method == "POST"
    form = BillPackForm(request.POST if posted else None, request.FILES if posted else None)
    if form.is_valid():
        job = queue.ask(
            "bill_pack",
            government=area.government,
            by=user,
            at=timezone.now(),
            arguments={"bill_id": head.id},
            content=form.brought(),
        )
        return redirect("job", job_id=job.pk)
    crumbs = [(t("Tagihan iuran"), reverse("bills")), (head.number, reverse("bill", kwargs={"bill_id": head.id}))]
    content = {"bill": head, "form": form}
    title = t("Lampiran SPP-LS")
    return show(
        request, "bill_pack.html", content, title=title, part="bills", month=Month.of(head.month), crumbs=crumbs
    )
