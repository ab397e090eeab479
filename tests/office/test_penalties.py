"""Late payments and what the law adds: nothing for a government by the default reading, else 2 % a started month."""

from dataclasses import replace
from datetime import date

import pytest

from payung.office.billing import queries, receipts
from payung.office.billing.payments import receive_payment
from payung.office.billing.penalties import Late, lateness
from payung.rules.law.figures import Certainty
from payung.rules.months import Month
from tests.office.cast import AT, billed, call_cast, enrol, people

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
