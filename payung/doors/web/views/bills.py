"""Bills of a month: made, explained, paid."""

from datetime import date
from typing import TypedDict

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from payung.doors.jobs import queue
from payung.doors.papers.bill_pdf import bill_pdf
from payung.doors.papers.bill_workbook import bill_workbook
from payung.doors.papers.letterhead import letterhead_of_bill
from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, month_asked, month_chips, slice_of, word_asked
from payung.doors.web.components import Column
from payung.doors.web.forms.payment import PaymentForm, WaiverForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import WORKBOOK_TYPE, Field, arrange, attachment, headings, workbook
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary import said
from payung.doors.web.vocabulary_bills import (
    AMOUNTS,
    BILL_REFUSALS,
    BILL_STATES,
    LATE_PAYERS,
    LINE_REASONS,
    MONEY_STATES,
    PAYMENT_REFUSALS,
    WAIVER_REFUSALS,
)
from payung.office.billing import explaining, waiving
from payung.office.billing import queries as billing
from payung.office.billing.models import Bill
from payung.office.billing.money import credit_of
from payung.office.billing.open_months import MonthClosed
from payung.office.billing.payments import PaymentRefused, receive_payment
from payung.office.billing.penalties import asked_by, lateness
from payung.office.billing.queries import BillHead
from payung.office.billing.review import drafts
from payung.office.billing.runs import BillRefused, send, void
from payung.office.billing.waiving import WaiverRefused
from payung.office.places.queries import area_of
from payung.office.reports import queries as reports
from payung.rules.law.figures import LawError
from payung.rules.months import Month

AT_ONCE_LINES = 1_000
"""A bill of more people is printed by the worker: it takes longer than somebody waits before a page."""


class Printing(TypedDict):
    """What a paper says besides its content."""

    government_name: str
    printed_on: date
    language: str


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


@require_safe
def bill(request: HttpRequest, bill_id: int) -> HttpResponse:
    """One bill: what it holds, who paid, what was posted."""
    return _bill_page(request, _visible(request, bill_id))


@posting(back="bill")
def pay(request: HttpRequest, bill_id: int) -> HttpResponse:
    """Record a payment; what does not fit is said beside the field, and nothing typed is lost."""
    head = _visible(request, bill_id)
    form = PaymentForm(request.POST, outstanding_rupiah=head.outstanding_rupiah, today=timezone.localdate())
    if not form.is_valid():
        return _bill_page(request, head, form)
    try:
        receive_payment(
            bill_id=head.id,
            amount_rupiah=form.cleaned_data["amount"],
            paid_on=form.cleaned_data["paid_on"],
            reference=form.cleaned_data["reference"],
            by=reader(request),
            at=timezone.now(),
        )
    except PaymentRefused as refused:
        field = "reference" if refused.reason == "reference_used" else "amount"
        form.add_error(field, t(PAYMENT_REFUSALS[refused.reason]))
        return _bill_page(request, head, form)
    return redirect("bill", bill_id=head.id)


@posting(back="bill")
def send_bill(request: HttpRequest, bill_id: int) -> HttpResponse:
    """The bill went out with its *kode iuran*."""
    head = _visible(request, bill_id)
    code = request.POST.get("code", "").replace(" ", "")
    try:
        send(bill_id=head.id, payment_code=code, by=reader(request), at=timezone.now())
    except BillRefused as refused:
        said = t(BILL_REFUSALS[refused.reason])
        if refused.reason == "code_not_sound":
            said = t(
                "Kode iuran terdiri dari 11 angka, yang tertulis {count} tanda. Periksa lagi di SIPP.", count=len(code)
            )
        return _bill_page(request, head, refusal=said)
    return redirect("bill", bill_id=head.id)


@posting(back="bill")
def void_bill(request: HttpRequest, bill_id: int) -> HttpResponse:
    """Take the bill back, with a reason."""
    head = _visible(request, bill_id)
    reason = request.POST.get("comment", "").strip()
    try:
        void(bill_id=head.id, reason=reason, by=reader(request), at=timezone.now())
    except BillRefused as refused:
        return _bill_page(request, head, refusal=t(BILL_REFUSALS[refused.reason]))
    return redirect("bill", bill_id=head.id)


@require_http_methods(["GET", "POST"])
def pdf(request: HttpRequest, bill_id: int) -> HttpResponse:
    """The bill on paper: at once when it is short; a long one is a job, asked for by its button alone."""
    head = _visible(request, bill_id)
    if head.heads <= AT_ONCE_LINES:
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
    head = _visible(request, bill_id)
    if head.heads > AT_ONCE_LINES:
        return _later(request, head, "bill_workbook")
    letterhead = letterhead_of_bill(head.id, timezone.localdate())
    content = bill_workbook(head, billing.lines(head.id, limit=None), **_printing(request), letterhead=letterhead)
    return attachment(f"tagihan-{slugify(head.number)}.xlsx", content, WORKBOOK_TYPE)


@posting(back="bill")
def waive(request: HttpRequest, bill_id: int) -> HttpResponse:
    """Nothing is asked for the lateness of this bill, by a dated paper."""
    head = _visible(request, bill_id)
    form = WaiverForm(request.POST)
    if not form.is_valid():
        return _bill_page(request, head, waiver=form)
    try:
        waiving.waive_penalty(bill_id=head.id, **form.cleaned_data, by=reader(request), at=timezone.now())
    except WaiverRefused as refused:
        return _bill_page(request, head, refusal=t(WAIVER_REFUSALS[refused.reason]))
    return redirect("bill", bill_id=head.id)


@posting(back="bill")
def take_back_waiver(request: HttpRequest, bill_id: int) -> HttpResponse:
    """The penalty is owed again."""
    head = _visible(request, bill_id)
    reason = request.POST.get("comment", "").strip()
    try:
        waiving.take_back_waiver(bill_id=head.id, reason=reason, by=reader(request), at=timezone.now())
    except WaiverRefused as refused:
        return _bill_page(request, head, refusal=t(WAIVER_REFUSALS[refused.reason]))
    return redirect("bill", bill_id=head.id)


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


def _visible(request: HttpRequest, bill_id: int) -> BillHead:
    """The bill when the reader's area shows it; else there is no such page."""
    try:
        return billing.bill(area_of(reader(request)), bill_id)
    except Bill.DoesNotExist as missing:
        raise Http404 from missing


def _bill_page(
    request: HttpRequest,
    head: BillHead,
    form: PaymentForm | None = None,
    *,
    refusal: str = "",
    waiver: WaiverForm | None = None,
) -> HttpResponse:
    reason = word_asked(request, "baris", ("adjustment",))
    lines = billing.lines(head.id, after=after_asked(request, start=0), limit=PAGE_ROWS + 1, reason=reason or None)
    may_pay = allowed(request.user, "bill-pay") and head.outstanding_rupiah > 0
    if form is None and may_pay:
        form = PaymentForm(None, outstanding_rupiah=head.outstanding_rupiah, today=timezone.localdate())
    late = lateness(area_of(reader(request)).government, head, today=timezone.localdate())
    owed = late and (late.penalty_rupiah or late.charged_rupiah) and not late.waiver
    may_waive = owed and allowed(request.user, "bill-waive")
    shown_amounts = [name for name in AMOUNTS if head.amounts[name]]
    content = {
        "bill": head,
        "is_long": head.heads > AT_ONCE_LINES,
        "amounts": [(t(AMOUNTS[name]), head.amounts[name]) for name in shown_amounts],
        "amount_names": shown_amounts,
        "money_state": MONEY_STATES[head.money_state],
        "bill_state": BILL_STATES[head.state],
        "reasons": LINE_REASONS,
        "columns": _line_columns(shown_amounts, word("Pembayar") if head.fund_kind == "self" else word("OPD")),
        "page": slice_of(request, lines, place=lambda line: line.id, start=0),
        "chips_shown": filter_chips(
            request, "baris", [("", t("Semua baris"), None), ("adjustment", t("Hanya koreksi"), None)], reason
        ),
        "payers": LATE_PAYERS,
        "payments": billing.payments(head.id),
        "credit": credit_of(area_of(reader(request)).government, head.id) if head.money_state == "credit" else None,
        "late": late,
        "code_typed": request.POST.get("code", ""),
        "may_take_back": allowed(request.user, "bill-waive-take-back"),
        "waiver_form": (waiver or WaiverForm()) if may_waive else None,
        "penalties": asked_by(head.id),
        "form": form,
        "refusal": refusal,
        "sees_run": bool(head.run_id) and area_of(reader(request)).opd_ids is None,
        "may_send": head.state == Bill.FINAL and head.total_rupiah > 0 and allowed(request.user, "bill-send"),
        "may_void": head.is_due and not head.paid_rupiah and allowed(request.user, "bill-void"),
    }
    title, crumbs = t("Tagihan {unit}", unit=head.unit), [(t("Tagihan iuran"), reverse("bills"))]
    return show(request, "bill.html", content, title=title, part="bills", month=Month.of(head.month), crumbs=crumbs)


def _line_columns(amounts: list[str], payer: str) -> list[Column]:
    shown = [AMOUNTS[name] for name in amounts]
    before = (word("Nama"), payer, word("Untuk bulan"), word("Sebab"), word("Upah"))
    return headings(*before, *shown, word("Iuran"), word("Bukti"), figures=("Upah", *shown, "Iuran"))
