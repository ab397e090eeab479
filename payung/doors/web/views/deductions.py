"""A month of TPP by OPD: the lists, what was really deducted, the one payment, and who is in arrears."""

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.papers.office_paper import Column, OfficePaper, Sheet, paper_pdf, paper_workbook
from payung.doors.web.asked import month_asked
from payung.doors.web.figures import long_month, number, rupiah
from payung.doors.web.forms.pledges import RemitForm, ReturnForm
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.tables import WORKBOOK_TYPE, attachment, headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary_sponsorship import RETURN_REFUSALS
from payung.office.files.actions import keep
from payung.office.places.queries import area_of
from payung.office.sponsorship import opd_months, queries
from payung.office.sponsorship.lists import TooEarly, fix_lists
from payung.office.sponsorship.models import DeductionList
from payung.office.sponsorship.remittances import remit
from payung.office.sponsorship.return_file import read_return
from payung.office.sponsorship.returns import ReturnRefused, everybody, record_return
from payung.office.sponsorship.sheets import NoSuchColumns
from payung.rules.months import Month
from payung.rules.roster.unreadable import UnreadableWorkbook

COLUMNS = (
    word("OPD"), word("Orang"), word("Iuran"), word("Dipotong"), word("Belum terpotong"), word("Ditalangi"),
    word("Dibayar"), word("Langkah berikutnya"),
)  # fmt: skip
WARNING = (
    word("Penanggung"), word("OPD"), word("Pekerja"), word("Belum terpotong"), word("Terlindungi sampai"),
)  # fmt: skip
NAMED_LINES = 10
SHEET = ("NO", "NAMA ASN", "PEKERJA", "IURAN", "TUNGGAKAN", "DIPOTONG", "TUNGGAKAN DIPOTONG", "KETERANGAN")
"""What `return_file` reads again: the same in every language."""


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """Every OPD in a month: what was asked, deducted, missing, paid; and who is in arrears."""
    return _month(request, month_asked(request) or Month.of(timezone.localdate()))


def _month(request: HttpRequest, asked: Month, *, refusal: str = "") -> HttpResponse:
    area = area_of(reader(request))
    circular = queries.newest_circular(area.government, asked)
    rows = [one for one in opd_months.overview(circular, asked) if area.allows(one.opd_id)] if circular else []
    today = timezone.localdate()
    warnings = [
        (one, row.opd)
        for row in rows
        if circular and row.list_id
        for one in queries.warnings_of(circular, opd_id=row.opd_id, on=today)
    ]
    content = {
        "month": asked,
        "circular": circular,
        "rows": rows,
        "totals": _totals(rows),
        "columns": headings(*COLUMNS, figures=COLUMNS[1:7]),
        "warnings": [pair for pair in warnings if not _over(pair[0], today)],
        "lapsed": [pair for pair in warnings if _over(pair[0], today)],
        "warning_columns": headings(*WARNING, figures=WARNING[3:4]),
        "return_form": ReturnForm(),
        "remit_form": RemitForm(),
        "before": asked.shift(-1),
        "after": asked.shift(1),
        "refusal": refusal,
    }  # fmt: skip
    return show(request, "deductions.html", content, title=t("Potongan TPP"), part="deductions", month=asked)


def _over(one: queries.Warning, today: date) -> bool:
    """Whether the worker's cover lapsed already."""
    return one.lapses_after is not None and one.lapses_after < today


def _totals(rows: Sequence[opd_months.OpdMonth]) -> list[str]:
    """What stands under the table."""
    names = ("due_rupiah", "taken_rupiah", "missing_rupiah", "bridged_rupiah", "paid_rupiah")
    sums = [rupiah(sum(getattr(row, name) for row in rows)) for name in names]
    return [t("Jumlah"), number(sum(row.heads for row in rows)), *sums, ""]


@posting(back="deductions")
def fix(request: HttpRequest) -> HttpResponse:
    """The month's lists of every OPD that the reader sees."""
    user, asked = reader(request), _posted_month(request)
    area = area_of(user)
    circular = queries.newest_circular(area.government, asked)
    if circular is None:
        raise Http404
    try:
        fix_lists(circular=circular, month=asked, by=user, at=timezone.now(), opd_ids=area.opd_ids)
    except TooEarly:
        said = t("Daftar bulan itu baru dapat disusun mulai tanggal {day}.", day=circular.list_day)
        return _month(request, asked, refusal=said)
    return redirect(f"{reverse('deductions')}?bulan={asked}")


@posting(back="deductions")
def workbook(request: HttpRequest) -> HttpResponse:
    """The list of an OPD, to fill in and send back."""
    one = _list(request)
    content = paper_workbook(_paper(request, one), made_on=timezone.localdate())
    return attachment(f"potongan-{Month.of(one.month)}-{one.opd.code}.xlsx", content, WORKBOOK_TYPE)


@posting(back="deductions")
def pdf(request: HttpRequest) -> HttpResponse:
    """The list of an OPD on paper."""
    one, today = _list(request), timezone.localdate()
    content = paper_pdf(_paper(request, one), printed_on=today)
    return attachment(f"potongan-{Month.of(one.month)}-{one.opd.code}.pdf", content, "application/pdf")


def _paper(request: HttpRequest, one: DeductionList) -> OfficePaper:
    lines = opd_months.lines_of(one)
    owed = sum(line.owed_rupiah for line in lines)
    return OfficePaper(
        language=language(),
        government=area_of(reader(request)).government.name,
        office=one.opd.name,
        title=t("Daftar potongan TPP"),
        subject=long_month(Month.of(one.month)),
        footer=t("Dicetak dari Payung"),
        facts=[(t("Orang"), str(one.heads)), (t("Dasar"), one.circular.agreement.number)],
        sheets=[
            Sheet(
                t("Daftar potongan TPP"),
                [Column(heading, 12 if heading == "NO" else 0, figures=heading in SHEET[3:7]) for heading in SHEET],
                [
                    (str(line.number), line.sponsor, line.worker, line.due_rupiah, line.owed_rupiah, None, None, None)
                    for line in lines
                ],
                ("", t("Jumlah"), "", one.total_rupiah, owed, None, None, None),
            )
        ],
        amount=(t("Iuran bulan ini"), one.total_rupiah),
        notes=list(dict.fromkeys(doubt for tariff in one.tariffs for doubt in _doubts(tariff))),
    )


def _doubts(tariff: dict[str, object]) -> list[str]:
    """What the law leaves open about an amount on the list."""
    told = tariff["doubts"]
    assert isinstance(told, list)
    return [str(doubt["reason"]) for doubt in told]


@posting(back="deductions")
def returned(request: HttpRequest) -> HttpResponse:
    """What the OPD really deducted: all of it, or as the filled-in list says."""
    one, user, at = _list(request), reader(request), timezone.now()
    asked = Month.of(one.month)
    try:
        if request.POST.get("semua"):
            record_return(deduction_list=one, told=everybody(one), by=user, at=at)
        else:
            form = ReturnForm(request.POST, request.FILES)
            if not form.is_valid():
                return _month(request, asked, refusal=t("Pilih dulu berkasnya."))
            file = form.cleaned_data["workbook"]
            content = file.read()
            due = {line.number: line.due_rupiah for line in opd_months.lines_of(one)}
            told = read_return(content, file.name, due=due)
            kept, _ = keep(government=one.government, content=content, name=file.name, by=user, at=at)
            record_return(deduction_list=one, told=told, by=user, at=at, file=kept)
    except ReturnRefused as refused:
        return _month(request, asked, refusal=f"{one.opd.short_name}: {refusal_of(refused)}")
    except NoSuchColumns:
        said = t("Kolom NO dan DIPOTONG tidak ditemukan pada berkas itu. Unduh Excel-nya lagi dan isi di sana.")
        return _month(request, asked, refusal=said)
    except UnreadableWorkbook as unreadable:
        return _month(request, asked, refusal=str(unreadable))
    return redirect(f"{reverse('deductions')}?bulan={asked}")


def refusal_of(refused: ReturnRefused) -> str:
    """Why it is not taken, and on which lines: the first ten."""
    said = t(RETURN_REFUSALS[refused.reason])
    if not refused.lines:
        return said
    numbers = ", ".join(map(str, refused.lines[:NAMED_LINES]))
    more = len(refused.lines) - NAMED_LINES
    where = t("NO {numbers} dan {more} lagi.", numbers=numbers, more=more) if more > 0 else f"NO {numbers}."
    return f"{said} {where}"


@posting(back="deductions")
def paid(request: HttpRequest) -> HttpResponse:
    """The one payment of an OPD."""
    one = _list(request)
    asked, form = Month.of(one.month), RemitForm(request.POST)
    if not form.is_valid():
        return _month(request, asked, refusal=t("Isi tanggal bayar dan nomor buktinya."))
    try:
        remit(deduction_list=one, by=reader(request), at=timezone.now(), **form.cleaned_data)
    except ReturnRefused as refused:
        return _month(request, asked, refusal=t(RETURN_REFUSALS[refused.reason]))
    return redirect(f"{reverse('deductions')}?bulan={asked}")


def _list(request: HttpRequest) -> DeductionList:
    """The list that was posted, when the reader sees it; else there is no such page."""
    text = request.POST.get("daftar", "")
    if not (text.isdecimal() and len(text) < 19):
        raise Http404
    found = DeductionList.objects.select_related("government", "circular__agreement", "opd")
    return get_object_or_404(found, pk=int(text), government=area_of(reader(request)).government)


def _posted_month(request: HttpRequest) -> Month:
    try:
        return Month.parse(request.POST.get("bulan", ""))
    except ValueError as unread:
        raise Http404 from unread
