"""JHT accounts hold what was posted, earn what was announced, and take back what was corrected."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payung.office.access.models import User
from payung.office.access.roles import NotAllowed
from payung.office.agreements.actions import Terms, sign_agreement
from payung.office.approvals.actions import DecisionRefused
from payung.office.approvals.models import Verdict
from payung.office.billing.models import BillLine, Posting
from payung.office.files.models import KeptFile
from payung.office.ledger.queries import balance
from payung.office.places.scope import whole_government
from payung.office.registry.models import Membership
from payung.office.savings.actions import RateRefused, credit, decide_rate, propose_rate
from payung.office.savings.models import Crediting, Movement, Rate
from payung.office.savings.queries import account, last_credited, rates_in_force, totals
from payung.rules.law.returns import LARGEST_RATE, yearly_return
from payung.rules.money import RATE_SCALE, half_up
from payung.rules.months import Month
from tests.office.cast import AT, Cast, billed, call_cast, enrol, people

pytestmark = pytest.mark.django_db
OCT, NOV, DEC = Month(2022, 10), Month(2022, 11), Month(2022, 12)
LATER = date(2024, 3, 1)


@pytest.fixture
def cast() -> Cast:
    """Three people with JHT, billed for three months."""
    called = call_cast(programmes=("JKK", "JKM", "JHT"))
    enrol(called, called.heading(called.works), people(3))
    for month in (OCT, NOV, DEC):
        billed(called, month)
    return called


def members() -> list[Membership]:
    return list(Membership.objects.order_by("pk"))


def billed_of(member: Membership, month: Month) -> BillLine:
    return BillLine.objects.get(membership=member, for_month=month.first_day)


def posted(cast: Cast, member: Membership, month: Month, rupiah: int | None = None) -> Posting:
    amount = billed_of(member, month).total_rupiah if rupiah is None else rupiah
    return Posting.objects.create(
        government=cast.government, membership=member, month=month.first_day, amount_rupiah=amount,
        file=KeptFile.objects.all()[0], recorded_at=AT,
    )  # fmt: skip


def credited(cast: Cast, *, on: date = LATER, at: datetime = AT) -> list[Crediting]:
    return credit(government=cast.government, on=on, by=cast.treasurer, at=at)


def rated(cast: Cast, percent: str, *, year: int = 2022, verdict: Verdict = Verdict.APPROVE) -> Rate:
    with whole_government(cast.government, by=cast.treasurer):
        made = propose_rate(
            government=cast.government, year=year, percent=Decimal(percent), announced_in="Pengumuman BPJS 2023",
            on=LATER, by=cast.treasurer, at=AT,
        )  # fmt: skip
    with whole_government(cast.government, by=cast.admin):
        decide_rate(rate_id=made.pk, verdict=verdict, comment="salah", by=cast.admin, at=AT)
    return made


def held(member: Membership) -> int:
    return sum(
        one.employer_rupiah + one.worker_rupiah + one.return_rupiah
        for one in Movement.objects.filter(membership=member)
    )


def test_what_is_posted_is_credited_share_by_share_once(cast: Cast) -> None:
    member, line = members()[0], billed_of(members()[0], OCT)
    posted(cast, member, OCT)
    (made,) = credited(cast)
    (movement,) = Movement.objects.all()
    assert (movement.employer_rupiah, movement.worker_rupiah) == (line.jht_employer, line.jht_worker)
    assert line.jht_employer > 0 and line.jht_worker > 0 and not movement.apportioned
    assert (made.year, made.movement_count, made.return_rupiah) == (2022, 1, 0)
    assert credited(cast) == []
    assert balance(government_id=cast.government.pk, code_prefix="memo:jht:peserta") == -held(member)
    assert last_credited(cast.area) == made


def test_a_part_posted_is_credited_in_proportion_and_says_so(cast: Cast) -> None:
    member, line = members()[0], billed_of(members()[0], OCT)
    posted(cast, member, OCT, line.total_rupiah // 2)
    credited(cast)
    (movement,) = Movement.objects.all()
    assert movement.apportioned
    assert abs(2 * held(member) - line.jht_employer - line.jht_worker) <= 3
    (year,) = account(cast.area, member.person_id).years
    assert year.months[0].apportioned


def test_two_programmes_save_nothing() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(1))
    billed(cast, OCT)
    posted(cast, members()[0], OCT)
    assert credited(cast) == [] and not Movement.objects.exists()


def test_an_office_saves_for_vulnerable_workers_by_an_agreement_of_their_segment_with_jht() -> None:
    """APBD pays JKK and JKM for all; one segment's own agreement adds JHT, and those people alone save."""
    cast = call_cast()
    without, segment = (
        sign_agreement(
            government=cast.government,
            terms=Terms(
                kind="PKS", number=number, title="Pekerja rentan", signed_on=date(2022, 9, 1),
                effective_from=OCT.first_day, effective_until=None, membership_class="BPU", programmes=programmes,
                wage_base="nominal", wage_nominal_rupiah=1_000_000,
            ),
            by=cast.admin,
            at=AT,
        )
        for number, programmes in (("SINTETIS/2", ("JKK", "JKM")), ("SINTETIS/3", ("JKK", "JKM", "JHT")))
    )  # fmt: skip
    for agreement, first in ((without, 1), (segment, 50)):
        enrol(cast, replace(cast.heading(cast.works, kind="additions"), agreement=agreement), people(1, first=first))
    billed(cast, OCT)
    for member in members():
        posted(cast, member, OCT)
    (made,) = credited(cast)
    (movement,) = Movement.objects.all()
    assert made.worker_rupiah == movement.worker_rupiah == 20_000 and movement.employer_rupiah == 0
    assert BillLine.objects.get(membership=movement.membership).agreement == segment
    assert {line.bill.budget_line.fund.kind for line in BillLine.objects.all()} == {"APBD"}


def test_what_nobody_posted_is_taken_back_with_its_return(cast: Cast) -> None:
    member = members()[0]
    rated(cast, "6.00")
    with whole_government(cast.government, by=cast.treasurer):
        wrong = Crediting.objects.create(
            government=cast.government, year=2022, on_day=LATER, movement_count=1, employer_rupiah=1_000_000,
            worker_rupiah=0, return_rupiah=0, made_by=cast.treasurer, made_at=AT,
        )  # fmt: skip
        Movement.objects.create(
            government=cast.government, crediting=wrong, membership=member, month=OCT.first_day,
            employer_rupiah=1_000_000,
        )  # fmt: skip
    (taken,) = credited(cast, at=AT.replace(hour=5))
    assert taken.employer_rupiah == -1_000_000
    assert held(member) == 0 and credited(cast, at=AT.replace(hour=6)) == []


def test_a_year_earns_its_rate_and_the_next_year_on_all_of_it(cast: Cast) -> None:
    member = members()[0]
    for month in (OCT, NOV, DEC):
        posted(cast, member, month)
    rated(cast, "6.00")
    rated(cast, "5.52", year=2023)
    credited(cast)
    monthly = billed_of(member, OCT).jht_employer + billed_of(member, OCT).jht_worker
    first = half_up(Decimal(monthly * (2 + 1)) * Decimal("0.06") / 12)
    second = half_up(Decimal(3 * monthly + first) * Decimal("0.0552"))
    found = account(cast.area, member.person_id)
    assert [year.return_rupiah for year in found.years] == [first, second]
    assert found.balance_rupiah == 3 * monthly + first + second == held(member)
    assert [(year.year, year.closing_rupiah) for year in totals(cast.area)] == [
        (2023, found.balance_rupiah), (2022, 3 * monthly + first),
    ]  # fmt: skip


def test_a_late_posting_adds_its_return_of_every_year_since(cast: Cast) -> None:
    early, late = members()[:2]
    posted(cast, early, OCT)
    rated(cast, "6.00")
    rated(cast, "5.52", year=2023)
    credited(cast)
    posted(cast, late, OCT)
    assert [one.movement_count for one in credited(cast, at=AT.replace(hour=5))] == [2, 1]
    assert held(late) == held(early) > 0


def test_no_rate_no_return_and_a_new_rate_settles_the_difference(cast: Cast) -> None:
    member = members()[0]
    posted(cast, member, OCT)
    credited(cast)
    (year,) = account(cast.area, member.person_id).years
    assert (year.return_rupiah, year.rate_per_ten_million) == (0, None)
    contributions = year.closing_rupiah
    for hour, percent in ((4, "6.00"), (5, "3.00")):
        rated(cast, percent)
        credited(cast, at=AT.replace(hour=hour))
        assert held(member) == contributions + half_up(Decimal(contributions * 2) * Decimal(percent) / 100 / 12)


def test_the_running_year_earns_nothing_yet(cast: Cast) -> None:
    posted(cast, members()[0], OCT)
    rated(cast, "6.00")
    (made,) = credited(cast, on=date(2022, 12, 31))
    assert made.return_rupiah == 0


def test_a_refused_rate_is_not_in_force(cast: Cast) -> None:
    rated(cast, "6.00", verdict=Verdict.REFUSE)
    assert rates_in_force(cast.government.pk) == {}


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"percent": Decimal("51")}, "out_of_bounds"),
        ({"percent": Decimal("-1")}, "out_of_bounds"),
        ({"percent": Decimal("NaN")}, "out_of_bounds"),
        ({"percent": Decimal("1e999999")}, "out_of_bounds"),
        ({"percent": Decimal("1.000001")}, "out_of_bounds"),
        ({"year": 2024}, "not_over"),
        ({"announced_in": " "}, "not_announced"),
        ({"percent": Decimal("6")}, "same"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(cast: Cast, told: dict[str, Any], reason: str) -> None:
    rated(cast, "6")
    asked: dict[str, Any] = {
        "year": 2022,
        "percent": Decimal("5"),
        "announced_in": "x 1",
        "on": LATER,
        "by": cast.treasurer,
        "at": AT,
    }
    with pytest.raises(RateRefused) as refused:
        propose_rate(government=cast.government, **(asked | told))
    assert refused.value.reason == reason


def test_one_proposal_at_a_time_and_never_ones_own(cast: Cast) -> None:
    asked: dict[str, Any] = {"year": 2022, "announced_in": "x 1", "on": LATER, "by": cast.admin, "at": AT}
    made = propose_rate(government=cast.government, percent=Decimal(5), **asked)
    with pytest.raises(RateRefused, match="waiting"):
        propose_rate(government=cast.government, percent=Decimal(6), **asked)
    with pytest.raises(DecisionRefused, match="own_proposal"):
        decide_rate(rate_id=made.pk, verdict=Verdict.APPROVE, comment="", by=cast.admin, at=AT)


@contextmanager
def refused_by_the_database(by: User, cast: Cast) -> Iterator[None]:
    with pytest.raises(DatabaseError), whole_government(cast.government, by=by):
        yield
        connection.check_constraints()


def test_the_database_keeps_its_promises(cast: Cast) -> None:
    member = members()[0]
    posted(cast, member, OCT)
    (made,) = credited(cast)
    more = {"government": cast.government, "crediting": made, "membership": member, "month": NOV.first_day}
    with refused_by_the_database(cast.treasurer, cast):
        Movement.objects.create(**more, worker_rupiah=1)
    with refused_by_the_database(cast.treasurer, cast):
        Movement.objects.update(worker_rupiah=0)
    with refused_by_the_database(cast.treasurer, cast):
        Crediting.objects.create(
            government=cast.government, year=2022, on_day=LATER, movement_count=2, employer_rupiah=5, worker_rupiah=0,
            return_rupiah=0, made_by=cast.treasurer, made_at=AT.replace(hour=9),
        )  # fmt: skip
    with pytest.raises(NotAllowed), transaction.atomic():
        credit(government=cast.government, on=LATER, by=cast.operator, at=AT)


@given(
    amounts=st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from((OCT, NOV, DEC)), st.integers(0, 400_000), st.booleans()),
        max_size=9,
        unique_by=lambda one: one[:2],
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15)
def test_the_accounts_add_up_to_the_postings(cast: Cast, amounts: list[tuple[int, Month, int, bool]]) -> None:
    """In any order of posting and crediting: what is saved is the JHT part of what was posted, to the rupiah."""
    with transaction.atomic():
        expected = 0
        for hour, (index, month, rupiah, now) in enumerate(amounts):
            line = billed_of(members()[index], month)
            posted(cast, line.membership, month, rupiah)
            shares = (line.jht_employer, line.jht_worker)
            expected += sum(half_up(Decimal(rupiah) * share / line.total_rupiah) for share in shares)
            if now:
                credited(cast, at=AT.replace(hour=hour))
        credited(cast, at=AT.replace(hour=20))
        of_people = sum(account(cast.area, one.person_id).balance_rupiah for one in members())
        declared = sum(one.employer_rupiah + one.worker_rupiah for one in Crediting.objects.all())
        booked = balance(government_id=cast.government.pk, code_prefix="memo:jht:bpjs")
        assert of_people == declared == booked == expected
        transaction.set_rollback(True)


@given(
    opening=st.integers(-1_000, 1_000_000_000), months=st.integers(0, 11_000_000_000), rate=st.integers(0, LARGEST_RATE)
)
def test_the_formula_is_the_one_in_plain_decimals(opening: int, months: int, rate: int) -> None:
    frame = pl.DataFrame({"opening_rupiah": [opening], "rupiah_months": [months]})
    found = nw.from_native(frame).select(earned=yearly_return(rate)).to_native()["earned"][0]
    earning = max(Decimal(opening) * 12 + months, Decimal(0))
    assert found == half_up(earning * rate / 12 / RATE_SCALE)


def test_a_rate_out_of_bounds_is_no_rate() -> None:
    with pytest.raises(ValueError, match="no yearly rate"):
        yearly_return(LARGEST_RATE + 1)
