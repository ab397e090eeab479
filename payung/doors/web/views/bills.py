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
from payung.doors.web import figures
from payung.doors.web.asked import PAGE_ROWS, after_asked, month_asked, month_chips, word_asked
from payung.doors.web.components import Chip, Column, Step
from payung.doors.web.environment import same_page
from payung.doors.web.forms.payment import PaymentForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import WORKBOOK_TYPE, Field, arrange, attachment, workbook
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary import AMOUNTS, BILL_STATES, LINE_REASONS, MONEY_STATES, PAYMENT_REFUSALS, said
from payung.office.billing import queries as billing
from payung.office.billing.actions import PaymentRefused, receive_payment
from payung.office.billing.models import Bill, BillLine
from payung.office.billing.queries import BillHead
from payung.office.places.queries import area_of
from payung.office.reports import queries as reports
from payung.rules.law.explain import Explanation, explain
from payung.rules.law.figures import Certainty, LawError
from payung.rules.law.narration import Step as LawStep
from payung.rules.law.words import Language
from payung.rules.months import Month


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
    every = billing.bills(area_of(reader(request)))
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
        "heads": sum(bill.heads for bill in of_month),
        "total": sum(bill.total_rupiah for bill in of_month),
        "outstanding": sum(bill.outstanding_rupiah for bill in of_month),
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
        preview, refusal = billing.preview(area.government, month), ""
    except LawError as refused:
        preview, refusal = None, str(refused)
    content = {"preview": preview, "refusal": refusal, "months_shown": month_chips(request, nearby, month)}
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


@require_safe
def line(request: HttpRequest, line_id: int) -> HttpResponse:
    """One person's line, down to the article of the regulation."""
    try:
        found = billing.explained(area_of(reader(request)), line_id)
    except BillLine.DoesNotExist as missing:
        raise Http404 from missing
    told = in_language(found.explanation, language())
    content = {
        "found": found,
        "told": told,
        "programmes": [
            (name, owed, [_step(step, told) for step in owed.steps]) for name, owed in told.programmes.items()
        ],
        "jkp": [_step(step, told) for step in told.jkp],
        "reason": LINE_REASONS[found.line.reason],
    }
    crumbs = [
        (t("Tagihan iuran"), reverse("bills")),
        (found.bill.number, reverse("bill", kwargs={"bill_id": found.bill.id})),
    ]
    title = t("Iuran {name}", name=found.line.name)
    month = Month.of(found.line.for_month)
    return show(request, "bill_line.html", content, title=title, part="bills", month=month, crumbs=crumbs)


@require_safe
def pdf(request: HttpRequest, bill_id: int) -> HttpResponse:
    """The bill on paper."""
    head = _visible(request, bill_id)
    content = bill_pdf(head, billing.lines(head.id, limit=None), **_printing(request))
    return attachment(f"tagihan-{slugify(head.number)}.pdf", content, "application/pdf")


@require_safe
def excel(request: HttpRequest, bill_id: int) -> HttpResponse:
    """The bill as a workbook."""
    head = _visible(request, bill_id)
    content = bill_workbook(head, billing.lines(head.id, limit=None), **_printing(request))
    return attachment(f"tagihan-{slugify(head.number)}.xlsx", content, WORKBOOK_TYPE)


def _printing(request: HttpRequest) -> Printing:
    government = area_of(reader(request)).government
    return {"government_name": government.name, "printed_on": timezone.localdate(), "language": language()}


def _visible(request: HttpRequest, bill_id: int) -> BillHead:
    """The bill when the reader's area shows it; else there is no such page."""
    try:
        return billing.bill(area_of(reader(request)), bill_id)
    except Bill.DoesNotExist as missing:
        raise Http404 from missing


def _bill_page(request: HttpRequest, head: BillHead, form: PaymentForm | None = None) -> HttpResponse:
    reason = word_asked(request, "baris", ("adjustment",))
    after = after_asked(request, start=0)
    lines = billing.lines(head.id, after=after, limit=PAGE_ROWS + 1, reason=reason or None)
    may_pay = allowed(request.user, "bill-pay") and head.outstanding_rupiah > 0
    if form is None and may_pay:
        form = PaymentForm(None, outstanding_rupiah=head.outstanding_rupiah, today=timezone.localdate())
    shown_amounts = [name for name in AMOUNTS if head.amounts[name]]
    content = {
        "bill": head,
        "amounts": [(t(AMOUNTS[name]), head.amounts[name]) for name in shown_amounts],
        "amount_names": shown_amounts,
        "money_state": MONEY_STATES[head.money_state],
        "bill_state": BILL_STATES[head.state],
        "reasons": LINE_REASONS,
        "columns": _line_columns(shown_amounts),
        "lines": lines[:PAGE_ROWS],
        "following": same_page(request, sesudah=lines[PAGE_ROWS - 1].id) if len(lines) > PAGE_ROWS else "",
        "first": same_page(request, sesudah=None) if after else "",
        "chips_shown": [
            Chip(t("Semua baris"), same_page(request, baris=None, sesudah=None), chosen=not reason),
            Chip(t("Hanya koreksi"), same_page(request, baris="adjustment", sesudah=None), chosen=bool(reason)),
        ],
        "payments": billing.payments(head.id),
        "form": form,
    }
    title, crumbs = t("Tagihan {unit}", unit=head.unit), [(t("Tagihan iuran"), reverse("bills"))]
    return show(request, "bill.html", content, title=title, part="bills", month=Month.of(head.month), crumbs=crumbs)


def _line_columns(amounts: list[str]) -> list[Column]:
    return [
        Column(t("Nama")),
        Column(t("OPD")),
        Column(t("Untuk bulan")),
        Column(t("Sebab")),
        Column(t("Upah"), figures=True),
        *(Column(t(AMOUNTS[name]), figures=True) for name in amounts),
        Column(t("Iuran"), figures=True),
        Column(t("Bukti")),
    ]


def _step(step: LawStep, told: Explanation) -> Step:
    """One step as the component shows it, with the doubts that share its certainty."""
    unsure = [doubt.reason for doubt in told.doubts if doubt.certainty == step.certainty]
    return Step(
        name=step.name,
        formula=step.formula,
        value=figures.rupiah(step.value),
        source=step.citation,
        doubt=" ".join(unsure) if step.certainty is not Certainty.SOURCED else "",
    )


def in_language(told: Explanation, wanted: Language) -> Explanation:
    """The same explanation in the reader's language: the same question, told again."""
    if wanted == "id":
        return told
    asked = told.question
    return explain(
        membership_class=asked.membership_class,
        month=asked.month,
        wage_rupiah=asked.wage_rupiah,
        payer=asked.payer,
        programmes=asked.programmes,
        group=asked.group,
        sector=asked.sector,
        language=wanted,
    )
