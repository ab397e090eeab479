"""The month's bill: owed minus already billed, paid, posted."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import DatabaseError, transaction

from payung.office.access.models import AuditEvent
from payung.office.billing import explaining, queries
from payung.office.billing.actions import NothingToBill
from payung.office.billing.models import Bill, BillLine, Posting
from payung.office.billing.payments import PaymentRefused, receive_payment
from payung.office.billing.posting_file import NoPostingColumns
from payung.office.billing.postings import confirm_posted
from payung.office.coverage.queries import Cell, State, cover_on, strip
from payung.office.enrolment.actions import apply_leavers
from payung.office.ledger.queries import balances
from payung.office.registry.models import Person
from payung.office.reports.queries import programme
from payung.rules.months import Month
from tests.office.cast import AT, Cast, billed, call_cast, enrol, people

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = Month(2022, 10), Month(2022, 11)
PER_HEAD = 4_420 + 5_524
"""What Kota Bandung is reported to have paid: 0.24 % and 0.30 % of UMP Jawa Barat 2022."""


def bill(cast: Cast, month: Month = OCTOBER) -> list[Bill]:
    return billed(cast, month)


def posting(rows: list[tuple[str, str, int]]) -> bytes:
    """A confirmation of (NIK, month, amount)."""
    lines = ["NPP,KPJ,NIK,NAMA,BULAN,JKK,JKM,TOTAL"]
    lines += [
        f"JJ000001,{22000000000 + index},{nik},X,{month},0,0,{total}" for index, (nik, month, total) in enumerate(rows)
    ]
    return "\n".join(lines).encode()


def confirm(cast: Cast, content: bytes) -> object:
    return confirm_posted(government=cast.government, content=content, name="posting.csv", by=cast.treasurer, at=AT)


def test_a_month_is_billed_once_per_unit_and_line() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(10))
    enrol(cast, cast.heading(cast.health), people(5, first=100))
    assert explaining.preview(cast.government, OCTOBER).total_rupiah == 15 * PER_HEAD
    made = bill(cast)
    assert sorted((item.heads, item.total_rupiah) for item in made) == [(5, 5 * PER_HEAD), (10, 10 * PER_HEAD)]
    assert {item.due_on for item in made} == {date(2022, 11, 15)}
    assert BillLine.objects.count() == 15
    with pytest.raises(NothingToBill):
        bill(cast)
    assert balances(government_id=cast.government.pk) == {
        "beban:iuran:APBD": 15 * PER_HEAD, "utang:bpjs:JKK": -15 * 4_420, "utang:bpjs:JKM": -15 * 5_524,
    }  # fmt: skip


def test_a_late_addition_comes_as_an_adjustment_of_the_next_bill() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(10))
    bill(cast)
    enrol(cast, cast.heading(cast.works, kind="additions"), people(2, first=50))
    made = bill(cast, NOVEMBER)
    lines = BillLine.objects.filter(bill__in=made)
    assert sum(item.total_rupiah for item in made) == 14 * PER_HEAD
    late = lines.filter(reason="late_entry")
    assert [(line.for_month, line.total_rupiah) for line in late] == [(OCTOBER.first_day, PER_HEAD)] * 2
    assert lines.filter(reason="regular").count() == 12


def test_a_month_that_nobody_billed_is_told_from_who_came_late() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(3))
    after_due = AT.replace(month=11, day=16)
    enrol(cast, cast.heading(cast.works, kind="additions"), people(2, first=50), at=after_due)
    made = bill(cast, NOVEMBER)
    reasons = BillLine.objects.filter(bill__in=made, for_month=OCTOBER.first_day).values_list("reason", flat=True)
    assert sorted(reasons) == ["late_entry"] * 2 + ["month_unbilled"] * 3


def test_the_same_month_again_bills_only_what_came_late() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(10))
    bill(cast)
    enrol(cast, cast.heading(cast.works, kind="additions"), people(2, first=50))
    (supplement,) = bill(cast)
    assert (supplement.sequence, supplement.heads, supplement.total_rupiah) == (2, 2, 2 * PER_HEAD)


def test_who_left_before_the_month_is_credited() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(3))
    bill(cast)
    bill(cast, NOVEMBER)
    made = enrol(cast, cast.heading(cast.works, month=NOVEMBER.first_day), people(2), at=AT + timedelta(days=40))
    apply_leavers(plan_id=made.pk, by=cast.admin, at=AT + timedelta(days=40))
    december = bill(cast, Month(2022, 12))
    credit = BillLine.objects.get(bill__in=december, reason="ended")
    assert (credit.for_month, credit.total_rupiah) == (NOVEMBER.first_day, -PER_HEAD)
    assert sum(item.total_rupiah for item in december) == PER_HEAD


def test_jht_has_both_shares() -> None:
    cast = call_cast(programmes=("JKK", "JKM", "JHT"))
    enrol(cast, cast.heading(cast.works), people(1))
    bill(cast)
    line = BillLine.objects.get()
    assert (line.jkk, line.jkm, line.jht_employer, line.jht_worker) == (4_420, 5_524, 68_135, 36_830)


def test_payments_in_parts_settle_the_programmes_to_the_rupiah() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(3))
    (made,) = bill(cast)

    def pay(amount: int, reference: str) -> None:
        receive_payment(
            bill_id=made.pk,
            amount_rupiah=amount,
            paid_on=date(2022, 11, 10),
            reference=reference,
            by=cast.treasurer,
            at=AT,
        )

    pay(10_000, "SP2D-1")
    pay(10_000, "SP2D-1")
    assert queries.bill(cast.area, made.pk).money_state == "partly"
    with pytest.raises(PaymentRefused, match="reference_used"):
        pay(9_999, "SP2D-1")
    with pytest.raises(PaymentRefused, match="more_than_outstanding"):
        pay(3 * PER_HEAD, "SP2D-2")
    with pytest.raises(PaymentRefused, match="not_positive"):
        pay(0, "SP2D-3")
    pay(3 * PER_HEAD - 10_000, "SP2D-2")
    assert queries.bill(cast.area, made.pk).money_state == "paid"
    balance = balances(government_id=cast.government.pk)
    assert (balance["utang:bpjs:JKK"], balance["utang:bpjs:JKM"], balance["kas:daerah"]) == (0, 0, -3 * PER_HEAD)


def test_postings_prove_who_is_covered_and_the_same_file_twice_changes_nothing() -> None:
    cast = call_cast()
    rows = people(3)
    enrol(cast, cast.heading(cast.works), rows)
    bill(cast)
    told = [(row["nik"], "2022-10", PER_HEAD) for row in rows[:2]] + [("3273060101709999", "2022-10", PER_HEAD)]
    told[1] = (told[1][0], "2022-10", PER_HEAD - 1)
    outcome = confirm(cast, posting(told))
    assert (outcome.posted, outcome.already, outcome.different, outcome.unknown) == (2, 0, 1, (4,))
    again = confirm(cast, posting(told))
    assert (again.posted, again.already) == (0, 2) and Posting.objects.count() == 2
    persons = {person.name: person.pk for person in Person.objects.all()}
    day = date(2022, 10, 20)
    (covered,) = cover_on(persons[rows[0]["name"]], day)
    (waiting,) = cover_on(persons[rows[2]["name"]], day)
    assert (covered.state, waiting.state) == (State.CONFIRMED, State.PLANNED)
    assert covered.payer == "Dinas Pekerjaan Umum" and covered.agreement == "SINTETIS/1"
    assert [reason.code for reason in waiting.reasons] == ["spell", "nothing_posted"]
    assert programme(cast.area, OCTOBER).total("posted") == 2


def test_cover_outlives_three_unposted_months_and_then_lapses() -> None:
    cast = call_cast()
    rows = people(1)
    enrol(cast, cast.heading(cast.works), rows)
    bill(cast)
    confirm(cast, posting([(rows[0]["nik"], "2022-10", PER_HEAD)]))
    person = Person.objects.get()
    states = [cover_on(person.pk, day)[0].state for day in (
        date(2022, 9, 30), date(2022, 10, 1), date(2022, 11, 1), date(2023, 1, 31), date(2023, 2, 1))]  # fmt: skip
    assert states == [State.PLANNED, State.CONFIRMED, State.IN_GRACE, State.IN_GRACE, State.LAPSED]
    cells = [cell for _, cell in strip(person.membership_set.get().pk, Month(2022, 9), NOVEMBER)]
    assert cells == [Cell.BEFORE, Cell.POSTED, Cell.UNPAID]


def test_a_file_of_another_kind_is_no_posting() -> None:
    cast = call_cast()
    with pytest.raises(NoPostingColumns):
        confirm(cast, b"NAMA,UMUR\nX,3\n")
    assert Posting.objects.count() == 0


def test_a_line_explains_itself_down_to_the_article() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(1))
    bill(cast)
    told = explaining.explained(cast.area, BillLine.objects.get().pk)
    jkk = told.explanation.programmes["JKK"]
    assert jkk.employer == 4_420 and jkk.steps
    assert any("PP 44/2015" in step.citation for step in jkk.steps)


def test_what_was_billed_is_never_edited() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(1))
    bill(cast)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        BillLine.objects.update(jkk=0)
    assert AuditEvent.objects.filter(deed="bill_month").count() == 1


def test_bill_pages_show_every_line_once() -> None:
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(120))
    (made,) = bill(cast)
    seen = [line.id for start in (0,) for line in queries.lines(made.pk, after=start, limit=None)]
    paged: list[int] = []
    page = queries.lines(made.pk, limit=50)
    while page:
        paged += [line.id for line in page]
        page = queries.lines(made.pk, after=page[-1].id, limit=50)
    assert paged == seen and len(seen) == 120 and all(a < b for a, b in pairwise(seen))
