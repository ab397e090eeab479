"""Whether the list, the bill, the payment and the five numbers say the same of a month of TPP deductions."""

from django.db.models import Sum

from payung.office.billing.models import BillLine, Payment
from payung.office.places.models import Government
from payung.office.reports.numbers import Wanted, ladder, tallies
from payung.office.sponsorship.models import Circular, Deduction, Return
from payung.office.sponsorship.opd_months import overview
from payung.rules.months import Month


def month_reconciles(government: Government, circular: Circular, month: Month) -> int:
    """Every figure of one month against the others; returns the rupiah that were paid for it."""
    asked = overview(circular, month)
    due, missing = sum(one.due_rupiah for one in asked), sum(one.missing_rupiah for one in asked)
    lines = BillLine.objects.filter(bill__government=government, for_month=month.first_day)
    assert lines.aggregate(billed=Sum("total_rupiah"))["billed"] == due, f"{month}: the bills are the lists"
    assert lines.filter(reason="regular").count() == sum(one.heads for one in asked), month
    posted = next(rung for rung in ladder(tallies(government.pk, Wanted(month, month))) if rung.number == "posted")
    assert posted.rupiah == due - missing > 0, f"{month}: what was deducted is posted, and nothing else"
    settled = Deduction.objects.filter(month=month.first_day).annotate(got=Sum("taken__amount_rupiah"))
    full = [one for one in settled if one.got == one.due_rupiah]
    assert posted.heads == len(full), f"{month}: who is paid for is posted"
    assert all(one.paid_rupiah == one.taken_rupiah for one in asked), f"{month}: each OPD paid what it deducted"
    return due - missing


def programme_reconciles(government: Government, circular: Circular, months: list[Month]) -> None:
    """Every month by itself, and over all of them every rupiah that was deducted settles a bill."""
    paid = sum(month_reconciles(government, circular, month) for month in months)
    taken = Return.objects.aggregate(taken=Sum("taken_rupiah"))["taken"]
    assert Payment.objects.aggregate(paid=Sum("amount_rupiah"))["paid"] == taken == paid
