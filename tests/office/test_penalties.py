"""Late payments and what the law adds: nothing for a government by the default reading, else 2 % a started month.

What is owed stands once, on the unit's next bill, is paid and booked like the rest, and can be waived by a paper.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from payung.office.access.roles import NotAllowed
from payung.office.agreements.actions import confirm_reading
from payung.office.billing import queries, receipts
from payung.office.billing.models import Bill, Penalty, PenaltyWaiver
from payung.office.billing.payments import receive_payment
from payung.office.billing.penalties import Late, lateness
from payung.office.billing.runs import void
from payung.office.billing.waiving import WaiverRefused, take_back_waiver, waive_penalty
from payung.office.ledger.queries import balances
from payung.office.places.scope import whole_government
from payung.rules.law.figures import Certainty
from payung.rules.months import Month
from tests.office.cast import AT, Cast, billed, call_cast, enrol, people

pytestmark = pytest.mark.django_db
OCTOBER = Month(2022, 10)
PER_HEAD = 4_420 + 5_524


def test_late_parts_cost_by_the_month_and_in_time_costs_nothing() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(100))
    (made,) = billed(cast, OCTOBER)
    paid = [
        receive_payment(
            bill_id=made.pk, amount_rupiah=100_000, paid_on=day, reference=str(day), by=cast.treasurer, at=AT
        )
        for day in (date(2022, 11, 15), date(2022, 11, 16), date(2022, 12, 16))
    ]

    def told(today: date, *, fund: str = "APBD", membership: str = "PU") -> Late:
        head = replace(queries.bill(cast.area, made.pk), fund_kind=fund, membership_class=membership)
        found = lateness(cast.government, head, today=today)
        assert found is not None
        return found

    assert [part.rupiah for part in told(date(2022, 11, 15)).parts] == [100_000, 100_000]
    own = told(date(2023, 1, 15))
    assert (own.employer, own.penalty_rupiah, own.certainty) == ("government", 0, Certainty.DOUBTFUL)
    private = told(date(2023, 1, 15), fund="employer")
    rest = 100 * PER_HEAD - 300_000
    assert [(part.rupiah, part.months, part.penalty_rupiah) for part in private.parts] == [
        (100_000, 1, 2_000), (100_000, 2, 4_000), (rest, 2, (rest * 4 + 50) // 100),
    ]  # fmt: skip
    assert told(date(2023, 1, 15), membership="BPU").penalty_rupiah == 0
    receipts.take_back(payment_id=paid[1].pk, reason="salah tagihan", by=cast.treasurer, at=AT)
    assert [part.rupiah for part in told(date(2023, 1, 15)).parts] == [100_000, rest + 100_000]


FEBRUARY = AT.replace(year=2023, month=2, day=1)
"""October's bill is due on 15 November: by then three months late."""
LATE = 100 * PER_HEAD * 6 // 100


def late_office(*, as_private: bool = True) -> tuple[Cast, Bill]:
    """An office that reads the clause as its own, with October's bill unpaid."""
    cast = call_cast()
    if as_private:
        confirm_reading(
            government=cast.government, reading="penalty-government", option="as-private", from_month=OCTOBER,
            confirmed_by="Surat cabang", by=cast.admin, at=AT,
        )  # fmt: skip
    enrol(cast, cast.heading(cast.works), people(100))
    (made,) = billed(cast, OCTOBER)
    return cast, made


def standing(cast: Cast) -> dict[str, int]:
    return {code: rupiah for code, rupiah in balances(government_id=cast.government.pk).items() if rupiah}


def test_a_penalty_stands_on_the_next_bill_once_and_is_paid_like_the_rest() -> None:
    cast, october = late_office()
    (november,) = billed(cast, OCTOBER.shift(1), at=FEBRUARY)
    assert (november.penalty_rupiah, november.total_rupiah) == (LATE, 100 * PER_HEAD + LATE)
    assert standing(cast)["utang:bpjs:DENDA"] == -LATE and standing(cast)["beban:denda:APBD"] == LATE
    (december,) = billed(cast, OCTOBER.shift(2), at=FEBRUARY)
    assert december.penalty_rupiah == 100 * PER_HEAD * 4 // 100, "November itself is late by now; October is asked for"
    for bill in (november, december):
        receive_payment(
            bill_id=bill.pk, amount_rupiah=bill.total_rupiah, paid_on=date(2023, 2, 1), reference=bill.number,
            by=cast.treasurer, at=FEBRUARY,
        )  # fmt: skip
    assert "utang:bpjs:DENDA" not in standing(cast)
    (january,) = billed(cast, OCTOBER.shift(3), at=FEBRUARY + timedelta(days=20))
    owed = {one.late_bill_id: one.amount_rupiah for one in Penalty.objects.filter(bill=january)}
    assert owed == {october.pk: 100 * PER_HEAD * 2 // 100, december.pk: 100 * PER_HEAD * 2 // 100}, "simple, by month"


def test_by_the_default_reading_a_government_is_asked_for_none() -> None:
    cast, _ = late_office(as_private=False)
    (november,) = billed(cast, OCTOBER.shift(1), at=FEBRUARY)
    assert november.penalty_rupiah == 0 and not Penalty.objects.exists()


def test_a_waiver_gives_back_what_was_asked_and_asks_no_more() -> None:
    cast, october = late_office()
    billed(cast, OCTOBER.shift(1), at=FEBRUARY)
    told: dict[str, Any] = {
        "bill_id": october.pk,
        "document": "SK 900/1",
        "decided_on": date(2023, 2, 1),
        "at": FEBRUARY,
    }
    with pytest.raises(NotAllowed):
        waive_penalty(**told, reason="bencana", by=cast.treasurer)
    with pytest.raises(WaiverRefused, match="no_reason"):
        waive_penalty(**told, reason="", by=cast.admin)
    waiver = waive_penalty(**told, reason="bencana", by=cast.admin)
    assert waive_penalty(**told, reason="lagi", by=cast.admin) == waiver
    (december,) = billed(cast, OCTOBER.shift(2), at=FEBRUARY)
    assert dict(Penalty.objects.filter(bill=december).values_list("late_bill", "amount_rupiah"))[october.pk] == -LATE
    found = lateness(cast.government, queries.bill(cast.area, october.pk), today=FEBRUARY.date())
    assert found is not None and found.waiver == waiver and found.charged_rupiah == 0
    back: dict[str, Any] = {"bill_id": october.pk, "at": FEBRUARY}
    with pytest.raises(WaiverRefused, match="unsaid"):
        take_back_waiver(**back, reason="", by=cast.admin)
    take_back_waiver(**back, reason="salah tagihan", by=cast.admin)
    with pytest.raises(WaiverRefused, match="not_waived"):
        take_back_waiver(**back, reason="lagi", by=cast.admin)
    (january,) = billed(cast, OCTOBER.shift(3), at=FEBRUARY)
    assert dict(Penalty.objects.filter(bill=january).values_list("late_bill", "amount_rupiah"))[october.pk] == LATE
    with pytest.raises(DatabaseError), transaction.atomic():
        PenaltyWaiver.objects.update(taken_back_at=None, taken_back_by=None, taken_back_reason="")
    assert waive_penalty(**told, reason="memang bencana", by=cast.admin) != waiver


def test_taking_either_bill_back_settles_it_as_well() -> None:
    cast, october = late_office()
    (november,) = billed(cast, OCTOBER.shift(1), at=FEBRUARY)
    void(bill_id=november.pk, reason="salah", by=cast.admin, at=FEBRUARY)
    (again,) = billed(cast, OCTOBER.shift(1), at=FEBRUARY)
    assert again.penalty_rupiah == LATE, "a void bill asks for nothing"
    void(bill_id=october.pk, reason="salah", by=cast.admin, at=FEBRUARY)
    (anew,) = billed(cast, OCTOBER.shift(1), at=FEBRUARY)
    assert dict(Penalty.objects.filter(bill=anew).values_list("late_bill", "amount_rupiah"))[october.pk] == -LATE


def test_the_database_takes_no_penalty_that_its_bill_does_not_declare() -> None:
    cast, october = late_office()
    (november,) = billed(cast, OCTOBER.shift(1), at=FEBRUARY)
    with whole_government(cast.government, by=cast.treasurer):
        told: dict[str, Any] = {"government": cast.government, "bill": november, "late_bill": october}
        told["reckoned_on"] = OCTOBER.first_day
        for refused in ({"late_bill": november}, {}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Penalty.objects.create(**told | refused, amount_rupiah=1)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE billing_penalty SET amount_rupiah = 1")
