"""Workers who pay themselves: a payer of their own, billed and paid without the government's money."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from payung.doors.world.bank_formats import as_mt940
from payung.office.agreements.self_payers import SelfPayerRefused, open_self_payer
from payung.office.billing import receipts
from payung.office.billing.models import Bill
from payung.office.billing.money import payments_of
from payung.office.billing.payments import receive_payment
from payung.office.billing.receipt_models import Receipt
from payung.office.billing.self_payers import person_of, self_payers
from payung.office.billing.statements import take_in
from payung.office.coverage.queries import cover_on
from payung.office.enrolment.receiving import Heading
from payung.office.ledger.queries import balances
from payung.office.places.queries import opds_in, payers_in
from payung.office.places.scope import whole_government
from payung.office.registry.models import Membership
from payung.office.reports.funds import fund_lines
from payung.rules.statements.lines import Line, statement
from tests.office.cast import AT, Cast, billed, call_cast, enrol, people
from tests.office.weavers import OCTOBER, PER_HEAD, bpu_agreement

pytestmark = pytest.mark.django_db


def opened(
    cast: Cast, number: str = "KLP-01", name: str = "Paguyuban Penenun", *, heads: int = 3, first: int = 1
) -> Bill:
    """A payer with its members, billed for October."""
    line = open_self_payer(
        government=cast.government, number=number, name=name, first=OCTOBER, heads=heads, by=cast.admin, at=AT
    )
    assert line.opd is not None
    enrol(cast, Heading(bpu_agreement(cast), line.opd, line, OCTOBER.first_day, "complete"), people(heads, first=first))
    (bill,) = billed(cast, OCTOBER)
    return bill


def pay(cast: Cast, bill: Bill) -> None:
    receive_payment(bill_id=bill.pk, amount_rupiah=bill.total_rupiah, paid_on=date(2022, 10, 5), reference=bill.number,
                    by=cast.treasurer, at=AT)  # fmt: skip


def test_a_group_is_billed_and_pays_with_its_own_money() -> None:
    cast = call_cast()
    bill = opened(cast)
    assert (bill.unit.name, bill.heads, bill.total_rupiah) == ("Paguyuban Penenun", 3, 3 * PER_HEAD)
    with whole_government(cast.government):
        (before,) = self_payers(cast.government, OCTOBER)
    assert (before.heads, before.outstanding_rupiah, before.open_bill_id) == (3, 3 * PER_HEAD, bill.pk)
    pay(cast, bill)
    with whole_government(cast.government):
        left = balances(government_id=cast.government.pk)
        (after,) = self_payers(cast.government, OCTOBER)
        cover = cover_on(Membership.objects.order_by("pk")[0].person_id, date(2022, 10, 20))[0]
    assert left["kas:pekerja"] == -3 * PER_HEAD and "kas:daerah" not in left
    assert left["beban:iuran:self"] == 3 * PER_HEAD and sum(left.values()) == 0
    assert (after.outstanding_rupiah, after.paid_until) == (0, OCTOBER.first_day)
    assert (cover.payer, cover.fund) == ("Paguyuban Penenun", "Iuran pekerja sendiri")


def test_their_money_never_passes_the_regional_treasury() -> None:
    """Not from the bank, not while nobody knows whose it is, not by mistake."""
    cast = call_cast()
    bill = opened(cast)
    enrol(cast, cast.heading(cast.works), people(2, first=50))
    (office,) = billed(cast, OCTOBER)
    told: dict[str, Any] = {"by": cast.treasurer, "at": AT}
    paid_out = ((bill.total_rupiah, bill.number), (70_000, "?"), (9_000, "?"))
    lines = [Line(at, AT.date(), Decimal(-rupiah), "BPJS", "", text, f"T{at}") for at, (rupiah, text) in
             enumerate(paid_out)]  # fmt: skip
    content = as_mt940(statement("0012345678", lines))
    take_in(government=cast.government, content=content, name="bank.sta", pays="out", **told)

    def cash() -> dict[str, int]:
        found = balances(government_id=cast.government.pk)
        return {code: -rupiah for code, rupiah in found.items() if code.startswith("kas:") and rupiah}

    assert cash() == {"kas:pekerja": bill.total_rupiah, "kas:belum-dikenal": 79_000}
    first, second = Receipt.objects.filter(unit=None).order_by("-amount_rupiah")
    receipts.hold_for(receipt_id=first.pk, unit_id=bill.unit_id, reason="ternyata penenun", **told)
    assert cash() == {"kas:pekerja": bill.total_rupiah + 70_000, "kas:belum-dikenal": 9_000}
    with pytest.raises(receipts.ReceiptRefused, match="other_money"):
        receipts.allocate(receipt_id=first.pk, bill_id=office.pk, amount_rupiah=1, **told)
    paid = receipts.allocate(receipt_id=second.pk, bill_id=office.pk, amount_rupiah=9_000, **told)
    assert cash() == {"kas:pekerja": bill.total_rupiah + 70_000, "kas:daerah": 9_000}
    receipts.take_back(payment_id=paid.pk, reason="salah", **told)
    assert cash() == {"kas:pekerja": bill.total_rupiah + 70_000, "kas:belum-dikenal": 9_000}


def test_the_receipt_of_one_worker_names_the_worker_and_that_of_a_group_does_not() -> None:
    cast = call_cast()
    alone, group = opened(cast, "P-01", "", heads=1), opened(cast, "KLP-01", first=10)
    assert alone.unit.name == "Peserta perorangan P-01"
    named = {}
    for bill in (alone, group):
        pay(cast, bill)
        with whole_government(cast.government):
            receipt = receipts.typed(cast.government.pk, bill.number)
            assert receipt is not None
            named[bill.pk] = person_of(list(payments_of(receipt.pk)))
    assert named == {alone.pk: people(1)[0]["name"], group.pk: ""}


def test_it_is_no_office_and_no_budget() -> None:
    cast = call_cast()
    bill = opened(cast)
    assert "Paguyuban Penenun" not in [one.name for one in opds_in(cast.area)]
    assert "Paguyuban Penenun" in [one.name for one in payers_in(cast.area)]
    with whole_government(cast.government):
        assert bill.budget_line_id not in [one.id for one in fund_lines(cast.government.pk, year=2022)]


def test_opened_again_is_the_same_payer_and_a_number_has_one() -> None:
    cast = call_cast()
    told: dict[str, Any] = {"government": cast.government, "heads": 1, "by": cast.admin, "at": AT}
    first = open_self_payer(number="KLP-01", name="Paguyuban", first=OCTOBER, **told)
    assert open_self_payer(number="KLP-01", name="Paguyuban", first=OCTOBER.shift(1), **told) == first
    later = open_self_payer(number="KLP-01", name="Paguyuban", first=OCTOBER.shift(3), **told)
    assert (later.opd, later.year) == (first.opd, 2023)
    for number in ("KLP-01", "JJ000001", "PU"):
        with pytest.raises(SelfPayerRefused):
            open_self_payer(number=number, name="Lain", first=OCTOBER, **told)
