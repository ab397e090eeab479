"""A month at the bank, as the simulator tells it, taken in: what is certain settles, the rest waits and is proposed."""

import pytest

from payung.doors.world.bank import Asked, Simulated, code_of, simulate
from payung.doors.world.bank_formats import as_mt940
from payung.office.agreements.actions import NewLine, open_fund
from payung.office.agreements.models import BudgetLine
from payung.office.billing.models import Bill, Payment
from payung.office.billing.money import bills_to_pay, proposal, receipts
from payung.office.billing.receipt_models import Receipt
from payung.office.billing.runs import send
from payung.office.billing.statements import take_in
from payung.office.enrolment.models import RosterList
from payung.office.enrolment.receiving import Heading
from payung.office.places.actions import NewOpd, add_opds
from payung.rules.months import Month
from tests.office.cast import AT, OCTOBER, Cast, billed, call_cast, enrol, people

pytestmark = pytest.mark.django_db
MONTH = Month(2022, 10)
UNITS = 6


@pytest.fixture
def cast() -> Cast:
    """Six units of different size, each with its bill sent under a code of the simulator."""
    called = call_cast()
    opds = add_opds(
        government=called.government, unit_kind="npp", from_month=OCTOBER, by=called.admin, at=AT,
        opds=[NewOpd(f"O{at}", f"Kantor {at}", f"K{at}", f"ZZ00000{at}") for at in range(UNITS)],
    )  # fmt: skip
    fund = open_fund(
        government=called.government, kind="APBD", name="APBD 2022", year=2022, by=called.admin, at=AT,
        lines=[NewLine(opd, "5.2", "Iuran", 10**8, 9) for opd in opds.values()],
    )  # fmt: skip
    for at, opd in enumerate(opds.values()):
        line = BudgetLine.objects.get(fund=fund, opd=opd)
        enrol(
            called,
            Heading(called.agreement, opd, line, OCTOBER, RosterList.COMPLETE),
            people(at + 1, first=1 + 20 * at),
        )
    for bill in billed(called, MONTH):
        send(bill_id=bill.pk, payment_code=code_of(bill.unit.number, MONTH, seed=7), by=called.treasurer, at=AT)
    return called


def simulated() -> Simulated:
    bills = Bill.objects.select_related("unit").order_by("unit__number")
    asked = [Asked(bill.unit.number, bill.unit.name, bill.payment_code, bill.total_rupiah) for bill in bills]
    return simulate(asked, MONTH, seed=7)


def test_a_month_of_the_bank_is_matched_as_it_truly_is(cast: Cast) -> None:
    made = simulated()
    told = {"government": cast.government, "name": "rekening.sta", "pays": "out", "by": cast.treasurer, "at": AT}
    content = as_mt940(made.told)
    take_in(content=content, **told)  # type: ignore[arg-type]  # told above
    settled = set(Payment.objects.values_list("bill__unit__number", flat=True))
    assert settled == {unit for one in made.truth if one.kind in ("exact", "double") for unit in one.units}
    waiting = [*receipts(cast.government, "unknown"), *receipts(cast.government, "credit")]
    kinds = sorted(one.kind for one in made.truth if one.kind not in ("exact", "double"))
    assert len(waiting) == len(kinds) + 1, "one of the two that are double waits"
    found = {one.amount_rupiah: proposal(one, bills_to_pay(cast.government)) for one in waiting}
    units = dict(Bill.objects.values_list("pk", "unit__number"))
    for one in made.truth:
        if one.kind in ("no_code", "sum", "short"):
            proposed = found[one.rupiah]
            assert proposed is not None, one
            assert {units[bill] for bill, _ in proposed.parts} == set(one.units), one
    before = (Receipt.objects.count(), Payment.objects.count())
    take_in(content=content, **told)  # type: ignore[arg-type]  # told above
    assert (Receipt.objects.count(), Payment.objects.count()) == before
