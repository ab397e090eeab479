"""One OPD's deductions of a month, line by line: what was asked, what came back, and that it was told wrongly."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.web.asked import after_asked, filter_chips, slice_of, word_asked
from payung.doors.web.components import Change
from payung.doors.web.figures import NOTHING, number, rupiah, short_date
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.tables import headings
from payung.doors.web.translation import t, word
from payung.doors.web.views.deductions import refusal_of
from payung.doors.web.vocabulary_sponsorship import OUTCOMES
from payung.office.places.queries import area_of
from payung.office.sponsorship.models import DeductionList, Return
from payung.office.sponsorship.opd_months import Line, lines_of
from payung.office.sponsorship.returns import ReturnRefused
from payung.office.sponsorship.taking_back import take_back_return
from payung.rules.months import Month

COLUMNS = (
    word("Baris"), word("Penanggung"), word("Pekerja"), word("Iuran"), word("Dipotong"), word("Belum terpotong"),
    word("Tunggakan bulan lalu"), word("Hasil"),
)  # fmt: skip
MISSING = "kurang"


@require_safe
def one(request: HttpRequest, deduction_list_id: int) -> HttpResponse:
    """The list, all of it or what was not deducted in whole."""
    return _page(request, _visible(request, deduction_list_id))


@posting(back="deduction-list")
def take_back(request: HttpRequest, deduction_list_id: int) -> HttpResponse:
    """What came back was told wrongly: the list waits again."""
    found, user = _visible(request, deduction_list_id), reader(request)
    reason = request.POST.get("comment", "")
    try:
        take_back_return(deduction_list=found, reason=reason, by=user, at=timezone.now())
    except ReturnRefused as refused:
        return _page(request, found, refusal=refusal_of(refused))
    return redirect("deduction-list", deduction_list_id=found.pk)


def _visible(request: HttpRequest, deduction_list_id: int) -> DeductionList:
    """The list when the reader's area shows it; else there is no such page."""
    scope = DeductionList.objects.filter(government=area_of(reader(request)).government)
    return get_object_or_404(scope.select_related("government", "opd", "circular__agreement"), pk=deduction_list_id)


def _page(request: HttpRequest, found: DeductionList, *, refusal: str = "") -> HttpResponse:
    month = Month.of(found.month)
    lines, only = lines_of(found), word_asked(request, "hitung", (MISSING,))
    told = Return.objects.filter(deduction_list=found).select_related(
        "recorded_by", "taken_back_by", "remittance__receipt"
    )
    returns = list(told.order_by("-pk"))
    back = next((one for one in returns if one.taken_back_at is None), None)
    missing = [line for line in lines if back and line.taken_rupiah < line.due_rupiah]
    start = after_asked(request, start=0)
    rows = [line for line in (missing if only else lines) if line.number > start]
    content = {
        "page": slice_of(request, rows, place=lambda line: line.number, start=0),
        "columns": headings(*COLUMNS, figures=(*COLUMNS[:1], *COLUMNS[3:7])),
        "outcomes": OUTCOMES,
        "refusal": refusal,
        "back": back,
        "paid_on": back is not None and hasattr(back, "remittance"),
        "changes": _changes(back, lines) if back else [],
        "taken_back": [one for one in returns if one.taken_back_at is not None],
        "chips": filter_chips(
            request, "hitung", [("", t("Semua"), len(lines)), (MISSING, t("Belum terpotong penuh"), len(missing))], only
        ),
        "totals": _totals(missing if only else lines, returned=back is not None),
        "facts_shown": _facts(found, back),
        "list": found,
        "month": month,
    }  # fmt: skip
    crumbs = [(t("Potongan TPP"), f"{reverse('deductions')}?bulan={month}")]
    title = t("Potongan TPP {opd}", opd=found.opd.short_name)
    return show(request, "deduction_list.html", content, title=title, part="deductions", month=month, crumbs=crumbs)


def _changes(back: Return, lines: list[Line]) -> list[Change]:
    """What taking it back changes, before it is done."""
    told = [(t("Dipotong"), back.taken_rupiah), (t("Ditalangi"), back.bridged_rupiah)]
    short = sum(line.taken_rupiah < line.due_rupiah for line in lines)
    return [
        *(Change(label, rupiah(amount), NOTHING) for label, amount in told if amount or label == told[0][0]),
        *([Change(t("Belum terpotong penuh (orang)"), number(short), NOTHING)] if short else []),
        Change(t("Hasil potongan"), t("sudah dicatat"), t("menunggu dicatat lagi")),
    ]


def _totals(lines: list[Line], *, returned: bool) -> list[str]:
    due, taken = sum(line.due_rupiah for line in lines), sum(line.taken_rupiah for line in lines)
    owed = sum(line.owed_rupiah for line in lines)
    back = [rupiah(taken), rupiah(due - taken)] if returned else [NOTHING, NOTHING]
    return ["", t("Jumlah"), "", rupiah(due), *back, rupiah(owed), ""]


def _facts(found: DeductionList, back: Return | None) -> list[tuple[str, str]]:
    told = [(t("OPD"), found.opd.name), (t("Dasar"), found.circular.agreement.number)]
    if back is None:
        return [*told, (t("Hasil potongan"), t("belum dicatat"))]
    day = short_date(timezone.localdate(back.recorded_at))
    told.append((t("Hasil potongan"), t("dicatat {name}, {day}", name=back.recorded_by.full_name, day=day)))
    paid = getattr(back, "remittance", None)
    said = t("{amount} pada {day}", amount=rupiah(paid.receipt.amount_rupiah), day=paid.receipt.paid_on) if paid else ""
    return [*told, (t("Dibayar"), said or t("belum dibayar"))]
