"""Set up a synthetic government in the office: its OPD, demonstration users, agreements and budget."""

from dataclasses import dataclass, replace
from datetime import datetime

import polars as pl
from django.db import transaction

from payung.doors.world import logins
from payung.doors.world.facts import BudgetLine as PlannedLine
from payung.doors.world.facts import Group, Office, Place
from payung.doors.world.regions import villages
from payung.doors.world.worlds import World
from payung.office.access.actions import add_user
from payung.office.access.models import User
from payung.office.access.roles import Role
from payung.office.agreements.actions import NewLine, Terms, open_fund, sign_agreement
from payung.office.agreements.models import Agreement, BudgetLine
from payung.office.billing.models import Posting
from payung.office.enrolment.models import Spell
from payung.office.places.actions import NewOpd, add_opds, found_government, grant_area
from payung.office.places.models import Government, Opd, PaymentUnit
from payung.office.places.queries import Area
from payung.office.places.scope import tell, whole_government
from payung.office.registry.models import Person
from payung.rules.months import Month


@dataclass(frozen=True)
class Founded:
    """A government ready for lists; OPD and budget lines by payment-unit number."""

    government: Government
    opds: dict[str, Opd]
    agreements: dict[str, Agreement]
    lines: dict[tuple[str, str], BudgetLine]
    admin: User
    operator: User
    treasurer: User


@dataclass(frozen=True)
class Standing:
    """What stands in the registry and on its postings."""

    persons: int
    spells: int
    posted: int


LABOUR_OFFICE, LABOUR_OFFICE_SHORT = "Dinas Tenaga Kerja", "Disnaker"


@transaction.atomic
def found(world: World, *, at: datetime, by_decree: bool = False) -> Founded:
    """Everything a list needs to be received; what stands already is found.

    All OPD stand, budget lines only for those that are paid for. `by_decree`: village workers are not paid for through
    the kecamatan that list them but through the labour office, which the decree names.
    """
    place = world.place
    government = found_government(code=place.code, name=place.name, by=None, at=at)
    tell(user_id=0, area=Area(government, None))
    users = {name: _user(name, full_name, role, government, at) for name, full_name, role in logins.EVERYWHERE}
    _village_officer(world, government, at)
    opds: dict[str, Opd] = {}
    agreements: dict[str, Agreement] = {}
    lines: dict[tuple[str, str], BudgetLine] = {}
    for group in place.groups:
        offices = paying(place, group) if by_decree else list(group.offices)
        joined = [office for office in offices if office.joined]
        opds |= _opds(government, group, offices, world.month, users["admin"], at)
        agreements[group.key] = sign_agreement(
            government=government, terms=_terms(world, group), by=users["admin"], at=at
        )
        lines |= _budget(government, group, group.budget, joined, opds, users["admin"], at)
    return Founded(government, opds, agreements, lines, users["admin"], users["operator"], users["bendahara"])


@transaction.atomic
def budget_more(founded: Founded, group: Group, budget: PlannedLine, offices: list[Office], *, at: datetime) -> Founded:
    """More OPD of a group have a budget line from now on, by a revised budget."""
    with whole_government(founded.government, by=founded.admin):
        more = _budget(founded.government, group, budget, offices, founded.opds, founded.admin, at)
    return replace(founded, lines=founded.lines | more)


def labour_office_number(place: Place) -> str:
    """The unit of the labour office: behind all others of the place."""
    return f"ZZ{place.code.replace('.', '')}99"


def paying(place: Place, group: Group) -> list[Office]:
    """Who pays for a group of a programme by decree: its offices, or the labour office for village workers."""
    if group.listing != "village":
        return list(group.offices)
    number = labour_office_number(place)
    return [Office(LABOUR_OFFICE, LABOUR_OFFICE_SHORT, number, group.people, (), (), None, True)]


def standing(government: Government) -> Standing:
    """Persons, current spells and postings of a government."""
    return Standing(
        persons=Person.objects.filter(government=government).count(),
        spells=Spell.objects.filter(government=government, replaced_at__isnull=True).count(),
        posted=Posting.objects.filter(membership__person__government=government).count(),
    )


def servant_user(government: Government, *, at: datetime) -> User:
    """The log-in of a civil servant, who sees what he carries himself and nothing else."""
    name, full_name, role = logins.SERVANT
    return _user(name, full_name, role, government, at, own_pledges=True)


def _village_officer(world: World, government: Government, at: datetime) -> None:
    """The officer of the village from which most people come, where villages propose them."""
    proposing = [group.key for group in world.place.groups if group.listing == "village"]
    heads = world.people.filter(pl.col("group").is_in(proposing)).group_by("village_code").len()
    if heads.is_empty():
        return
    code = heads.sort("len", "village_code", descending=[True, False])["village_code"][0]
    (village,) = [one.title for one in villages(world.place.code) if one.code == code]
    name, full_name, role = logins.VILLAGE
    _user(name, full_name.format(village=village), role, government, at, village_code=code)


def _user(
    name: str,
    full_name: str,
    role: Role,
    government: Government,
    at: datetime,
    *,
    village_code: str | None = None,
    own_pledges: bool = False,
) -> User:
    user = User.objects.filter(username=name).first() or add_user(
        username=name, full_name=full_name, role=role, password=logins.PASSWORD, by=None, at=at
    )
    grant_area(
        user=user, government=government, opd=None, by=None, at=at, village_code=village_code, own_pledges=own_pledges
    )
    return user


def _opds(
    government: Government, group: Group, offices: list[Office], month: Month, by: User, at: datetime
) -> dict[str, Opd]:
    new = [
        NewOpd(code=office.npp, name=office.name, short_name=office.short, unit_number=office.npp) for office in offices
    ]
    kind = PaymentUnit.NPP if group.membership_class == "PU" else PaymentUnit.GROUP
    return add_opds(government=government, opds=new, unit_kind=kind, from_month=month.first_day, by=by, at=at)


def _terms(world: World, group: Group) -> Terms:
    agreement, wage = world.place.agreement, group.wage
    declared = wage.base == "declared"
    several = len(world.place.groups) > 1
    return Terms(
        kind=agreement.kind,
        number=f"{agreement.number} ({group.name})" if several else agreement.number,
        title=agreement.about,
        signed_on=agreement.signed_on,
        effective_from=agreement.effective_on,
        effective_until=None,
        membership_class=group.membership_class,
        programmes=group.programmes,
        wage_base="nominal" if declared else wage.base,
        wage_base_place="" if declared else (wage.region or ""),
        wage_nominal_rupiah=wage.amount_rupiah if declared else None,
        jkk_group=group.risk_group,
        parties=(agreement.government_party, agreement.branch_party),
    )


def _budget(
    government: Government,
    group: Group,
    budget: PlannedLine,
    offices: list[Office],
    opds: dict[str, Opd],
    by: User,
    at: datetime,
) -> dict[tuple[str, str], BudgetLine]:
    """One line for each office, its part of the budget in proportion to its heads."""
    heads = sum(office.heads for office in offices)
    new = [
        NewLine(
            opd=opds[office.npp],
            code=budget.code,
            name=budget.name,
            ceiling_rupiah=budget.amount_rupiah * office.heads // heads,
            heads=office.heads,
        )
        for office in offices
    ]
    fund = open_fund(
        government=government,
        kind=group.payer,
        name=f"{group.payer} {budget.year}",
        year=budget.year,
        lines=new,
        by=by,
        at=at,
    )
    found = BudgetLine.objects.filter(fund=fund, year=budget.year, code=budget.code).select_related("opd")
    return {(group.key, line.opd.code): line for line in found if line.opd is not None}
