"""One bill: what it holds, sent, paid, taken back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.web.asked import PAGE_ROWS, after_asked, filter_chips, slice_of, word_asked
from payung.doors.web.components import Column
from payung.doors.web.forms.payment import CodeForm, PaymentForm, WaiverForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_bills import (
    AMOUNTS,
    BILL_REFUSALS,
    BILL_STATES,
    LATE_PAYERS,
    LINE_REASONS,
    MONEY_STATES,
    PAYMENT_REFUSALS,
)
from payung.office.billing import queries as billing
from payung.office.billing.codes import code_changes, correct_code
from payung.office.billing.models import Bill
from payung.office.billing.money import credit_of
from payung.office.billing.payments import PaymentRefused, receive_payment
from payung.office.billing.penalties import asked_by, lateness
from payung.office.billing.queries import BillHead
from payung.office.billing.runs import BillRefused, send, void
from payung.office.places.queries import area_of
from payung.rules.months import Month

AT_ONCE_LINES = 1_000
"""A bill of more people is printed by the worker: it takes longer than somebody waits before a page."""


@require_safe
def bill(request: HttpRequest, bill_id: int) -> HttpResponse:
    """One bill: what it holds, who paid, what was posted."""
    return bill_page(request, visible(request, bill_id))


@posting(back="bill")
def pay(request: HttpRequest, bill_id: int) -> HttpResponse:
    """Record a payment; what does not fit is said beside the field, and nothing typed is lost."""
    head = visible(request, bill_id)
    form = PaymentForm(request.POST, outstanding_rupiah=head.outstanding_rupiah, today=timezone.localdate())
    if not form.is_valid():
        return bill_page(request, head, form)
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
        return bill_page(request, head, form)
    return redirect("bill", bill_id=head.id)


@posting(back="bill")
def send_bill(request: HttpRequest, bill_id: int) -> HttpResponse:
    """The bill went out with its *kode iuran*."""
    head = visible(request, bill_id)
    code = request.POST.get("code", "").replace(" ", "")
    try:
        send(bill_id=head.id, payment_code=code, by=reader(request), at=timezone.now())
    except BillRefused as refused:
        said = t(BILL_REFUSALS[refused.reason])
        if refused.reason == "code_not_sound":
            said = t(
                "Kode iuran terdiri dari 11 angka, yang tertulis {count} tanda. Periksa lagi di SIPP.", count=len(code)
            )
        return bill_page(request, head, refusal=said)
    return redirect("bill", bill_id=head.id)


@posting(back="bill")
def correct(request: HttpRequest, bill_id: int) -> HttpResponse:
    """The code was typed wrong: another one in its place, with a reason."""
    head = visible(request, bill_id)
    form = CodeForm(request.POST, paid=bool(head.paid_rupiah))
    if not form.is_valid():
        return bill_page(request, head, code=form)
    try:
        correct_code(bill_id=head.id, **form.cleaned_data, by=reader(request), at=timezone.now())
    except BillRefused as refused:
        form.add_error("payment_code", t(BILL_REFUSALS[refused.reason]))
        return bill_page(request, head, code=form)
    return redirect("bill", bill_id=head.id)


@posting(back="bill")
def void_bill(request: HttpRequest, bill_id: int) -> HttpResponse:
    """Take the bill back, with a reason."""
    head = visible(request, bill_id)
    reason = request.POST.get("comment", "").strip()
    try:
        void(bill_id=head.id, reason=reason, by=reader(request), at=timezone.now())
    except BillRefused as refused:
        return bill_page(request, head, refusal=t(BILL_REFUSALS[refused.reason]))
    return redirect("bill", bill_id=head.id)


def is_long(head: BillHead) -> bool:
    """Whether its papers are made by the worker."""
    return head.heads > AT_ONCE_LINES


def visible(request: HttpRequest, bill_id: int) -> BillHead:
    """The bill when the reader's area shows it; else there is no such page."""
    try:
        return billing.bill(area_of(reader(request)), bill_id)
    except Bill.DoesNotExist as missing:
        raise Http404 from missing


def bill_page(
    request: HttpRequest,
    head: BillHead,
    form: PaymentForm | None = None,
    *,
    refusal: str = "",
    waiver: WaiverForm | None = None,
    code: CodeForm | None = None,
) -> HttpResponse:
    reason = word_asked(request, "baris", ("adjustment",))
    lines = billing.lines(head.id, after=after_asked(request, start=0), limit=PAGE_ROWS + 1, reason=reason or None)
    may_pay = allowed(request.user, "bill-pay") and head.outstanding_rupiah > 0
    if form is None and may_pay:
        form = PaymentForm(None, outstanding_rupiah=head.outstanding_rupiah, today=timezone.localdate())
    late = lateness(area_of(reader(request)).government, head, today=timezone.localdate())
    owed = late and (late.penalty_rupiah or late.charged_rupiah) and not late.waiver
    may_waive = owed and allowed(request.user, "bill-waive")
    may_correct = head.state == Bill.SENT and allowed(request.user, "bill-code")
    shown_amounts = [name for name in AMOUNTS if head.amounts[name]]
    content = {
        "bill": head,
        "is_long": is_long(head),
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
        "code_form": (code or CodeForm(paid=bool(head.paid_rupiah))) if may_correct else None,
        "code_changes": code_changes(head.id),
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
