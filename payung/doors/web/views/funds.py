"""Funds and budget lines: ceiling, what was billed, what is reserved, what is left; each number opens to its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from payung.doors.web import figures
from payung.doors.web.asked import PAGE_ROWS, after_asked, month_asked, slice_of
from payung.doors.web.components import Chip
from payung.doors.web.environment import same_page
from payung.doors.web.forms.funds import CarryForm, CeilingForm, LineForm
from payung.doors.web.later import whole_list
from payung.doors.web.pages import posting, reader, show
from payung.doors.web.rights import allowed
from payung.doors.web.tables import Field, arrange, headings, workbook
from payung.doors.web.translation import t, word
from payung.doors.web.vocabulary_agreements import PAPER_REFUSALS
from payung.office.agreements.actions import NewLine, open_fund
from payung.office.agreements.models import BudgetLine
from payung.office.agreements.papers import PaperRefused, change_ceiling
from payung.office.billing.models import Bill
from payung.office.billing.queries import heads_of, visible_bills
from payung.office.enrolment.queries import Carried
from payung.office.places.queries import area_of
from payung.office.reports import funds
from payung.office.reports.funds import FundLine
from payung.rules.months import Month

FIELDS: tuple[Field[FundLine], ...] = (
    Field("anggaran", word("Mata anggaran"), lambda one: f"{one.code} · {one.name}"),
    Field("opd", word("OPD"), lambda one: one.opd or ""),
    Field("dana", word("Sumber dana"), lambda one: one.fund),
    Field("pagu", word("Pagu"), lambda one: one.ceiling_rupiah, figures=True),
    Field("ditagih", word("Sudah ditagih"), lambda one: one.drawn_rupiah, figures=True),
    Field("dicadangkan", word("Dicadangkan"), lambda one: one.reserved_rupiah, figures=True),
    Field("sisa", word("Sisa setelah cadangan"), lambda one: one.free_rupiah, figures=True),
    Field("habis", word("Habis pada"), lambda one: one.runs_out),
)
MONTHS = (word("Bulan"), word("Orang"), word("Dicadangkan"), word("Sisa sesudahnya"))
BILLS = (word("Tagihan"), word("Bulan"), word("Jumlah"), word("Dibayar"))
CHANGES = (word("Tanggal"), word("Dokumen"), word("Perubahan"), word("Pagu sesudahnya"))
PEOPLE: tuple[Field[Carried], ...] = (
    Field("nama", word("Nama"), lambda one: one.name),
    Field("opd", word("OPD"), lambda one: one.opd),
    Field("sejak", word("Sejak"), lambda one: one.from_month),
    Field("sampai", word("Sampai"), lambda one: one.until_month),
)


@dataclass(frozen=True)
class Sums:
    """All lines of a page together."""

    ceiling: int
    drawn: int
    reserved: int
    free: int


@require_safe
def all_funds(request: HttpRequest) -> HttpResponse:
    """`?tahun=2022`: the lines of a year; those whose money does not last are told first."""
    government = area_of(reader(request)).government
    years = funds.years(government.pk)
    asked = request.GET.get("tahun", "")
    year = next((one for one in years if str(one) == asked), years[0] if years else timezone.localdate().year)
    found = funds.fund_lines(government.pk, year=year)
    if request.GET.get("unduh"):
        return workbook(f"anggaran-{year}.xlsx", t("Dana dan anggaran {year}", year=str(year)), FIELDS, found)
    table = arrange(request, FIELDS, found)
    content = {
        "years": [Chip(str(one), same_page(request, tahun=str(one), urut=None), one == year) for one in years],
        "columns": table.columns,
        "lines": table.rows,
        "sums": _sums(found),
        "short": [one for one in found if one.runs_out],
        "year": str(year),
    }
    return show(request, "funds.html", content, title=t("Dana & anggaran"), part="funds")


def _sums(found: Sequence[FundLine]) -> Sums:
    return Sums(
        ceiling=sum(one.ceiling_rupiah for one in found),
        drawn=sum(one.drawn_rupiah for one in found),
        reserved=sum(one.reserved_rupiah for one in found),
        free=sum(one.free_rupiah for one in found),
    )


@require_safe
def one_line(request: HttpRequest, budget_line_id: int) -> HttpResponse:
    """What stands behind each number of a line."""
    return _line_page(request, _line(request, budget_line_id))


def _line_page(
    request: HttpRequest, line: FundLine, *, ceiling: CeilingForm | None = None, carry: CarryForm | None = None
) -> HttpResponse:
    area = area_of(reader(request))
    changing = allowed(request.user, "fund-ceiling")
    content = {
        "line": line,
        "months": _months(line),
        "month_columns": headings(*MONTHS, figures=MONTHS[1:]),
        "bills": heads_of(visible_bills(area).filter(budget_line_id=line.id, state__in=Bill.DUE)),
        "bill_columns": headings(*BILLS, figures=BILLS[2:]),
        "changes": _changes(line),
        "change_columns": headings(*CHANGES, figures=CHANGES[2:]),
        "ceiling": (ceiling or CeilingForm(prefix="pagu")) if changing else None,
        "carry": (carry or _carry_form(request, line)) if changing else None,
    }
    return show(request, "fund_line.html", content, title=line.name, part="funds", crumbs=_crumbs(line))


def _months(line: FundLine) -> list[tuple[funds.Needed, int]]:
    """Each month not billed yet, with what is left after it."""
    left, found = line.left_rupiah, []
    for one in line.needed:
        left -= one.rupiah
        found.append((one, left))
    return found


def _changes(line: FundLine) -> list[tuple[str, str, int, int]]:
    """Day, paper, amount and the ceiling after it, from the first ceiling on."""
    standing = line.first_ceiling_rupiah
    found = [("", t("Pagu awal {year}", year=str(line.year)), standing, standing)]
    for one in funds.changes_of(line.id):
        away = one.source_id == line.id
        amount = -one.amount_rupiah if away else one.amount_rupiah
        standing += amount
        other = one.line if away else one.source
        document = one.document
        if other is not None:
            said = t("dibawa ke {year}: {name}") if away else t("sisa dari {year}: {name}")
            document = f"{document} · " + said.format(year=other.year, name=other.name)
        found.append((figures.short_date(one.decided_on), document, amount, standing))
    return found


@require_safe
def people(request: HttpRequest, budget_line_id: int) -> HttpResponse:
    """`?bulan=2022-11`: whom the line pays for in a month, exactly as many as the reservation counts."""
    line = _line(request, budget_line_id)
    month = month_asked(request) or (Month.of(line.needed[0].month) if line.needed else Month.of(timezone.localdate()))
    if request.GET.get("unduh"):
        return whole_list(
            request, f"anggaran-{line.id}.xlsx", f"{line.name}, {month}", PEOPLE,
            lambda limit: funds.people_of(line.id, month, limit=limit),
        )  # fmt: skip
    after = after_asked(request, start=0)
    found = funds.people_of(line.id, month, after=after, limit=PAGE_ROWS + 1)
    content = {
        "page": slice_of(request, found, place=lambda one: one.id, start=0),
        "count": next((one.heads for one in line.needed if one.month == month.first_day), None),
        "columns": headings(*(field.label for field in PEOPLE)),
        "download_address": same_page(request, unduh="xlsx"),
    }
    crumbs = [*_crumbs(line), (line.name, reverse("fund-line", args=[line.id]))]
    title = t("Orang yang dibayari")
    return show(request, "fund_people.html", content, title=title, part="funds", month=month, crumbs=crumbs)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A budget line of a fund, which is made with its first line."""
    user, area = reader(request), area_of(reader(request))
    form = LineForm(request.POST or None, area=area, year=timezone.localdate().year)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        line = NewLine(told["opd"], told["code"], told["name"], told["ceiling_rupiah"], told["heads"])
        fund = open_fund(
            government=area.government, kind=told["kind"], name=told["fund"], year=told["year"], lines=[line], by=user,
            at=timezone.now(),
        )  # fmt: skip
        made = BudgetLine.objects.get(fund=fund, opd=line.opd, year=told["year"], code=line.code)
        return redirect("fund-line", budget_line_id=made.pk)
    content = {"form": form, "explanation": ""}
    title = t("Mata anggaran baru")
    return show(request, "agreement_new.html", content, title=title, part="funds", crumbs=_crumbs())


@posting(back="fund-line")
def set_ceiling(request: HttpRequest, budget_line_id: int) -> HttpResponse:
    """A revised budget: the paper and the new ceiling; the first one stays on record."""
    line = _line(request, budget_line_id)
    form = CeilingForm(request.POST, prefix="pagu")
    if form.is_valid():
        told = form.cleaned_data
        amount = told["new_rupiah"] - line.ceiling_rupiah
        if not amount:
            form.add_error("new_rupiah", t("Pagunya memang sudah sebesar itu."))
        else:
            try:
                change_ceiling(
                    line=BudgetLine.objects.select_related("fund").get(pk=line.id), amount_rupiah=amount,
                    document=told["document"], decided_on=told["decided_on"], by=reader(request), at=timezone.now(),
                )  # fmt: skip
                return redirect("fund-line", budget_line_id=budget_line_id)
            except PaperRefused as refused:
                form.add_error(None, t(PAPER_REFUSALS[refused.reason]))
    return _line_page(request, line, ceiling=form)


@posting(back="fund-line")
def carry_over(request: HttpRequest, budget_line_id: int) -> HttpResponse:
    """What is left goes to a line of a later year."""
    line = _line(request, budget_line_id)
    form = _carry_form(request, line, request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            funds.carry_over(
                source=BudgetLine.objects.select_related("fund").get(pk=line.id), into=told["into"],
                amount_rupiah=told["amount_rupiah"], document=told["document"], decided_on=told["decided_on"],
                by=reader(request), at=timezone.now(),
            )  # fmt: skip
            return redirect("fund-line", budget_line_id=budget_line_id)
        except PaperRefused as refused:
            form.add_error(None, t(PAPER_REFUSALS[refused.reason]))
    return _line_page(request, line, carry=form)


def _carry_form(request: HttpRequest, line: FundLine, data: object = None) -> CarryForm:
    later = BudgetLine.objects.filter(fund__government=area_of(reader(request)).government, year__gt=line.year)
    return CarryForm(data, later=later, left_rupiah=line.left_rupiah, prefix="bawa")


def _line(request: HttpRequest, budget_line_id: int) -> FundLine:
    """The line when the reader's area shows it; else there is no such page."""
    government = area_of(reader(request)).government
    get_object_or_404(BudgetLine.objects.filter(fund__government=government), pk=budget_line_id)
    found = funds.fund_lines(government.pk, line_id=budget_line_id)
    if not found:
        raise Http404
    return found[0]


def _crumbs(line: FundLine | None = None) -> list[tuple[str, str]]:
    back = reverse("funds") + (f"?tahun={line.year}" if line else "")
    return [(t("Dana & anggaran"), back)]
