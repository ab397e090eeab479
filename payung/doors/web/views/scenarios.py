"""Plans of a budget: scenarios kept, one by one and side by side, and the line for the RKA on paper."""

import itertools
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payung.doors.papers.office_paper import OfficePaper, paper_pdf, paper_workbook
from payung.doors.papers.plan_paper import plan_paper
from payung.doors.web import figures
from payung.doors.web.forms.scenarios import ScenarioForm
from payung.doors.web.pages import reader, show
from payung.doors.web.tables import WORKBOOK_TYPE, attachment, headings
from payung.doors.web.translation import language, t, word
from payung.doors.web.vocabulary_agreements import FUND_KINDS
from payung.doors.web.vocabulary_plans import SCENARIO_REFUSALS, certainty_said
from payung.office.places.queries import Area, area_of
from payung.office.planning.actions import ScenarioRefused, keep, set_aside
from payung.office.planning.models import Scenario
from payung.office.planning.pools import past
from payung.office.planning.queries import Outcome, outcome, scenarios
from payung.rules.eligibility.segments import segment_codes, segment_title
from payung.rules.law.figures import LawError
from payung.rules.planning.turns import turn_rules

MOST_COMPARED = 4
MOST_TURNS = 100
"""Groups shown on the page; the workbook has them all."""
LIST = (
    word("Skenario"), word("Masa"), word("Sumber dana"), word("Orang"), word("Biaya"), word("Santunan kematian"),
    word("Bandingkan"),
)  # fmt: skip
YEARS = (
    word("Tahun"), word("Bulan"), word("Anggaran"), word("Orang yang terlindungi"), word("Belum terjangkau"),
    word("Biaya"), word("Sisa anggaran"),
)  # fmt: skip
PRICES = (word("Bulan"), word("Jenis pekerjaan"), word("Iuran seorang sebulan"), word("Kepastian"))
WORTH = (
    word("Bulan"), word("Meninggal bukan karena kerja"), word("Dibanding santunan penuh"),
    word("Meninggal karena kecelakaan kerja"), word("Kepastian"),
)  # fmt: skip
GROUPS = (word("Giliran"), word("Kelompok"), word("Desil"), word("Penafkah"), word("Orang"), word("Terlindungi"))
SECTORS = {
    "other": word("semua pekerjaan lain"),
    "transport": word("pengemudi dan ojek"),
    "becak_delman": word("becak dan delman"),
}


@require_safe
def all_scenarios(request: HttpRequest) -> HttpResponse:
    """Every scenario that stands, with what it comes to."""
    area = area_of(reader(request))
    content = {
        "lines": [outcome(one, language()) for one in scenarios(area)],
        "columns": headings(*LIST, figures=LIST[3:5]),
        "funds": FUND_KINDS,
        "period": period,
    }
    return show(request, "scenarios.html", content, title=t("Rencana anggaran"), part="scenarios")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask a budget, and keep the question."""
    area = area_of(reader(request))
    asked = request.POST if request.method == "POST" else None
    form = ScenarioForm(asked, area=area, past=past(area.government.pk))
    if asked is not None and form.is_valid():
        try:
            made = keep(area=area, new=form.scenario(), by=reader(request), at=timezone.now())
        except ScenarioRefused as refused:
            field, text = SCENARIO_REFUSALS[refused.reason]
            form.add_error(field, t(text))
        except LawError as unanswered:
            form.add_error(None, str(unanswered))
        else:
            return redirect("scenario", scenario_id=made.pk)
    return show(
        request, "scenario_new.html", {"form": form}, title=t("Skenario baru"), part="scenario-new", crumbs=_crumbs()
    )


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Some scenarios side by side: those chosen, or the newest."""
    area = area_of(reader(request))
    chosen = [int(text) for text in request.GET.getlist("pilih") if text.isdecimal() and len(text) < 19]
    standing = scenarios(area).filter(pk__in=chosen) if chosen else scenarios(area)
    content = {
        "found": [outcome(one, language()) for one in standing[:MOST_COMPARED]],
        "funds": FUND_KINDS,
        "period": period,
        "certainty_said": certainty_said,
    }
    return show(
        request, "scenarios_compare.html", content, title=t("Skenario berdampingan"), part="scenarios", crumbs=_crumbs()
    )


@require_safe
def scenario(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """One scenario: what it buys, whom, and what their families would get in each month."""
    found = _outcome(request, scenario_id)
    rule = turn_rules()[found.scenario.turn_rule]
    turns = list(zip(itertools.count(1), found.groups, found.years[0].taken, strict=False))
    content = {
        "found": found,
        "period": period(found),
        "fund": t(FUND_KINDS[found.terms.payer]),
        "rule": (rule.title[language()], rule.reason[language()]),
        "year_columns": headings(*YEARS, figures=YEARS[1:]),
        "price_columns": headings(*PRICES, figures=PRICES[2:3]),
        "worth_columns": headings(*WORTH, figures=(WORTH[1], WORTH[3])),
        "group_columns": headings(*GROUPS, figures=(GROUPS[0], GROUPS[2], *GROUPS[4:])),
        "sectors": SECTORS,
        "turns": turns[:MOST_TURNS],
        "more_turns": len(turns) - MOST_TURNS,
        "several_sectors": len({price.sector for price in found.prices}) > 1,
        "group_name": group_name,
        "certainty_said": certainty_said,
    }
    return show(request, "scenario.html", content, title=found.scenario.title, part="scenarios", crumbs=_crumbs())


@require_POST
def aside(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """Off the list."""
    try:
        set_aside(area=area_of(reader(request)), scenario_id=scenario_id, by=reader(request), at=timezone.now())
    except Scenario.DoesNotExist as missing:
        raise Http404 from missing
    return redirect("scenarios")


@require_safe
def pdf(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """The line for the RKA, to sign."""
    paper = _paper(request, scenario_id)
    content = paper_pdf(paper, printed_on=timezone.localdate())
    return attachment(f"rencana-anggaran-{scenario_id}.pdf", content, "application/pdf")


@require_safe
def excel(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """The same as a workbook."""
    content = paper_workbook(_paper(request, scenario_id), made_on=timezone.localdate())
    return attachment(f"rencana-anggaran-{scenario_id}.xlsx", content, WORKBOOK_TYPE)


def _paper(request: HttpRequest, scenario_id: int) -> OfficePaper:
    found = _outcome(request, scenario_id)
    area: Area = area_of(reader(request))
    return plan_paper(
        found,
        government_name=area.government.name,
        fund=t(FUND_KINDS[found.terms.payer]),
        group_name=group_name,
        printed_on=timezone.localdate(),
        language=language(),
    )


def _outcome(request: HttpRequest, scenario_id: int) -> Outcome:
    standing = scenarios(area_of(reader(request)))
    return outcome(get_object_or_404(standing, pk=scenario_id), language())


def _crumbs() -> Sequence[tuple[str, str]]:
    return [(t("Rencana anggaran"), reverse("scenarios"))]


def period(found: Outcome) -> str:
    """The months of the plan."""
    first, last = found.years[0].first, found.years[-1].last
    return f"{figures.short_month(first)} – {figures.short_month(last)}"


def group_name(segment: str) -> str:
    """A kind of work in words, or the office's own."""
    if not segment:
        return t("pekerjaan belum diketahui")
    return segment_title(segment, language()) if segment in segment_codes() else segment
