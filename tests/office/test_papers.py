"""Addenda, ceilings, the chain from paper to posting, and what is warned of in time."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from payung.office.agreements.actions import NewLine, open_fund
from payung.office.agreements.models import Agreement, BudgetLine
from payung.office.agreements.paper_models import Addendum, Attachment
from payung.office.agreements.papers import (
    NewAddendum,
    PaperRefused,
    amend_agreement,
    attach,
    ceiling_of,
    change_ceiling,
)
from payung.office.agreements.queries import base_of, standing_on, until_of
from payung.office.billing.models import BillLine
from payung.office.billing.payments import receive_payment
from payung.office.enrolment.models import Spell
from payung.office.files.models import KeptFile
from payung.office.registry.models import Membership
from payung.office.reports.chain import chain_of
from payung.office.reports.funds import carry_over, fund_lines, people_of
from payung.office.reports.warnings import OF_PEOPLE, counts_of_people, late_bills, people_behind
from payung.rules.months import Month
from tests.office.cast import AT, Cast, billed, call_cast, enrol, people

pytestmark = pytest.mark.django_db
NOVEMBER = date(2022, 11, 1)


@pytest.fixture
def cast() -> Cast:
    """Ten people at public works, three at health; October is billed."""
    called = call_cast()
    enrol(called, called.heading(called.works), people(10))
    enrol(called, called.heading(called.health), people(3, first=100))
    billed(called, Month(2022, 10))
    return called


def addendum(cast: Cast, **told: object) -> Addendum:
    said = NewAddendum(
        number="SINTETIS/1-P1", title="Dasar upah", signed_on=NOVEMBER, effective_from=NOVEMBER, effective_until=None,
        wage_base="nominal", wage_nominal_rupiah=2_000_000,
    )  # fmt: skip
    return amend_agreement(agreement=cast.agreement, told=replaced(said, told), by=cast.admin, at=AT)


def replaced(said: NewAddendum, told: dict[str, object]) -> NewAddendum:
    return NewAddendum(**{**said.__dict__, **told})


def test_an_addendum_holds_from_its_month_and_leaves_what_stood_before(cast: Cast) -> None:
    before = base_of(cast.agreement, Month(2022, 10))
    addendum(cast, effective_until=date(2023, 3, 31))
    found = Agreement.objects.get(pk=cast.agreement.pk)
    october, november = base_of(found, Month(2022, 10)), base_of(found, Month(2022, 11))
    assert (october, found.effective_until) == (before, None)
    assert november is not None
    assert november.rupiah == 2_000_000
    assert until_of(found) == date(2023, 3, 31)
    states = {day: standing_on(found, day).state for day in (date(2022, 9, 30), date(2022, 12, 30), date(2023, 1, 1))}
    assert list(states.values()) == ["coming", "running", "ending"]
    assert standing_on(found, date(2023, 4, 1)).state == "ended"
    (bill, _) = billed(cast, Month(2022, 11))
    assert set(BillLine.objects.filter(bill=bill).values_list("wage_rupiah", flat=True)) == {2_000_000}


def test_an_addendum_for_months_already_billed_is_made_good_by_the_next_bill(cast: Cast) -> None:
    addendum(cast, effective_from=date(2022, 10, 1))
    billed(cast, Month(2022, 11))
    again = BillLine.objects.filter(for_month=date(2022, 10, 1)).exclude(reason="regular")
    assert again.count() == 13
    assert set(again.values_list("reason", flat=True)) == {"wage_change"}


@pytest.mark.parametrize(
    ("told", "reason"),
    [({"number": "SINTETIS/1"}, "number_taken"), ({"effective_from": date(2022, 9, 1)}, "starts_too_early")],
)
def test_an_addendum_that_cannot_be_is_refused(cast: Cast, told: dict[str, object], reason: str) -> None:
    with pytest.raises(PaperRefused) as refused:
        addendum(cast, **told)
    assert refused.value.reason == reason


def test_papers_are_added_never_changed(cast: Cast) -> None:
    made = addendum(cast)
    for attempt in (
        lambda: Addendum.objects.filter(pk=made.pk).update(title="x"),
        lambda: Addendum.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()


def test_a_scan_is_kept_sealed_and_once(cast: Cast) -> None:
    for _ in range(2):
        made = attach(paper=cast.agreement, kind="scan", content=b"%PDF-x", name="pks.pdf", by=cast.admin, at=AT)
    assert Attachment.objects.count() == 1
    assert b"%PDF-x" not in bytes(KeptFile.objects.get(pk=made.file_id).sealed_content)


def test_a_line_tells_ceiling_drawn_reserved_and_when_it_runs_out(cast: Cast) -> None:
    line = cast.lines[cast.works.pk]
    (found,) = [one for one in fund_lines(cast.government.pk, year=2022) if one.id == line.pk]
    assert found.drawn_rupiah > 0
    assert [(one.month.month, one.heads) for one in found.needed] == [(11, 10), (12, 10)]
    assert {one.rupiah for one in found.needed} == {found.drawn_rupiah}
    assert len(people_of(line.pk, Month(2022, 11))) == 10
    assert (found.runs_out, found.free_rupiah) == (None, 100_000_000 - 3 * found.drawn_rupiah)
    short = found.drawn_rupiah * 5 // 2 - found.ceiling_rupiah
    change_ceiling(line=line, amount_rupiah=short, document="DPPA 1", decided_on=NOVEMBER, by=cast.admin, at=AT)
    (found,) = fund_lines(cast.government.pk, line_id=line.pk)
    assert found.runs_out == date(2022, 12, 1)
    billed(cast, Month(2022, 11))
    (found,) = fund_lines(cast.government.pk, line_id=line.pk)
    assert [one.month.month for one in found.needed] == [12]
    with pytest.raises(PaperRefused, match="below_nothing"):
        change_ceiling(line=line, amount_rupiah=-(10**9), document="DPPA 2", decided_on=NOVEMBER, by=cast.admin, at=AT)


def test_what_is_left_is_carried_over_and_no_more(cast: Cast) -> None:
    source = cast.lines[cast.works.pk]
    open_fund(
        government=cast.government, kind="APBD", name="APBD 2022", year=2023,
        lines=[NewLine(cast.works, "5.1", "Iuran", 1_000, 1)], by=cast.admin, at=AT,
    )  # fmt: skip
    into = BudgetLine.objects.get(year=2023)
    (standing,) = fund_lines(cast.government.pk, line_id=source.pk)
    told = {"source": source, "into": into, "document": "Perda", "decided_on": date(2023, 1, 5), "by": cast.admin}
    with pytest.raises(PaperRefused, match="more_than_left"):
        carry_over(amount_rupiah=standing.left_rupiah + 1, at=AT, **told)  # type: ignore[arg-type]  # told above
    carry_over(amount_rupiah=standing.left_rupiah, at=AT, **told)  # type: ignore[arg-type]  # told above
    assert (ceiling_of(into), ceiling_of(source)) == (1_000 + standing.left_rupiah, standing.drawn_rupiah)
    (after,) = fund_lines(cast.government.pk, line_id=source.pk)
    assert (after.ceiling_rupiah, after.left_rupiah) == (standing.drawn_rupiah, 0)


def test_the_chain_leads_from_the_agreement_to_the_month(cast: Cast) -> None:
    line = BillLine.objects.order_by("pk")[0]
    chain = chain_of(line.membership.person_id)
    (ground,) = chain.grounds
    assert (ground.agreement, ground.opd, ground.paper) == (cast.agreement, "DPU", None)
    (link,) = chain.links
    assert (link.bill.id, link.rupiah, link.posted_rupiah) == (line.bill_id, line.total_rupiah, None)


def test_bills_are_told_from_the_tenth_until_they_are_paid(cast: Cast) -> None:
    government = cast.government.pk
    assert not late_bills(government, date(2022, 11, 9))
    late = late_bills(government, date(2022, 11, 10))
    assert {one.due_on for one in late} == {date(2022, 11, 15)}
    assert len(late) == 2
    receive_payment(
        bill_id=late[0].id, amount_rupiah=late[0].outstanding_rupiah, paid_on=NOVEMBER, reference="x",
        by=cast.treasurer, at=AT,
    )  # fmt: skip
    assert [one.id for one in late_bills(government, date(2022, 12, 1))] == [late[1].id]


def test_people_are_warned_of_in_time_and_each_count_opens_to_them(cast: Cast) -> None:
    government = cast.government.pk
    quiet = dict.fromkeys(OF_PEOPLE, 0)
    assert counts_of_people(government, NOVEMBER) == quiet
    addendum(cast, effective_until=date(2022, 12, 31))
    assert counts_of_people(government, date(2022, 10, 20)) == quiet | {"cover_ends": 13}
    assert counts_of_people(government, date(2023, 2, 1)) == quiet | {"past_year": 13}
    for kind, day in (("cover_ends", NOVEMBER), ("past_year", date(2023, 2, 1))):
        found = people_behind(government, kind, day)
        assert len(found) == counts_of_people(government, day)[kind] == 13
        assert found == [
            *(first := people_behind(government, kind, day, limit=5)),
            *people_behind(government, kind, day, after=first[-1].person_id),
        ]


def spelled(cast: Cast, at: int, *terms: tuple[date, date | None], membership_class: str = "PU") -> None:
    """One of the people has these spells, and no other."""
    first_plan = Spell.objects.filter(payer_opd=cast.works, from_month=date(2022, 10, 1)).order_by("membership_id")
    standing = first_plan[at]
    Spell.objects.filter(pk=standing.pk).update(replaced_at=AT)
    Membership.objects.filter(pk=standing.membership_id).update(membership_class=membership_class)
    for first, last in terms:
        standing.pk, standing.from_month, standing.until_month = None, first, last
        standing.save(force_insert=True)


def test_short_cover_and_gaps_are_seen_across_spells(cast: Cast) -> None:
    april, june, july, september = (date(2025, month, 1) for month in (4, 6, 7, 9))
    spelled(cast, 0, (april, june), membership_class="BPU")
    spelled(cast, 1, (april, june), (july, september), membership_class="BPU")
    spelled(cast, 2, (april, june), (september, None))
    spelled(cast, 3, (april, june), (july, None))
    on = date(2025, 5, 20)
    found = counts_of_people(cast.government.pk, on)
    assert {kind: found[kind] for kind in ("short_cover", "gap", "cover_ends")} == {
        "short_cover": 1,
        "gap": 1,
        "cover_ends": 1,
    }
    assert all(len(people_behind(cast.government.pk, kind, on)) == found[kind] for kind in found)
