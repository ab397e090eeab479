"""Deaths that somebody else's list told: a plan for each OPD and agreement that still protects one of the dead."""

from datetime import datetime

import polars as pl

from payung.office import bulk
from payung.office.access.models import User
from payung.office.agreements.models import Agreement, BudgetLine
from payung.office.enrolment.actions import plan
from payung.office.enrolment.change_models import Change
from payung.office.enrolment.layouts import Settled
from payung.office.enrolment.models import Plan, RosterList
from payung.office.enrolment.monthly import as_rows, store_changes
from payung.office.enrolment.receiving import Heading, store
from payung.office.files.models import KeptFile
from payung.office.places.models import Opd
from payung.rules.months import Month
from payung.rules.roster.checking import Checked
from payung.rules.roster.collecting import FINDINGS_SCHEMA

_PROTECTED = """
    SELECT DISTINCT ON (m.id, s.payer_opd_id, s.agreement_id) d.sheet, d.row, d.died_on, m.id, s.payer_opd_id,
        s.agreement_id, s.budget_line_id, p.name, p.birth_date, p.nik_sealed
    FROM dead_people d CROSS JOIN LATERAL registry_group(d.person_id) g
    JOIN registry_membership m ON m.person_id = g JOIN registry_person p ON p.id = d.person_id
    JOIN enrolment_spell s ON s.membership_id = m.id AND s.replaced_at IS NULL
        AND coalesce(s.until_month, 'infinity') >= (date_trunc('month', d.died_on) + interval '1 month')::date
    ORDER BY m.id, s.payer_opd_id, s.agreement_id, s.from_month DESC
"""
_SCHEMA = {
    "sheet": pl.String, "row": pl.UInt32, "on": pl.Date, "membership_id": pl.Int64, "opd_id": pl.Int64,
    "agreement_id": pl.Int64, "budget_line_id": pl.Int64, "known_name": pl.String, "birth_date": pl.Date,
    "nik_sealed": pl.String,
}  # fmt: skip
_GROUP = ["opd_id", "agreement_id"]


def propose_deaths(*, file: KeptFile, dead: pl.DataFrame, by: User, at: datetime) -> list[Plan]:
    """Plans that end the spells of the dead (sheet, row, person_id, died_on) with the month of death.

    Where this file led to a plan before, that plan is answered. In a scope that sees the whole government.
    """
    bulk.stage(dead, "dead_people", {"sheet": "text", "row": "bigint", "person_id": "bigint", "died_on": "date"})
    protected = bulk.read(_PROTECTED, schema=_SCHEMA).sort("opd_id", "agreement_id", "sheet", "row")
    lists = [_list(file, people, by, at) for _, people in protected.group_by(_GROUP, maintain_order=True)]
    return [_plan_of(one, by, at) for one in lists]


def _list(file: KeptFile, people: pl.DataFrame, by: User, at: datetime) -> RosterList:
    (first,) = people.head(1).to_dicts()
    heading = Heading(
        agreement=Agreement.objects.select_related("government").get(pk=first["agreement_id"]),
        opd=Opd.objects.get(pk=first["opd_id"]),
        budget_line=BudgetLine.objects.get(pk=first["budget_line_id"]),
        month=Month.of(at.date()).first_day,
        kind=RosterList.CHANGES,
    )
    standing = RosterList.objects.filter(reading__file=file, opd=heading.opd, agreement=heading.agreement).first()
    if standing is not None:
        return standing
    single = people.unique(["sheet", "row"], keep="first", maintain_order=True)
    rows = as_rows(single.with_columns(pl.lit("clean").alias("verdict")))
    checked = Checked(rows, pl.DataFrame(schema=FINDINGS_SCHEMA), ())
    roster_list = store(file, heading, checked, Settled({}, [], {}), by=by, at=at)
    told = single.with_columns(pl.lit(Change.DIED).alias("kind"), pl.lit(None, pl.String).alias("moved_to"))
    store_changes(roster_list, told, {})
    return roster_list


def _plan_of(roster_list: RosterList, by: User, at: datetime) -> Plan:
    known = Plan.objects.filter(roster_list=roster_list).exclude(proposal__state__in=("refused", "returned"))
    return known.order_by("-pk").first() or plan(roster_list=roster_list, by=by, at=at)
