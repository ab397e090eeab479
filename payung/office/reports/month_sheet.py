"""A month on one page for the head of the region: five numbers, coverage, claims, money left, and what to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from payung.office.agreements.queries import Standing, agreements_on
from payung.office.claims import queries as claims
from payung.office.places.queries import Area
from payung.office.reports import budgets, claim_figures, numbers
from payung.office.reports.counted import counted_months
from payung.office.reports.coverage_figures import Line, coverage_of
from payung.office.reports.funds import FundLine, fund_lines
from payung.office.reports.numbers import Rung, Wanted
from payung.rules.months import Month


@dataclass(frozen=True)
class Claims:
    """Benefits of the events of the year up to the month. Rupiah."""

    paid: int
    waiting: int
    refused: int
    received_rupiah: int
    unclaimed_deaths: int


@dataclass(frozen=True)
class MonthSheet:
    """`budget_heads` and `ceiling_rupiah` are those of the year's lines, the first of the five numbers; `rungs` are the
    other four (empty until the month was counted). `short` are the lines that run out before December.
    """

    month: Month
    counted_at: datetime | None
    budget_heads: int
    ceiling_rupiah: int
    rungs: Sequence[Rung]
    coverage: Sequence[Line]
    claims: Claims
    drawn_rupiah: int
    free_rupiah: int
    short: Sequence[FundLine]
    ending: Sequence[Standing]


def month_sheet(area: Area, month: Month) -> MonthSheet:
    """Everything about a month, from what was counted and noted, as far as the reader sees it."""
    government = area.government
    counted = counted_months(government.pk).get(month)
    wanted = Wanted(month, month)
    planned = budgets.lines(government.pk, wanted)
    money = fund_lines(government.pk, year=month.year)
    return MonthSheet(
        month=month,
        counted_at=counted,
        budget_heads=sum(line.heads for line in planned),
        ceiling_rupiah=sum(line.ceiling_rupiah for line in planned),
        rungs=numbers.ladder(numbers.tallies(government.pk, wanted)) if counted else (),
        coverage=coverage_of(government, month).lines,
        claims=_claims(area, month),
        drawn_rupiah=sum(line.drawn_rupiah for line in money),
        free_rupiah=sum(line.free_rupiah for line in money),
        short=[line for line in money if line.runs_out],
        ending=[one for one in agreements_on(government.pk, month.last_day) if one.state == "ending"],
    )


def _claims(area: Area, month: Month) -> Claims:
    found = claim_figures.part(claim_figures.claims_between(area, date(month.year, 1, 1), month.last_day))
    return Claims(
        paid=found.outcomes["paid"],
        waiting=found.outcomes["running"],
        refused=found.outcomes["refused"],
        received_rupiah=found.received_rupiah,
        unclaimed_deaths=claims.unclaimed_deaths(area).filter(event_on__lte=month.last_day).count(),
    )
