"""Two cases as the papers reported them, run through the real actions: what the report then says."""

from dataclasses import dataclass
from datetime import date

import pytest

from payung.office.agreements.actions import NewLine, Terms, open_fund, sign_agreement
from payung.office.agreements.decrees import NewDecree, draft_decree
from payung.office.agreements.models import BudgetLine, Decree
from payung.office.billing.models import Posting
from payung.office.billing.payments import receive_payment
from payung.office.enrolment.actions import apply
from payung.office.files.models import KeptFile
from payung.office.registry.models import Membership
from payung.office.reports.budgets import lines
from payung.office.reports.counting import count_month
from payung.office.reports.numbers import LOST, Cell, Wanted, behind, ladder, tallies
from payung.office.verification.handover import hand_over
from payung.office.verification.lists import propose_list
from payung.office.verification.rulesets import set_rules
from payung.rules.eligibility.terms import Rule
from payung.rules.months import Month
from tests.office.cast import AT, Cast, billed, call_cast
from tests.office.cast import approve as approve_plan
from tests.office.pool import NOW, Villager, in_force, paper, propose

pytestmark = pytest.mark.django_db
PRICE = 16_800


@dataclass(frozen=True)
class Reported:
    """A programme as a paper told it: heads of the decree, months, and what the budget gave."""

    heads: int
    first: Month
    last: Month
    budget_rupiah: int

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.first, self.last)

    @property
    def months(self) -> int:
        return self.last.index - self.first.index + 1


TOBACCO = Reported(594, Month(2024, 10), Month(2024, 12), 29_937_600)
SUKABUMI = Reported(3_382, Month(2025, 9), Month(2025, 12), 249_000_000)


def enrolled(cast: Cast, told: Reported) -> Decree:
    """The decree in force, and everybody in it with a spell."""
    terms = Terms(
        kind="PKS", number="SINTETIS/BPU", title="Pekerja rentan", signed_on=told.first.first_day,
        effective_from=told.first.first_day, effective_until=None, membership_class="BPU", programmes=("JKK", "JKM"),
        wage_base="nominal", wage_nominal_rupiah=1_000_000,
    )  # fmt: skip
    agreement = sign_agreement(government=cast.government, terms=terms, by=cast.admin, at=AT)
    fund = open_fund(
        government=cast.government, kind="DBHCHT", name="DBHCHT", year=told.first.year,
        lines=[NewLine(cast.works, "5.2", "Iuran pekerja rentan", told.budget_rupiah, told.heads)],
        by=cast.admin, at=AT,
    )  # fmt: skip
    new = NewDecree(
        agreement=agreement, budget_line=BudgetLine.objects.get(fund=fund), opd=cast.works, title="SK",
        effective_from=told.first.first_day, effective_until=told.last.last_day, quota=told.heads,
    )  # fmt: skip
    decree = draft_decree(told=new, by=cast.operator, at=AT)
    set_rules(decree=decree, rules=(Rule("age"),), by=cast.operator, at=AT)
    propose(cast, decree, [Villager(number) for number in range(1, told.heads + 1)])
    made = propose_list(decree=decree, paper=paper(first=told.first.first_day), by=cast.operator, at=NOW)
    planned = hand_over(amendment=in_force(cast, made), by=cast.operator, at=NOW)
    approve_plan(cast, planned.proposal, by=cast.admin)
    apply(plan_id=planned.pk, by=cast.admin, at=NOW)
    return decree


def answered(cast: Cast, told: Reported, members: list[int]) -> None:
    """BPJS gives a number to each, and posts each month of each."""
    Membership.objects.filter(pk__in=members).update(number_issued_on=told.first.first_day)
    file = KeptFile.objects.all()[0]
    Posting.objects.bulk_create(
        Posting(
            government=cast.government, membership_id=member, month=month.first_day, amount_rupiah=PRICE, file=file,
            recorded_at=NOW,
        )
        for member in members for month in told.first.until(told.last)
    )  # fmt: skip


def counted(cast: Cast, told: Reported) -> None:
    for month in told.first.until(told.last):
        count_month(government=cast.government, month=month, by=cast.treasurer, at=AT)


def test_tobacco_594_decreed_557_registered_the_37_and_their_rupiah_are_named() -> None:
    cast = call_cast()
    enrolled(cast, TOBACCO)
    for month in TOBACCO.first.until(TOBACCO.last):
        for bill in billed(cast, month):
            receive_payment(
                bill_id=bill.pk, amount_rupiah=bill.total_rupiah, paid_on=date(2024, 12, 20), reference=f"SP2D/{month}",
                by=cast.treasurer, at=AT,
            )  # fmt: skip
    answered(cast, TOBACCO, list(Membership.objects.order_by("pk").values_list("pk", flat=True)[:557]))
    counted(cast, TOBACCO)
    frame = tallies(cast.government.pk, TOBACCO.wanted)
    decreed, registered, active, posted = ladder(frame)
    assert (decreed.rupiah, frame["billed"].sum(), frame["paid"].sum()) == (29_937_600,) * 3
    assert registered.rupiah == active.rupiah == posted.rupiah == 557 * 3 * PRICE
    (missing,) = registered.differences
    assert (missing.side, missing.reason) == (LOST, "not_sent")
    assert (missing.heads, missing.rupiah) == (-37 * 3, -1_864_800)
    october = Wanted(TOBACCO.first, TOBACCO.first)
    assert [rung.heads for rung in ladder(tallies(cast.government.pk, october))] == [594, 557, 557, 557]
    count, people = behind(cast.government.pk, october, Cell("registered", LOST, "not_sent"))
    assert (count, len(people)) == (37, 37)
    (line,) = [line for line in lines(cast.government.pk, TOBACCO.wanted) if line.fund_kind == "DBHCHT"]
    assert (line.heads, line.ceiling_rupiah, line.differences) == (594, 29_937_600, ())


def test_sukabumi_249_million_for_3382_people_leaves_21_7_million_unexplained() -> None:
    cast = call_cast()
    enrolled(cast, SUKABUMI)
    counted(cast, SUKABUMI)
    decreed = ladder(tallies(cast.government.pk, SUKABUMI.wanted))[0]
    assert (decreed.heads, decreed.rupiah) == (3_382 * 4, 227_270_400)
    (line,) = [line for line in lines(cast.government.pk, SUKABUMI.wanted) if line.fund_kind == "DBHCHT"]
    assert [(one.side, one.reason, one.rupiah) for one in line.differences] == [(LOST, "unexplained", -21_729_600)]
    september = Wanted(SUKABUMI.first, SUKABUMI.first)
    (line,) = [line for line in lines(cast.government.pk, september) if line.fund_kind == "DBHCHT"]
    assert {one.reason: (one.heads, one.rupiah) for one in line.differences} == {
        "other_months": (0, -3 * 3_382 * PRICE), "unexplained": (0, -21_729_600),
    }  # fmt: skip
