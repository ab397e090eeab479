"""Vulnerable workers of a world by decree: village lists, candidates, the list of the decree, people in force.

The quota of each segment is what the place decided; whoever is proposed twice takes one place.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import polars as pl

from payung.doors.world import founding, listed, villages
from payung.doors.world.chance import quotas
from payung.doors.world.facts import Group
from payung.doors.world.founding import Founded
from payung.doors.world.monthly import morning
from payung.doors.world.report import Report, Show
from payung.doors.world.worlds import World
from payung.office.agreements.decrees import NewDecree, Paper, draft_decree
from payung.office.agreements.models import Amendment, Decree
from payung.office.approvals.actions import decide
from payung.office.approvals.models import Proposal, Verdict
from payung.office.places.queries import Area
from payung.office.places.scope import whole_government
from payung.office.verification.handover import hand_over
from payung.office.verification.intake import take_in
from payung.office.verification.lists import bring_in_force, propose_list
from payung.office.verification.rulesets import set_rules
from payung.rules.eligibility.segments import segment_of
from payung.rules.eligibility.terms import Rule
from payung.rules.months import Month

RULES = (Rule("age"), Rule("domicile"), Rule("covered"), Rule("segment"))


@dataclass(frozen=True)
class Village:
    """A group of village workers of a world, with the office it is taken through."""

    world: World
    group: Group
    founded: Founded
    report: Report
    show: Show

    @property
    def people(self) -> pl.DataFrame:
        """Those of the world who belong to the group."""
        return self.world.people.filter(pl.col("group") == self.group.key)

    @property
    def area(self) -> Area:
        """The whole government."""
        return Area(self.founded.government, None)


def protect(village: Village, month: Month, until: date) -> Decree:
    """The decree of the group from a month on, with everybody of the group in its list and enrolled."""
    founded = village.founded
    with whole_government(founded.government, by=founded.operator):
        decree = _drafted(village, month, until)
        amendment = Amendment.objects.filter(decree=decree, in_force_at__isnull=False).first()
        if amendment is None:
            _take_in(village, decree, month)
            amendment = _listed(village, decree, month)
        with village.report.timed("SK: daftar menjadi peserta"):
            at = morning(month.first_day.replace(day=4))
            plan = hand_over(amendment=amendment, by=founded.operator, at=at)
        village.report.plan.update(plan.counts)
        listed.carry_out(plan, founded, village.report, at)
    return decree


def shares(group: Group, heads: int) -> dict[str, int]:
    """Segment -> its part of so many heads, in the proportion that the place decided."""
    parts = quotas([one.heads for one in group.segments], heads)
    told: Counter[str] = Counter()
    for one, part in zip(group.segments, parts, strict=True):
        segment = segment_of(one.job.name)
        assert segment, f"{one.job.name} is no segment"
        told[segment] += part
    return dict(told)


def _drafted(village: Village, month: Month, until: date) -> Decree:
    founded, group = village.founded, village.group
    number = founding.labour_office_number(village.world.place)
    heads = village.people.height
    decree = draft_decree(
        told=NewDecree(
            agreement=founded.agreements[group.key], budget_line=founded.lines[group.key, number],
            opd=founded.opds[number], title=f"SK {group.name} {month.year}", effective_from=month.first_day,
            effective_until=until, quota=heads, quota_by="segment", shares=shares(group, heads),
            priority=("risk", "oldest"),
        ),
        by=founded.operator, at=morning(month.first_day),
    )  # fmt: skip
    set_rules(decree=decree, rules=RULES, by=founded.operator, at=morning(month.first_day))
    return decree


def _take_in(village: Village, decree: Decree, month: Month) -> None:
    """The villages' lists, one for each kecamatan."""
    lists = villages.write_lists(village.people, village.report.folder)
    for number, path in enumerate(lists, start=1):
        with village.report.timed("SK: daftar desa dibaca, calon diperiksa"):
            take_in(
                decree=decree, content=path.read_bytes(), name=path.name, area=village.area,
                by=village.founded.operator, at=morning(month.first_day),
            )  # fmt: skip
        village.show("calon masuk", number, len(lists))


def _listed(village: Village, decree: Decree, month: Month) -> Amendment:
    """The list as proposed, approved by a second person, and in force."""
    founded, at = village.founded, morning(month.first_day.replace(day=3))
    paper = Paper(f"SINTETIS/188.45/{month.year}", month.first_day, month.first_day)
    with village.report.timed("SK: daftar diusulkan dan disetujui"):
        waiting = Amendment.objects.filter(decree=decree, proposal__state=Proposal.OPEN).first()
        amendment = waiting or propose_list(decree=decree, paper=paper, by=founded.operator, at=at)
        with whole_government(founded.government, by=founded.admin):
            decide(
                proposal_id=amendment.proposal_id, version=amendment.version, verdict=Verdict.APPROVE,
                comment="Sesuai daftar.", by=founded.admin, at=at,
            )  # fmt: skip
    with village.report.timed("SK: daftar berlaku"):
        return bring_in_force(amendment_id=amendment.pk, by=founded.operator, at=at)
