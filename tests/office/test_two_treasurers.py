"""Two treasurers press the same button in the same instant: one result."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connections, transaction

from payung.office.access.actions import add_user
from payung.office.access.models import User
from payung.office.access.roles import Role
from payung.office.billing import receipts
from payung.office.billing.actions import bill_month
from payung.office.billing.models import Bill, BillLine, BillRun, Payment
from payung.office.billing.payments import PaymentRefused, receive_payment
from payung.office.places.actions import grant_area
from payung.office.places.scope import seen_by, whole_government
from payung.rules.months import Month
from tests.office.cast import AT, Cast, approve_run, call_cast, drafted, enrol, people

OCTOBER = Month(2022, 10)


def both(users: list[User], press: Callable[[User], Any]) -> list[Any]:
    """What each was told, each over an own connection."""
    ready = threading.Barrier(len(users))

    def one(user: User) -> Any:
        try:
            with seen_by(user):
                ready.wait(timeout=60)
                return press(user)
        except PaymentRefused as refused:
            return refused.reason
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(users)) as pool:
        return list(pool.map(one, users))


def two(cast: Cast) -> list[User]:
    with whole_government(cast.government):
        other = add_user(
            username="bendahara-2", full_name="Bendahara Dua", role=Role.TREASURER, password="rahasia-panjang",
            by=None, at=AT,
        )  # fmt: skip
        grant_area(user=other, government=cast.government, opd=None, by=None, at=AT)
    return [cast.treasurer, other]


@pytest.mark.django_db(transaction=True)
def test_a_month_is_drafted_once_and_a_bill_is_paid_once() -> None:
    with transaction.atomic():
        cast = call_cast()
        enrol(cast, cast.heading(cast.works), people(5))
        users = two(cast)

    def bill(user: User) -> int:
        return bill_month(government=cast.government, month=OCTOBER, holidays=frozenset(), by=user, at=AT).pk

    assert len(set(both(users, bill))) == 1
    with whole_government(cast.government):
        assert (BillRun.objects.count(), BillLine.objects.count()) == (1, 5)
        (made,) = approve_run(cast, drafted(cast, OCTOBER))

    def pay(user: User) -> str:
        receive_payment(
            bill_id=made.pk, amount_rupiah=made.total_rupiah, paid_on=date(2022, 11, 10),
            reference=f"SP2D-{user.pk}", by=user, at=AT,
        )  # fmt: skip
        return "paid"

    assert sorted(both(users, pay)) == ["more_than_outstanding", "paid"]
    with whole_government(cast.government):
        assert Payment.objects.count() == 1
        assert receipts.outstanding(Bill.objects.get()) == 0
