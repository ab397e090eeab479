"""Roster, bill and posting: every person of a month stands in exactly one place, with the rupiah."""

from datetime import timedelta

import pytest

from payung.office.access.marks import seal
from payung.office.access.roles import NotAllowed
from payung.office.billing import three_way
from payung.office.billing.models import Posting
from payung.office.billing.postings import confirm_posted
from payung.office.enrolment.actions import apply_leavers
from payung.office.registry.models import Membership
from payung.rules.months import Month
from tests.office.cast import AT, Cast, billed, call_cast, enrol, people

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = Month(2022, 10), Month(2022, 11)
PER_HEAD = 4_420 + 5_524


def confirm(cast: Cast, rows: list[dict[str, str]], amounts: list[int], month: Month) -> None:
    told = [f"{row['nik']},{month},{amount}" for row, amount in zip(rows, amounts, strict=True)]
    content = "\n".join(["NIK,BULAN,TOTAL", *told]).encode()
    confirm_posted(government=cast.government, content=content, name=f"{month}.csv", by=cast.treasurer, at=AT)


def told(cast: Cast, month: Month) -> dict[str, tuple[int, int, int]]:
    found = three_way.outcomes(cast.government, month)
    return {one.name: (one.heads, one.billed_rupiah, one.posted_rupiah) for one in found}


def test_each_person_stands_in_one_place() -> None:
    cast = call_cast()
    rows = people(5)
    enrol(cast, cast.heading(cast.works), rows)
    billed(cast, OCTOBER)
    late = people(2, first=50)
    enrol(cast, cast.heading(cast.works, kind="additions"), late)
    confirm(cast, [*rows[:3], late[0]], [PER_HEAD, PER_HEAD, PER_HEAD - 1, PER_HEAD], OCTOBER)
    assert told(cast, OCTOBER) == {
        "agrees": (2, 2 * PER_HEAD, 2 * PER_HEAD),
        "not_posted": (2, 2 * PER_HEAD, 0),
        "differs": (1, PER_HEAD, PER_HEAD - 1),
        "not_billed": (1, 0, PER_HEAD),
        "roster_only": (1, 0, 0),
    }
    names = {one.name for one in three_way.people(cast.government, OCTOBER, "not_posted")}
    assert names == {rows[3]["name"], rows[4]["name"]}
    (first,) = three_way.people(cast.government, OCTOBER, "not_posted", limit=1)
    (second,) = three_way.people(cast.government, OCTOBER, "not_posted", after=first.membership_id)
    assert {first.name, second.name} == names
    assert first.opd == cast.works.short_name


def test_numbers_are_the_kpj_and_without_one_the_nik() -> None:
    cast = call_cast()
    rows = people(2)
    enrol(cast, cast.heading(cast.works), rows)
    Membership.objects.filter(person__name=rows[0]["name"]).update(kpj_sealed=seal("21012345678", kind="kpj"))
    chosen = three_way.people(cast.government, OCTOBER, "roster_only")
    opened = three_way.numbers(chosen, by=cast.operator)
    by_name = {one.name: opened[one.membership_id] for one in chosen}
    assert by_name == {
        rows[0]["name"]: three_way.Numbers(kpj="21012345678"), rows[1]["name"]: three_way.Numbers(nik=rows[1]["nik"]),
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        three_way.numbers(chosen, by=cast.treasurer)


def test_posted_for_who_has_left() -> None:
    cast = call_cast()
    rows = people(3)
    enrol(cast, cast.heading(cast.works), rows)
    billed(cast, OCTOBER)
    made = enrol(cast, cast.heading(cast.works, month=NOVEMBER.first_day), rows[:2], at=AT + timedelta(days=1))
    apply_leavers(plan_id=made.pk, by=cast.admin, at=AT + timedelta(days=1))
    gone = Membership.objects.get(person__name=rows[2]["name"])
    Posting.objects.create(
        government=cast.government, membership=gone, month=NOVEMBER.first_day, amount_rupiah=PER_HEAD,
        file=made.roster_list.reading.file, recorded_at=AT,
    )  # fmt: skip
    assert told(cast, NOVEMBER) == {
        "agrees": (0, 0, 0), "left": (1, 0, PER_HEAD), "roster_only": (2, 0, 0),
    }  # fmt: skip
