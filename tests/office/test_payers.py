"""Two payers for one person: both shown, one chosen by two people, from a month on, and billed so."""

import pytest
from django.db import DatabaseError, transaction

from payung.office.access.roles import NotAllowed
from payung.office.approvals.actions import DecisionRefused
from payung.office.approvals.models import Verdict
from payung.office.billing.models import BillLine
from payung.office.enrolment.actions import plan
from payung.office.enrolment.models import Spell
from payung.office.enrolment.payer_models import PayerDecision
from payung.office.enrolment.payers import Conflict, PayerRefused, conflicts, decide_payer, propose_payer
from payung.office.places.scope import whole_government
from payung.rules.months import Month
from tests.office.cast import AT, Cast, billed, call_cast, enrol, hand_in, people

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = Month(2022, 11), Month(2022, 12)


@pytest.fixture
def cast() -> Cast:
    """One person whom public works pays for, and whom health names too."""
    called = call_cast()
    enrol(called, called.heading(called.works), people(3))
    hand_over = hand_in(called, called.heading(called.health, kind="additions"), people(1), name="dinkes.xlsx")
    plan(roster_list=hand_over, by=called.operator, at=AT)
    billed(called, Month(2022, 10))
    return called


def only(cast: Cast) -> Conflict:
    (found,) = conflicts(cast.government.pk)
    return found


def propose(cast: Cast, *, moves: bool = True, month: Month = NOVEMBER) -> PayerDecision:
    return propose_payer(
        item_id=only(cast).item_id, moves=moves, from_month=month, document="Surat 1", by=cast.operator, at=AT
    )


def settle(cast: Cast, made: PayerDecision, verdict: Verdict = Verdict.APPROVE) -> None:
    with whole_government(cast.government, by=cast.admin):
        decide_payer(decision_id=made.pk, verdict=verdict, comment="x", by=cast.admin, at=AT)


def test_both_payers_are_shown(cast: Cast) -> None:
    found = only(cast)
    assert (found.paying.opd, found.asking.opd, found.state) == ("DPU", "Dinkes", "")


def test_the_one_who_asks_pays_from_the_month_on(cast: Cast) -> None:
    member = Spell.objects.get(membership__person_id=only(cast).person_id, replaced_at__isnull=True).membership_id
    settle(cast, propose(cast))
    assert not conflicts(cast.government.pk)
    standing = Spell.objects.filter(membership_id=member, replaced_at__isnull=True).order_by("from_month")
    assert [(one.payer_opd, one.from_month.month, one.until_month) for one in standing] == [
        (cast.works, 10, Month(2022, 10).first_day),
        (cast.health, 11, None),
    ]
    billed(cast, NOVEMBER)
    of_member = BillLine.objects.filter(membership_id=member).order_by("for_month")
    assert [(line.opd, line.for_month.month) for line in of_member] == [(cast.works, 10), (cast.health, 11)]


def test_a_month_that_was_billed_is_credited_to_the_one_who_paid(cast: Cast) -> None:
    settle(cast, propose(cast, month=Month(2022, 10)))
    billed(cast, NOVEMBER)
    october = BillLine.objects.filter(for_month=Month(2022, 10).first_day, membership__person_id__gt=0)
    sums: dict[str, int] = {}
    for line in october.exclude(reason="regular"):
        sums[line.opd.short_name] = sums.get(line.opd.short_name, 0) + line.total_rupiah
    assert sums["DPU"] == -sums["Dinkes"] < 0


def test_staying_changes_nothing_and_is_remembered(cast: Cast) -> None:
    settle(cast, propose(cast, moves=False))
    assert only(cast).state == "approved"
    assert Spell.objects.filter(replaced_at__isnull=False).count() == 0


def test_one_person_alone_decides_nothing(cast: Cast) -> None:
    made = propose(cast)
    with pytest.raises(PayerRefused, match="waiting"):
        propose(cast)
    with whole_government(cast.government, by=cast.operator), pytest.raises((DecisionRefused, NotAllowed)):
        decide_payer(decision_id=made.pk, verdict=Verdict.APPROVE, comment="", by=cast.operator, at=AT)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        PayerDecision.objects.filter(pk=made.pk).update(moves=False)


def test_it_cannot_be_before_the_list_or_without_a_paper(cast: Cast) -> None:
    item = only(cast).item_id
    for month, document, reason in ((Month(2022, 9), "x", "too_early"), (DECEMBER, " ", "no_document")):
        with pytest.raises(PayerRefused, match=reason):
            propose_payer(item_id=item, moves=True, from_month=month, document=document, by=cast.operator, at=AT)
