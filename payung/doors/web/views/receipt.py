"""One payment: what it settled and why, what is done with the rest, what went back."""

from collections.abc import Callable, Sequence

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.jobs.notices import tell_of
from payung.doors.papers.office_paper import paper_pdf
from payung.doors.papers.receipt_paper import receipt_paper
from payung.doors.web import figures
from payung.doors.web.asked import word_posted
from payung.doors.web.deciding import Deciding, deciding, voice_chosen
from payung.doors.web.forms.money import HoldForm, RefundForm, SettleForm
from payung.doors.web.money_words import PROPOSED, RECEIPT_REFUSALS, REFUND_STATES
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import attachment
from payung.doors.web.translation import language, t
from payung.doors.web.vocabulary import DECISION_REFUSALS
from payung.office.approvals.actions import DecisionRefused
from payung.office.approvals.models import Proposal, Verdict
from payung.office.billing import money
from payung.office.billing import receipts as verbs
from payung.office.billing.models import Payment
from payung.office.billing.money import ReceiptHead
from payung.office.billing.receipt_models import Refund
from payung.office.billing.receipts import ReceiptRefused
from payung.office.billing.self_payers import person_of
from payung.office.places.letterheads import letterhead_on
from payung.office.places.models import Government, PaymentUnit
from payung.office.places.queries import area_of
from payung.rules.months import Month
from payung.rules.statements.matching import OpenBill

REFUND_IDS, HOLD_IDS = "kembali_%s", "penyetor_%s"
"""Three forms stand on one page: each has field ids of its own."""


@require_safe
def receipt(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """One payment: what it settled, what is left for whom, and what can be done with that."""
    return _receipt_page(request, receipt_id)


@require_safe
def receipt_pdf(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """The receipt on paper, for whoever paid; a credit note is none."""
    government = area_of(reader(request)).government
    head = money.receipt(government, receipt_id)
    if head is None or head.credit_note_id is not None:
        raise Http404
    today, payments = timezone.localdate(), list(money.payments_of(receipt_id))
    paper = receipt_paper(
        head, payments, person=person_of(payments), government_name=government.name, printed_on=today,
        language=language(), letterhead=letterhead_on(government.pk, None, today),
    )  # fmt: skip
    return attachment(f"kuitansi-{receipt_id}.pdf", paper_pdf(paper, printed_on=today), "application/pdf")


@posting(back="receipt")
def accept(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """Take the guess that was shown, as it stands now: refused when it is another one by now."""
    government = area_of(reader(request)).government
    head = money.receipt(government, receipt_id)
    guess = money.proposal(head, money.bills_to_pay(government)) if head else None
    if guess is None or request.POST.get("usulan") != str(guess.parts):
        return _receipt_page(request, receipt_id, t("Keadaan berubah. Periksa lagi usulan di bawah."))
    parts = guess.parts
    return _do(
        request,
        receipt_id,
        lambda: verbs.allocate_parts(receipt_id=receipt_id, parts=parts, by=reader(request), at=timezone.now()),
    )


@posting(back="receipt")
def settle(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """Put some of it to a bill that somebody chose."""
    form = _settle_form(request, request.POST, "")
    if not form.is_valid():
        return _receipt_page(request, receipt_id, settle_form=form)
    chosen = form.cleaned_data
    return _do(
        request,
        receipt_id,
        lambda: verbs.allocate(
            receipt_id=receipt_id, bill_id=chosen["bill"], amount_rupiah=chosen["amount"], by=reader(request),
            at=timezone.now(),
        ),
        settle_form=form,
    )  # fmt: skip


@posting(back="receipt")
def hold(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """Another unit is the payer."""
    form = _hold_form(request, request.POST)
    if not form.is_valid():
        return _receipt_page(request, receipt_id, hold_form=form)
    unit, reason = form.cleaned_data["unit"], form.cleaned_data["reason"]
    user, at = reader(request), timezone.now()
    return _do(
        request,
        receipt_id,
        lambda: verbs.hold_for(receipt_id=receipt_id, unit_id=unit, reason=reason, by=user, at=at),
        hold_form=form,
    )


@posting(back="receipt")
def take_back(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """It settled the wrong bill."""
    found = get_object_or_404(Payment, pk=request.POST.get("baris") or 0, receipt_id=receipt_id)
    reason = request.POST.get("comment", "").strip()
    user, at = reader(request), timezone.now()
    return _do(request, receipt_id, lambda: verbs.take_back(payment_id=found.pk, reason=reason, by=user, at=at))


@posting(back="receipt")
def refund(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """Money came back: ask a second person to have it booked."""
    form = RefundForm(request.POST, auto_id=REFUND_IDS)
    if not form.is_valid():
        return _receipt_page(request, receipt_id, refund_form=form)
    told, user, at = form.cleaned_data, reader(request), timezone.now()

    def ask() -> None:
        asked = verbs.ask_refund(
            receipt_id=receipt_id, amount_rupiah=told["amount"], returned_on=told["returned_on"],
            reference=told["reference"], reason=told["reason"], by=user, at=at,
        )  # fmt: skip
        tell_of(asked.proposal, by=user, at=at)

    return _do(request, receipt_id, ask, refund_form=form)


@posting(back="receipt")
def decide_refund(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """A second person says yes (it is booked at once) or no."""
    found = get_object_or_404(Refund, pk=request.POST.get("pengembalian") or 0, receipt_id=receipt_id)
    verdict = word_posted(request, "putusan", [Verdict.APPROVE, Verdict.REFUSE])
    if not verdict:
        return redirect("receipt", receipt_id=receipt_id)
    user, at = reader(request), timezone.now()
    comment = request.POST.get("comment", "").strip()
    voice = voice_chosen(request, at)
    return _do(
        request,
        receipt_id,
        lambda: verbs.decide_refund(
            refund_id=found.pk, verdict=Verdict(verdict), comment=comment, by=user, at=at, on_behalf_of=voice
        ),
    )


def _do(request: HttpRequest, receipt_id: int, verb: Callable[[], object], **typed: forms.Form) -> HttpResponse:
    """What was asked, or the page with the reason why not; what was `typed` stands there still."""
    if money.receipt(area_of(reader(request)).government, receipt_id) is None:
        raise Http404
    try:
        verb()
    except ReceiptRefused as refused:
        return _receipt_page(request, receipt_id, t(RECEIPT_REFUSALS[refused.reason]), **typed)
    except DecisionRefused as refused:
        return _receipt_page(request, receipt_id, t(DECISION_REFUSALS[refused.reason]))
    return redirect("receipt", receipt_id=receipt_id)


def _settle_form(request: HttpRequest, data: object, rest: str) -> SettleForm:
    bills = money.bills_to_pay(area_of(reader(request)).government)
    listed = [(one.id, f"{_said(one)} · {figures.rupiah(one.outstanding_rupiah)}") for one in bills]
    return SettleForm(data, bills=listed, rest=rest)


def _said(bill: OpenBill) -> str:
    return f"{figures.short_month(Month.parse(bill.month))} · {bill.payer}"


def _next_waiting(government: Government, head: ReceiptHead) -> ReceiptHead | None:
    """Once this one is used up: the next that nobody has recognised, from the beginning again after the last."""
    if head.rest_rupiah:
        return None
    later = money.receipts(government, "unknown", after=head.id, limit=1)
    return next(iter(later or money.receipts(government, "unknown", limit=1)), None)


def _hold_form(request: HttpRequest, data: object, paid: Sequence[Payment] = ()) -> HoldForm:
    """It begins with the unit whose bill was `paid`, when that was one unit."""
    known = list({one.bill.unit_id for one in paid})
    units = PaymentUnit.objects.filter(government=area_of(reader(request)).government).order_by("name")
    return HoldForm(
        data,
        units=[(unit.pk, f"{unit.name} · {unit.number}") for unit in units],
        auto_id=HOLD_IDS,
        initial={"unit": known[0]} if len(known) == 1 else {},
    )


def _refunds(request: HttpRequest, receipt_id: int) -> list[tuple[Refund, Deciding | None]]:
    user = reader(request)
    return [
        (one, deciding(one.proposal, version=one.proposal.version, user=user))
        if one.proposal.state == Proposal.OPEN and allowed(request.user, "receipt-refund-decide")
        else (one, None)
        for one in money.refunds_of(receipt_id)
    ]


def _receipt_page(request: HttpRequest, receipt_id: int, refusal: str = "", **typed: forms.Form) -> HttpResponse:
    government = area_of(reader(request)).government
    head = money.receipt(government, receipt_id)
    if head is None:
        raise Http404
    bills = money.bills_to_pay(government)
    may = allowed(request.user, "receipt-settle")
    rest = figures.number(head.rest_rupiah)
    payments = list(money.payments_of(receipt_id))
    taken_back = {one.takes_back_id for one in payments}
    standing = [one for one in payments if not one.takes_back_id and one.pk not in taken_back]
    content = {
        "receipt": head,
        "refusal": refusal,
        "guess": money.proposal(head, bills) if may else None,
        "reasons": PROPOSED,
        "bills": {one.id: _said(one) for one in bills},
        "next_waiting": _next_waiting(government, head) if may else None,
        "payments": payments,
        "payers": sorted({one.bill.unit.name for one in standing}),
        "taken_back": taken_back,
        "holdings": money.holdings_of(receipt_id),
        "refunds": _refunds(request, receipt_id),
        "refund_states": REFUND_STATES,
        "may": may,
        "settle_form": _settle_form(request, None, rest) if may and head.rest_rupiah and bills else None,
        "hold_form": _hold_form(request, None, standing) if may and head.rest_rupiah else None,
        "refund_form": RefundForm(initial={"amount": rest}, auto_id=REFUND_IDS) if may and head.rest_rupiah else None,
        **typed,
    }
    title = t("Pembayaran {reference}", reference=head.reference)
    crumbs = [(t("Uang & rekening koran"), reverse("money")), (t("Pembayaran"), reverse("receipts"))]
    return show(request, "receipt.html", content, title=title, part="money", crumbs=crumbs)
