"""The bills of a month: which there are, and how they are made."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from payung.doors.jobs import queue
from payung.doors.web.asked import month_asked, month_chips
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import Field, arrange, workbook
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary import said
from payung.doors.web.vocabulary_bills import (
    MONEY_STATES,
)
from payung.office.billing import explaining
from payung.office.billing import queries as billing
from payung.office.billing.models import Bill
from payung.office.billing.open_months import MonthClosed
from payung.office.billing.queries import BillHead
from payung.office.billing.review import drafts
from payung.office.places.queries import area_of
from payung.office.reports import queries as reports
from payung.rules.law.figures import LawError
from payung.rules.months import Month

FIELDS: tuple[Field[BillHead], ...] = (
    Field("nomor", word("Nomor"), lambda bill: bill.number),
    Field("unit", word("Unit pembayar"), lambda bill: bill.unit),
    Field("dana", word("Dana"), lambda bill: bill.fund),
    Field("orang", word("Orang"), lambda bill: bill.heads, figures=True),
    Field("jumlah", word("Tagihan"), lambda bill: bill.total_rupiah, figures=True),
    Field("sisa", word("Sisa"), lambda bill: bill.outstanding_rupiah, figures=True),
    Field("tempo", word("Jatuh tempo"), lambda bill: bill.due_on),
    Field("keadaan", word("Keadaan"), lambda bill: said(MONEY_STATES, bill.money_state)),
)


@require_safe
def bills(request: HttpRequest) -> HttpResponse:
    """The bills of a month."""
    area = area_of(reader(request))
    every = billing.bills(area)
    months = sorted({Month.of(bill.month) for bill in every}, reverse=True)
    month = month_asked(request) or (months[0] if months else None)
    of_month = [bill for bill in every if month is not None and Month.of(bill.month) == month]
    if request.GET.get("unduh"):
        return workbook(f"tagihan-{month}.xlsx", t("Tagihan iuran"), FIELDS, of_month)
    table = arrange(request, FIELDS, of_month)
    content = {
        "months_shown": month_chips(request, months, month),
        "columns": table.columns,
        "bills": table.rows,
        "states": MONEY_STATES,
        "heads": sum(bill.heads for bill in of_month if bill.state != Bill.VOID),
        "total": sum(bill.total_rupiah for bill in of_month if bill.state != Bill.VOID),
        "outstanding": sum(bill.outstanding_rupiah for bill in of_month),
        "drafts": drafts(area),
    }
    return show(request, "bills.html", content, title=t("Tagihan iuran"), part="bills", month=month)


@require_http_methods(["GET", "POST"])
def bill_month(request: HttpRequest) -> HttpResponse:
    """First what would be made, then, on the button, the job that makes it."""
    user = reader(request)
    area = area_of(user)
    worked = reports.months(area)
    now = Month.of(timezone.localdate())
    month = month_asked(request) or (worked[0] if worked else now)
    if request.method == "POST":
        job = queue.ask(
            "bill_month", government=area.government, by=user, at=timezone.now(), arguments={"month": str(month)}
        )
        return redirect("job", job_id=job.pk)
    nearby = sorted({month, now, *(one.shift(step) for one in worked[:3] for step in (0, 1))}, reverse=True)
    try:
        preview, refusal = explaining.preview(area.government, month), ""
    except LawError as refused:
        preview, refusal = None, str(refused)
    except MonthClosed:
        preview, refusal = None, t("Pembukuan tahun bulan ini sudah ditutup, jadi bulan ini tidak ditagih lagi.")
    standing = next((run for run in drafts(area) if Month.of(run.month) == month and run.until_month is None), None)
    content = {
        "preview": preview,
        "draft": standing,
        "refusal": refusal,
        "months_shown": month_chips(request, nearby, month),
    }
    crumbs = [(t("Tagihan iuran"), reverse("bills"))]
    return show(
        request, "bill_month.html", content, title=t("Buat tagihan"), part="bill-month", month=month, crumbs=crumbs
    )
