"""A scenario in office form: the lines for the RKA (volume, price, sum), and what the people would be covered by."""

from collections.abc import Callable, Iterator
from datetime import date

from payung.doors.papers.office_paper import Cell, Column, OfficePaper, Sheet, Signature
from payung.doors.papers.wording import Wording
from payung.office.planning.queries import Outcome
from payung.rules.months import Month


def plan_paper(
    found: Outcome,
    *,
    government_name: str,
    fund: str,
    group_name: Callable[[str], str],
    printed_on: date,
    language: str,
) -> OfficePaper:
    """The paper. It always says what a death pays in each month, short programmes first of all."""
    wording = Wording(language)
    scenario = found.scenario
    return OfficePaper(
        language=language,
        government=government_name,
        office="",
        title=wording.text("plan", "title"),
        subject=scenario.title,
        footer=f"{scenario.title} · {wording.text('page', 'printed_on', day=wording.long_date(printed_on))}",
        facts=[
            (wording.text("plan", "code"), scenario.budget_code or wording.text("plan", "no_code")),
            (wording.text("bill", "fund"), fund),
            (wording.text("plan", "programmes"), ", ".join(found.terms.programmes)),
            (wording.text("plan", "period"), _span(found.years[0].first, found.years[-1].last, wording)),
            (wording.text("plan", "heads"), wording.text("bill", "heads_count", heads=wording.number(found.heads))),
        ],
        sheets=[_lines(found, wording), _worth(found, wording), _groups(found, group_name, wording)],
        amount=(wording.text("plan", "sum"), found.rupiah),
        signatures=[Signature(wording.text("bill", "officer"))],
        notes=list(_notes(found, wording)),
    )


def _span(first: Month, last: Month, wording: Wording) -> str:
    told = wording.short_month(first.first_day)
    return told if first == last else f"{told} – {wording.short_month(last.first_day)}"


def _lines(found: Outcome, wording: Wording) -> Sheet:
    """One line for each price of each year: people × months × price."""
    rows: list[tuple[Cell, ...]] = []
    for year in found.years:
        for price in found.prices:
            heads = sum(
                taken for group, taken in zip(found.groups, year.taken, strict=True) if group.sector == price.sector
            )
            if price.first.year == year.year and heads:
                rows.append(
                    (
                        _span(price.first, price.last, wording),
                        wording.text("plan", f"sector_{price.sector}"),
                        heads,
                        price.months,
                        heads * price.months,
                        price.rupiah,
                        heads * price.months * price.rupiah,
                    )
                )
    total: tuple[Cell, ...] = (
        wording.text("bill", "sum_label"), "", None, None, found.person_months, None, found.rupiah,
    )  # fmt: skip
    columns = [
        Column(wording.text("plan", "months"), 34),
        Column(wording.text("plan", "work")),
        *(Column(wording.text("plan", key), 24, figures=True) for key in ("people", "count", "volume", "price")),
        Column(wording.text("bill", "sum"), 36, figures=True),
    ]
    return Sheet(wording.text("plan", "lines"), columns, rows, total)


def _worth(found: Outcome, wording: Wording) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (
            _span(worth.joined, worth.joined, wording),
            _span(run.first, run.last, wording),
            run.death_rupiah,
            run.accident_death_rupiah,
            "; ".join(run.citations),
            wording.text("plan", f"certainty_{run.certainty.name.lower()}"),
        )
        for worth in found.worth.values()
        for run in worth.runs
    ]
    columns = [
        Column(wording.text("plan", "joined"), 20),
        Column(wording.text("plan", "months"), 34),
        Column(wording.text("plan", "death"), 28, figures=True),
        Column(wording.text("plan", "accident_death"), 28, figures=True),
        Column(wording.text("plan", "basis")),
        Column(wording.text("plan", "certainty"), 28),
    ]
    return Sheet(wording.text("plan", "worth"), columns, rows)


def _groups(found: Outcome, group_name: Callable[[str], str], wording: Wording) -> Sheet:
    taken = [min(year.taken[at] for year in found.years) for at in range(len(found.groups))]
    rows: list[tuple[Cell, ...]] = [
        (at, group_name(group.segment), group.decile, group.heads, carried)
        for at, (group, carried) in enumerate(zip(found.groups, taken, strict=True), start=1)
    ]
    columns = [
        Column(wording.text("plan", "turn"), 14, figures=True),
        Column(wording.text("plan", "group")),
        Column(wording.text("plan", "decile"), 16, figures=True),
        Column(wording.text("plan", "people"), 26, figures=True),
        Column(wording.text("plan", "carried"), 30, figures=True),
    ]
    total: tuple[Cell, ...] = ("", wording.text("bill", "sum_label"), None, found.years[0].wanted, sum(taken))
    return Sheet(wording.text("plan", "groups"), columns, rows, total)


def _notes(found: Outcome, wording: Wording) -> Iterator[str]:
    worth = found.first_worth
    if not worth.full_months:
        yield wording.text(
            "plan", "too_short", months=worth.covered_months, least=wording.rupiah(worth.runs[0].death_rupiah),
            full=wording.rupiah(worth.full_rupiah), month=wording.long_month(worth.full_from.first_day),
        )  # fmt: skip
    if found.claims:
        yield wording.text(
            "plan", "claims", amount=wording.rupiah(found.claims.rupiah), source=found.scenario.rates_source
        )
    for doubt in found.doubts:
        yield wording.text("plan", "doubt", reason=doubt.reason, citation=doubt.citation)
    yield wording.text("plan", "note")
