"""Verbs of planning: keep a scenario, set it aside."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, NotAllowed, require
from payung.office.agreements.models import Decree
from payung.office.places.queries import Area
from payung.office.planning.models import Scenario
from payung.office.planning.pools import pool
from payung.office.planning.queries import outcome, terms_of
from payung.rules.months import Month
from payung.rules.planning.expected import Rates
from payung.rules.planning.prices import Terms
from payung.rules.planning.turns import Group, turn_rules

LONGEST_MONTHS = 60
MOST_GROUPS = 2_000
LARGEST_RUPIAH = 10**15
"""A thousand times the budget of a large regency; beyond it a figure is a slip."""


class ScenarioRefused(Exception):
    """It cannot be kept; `reason` is `no_months`, `too_long`, `no_people`, `no_budget`, `title_known` or
    `nothing_covered`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class NewScenario:
    """What is asked. The people are the valid candidates of `decree`, or else `groups`. `budgets` by year, rupiah."""

    title: str
    first: Month
    last: Month
    terms: Terms
    turn_rule: str
    budgets: Mapping[int, int]
    groups: tuple[Group, ...] = ()
    decree: Decree | None = None
    budget_code: str = ""
    rates: Rates | None = field(default=None)


@transaction.atomic
def keep(*, area: Area, new: NewScenario, by: User, at: datetime) -> Scenario:
    """Keep a scenario; the pool of a decree is counted now. Raises ScenarioRefused, and LawError where the law has no
    answer to its terms.
    """
    require(by, Deed.KEEP_PLANS)
    _whole(area)
    groups = tuple(pool(new.decree)) if new.decree else new.groups
    _refuse(new, groups)
    if Scenario.objects.filter(government=area.government, title=new.title, replaced_at__isnull=True).exists():
        raise ScenarioRefused("title_known")
    rates = new.rates
    made = Scenario(
        government=area.government, title=new.title, first_month=new.first.first_day, last_month=new.last.first_day,
        fund_kind=new.terms.payer, membership_class=new.terms.membership_class, programmes=list(new.terms.programmes),
        wage_base=new.terms.wage_base, wage_base_place=new.terms.wage_base_place, wage_rupiah=new.terms.wage_rupiah,
        jkk_group=new.terms.jkk_group, decree=new.decree, counted_at=at if new.decree else None,
        turn_rule=new.turn_rule, groups=[_plain(group) for group in groups],
        budgets={str(year): rupiah for year, rupiah in new.budgets.items()}, budget_code=new.budget_code,
        deaths_per_million=rates.deaths_per_million if rates else None,
        accidents_per_million=rates.accidents_per_million if rates else None,
        accident_mean_rupiah=rates.accident_mean_rupiah if rates else None,
        rates_source=rates.source if rates else "", made_by=by, made_at=at,
    )  # fmt: skip
    assert terms_of(made) == new.terms
    outcome(made)  # what the law cannot answer is refused now, not when somebody looks
    made.save()
    detail = {"month": str(new.first), "until_month": str(new.last), "heads": sum(one.heads for one in groups)}
    record("keep_scenario", subject=f"scenario:{made.pk}", by=by, at=at, detail=detail)
    return made


@transaction.atomic
def set_aside(*, area: Area, scenario_id: int, by: User, at: datetime) -> None:
    """It stands in no list any more. Raises Scenario.DoesNotExist when it does not, or another government keeps it."""
    require(by, Deed.KEEP_PLANS)
    _whole(area)
    standing = Scenario.objects.select_for_update(of=("self",)).filter(replaced_at__isnull=True)
    found = standing.get(pk=scenario_id, government=area.government)
    found.replaced_at = at
    found.save(update_fields=["replaced_at"])
    record("set_aside_scenario", subject=f"scenario:{found.pk}", by=by, at=at)


def _whole(area: Area) -> None:
    if area.opd_ids is not None:
        raise NotAllowed("rencana berlaku untuk seluruh pemerintah daerah")


def _refuse(new: NewScenario, groups: tuple[Group, ...]) -> None:
    years = set(range(new.first.year, new.last.year + 1))
    problems = {
        "no_months": new.last < new.first,
        "too_long": new.last.index - new.first.index >= LONGEST_MONTHS,
        "nothing_covered": not new.terms.programmes,
        "no_people": not any(group.heads > 0 for group in groups) or len(groups) > MOST_GROUPS,
        "no_budget": set(new.budgets) != years or not all(0 < one <= LARGEST_RUPIAH for one in new.budgets.values()),
    }
    assert new.turn_rule in turn_rules()
    for reason, holds in problems.items():
        if holds:
            raise ScenarioRefused(reason)


def _plain(group: Group) -> dict[str, object]:
    """A group as it is stored: only what is known."""
    told = asdict(group)
    told["term_ends"] = group.term_ends.isoformat() if group.term_ends else None
    return {name: value for name, value in told.items() if value is not None}
