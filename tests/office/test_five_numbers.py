"""The five numbers add up, open to exactly what they count, and give every difference a reason."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from payung.office.access.roles import NotAllowed
from payung.office.billing.models import Posting
from payung.office.billing.payments import receive_payment
from payung.office.files.models import KeptFile
from payung.office.registry.models import Membership
from payung.office.reports.counting import count_month
from payung.office.reports.numbers import (
    BOTH,
    BY,
    GAINED,
    LOST,
    NUMBERS,
    Cell,
    Rung,
    Wanted,
    behind,
    ladder,
    parts,
    tallies,
)
from payung.rules.months import Month
from tests.office.cast import AT, OCTOBER, Cast, billed, call_cast, enrol, hand_in, people

pytestmark = pytest.mark.django_db
OCT = Month(2022, 10)
WANTED = Wanted(OCT, OCT)


@pytest.fixture
def cast() -> Cast:
    return call_cast()


def posted(cast: Cast, members: list[Membership], month: date = OCTOBER, rupiah: int = 10_000) -> None:
    file = KeptFile.objects.all()[0]
    Posting.objects.bulk_create(
        Posting(
            government=cast.government, membership=member, month=month, amount_rupiah=rupiah, file=file, recorded_at=AT
        )
        for member in members
    )


def numbered(members: list[Membership], day: date = OCTOBER) -> None:
    Membership.objects.filter(pk__in=[member.pk for member in members]).update(number_issued_on=day)


def counted(cast: Cast, wanted: Wanted = WANTED) -> dict[str, Rung]:
    for month in wanted.first.until(wanted.last):
        count_month(government=cast.government, month=month, by=cast.treasurer, at=AT)
    return {rung.number: rung for rung in ladder(tallies(cast.government.pk, wanted))}


def why(rung: Rung) -> dict[tuple[str, str], int]:
    return {(one.side, one.reason): abs(one.heads) for one in rung.differences if one.side != BOTH}


def test_a_list_of_six_each_difference_with_its_reason(cast: Cast) -> None:
    unsound = people(1, first=50, verdict="human") + people(1, first=51, verdict="reject")
    enrol(cast, cast.heading(cast.works), people(4) + unsound)
    members = list(Membership.objects.order_by("pk"))
    numbered(members[:3])
    posted(cast, members[:1] + members[3:])
    found = counted(cast)
    assert {name: rung.heads for name, rung in found.items()} == {
        "decreed": 6, "registered": 3, "active": 2, "posted": 2,
    }  # fmt: skip
    assert why(found["registered"]) == {(LOST, "to_decide"): 1, (LOST, "rejected"): 1, (LOST, "not_sent"): 1}
    assert why(found["active"]) == {(LOST, "not_billed"): 2, (GAINED, "number_missing"): 1}
    assert why(found["posted"]) == {}


def test_what_is_billed_paid_and_posted_decides_the_reason(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.works), people(2))
    enrol(cast, cast.heading(cast.health), people(2, first=100))
    numbered(list(Membership.objects.all()))
    bills = billed(cast, OCT)
    receive_payment(
        bill_id=bills[0].pk, amount_rupiah=bills[0].total_rupiah, paid_on=OCTOBER, reference="SP2D/1",
        by=cast.treasurer, at=AT,
    )  # fmt: skip
    assert why(counted(cast)["active"]) == {(LOST, "not_paid"): 2, (LOST, "not_posted"): 2}
    frame = tallies(cast.government.pk, WANTED)
    assert (frame["billed"].sum(), frame["paid"].sum()) == (
        sum(bill.total_rupiah for bill in bills), bills[0].total_rupiah,
    )  # fmt: skip


def test_who_stands_in_no_list_is_gained(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.works), people(3))
    numbered(list(Membership.objects.all()))
    later = Month(2022, 11)
    hand_in(cast, cast.heading(cast.works, month=later.first_day), people(2), name="baru.xlsx")
    found = counted(cast, Wanted(later, later))
    assert (found["decreed"].heads, found["registered"].heads) == (2, 3)
    assert why(found["registered"]) == {(GAINED, "left_list"): 1}


def test_a_line_twice_counts_twice_as_decreed_and_once_further_on(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.works), people(2))
    enrol(cast, cast.heading(cast.works, kind="additions"), people(2))
    numbered(list(Membership.objects.all()))
    found = counted(cast)
    assert (found["decreed"].heads, found["registered"].heads) == (4, 2)
    assert why(found["registered"]) == {(LOST, "listed_twice"): 2}


def test_who_is_paid_by_another_office_is_told_so(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.works), people(2))
    enrol(cast, cast.heading(cast.health, kind="additions"), people(1))
    numbered(list(Membership.objects.all()))
    assert why(counted(cast)["registered"]) == {(LOST, "other_payer"): 1}
    health = ladder(tallies(cast.government.pk, replace(WANTED, opd=cast.health.pk)))
    assert [rung.heads for rung in health] == [1, 0, 0, 0]


def test_the_rupiah_are_the_laws_until_posted_and_bpjs_s_then(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.works), people(3))
    members = list(Membership.objects.order_by("pk"))
    numbered(members)
    posted(cast, members, rupiah=11_111)
    found = counted(cast)
    due = found["decreed"].rupiah // 3
    assert found["decreed"].rupiah == found["registered"].rupiah == found["active"].rupiah == 3 * due > 0
    assert found["posted"].rupiah == 33_333
    assert [(one.side, one.rupiah) for one in found["posted"].differences] == [(BOTH, 33_333 - 3 * due)]
    by_programme = parts(cast.government.pk, WANTED, "programme")
    assert sum(part.rupiah["posted"] for part in by_programme) == 33_333
    assert [part.heads["posted"] for part in by_programme] == [3, 3, 0, 0]


def test_every_number_opens_to_exactly_what_it_counts(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.works), people(5) + people(2, first=60, verdict="human"))
    enrol(cast, cast.heading(cast.health), people(3, first=100))
    members = list(Membership.objects.order_by("pk"))
    numbered(members[1:6])
    posted(cast, members[3:])
    rungs = counted(cast)
    for number, rung in rungs.items():
        cells = [(Cell(number), rung.heads, rung.rupiah)]
        cells += [
            (Cell(number, one.side, one.reason), abs(one.heads), abs(one.rupiah))
            for one in rung.differences if one.side != BOTH
        ]  # fmt: skip
        for cell, heads, rupiah in cells:
            count, found = behind(cast.government.pk, WANTED, cell)
            assert count == len(found) == heads, cell
            assert sum(one.rupiah for one in found) == rupiah, cell
    first, whole = behind(cast.government.pk, WANTED, Cell("decreed"), limit=4)[1], behind(
        cast.government.pk, WANTED, Cell("decreed")
    )[1]  # fmt: skip
    rest = behind(cast.government.pk, WANTED, Cell("decreed"), after=first[-1].id)[1]
    assert first + rest == whole


def test_the_parts_add_up_to_the_whole(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.works), people(4))
    enrol(cast, cast.heading(cast.health), people(3, first=100))
    posted(cast, list(Membership.objects.all())[2:])
    rungs = counted(cast)
    for by in BY:
        found = parts(cast.government.pk, WANTED, by)
        for number in NUMBERS:
            assert sum(part.heads[number] for part in found) == rungs[number].heads
            assert sum(part.rupiah[number] for part in found) == rungs[number].rupiah


def test_counting_again_changes_nothing_and_needs_the_deed(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.works), people(3))
    first = counted(cast)
    assert counted(cast) == first
    with pytest.raises(NotAllowed):
        count_month(government=cast.government, month=OCT, by=cast.operator, at=AT)


def test_two_months_are_head_months(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.works), people(3))
    both = Wanted(OCT, Month(2022, 11))
    assert counted(cast, both)["decreed"].heads == 6
    assert Counter(one.month for one in behind(cast.government.pk, both, Cell("decreed"))[1]) == {
        OCT: 3, Month(2022, 11): 3,
    }  # fmt: skip
