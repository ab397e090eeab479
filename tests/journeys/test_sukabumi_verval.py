"""Kota Sukabumi, 2025: the verval of vulnerable workers, from village lists to a decree and to protected people.

The shape of the city's 3,840 proposed and 3,382 valid, at a small size, through the office's real actions.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from payung.doors.world.candidates import DECILE_LIMIT, FIRST, Pool, write_pool
from payung.office.access.marks import unseal
from payung.office.agreements.actions import NewLine, Terms, open_fund, sign_agreement
from payung.office.agreements.decree_lists import list_on
from payung.office.agreements.decrees import NewDecree, Paper, draft_decree
from payung.office.agreements.models import BudgetLine, Decree
from payung.office.enrolment.actions import apply
from payung.office.outside import actions as outside
from payung.office.reports.funnel import people, steps
from payung.office.verification.actions import Stated, check_again, note_visit, state_work
from payung.office.verification.handover import hand_over
from payung.office.verification.intake import take_in
from payung.office.verification.lists import due, propose_list, propose_replacements
from payung.office.verification.models import Candidate, Told
from payung.office.verification.queries import outcomes_in, reasons_in
from payung.office.verification.rulesets import set_rules
from payung.office.verification.told import hear
from payung.rules.eligibility.terms import Rule
from tests.office.cast import Cast, approve, call_cast
from tests.office.pool import in_force

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 8, 20, 2, 0, tzinfo=UTC)
RULES = tuple(
    Rule(code, {"maximum": DECILE_LIMIT} if code == "decile" else {})
    for code in ("age", "domicile", "wage_earner", "covered", "decile", "segment", "working")
)


def sukabumi(quota: int = 160) -> tuple[Cast, Decree]:
    cast = call_cast(code="32.72")
    agreement = sign_agreement(
        government=cast.government,
        terms=Terms(
            kind="PKS", number="SINTETIS/DBHCHT", title="Pekerja rentan DBHCHT", signed_on=date(2025, 8, 1),
            effective_from=FIRST.first_day, effective_until=date(2025, 12, 31), membership_class="BPU",
            programmes=("JKK", "JKM"), wage_base="nominal", wage_nominal_rupiah=1_000_000,
        ),
        by=cast.admin, at=NOW,
    )  # fmt: skip
    fund = open_fund(
        government=cast.government, kind="DBHCHT", name="DBHCHT 2025", year=2025,
        lines=[NewLine(cast.works, "5.1.02", "Iuran pekerja rentan", 249_000_000, 3_382)], by=cast.admin, at=NOW,
    )  # fmt: skip
    decree = draft_decree(
        told=NewDecree(
            agreement=agreement, budget_line=BudgetLine.objects.get(fund=fund), opd=cast.works,
            title="SK Pekerja rentan DBHCHT 2025", effective_from=FIRST.first_day, effective_until=date(2025, 12, 31),
            quota=quota, priority=("decile", "risk", "oldest"),
        ),
        by=cast.operator, at=NOW,
    )  # fmt: skip
    set_rules(decree=decree, rules=RULES, by=cast.operator, at=NOW)
    return cast, decree


def verify(cast: Cast, decree: Decree, pool: Pool) -> None:
    for path in pool.lists:
        take_in(
            decree=decree, content=path.read_bytes(), name=path.name, area=cast.area, by=cast.operator, at=NOW
        )  # fmt: skip
    told: dict[str, Any] = {
        "government": cast.government, "told_on": date(2025, 7, 1), "by": cast.operator, "at": NOW,
    }  # fmt: skip
    for kind, path in ((Told.WAGE_EARNER, pool.wage_earners), (Told.MOVED, pool.removals)):
        hear(content=path.read_bytes(), name=path.name, kind=kind, **told)
    for path in (pool.deciles, pool.deaths):
        outside.take_in(content=path.read_bytes(), name=path.name, **told)
    idle = set(pool.not_working)
    by_nik = {one.pk: unseal(one.nik_sealed, kind="nik") in idle for one in Candidate.objects.filter(decree=decree)}
    for working in (True, False):
        ids = [key for key, is_idle in by_nik.items() if is_idle is not working]
        stated = Stated(stated_on=date(2025, 8, 15), working=working, well=True, signatory="Ketua RW", office="RW 01")
        state_work(decree=decree, candidate_ids=ids, stated=stated, area=cast.area, by=cast.operator, at=NOW)


def test_from_village_lists_to_protected_people_and_a_replacement(tmp_path: Path) -> None:
    cast, decree = sukabumi()
    pool = write_pool("sukabumi", tmp_path, people=200)
    verify(cast, decree, pool)
    check_again(decree=decree, by=cast.operator, at=NOW)
    assert reasons_in(cast.area, decree) == {("out", reason): count for reason, count in pool.reasons.items()}
    assert outcomes_in(cast.area, decree) == {"valid": pool.valid, "out": pool.people - pool.valid}
    first = propose_list(
        decree=decree, paper=Paper("188.45/SINTETIS/2025", date(2025, 8, 20), FIRST.first_day), by=cast.operator, at=NOW
    )
    assert first.proposal.amount_rupiah == 160 * 16_800
    planned = hand_over(amendment=in_force(cast, first), by=cast.operator, at=NOW)
    assert planned.counts == {"join": 160}
    approve(cast, planned.proposal, by=cast.admin, at=NOW)
    apply(plan_id=planned.pk, by=cast.admin, at=NOW)
    told = {step.name: step.count for step in steps(people(cast.area, decree, date(2025, 9, 30)))}
    assert told == {"proposed": 200, "valid": pool.valid, "decreed": 160, "registered": 0, "active": 0}
    gone = Candidate.objects.get(row_id=list_on(decree, FIRST.first_day)["row_id"][0])
    later = datetime(2025, 10, 20, 2, 0, tzinfo=UTC)
    note_visit(
        candidate=gone, visited_on=date(2025, 10, 3), finding="died", note="", area=cast.area, by=cast.operator,
        at=later,
    )  # fmt: skip
    (leaving,) = due(decree, date(2025, 10, 20)).to_dicts()
    change = propose_replacements(
        decree=decree, paper=Paper("188.45/SINTETIS/2025/P1", date(2025, 10, 20), date(2025, 11, 1)),
        ending={leaving["entry_id"]: leaving["end_reason"]}, by=cast.operator, at=later,
    )  # fmt: skip
    in_force(cast, change)
    assert [list_on(decree, date(2025, month, 15)).height for month in (9, 10, 11, 12)] == [160] * 4
    assert (
        list_on(decree, date(2025, 11, 15))["row_id"].to_list() != list_on(decree, FIRST.first_day)["row_id"].to_list()
    )
