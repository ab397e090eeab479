"""Questions about scenarios: which there are, and what one buys, whom, and what it is worth to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from payung.office.agreements.queries import readings_of
from payung.office.places.queries import Area
from payung.office.planning.models import Scenario
from payung.rules.law.figures import Certainty, weakest
from payung.rules.law.narration import Doubt
from payung.rules.law.words import Language
from payung.rules.months import Month
from payung.rules.planning.buying import Bought, Cohort, buy, cohorts
from payung.rules.planning.expected import Expected, Rates, expected
from payung.rules.planning.prices import Price, Terms, prices, yearly
from payung.rules.planning.protection import Protection, protection
from payung.rules.planning.turns import Group, in_turn, turn_rules


@dataclass(frozen=True)
class Outcome:
    """What a scenario comes to. `groups` stand in their turn; `taken` of each year counts along them.

    `worth` is by the month of joining: what the law pays in each month to those who joined then.
    """

    scenario: Scenario
    terms: Terms
    groups: Sequence[Group]
    prices: Sequence[Price]
    years: Sequence[Bought]
    cohorts: Sequence[Sequence[Cohort]]
    worth: Mapping[Month, Protection]
    claims: Expected | None

    @property
    def rupiah(self) -> int:
        return sum(year.rupiah for year in self.years)

    @property
    def budget_rupiah(self) -> int:
        return sum(year.budget_rupiah for year in self.years)

    @property
    def heads(self) -> int:
        """Who is carried through every month of the plan."""
        return min(year.heads for year in self.years)

    @property
    def months(self) -> int:
        return sum(year.months for year in self.years)

    @property
    def person_months(self) -> int:
        return sum(year.heads * year.months for year in self.years)

    @property
    def first_worth(self) -> Protection:
        """That of those who join with the first month."""
        return self.worth[self.years[0].first]

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Everything the figures rest on that is not certain, each once."""
        told = [doubt for price in self.prices for doubt in price.doubts]
        told += [doubt for one in self.worth.values() for run in one.runs for doubt in run.doubts]
        return tuple({doubt.id: doubt for doubt in told}.values())

    @property
    def certainty(self) -> Certainty:
        return weakest(doubt.certainty for doubt in self.doubts)


def scenarios(area: Area) -> QuerySet[Scenario]:
    """Those that stand, the newest first."""
    found = Scenario.objects.filter(government=area.government, replaced_at__isnull=True)
    return found.select_related("decree", "made_by").order_by("-made_at", "-pk")


def terms_of(scenario: Scenario) -> Terms:
    """As whom the scenario enrols people."""
    return Terms(
        membership_class=scenario.membership_class,
        programmes=tuple(scenario.programmes),
        payer=scenario.fund_kind,
        wage_base=scenario.wage_base,
        wage_base_place=scenario.wage_base_place,
        wage_rupiah=scenario.wage_rupiah,
        jkk_group=scenario.jkk_group,
    )


def groups_of(scenario: Scenario) -> list[Group]:
    """The people the scenario speaks of, as they were entered or counted."""
    return [_group(told) for told in scenario.groups]


def _group(told: Mapping[str, Any]) -> Group:
    ends = told.get("term_ends")
    return Group(**{**told, "term_ends": date.fromisoformat(ends) if ends else None})


def rates_of(scenario: Scenario) -> Rates | None:
    """The rates it was handed, if any."""
    deaths, accidents = scenario.deaths_per_million, scenario.accidents_per_million
    if deaths is None or accidents is None or scenario.accident_mean_rupiah is None:
        return None
    return Rates(deaths, accidents, scenario.accident_mean_rupiah, scenario.rates_source)


def outcome(scenario: Scenario, language: Language = "id") -> Outcome:
    """What it buys under the law and the office's readings of today. Raises LawError."""
    terms, dated = terms_of(scenario), readings_of(scenario.government_id)
    first, last = Month.of(scenario.first_month), Month.of(scenario.last_month)
    asked = groups_of(scenario)
    sectors = tuple(dict.fromkeys(group.sector for group in asked))
    found = prices(terms, first, last, sectors, dated, language)
    whole = {sector: sum(one.rupiah * one.months for one in found if one.sector == sector) for sector in sectors}
    groups = in_turn(asked, turn_rules()[scenario.turn_rule], whole)
    years = [
        buy(
            groups,
            yearly(found, year),
            first=max(first, Month(year, 1)),
            last=min(last, Month(year, 12)),
            budget_rupiah=scenario.budgets[str(year)],
        )
        for year in range(first.year, last.year + 1)
    ]
    standing = cohorts(years)
    joined = {years[0].first, *(cohort.joined for year in standing for cohort in year)}
    worth = {month: protection(terms, month, last, dated, language) for month in sorted(joined)}
    rates = rates_of(scenario)
    return Outcome(
        scenario=scenario,
        terms=terms,
        groups=groups,
        prices=found,
        years=years,
        cohorts=standing,
        worth=worth,
        claims=expected(rates, zip(years, standing, strict=True), worth) if rates else None,
    )
