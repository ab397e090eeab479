"""A bill in advance: who pays it, up to when, what each month will ask; then the job that makes its draft."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from payung.doors.jobs import queue
from payung.doors.web.asked import month_asked
from payung.doors.web.forms.advances import AdvanceForm
from payung.doors.web.lawbook import certainty_said
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.office.billing.advances import look_ahead, payers_ahead
from payung.office.billing.open_months import Advance, MonthClosed
from payung.office.places.models import Government
from payung.office.places.queries import area_of
from payung.office.reports import queries as reports
from payung.rules.law.figures import Certainty, LawError
from payung.rules.months import Month

COLUMNS = (word("Bulan"), word("Orang"), word("Iuran"), word("Kepastian"))


@require_http_methods(["GET", "POST"])
def bill_ahead(request: HttpRequest) -> HttpResponse:
    """`?bulan=2022-10&payer=3-7&until=2023-03`: what it will be; on the button, the job."""
    user = reader(request)
    area = area_of(user)
    worked = reports.months(area)
    month = month_asked(request) or (worked[0] if worked else Month.of(timezone.localdate()))
    payers = payers_ahead(area.government, month)
    form = AdvanceForm(request.GET if "payer" in request.GET else None, payers=payers, month=month)
    asked = form.advance if form.is_valid() else None
    if request.method == "POST" and asked is not None:
        told = {"month": str(month), "unit_id": asked.unit_id, "budget_line_id": asked.budget_line_id,
                "until": str(asked.until)}  # fmt: skip
        job = queue.ask("bill_month", government=area.government, by=user, at=timezone.now(), arguments=told)
        return redirect("job", job_id=job.pk)
    content = {
        "form": form,
        "payers": payers,
        "columns": headings(*COLUMNS, figures=COLUMNS[1:3]),
        **_seen(area.government, month, asked),
    }
    crumbs = [(t("Tagihan iuran"), reverse("bills")), (t("Buat tagihan"), reverse("bill-month"))]
    return show(
        request, "bill_ahead.html", content, title=t("Bayar di muka"), part="bill-month", month=month, crumbs=crumbs
    )


def _seen(government: Government, month: Month, asked: Advance | None) -> dict[str, object]:
    """The months it would hold, or why it cannot be made."""
    if asked is None:
        return {"ahead": None, "refusal": ""}
    try:
        ahead = look_ahead(government, month, asked)
    except LawError as refused:
        return {"ahead": None, "refusal": str(refused)}
    except MonthClosed:
        closed = t("Pembukuan tahun bulan ini sudah ditutup, jadi bulan ini tidak ditagih lagi.")
        return {"ahead": None, "refusal": closed}
    return {
        "ahead": ahead,
        "refusal": "",
        "months": [(one, certainty_said(one.certainty)) for one in ahead.months],
        "unsure": any(one.certainty is not Certainty.SOURCED for one in ahead.months),
    }
