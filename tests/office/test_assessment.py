"""The staff beside the members: who is in no list, who has less, who is still paid; every count opens to its people."""

from datetime import date

import pytest

from payung.office.access.roles import NotAllowed
from payung.office.agreements.models import Agreement
from payung.office.places.scope import seen_by, whole_government
from payung.office.registry.models import Evidence, Pair, Person
from payung.office.reports.assessment import (
    CELLS,
    DONE,
    LATE,
    RUNNING,
    Cell,
    behind,
    by_opd,
    curve,
    total,
    unknown_units,
)
from payung.office.reports.comparing import compare
from payung.office.reports.masters import Letter, NobodyInMaster, name_unit, set_deadline
from payung.office.reports.models import Comparison, Master, OpdDeadline
from payung.rules.months import Month
from tests.office.cast import AT, Cast, call_cast, enrol, hand_in, people
from tests.office.staff import TOLD_ON, staff, taken_in

pytestmark = pytest.mark.django_db
OCTOBER = Month(2022, 10)


@pytest.fixture
def cast() -> Cast:
    return call_cast()


def compared(cast: Cast, rows: list[dict[str, str]], month: Month = OCTOBER) -> Comparison:
    return compare(master=taken_in(cast, rows), month=month, by=cast.admin, at=AT)


def counts(comparison: Comparison) -> dict[str, int]:
    return {name: count for name, count in total(by_opd(comparison)).items() if count}


def test_who_is_in_no_list_and_who_only_waits_are_told_apart(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.works), people(5))
    hand_in(cast, cast.heading(cast.health), people(2, first=30), name="dinkes.xlsx")
    found = compared(cast, [*staff(8), *staff(2, first=30, unit="Dinkes")])
    assert counts(found) == {"expected": 10, "protected": 5, "gap": 5, "missing": 3, "listed": 2}
    lines = {line.opd: line.counts for line in by_opd(found)}
    assert (lines["DPU"]["missing"], lines["Dinkes"]["listed"]) == (3, 2)


def test_every_count_opens_to_exactly_its_people(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.works), people(6))
    rows = [
        *staff(4),
        *staff(1, first=5, status="Berhenti"),
        *staff(2, first=20),
        *staff(1, first=40, status="PPPK PW"),
    ]
    rows += staff(1, first=50, status="PNS")
    found = compared(cast, rows)
    assert counts(found) == {
        "expected": 7, "protected": 4, "gap": 3, "missing": 3, "taspen": 1, "still_paid": 2, "gone": 1, "unnamed": 1,
        "part_time": 1,
    }  # fmt: skip
    for name, count in total(by_opd(found)).items():
        assert len(behind(found, Cell(name))) == count, name
    for line in by_opd(found):
        for name in CELLS:
            assert len(behind(found, Cell(name, everywhere=False, opd_id=line.opd_id))) == line.counts[name], name
    (gone,) = behind(found, Cell("gone"))
    assert (gone.name, gone.standing) == (people(1, first=5)[0]["name"], "gone")


def test_full_pppk_who_is_still_paid_is_found(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.works), people(3))
    found = compared(cast, [*staff(2), *staff(1, first=3, status="PPPK")])
    assert counts(found)["taspen_paid"] == 1


def test_colleagues_of_the_same_status_and_opd_are_compared(cast: Cast) -> None:
    Agreement.objects.filter(pk=cast.agreement.pk).update(wage_base="honorarium")
    enrol(cast, cast.heading(cast.works), [*people(4, wage=3_000_000), *people(1, first=5, wage=2_000_000)])
    enrol(cast, cast.heading(cast.health), people(1, first=30, wage=1_000_000))
    found = compared(cast, [*staff(5), *staff(1, first=30, unit="Dinkes")])
    (lower,) = behind(found, Cell("lower_base"))
    assert (lower.base_rupiah, lower.usual_base_rupiah) == (2_000_000, 3_000_000)
    assert counts(found).get("fewer_programmes") is None


def test_a_row_that_may_be_somebody_asks_who_it_is_and_the_certain_become_evidence(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.works), people(3))
    rows = staff(3)
    digits = rows[2]["NIK"]
    rows[2]["NIK"] = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    found = compared(cast, rows)
    assert counts(found) == {"expected": 3, "protected": 2, "gap": 1, "doubtful": 1}
    assert Pair.objects.filter(row__reading=found.master.reading).count() == 1
    assert Evidence.objects.filter(row__reading=found.master.reading).count() == 2
    again = compare(master=found.master, month=OCTOBER, by=cast.admin, at=AT)
    assert (
        counts(again) == counts(Comparison.objects.get())
        and Evidence.objects.filter(row__reading=found.master.reading).count() == 2
    )


def test_the_curve_counts_todays_staff_month_by_month(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.works), people(2))
    enrol(cast, cast.heading(cast.works, kind="additions", month=date(2022, 12, 1)), people(3, first=10))
    found = compared(cast, [*staff(2), *staff(3, first=10), *staff(1, first=40)], Month(2022, 12))
    assert curve(found) == [(Month(2022, 10), 2), (Month(2022, 11), 2), (Month(2022, 12), 5)]
    for month, heads in curve(found):
        assert len(behind(found, Cell("expected", paid_in=month))) == heads


def test_a_unit_that_nobody_knows_is_named_once(cast: Cast) -> None:
    master = taken_in(cast, staff(2, unit="UPT Jalan"))
    found = compare(master=master, month=OCTOBER, by=cast.admin, at=AT)
    assert unknown_units(found) == [("UPT Jalan", 2)] and by_opd(found)[0].opd_id is None
    name_unit(government=cast.government, unit="UPT Jalan", opd=cast.works, by=cast.admin, at=AT)
    found = compare(master=master, month=OCTOBER, by=cast.admin, at=AT)
    assert unknown_units(found) == [] and by_opd(found)[0].opd_id == cast.works.pk


def test_a_deadline_runs_until_nothing_is_left(cast: Cast) -> None:
    enrol(cast, cast.heading(cast.health), people(1, first=30))
    found = compared(cast, [*staff(2), *staff(1, first=30, unit="Dinkes")])
    for day in (15, 20):
        letter = Letter("800/12", TOLD_ON, date(2022, 10, day))
        set_deadline(opds=[cast.works], letter=letter, by=cast.admin, at=AT)
    assert OpdDeadline.objects.filter(replaced_at=None).get().due_on == date(2022, 10, 20)
    states = {line.opd: line.state(date(2022, 10, 20)) for line in by_opd(found)}
    assert states == {"DPU": RUNNING, "Dinkes": DONE}
    assert by_opd(found)[0].state(date(2022, 10, 21)) == LATE


def test_the_same_bytes_change_nothing_and_nobody_is_nothing(cast: Cast) -> None:
    first, again = taken_in(cast, staff(2)), taken_in(cast, staff(2), name="salinan.csv")
    assert first == again and Master.objects.count() == 1 and not Person.objects.exists()
    with pytest.raises(NobodyInMaster):
        taken_in(cast, [])


def test_an_office_sees_its_own_people_only_and_compares_nothing(cast: Cast) -> None:
    from payung.office.access.actions import add_user
    from payung.office.access.roles import Role
    from payung.office.places.actions import grant_area

    found = compared(cast, [*staff(2), *staff(3, first=30, unit="Dinkes")])
    with whole_government(cast.government):
        user = add_user(
            username="kes", full_name="K", role=Role.OPD_OPERATOR, password="rahasia-panjang", by=None, at=AT
        )
        grant_area(user=user, government=cast.government, opd=cast.health, by=None, at=AT)
    with seen_by(user):
        assert [line.opd for line in by_opd(found)] == ["Dinkes"]
        assert len(behind(found, Cell("missing"))) == 3
    with pytest.raises(NotAllowed):
        compare(master=found.master, month=OCTOBER, by=user, at=AT)
