"""The sheet of a month for the head of the region, as a page that prints on one side, and as PDF."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from payung.doors.papers.office_paper import Column, OfficePaper, Sheet, paper_pdf
from payung.doors.web import figures
from payung.doors.web.asked import month_asked, month_chips
from payung.doors.web.components import Stage
from payung.doors.web.coverage_page import percent
from payung.doors.web.month_decisions import decisions
from payung.doors.web.pages import reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import attachment
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary_coverage import SCOPES
from payung.doors.web.vocabulary_numbers import FIVE
from payung.office.access.models import User
from payung.office.places.queries import Area, area_of
from payung.office.reports.counted import counted_months
from payung.office.reports.month_sheet import MonthSheet, month_sheet
from payung.rules.months import Month

SHOWN_MONTHS = 12
SECTIONS = (word("Lima angka"), word("Cakupan"), word("Klaim tahun ini"), word("Uang tahun ini"))


@dataclass(frozen=True)
class Row:
    """One line of the sheet: what it is, its figure, a second one; `page` (with `asked` of it) shows what it counts."""

    label: str
    value: str
    more: str = ""
    page: str = ""
    asked: str = ""


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """`?bulan=2022-10`: the month, or the newest that was counted."""
    area, known, month = _asked(request)
    found = month_sheet(area, month)
    content = {
        "months_shown": month_chips(request, known[:SHOWN_MONTHS], month),
        "found": found,
        "stages": _stages(found, reader(request)),
        "sections": [(title, _linked(reader(request), rows, month)) for title, rows in _sections(found)],
        "decisions": [(one.sentence, one.address(reader(request))) for one in decisions(found)],
        "pdf_address": reverse("month-sheet-pdf") + f"?bulan={month}",
    }
    title = t("Lembar kepala daerah")
    return show(request, "month_sheet.html", content, title=title, part="month-sheet", month=month)


@require_safe
def pdf(request: HttpRequest) -> HttpResponse:
    """The same on one side of A4."""
    area, _, month = _asked(request)
    found = month_sheet(area, month)
    today = timezone.localdate()
    paper = OfficePaper(
        language=language(),
        government=area.government.name,
        office="",
        title=t("Lembar kepala daerah").upper(),
        subject=t("Jaminan sosial ketenagakerjaan, {month}", month=figures.long_month(month)),
        footer=t("Dicetak {day}", day=today),
        sheets=[_printed(title, rows) for title, rows in _sections(found)],
        notes=[
            t("Yang perlu diputuskan"),
            *(f"{at}. {one.sentence}" for at, one in enumerate(decisions(found), start=1)),
        ],
    )
    return attachment(f"lembar-{month}.pdf", paper_pdf(paper, printed_on=today), "application/pdf")


def _asked(request: HttpRequest) -> tuple[Area, list[Month], Month]:
    area = area_of(reader(request))
    known = sorted(counted_months(area.government.pk), reverse=True)
    return area, known, month_asked(request) or (known[0] if known else Month.of(timezone.localdate()))


def _sections(found: MonthSheet) -> list[tuple[str, list[Row]]]:
    rows = (_numbers(found), _coverage(found), _claims(found), _money(found))
    return [(t(title), told) for title, told in zip(SECTIONS, rows, strict=True)]


def _numbers(found: MonthSheet) -> list[Row]:
    first = Row(t(FIVE["budgeted"]), figures.number(found.budget_heads), figures.rupiah(found.ceiling_rupiah), "funds")
    if not found.rungs:
        return [first, Row(t("Bulan ini belum dihitung."), "")]
    rest = [
        Row(t(FIVE[one.number]), figures.number(one.heads), figures.rupiah(one.rupiah), "numbers")
        for one in found.rungs
    ]
    return [first, *rest]


def _coverage(found: MonthSheet) -> list[Row]:
    made = []
    for line in found.coverage:
        told = percent(line.hundredths) if line.hundredths is not None else t("penyebut belum dicatat")
        if line.published and line.published.percent_hundredths is not None:
            told += " · " + t("diterbitkan {percent}", percent=percent(line.published.percent_hundredths))
        made.append(Row(t(SCOPES[line.scope]), t("{count} peserta di Payung", count=line.own), told, "coverage"))
    return made


def _claims(found: MonthSheet) -> list[Row]:
    claims, page, year = found.claims, "claims-figures", f"tahun={found.month.year}"
    paid = figures.rupiah(claims.received_rupiah) if claims.paid else ""
    return [
        Row(t("Dibayar"), figures.number(claims.paid), paid, page, year),
        Row(t("Masih berjalan"), figures.number(claims.waiting), "", page, year),
        Row(t("Ditolak"), figures.number(claims.refused), "", page, year),
        Row(t("Kematian yang belum diklaim"), figures.number(claims.unclaimed_deaths), "", "claims", "belum=klaim"),
    ]


def _money(found: MonthSheet) -> list[Row]:
    return [
        Row(t("Pagu"), "", figures.rupiah(found.ceiling_rupiah), "funds"),
        Row(t("Sudah ditagih"), "", figures.rupiah(found.drawn_rupiah), "funds"),
        Row(t("Sisa bila semua tetap sampai Desember"), "", figures.rupiah(found.free_rupiah), "funds"),
    ]


def _stages(found: MonthSheet, user: User) -> list[Stage]:
    """The ladder of the five numbers; each opens to its people, or for who sees none to the page of the numbers."""
    page = f"{reverse('numbers')}?bulan={found.month}"
    people = f"{reverse('numbers-people')}?bulan={found.month}&angka=" if allowed(user, "numbers-people") else ""
    first = Stage(t(FIVE["budgeted"]), found.budget_heads, f"{page}#anggaran", figures.rupiah(found.ceiling_rupiah))
    rest = [
        Stage(t(FIVE[one.number]), one.heads, f"{people}{one.number}" if people else page, figures.rupiah(one.rupiah))
        for one in found.rungs
    ]
    return [first, *rest] if rest else []


def _linked(user: User, rows: list[Row], month: Month) -> list[tuple[Row, str]]:
    """Each row with the page behind it, where there is something and the reader may open it."""
    return [(row, f"{reverse(row.page)}?{row.asked or f'bulan={month}'}" if _opens(user, row) else "") for row in rows]


def _opens(user: User, row: Row) -> bool:
    return allowed(user, row.page) and row.value.partition(" ")[0] != figures.number(0)


def _printed(title: str, rows: list[Row]) -> Sheet:
    columns = [Column("", 70), Column("", 50, figures=True), Column("", figures=True)]
    return Sheet(title, columns, [(row.label, row.value, row.more) for row in rows])
