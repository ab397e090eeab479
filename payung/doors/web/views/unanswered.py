"""Whom a month's bills leave out, why, and what to do: of a draft as it was made, or before one is made."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from payung.doors.web import figures
from payung.doors.web.asked import PAGE_ROWS, after_asked, month_asked, slice_of
from payung.doors.web.later import whole_list
from payung.doors.web.pages import CRUMB, reader, show
from payung.doors.web.tables import Field, headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary_bills import FIX_AGREEMENT, FIX_WAGE
from payung.office.billing import review, unanswered
from payung.office.billing.open_months import MonthClosed
from payung.office.billing.unanswered import LeftOutPerson
from payung.office.places.queries import area_of
from payung.rules.law.explain import RefusedError
from payung.rules.law.figures import LawError
from payung.rules.months import Month

COLUMNS = (
    word("Nama"), word("Sebab"), word("Yang harus dilakukan"), word("OPD"), word("Bulan"), word("Perjanjian"),
)  # fmt: skip


def _why(one: LeftOutPerson) -> str:
    return str(RefusedError(one.refusal, language()))


def _to_do(one: LeftOutPerson) -> str:
    return t(FIX_WAGE if one.refusal.startswith("wage_") else FIX_AGREEMENT)


def _months(one: LeftOutPerson) -> str:
    first, last = (figures.short_month(Month.of(day)) for day in (one.first_month, one.last_month))
    return first if first == last else f"{first} – {last}"


FIELDS: tuple[Field[LeftOutPerson], ...] = (
    Field("nama", COLUMNS[0], lambda one: one.name),
    Field("sebab", COLUMNS[1], _why),
    Field("langkah", COLUMNS[2], _to_do),
    Field("opd", COLUMNS[3], lambda one: one.opd),
    Field("bulan", COLUMNS[4], _months),
    Field("perjanjian", COLUMNS[5], lambda one: one.agreement),
)


@require_safe
def of_run(request: HttpRequest, run_id: int) -> HttpResponse:
    """Whom this draft left out when it was made."""
    run = get_object_or_404(review.visible_runs(area_of(reader(request))), pk=run_id)
    crumbs = [
        (t("Tagihan iuran"), reverse("bills")),
        (t("Tagihan {month}", month=figures.long_month(run.month)), reverse("bill-run", kwargs={"run_id": run.pk})),
    ]
    return _page(
        request, Month.of(run.month), crumbs, lambda after, limit: unanswered.of_run(run, after=after, limit=limit),
        forgotten=run.left_out,
    )  # fmt: skip


@require_safe
def of_month(request: HttpRequest) -> HttpResponse:
    """`?bulan=2022-10`: whom the bills of that month would leave out now."""
    government = area_of(reader(request)).government
    month = month_asked(request)
    if month is None:
        return redirect("bill-month")
    crumbs = [
        (t("Tagihan iuran"), reverse("bills")), (t("Buat tagihan"), f"{reverse('bill-month')}?bulan={month}"),
    ]  # fmt: skip
    try:
        return _page(
            request, month, crumbs,
            lambda after, limit: unanswered.of_month(government, month, after=after, limit=limit),
        )  # fmt: skip
    except (MonthClosed, LawError) as nothing:
        raise Http404 from nothing


def _page(
    request: HttpRequest,
    month: Month,
    crumbs: list[CRUMB],
    rows: Callable[[int, int | None], list[LeftOutPerson]],
    *,
    forgotten: int = 0,
) -> HttpResponse:
    """`forgotten`: how many the draft counted; one of an earlier version did not keep who they were."""
    title = t("Belum dapat ditagih")
    if request.GET.get("unduh"):
        return whole_list(request, f"belum-dapat-ditagih-{month}.xlsx", title, FIELDS, lambda limit: rows(0, limit))
    found = slice_of(
        request, rows(after_asked(request, start=0), PAGE_ROWS + 1), place=lambda one: one.membership_id, start=0
    )
    content = {
        "page": found,
        "forgotten": forgotten,
        "columns": headings(*COLUMNS),
        "told": {one.membership_id: (_months(one), _why(one), _to_do(one)) for one in found.rows},
    }
    return show(request, "bill_left_out.html", content, title=title, part="bills", month=month, crumbs=crumbs)
