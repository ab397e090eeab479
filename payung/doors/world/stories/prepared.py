"""What an office prepares for those who decide: plans side by side, the award file of a year."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from payung.doors.jobs.award_work import freeze_year
from payung.doors.world.facts import Group as PaidGroup
from payung.doors.world.monthly import morning
from payung.doors.world.stories.telling import Telling
from payung.office.places.queries import Area
from payung.office.places.scope import whole_government
from payung.office.planning.actions import NewScenario, keep
from payung.office.planning.models import Scenario
from payung.office.reports.award_freezing import Noted, note
from payung.office.reports.award_models import AwardFile
from payung.rules.months import Month
from payung.rules.planning.prices import Terms
from payung.rules.planning.turns import Group


def asked(
    group: PaidGroup, title: str, months: tuple[Month, Month], rupiah: int, people: Sequence[Group] = ()
) -> NewScenario:
    """What a budget of one year buys for people like this group, on its terms and under its budget code."""
    first, last = months
    wage = group.wage
    declared = wage.base == "declared"
    terms = Terms(
        membership_class=group.membership_class, programmes=group.programmes, payer=group.payer,
        wage_base="nominal" if declared else wage.base, wage_base_place="" if declared else wage.region or "",
        wage_rupiah=wage.amount_rupiah if declared else None, jkk_group=group.risk_group,
    )  # fmt: skip
    return NewScenario(
        title=title, first=first, last=last, terms=terms, turn_rule="most-people", budgets={first.year: rupiah},
        groups=tuple(people), budget_code=group.budget.code,
    )  # fmt: skip


def saving(plan: NewScenario, title: str, rupiah: int) -> NewScenario:
    """The same plan with savings for old age (JHT) besides."""
    terms = replace(plan.terms, programmes=(*plan.terms.programmes, "JHT"))
    return replace(plan, title=title, terms=terms, budgets={plan.first.year: rupiah})


def keep_plans(story: Telling, on: date, plans: Sequence[NewScenario]) -> None:
    """Scenarios kept on a day; one whose title stands is left alone."""
    founded = story.founded
    with whole_government(founded.government, by=founded.admin):
        known = set(Scenario.objects.filter(replaced_at__isnull=True).values_list("title", flat=True))
        for plan in plans:
            if plan.title not in known:
                keep(area=Area(founded.government, None), new=plan, by=founded.admin, at=morning(on))


def freeze_file(story: Telling, on: date, entries: Sequence[Noted]) -> None:
    """The award file of the year, with what the office noted for it, printed and frozen on a day; once."""
    founded = story.founded
    area = Area(founded.government, None)
    with story.report.timed("berkas penghargaan dibekukan"), whole_government(founded.government, by=founded.admin):
        if AwardFile.objects.filter(year=on.year).exists():
            return
        for entry in entries:
            note(area=area, noted=entry, by=founded.admin, at=morning(on))
        freeze_year(area=area, year=on.year, on=on, by=founded.admin, at=morning(on))
