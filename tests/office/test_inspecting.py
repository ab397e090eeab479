"""The auditor's questions find exactly whom they ask for, and a seed draws the same people again."""

from datetime import date
from hashlib import sha256

import pytest

from payung.office.access.models import AuditEvent
from payung.office.access.roles import NotAllowed
from payung.office.billing.models import BillLine, Posting
from payung.office.claims.models import Case
from payung.office.files.models import KeptFile
from payung.office.registry.models import Job, Membership, Person
from payung.office.reports import inspecting, sampling
from payung.office.reports.inspecting import AFTER_65, AFTER_DEATH, AFTER_LEAVING, QUESTIONS, TWO_PAYERS
from payung.office.reports.sampling import SampleRefused, draw_sample, kept_draw, kept_draws, sample
from payung.rules.months import Month
from tests.office.cast import AT, Cast, billed, call_cast, enrol, people

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER, DECEMBER = Month(2022, 10), Month(2022, 11), Month(2022, 12)
ON = date(2022, 12, 31)


@pytest.fixture
def cast(db: None) -> Cast:
    """Seven people, billed for October, November and December."""
    made = call_cast()
    enrol(made, made.heading(made.works), people(7))
    for month in (OCTOBER, NOVEMBER, DECEMBER):
        billed(made, month)
    return made


def ids(cast: Cast, question: str) -> list[int]:
    """Whom a question finds; its figures must be those of the list."""
    told = inspecting.found(cast.government.pk, question, ON)
    whole = inspecting.total(cast.government.pk, question, ON)
    assert whole.count == len(told)
    assert whole.billed_rupiah == sum(one.billed_rupiah for one in told)
    assert whole.paid_rupiah == sum(one.paid_rupiah for one in told)
    return [one.person_id for one in told]


def members() -> list[Membership]:
    return list(Membership.objects.order_by("pk"))


def posted(cast: Cast, member: Membership, month: date, rupiah: int) -> None:
    Posting.objects.create(
        government=cast.government, membership=member, month=month, amount_rupiah=rupiah, recorded_at=AT,
        file=KeptFile.objects.order_by("pk")[0],
    )  # fmt: skip


def test_nobody_is_found_where_nothing_is_wrong(cast: Cast) -> None:
    assert {question: ids(cast, question) for question in QUESTIONS} == {question: [] for question in QUESTIONS}


def test_whoever_died_is_found_with_the_months_after(cast: Cast) -> None:
    dead, alive = members()[:2]
    for member, day in ((dead, date(2022, 10, 20)), (alive, date(2022, 12, 5))):
        Case.objects.create(
            government=cast.government, person=member.person, reference=f"K-{member.pk}", event="death", event_on=day,
            source="office", recorded_by=cast.admin, recorded_at=AT,
        )  # fmt: skip
    posted(cast, dead, date(2022, 11, 1), 9_000)
    assert ids(cast, AFTER_DEATH) == [dead.person_id]
    (found,) = inspecting.found(cast.government.pk, AFTER_DEATH, ON)
    months = BillLine.objects.filter(membership=dead, for_month__gt=date(2022, 10, 20))
    assert (found.day, found.first_month, found.months) == (date(2022, 10, 20), date(2022, 11, 1), 2)
    assert found.billed_rupiah == sum(line.total_rupiah for line in months)
    assert (found.posted_rupiah, found.paid_rupiah) == (9_000, 0)
    assert not inspecting.found(cast.government.pk, AFTER_DEATH, date(2022, 10, 19)), "not known before it happened"


def test_whoever_left_is_found_with_the_months_after_the_last_job(cast: Cast) -> None:
    gone = members()[2]
    Job.objects.filter(membership=gone).update(replaced_at=AT)
    job = Job.objects.filter(membership=gone).latest("pk")
    job.pk, job.replaced_at, job.until_month = None, None, date(2022, 11, 1)
    job.save(force_insert=True)
    assert ids(cast, AFTER_LEAVING) == [gone.person_id]
    (found,) = inspecting.found(cast.government.pk, AFTER_LEAVING, ON)
    assert (found.first_month, found.last_month) == (date(2022, 12, 1), date(2022, 12, 1))


def test_who_is_older_than_65_is_found_as_a_bpu_only(cast: Cast) -> None:
    aged, worker = members()[3:5]
    Person.objects.filter(pk__in=[aged.person_id, worker.person_id]).update(birth_date=date(1957, 11, 15))
    Membership.objects.filter(pk=aged.pk).update(membership_class="BPU", employer=None)
    assert ids(cast, AFTER_65) == [aged.person_id]
    (found,) = inspecting.found(cast.government.pk, AFTER_65, ON)
    assert (found.day, found.first_month, found.months) == (date(2022, 11, 15), date(2022, 12, 1), 1)


def test_one_nik_paid_for_twice_is_found_once(cast: Cast) -> None:
    one, other, third = members()[:3]
    Person.objects.filter(pk=other.person_id).update(nik_sealed=one.person.nik_sealed)
    assert ids(cast, TWO_PAYERS) == [min(one.person_id, other.person_id)]
    (found,) = inspecting.found(cast.government.pk, TWO_PAYERS, ON)
    both = BillLine.objects.filter(membership__in=[one, other])
    assert (found.months, found.billed_rupiah) == (3, sum(line.total_rupiah for line in both))
    assert third.person_id not in ids(cast, TWO_PAYERS)


def test_a_seed_draws_the_same_people_and_another_seed_others(cast: Cast) -> None:
    drawn = sample(cast.government.pk, month=OCTOBER, seed="2022-01", size=3)
    again = sample(cast.government.pk, month=OCTOBER, seed="2022-01", size=3)
    assert drawn == again
    assert (drawn.people, len(drawn.drawn)) == (7, 3)
    whole = sample(cast.government.pk, month=OCTOBER, seed="2022-01", size=500)
    assert whole.drawn[:3] == drawn.drawn, "a larger sample begins with the smaller one"
    orders = {tuple(one.membership_id for one in sample(cast.government.pk, month=OCTOBER, seed=str(n), size=7).drawn)
              for n in range(5)}  # fmt: skip
    assert len(orders) > 1


def test_the_rule_can_be_done_again_by_hand(cast: Cast) -> None:
    drawn = sample(cast.government.pk, month=OCTOBER, seed="benih", size=4).drawn
    by_hand = sorted((one.pk for one in members()), key=lambda pk: sha256(f"benih:{pk}".encode()).hexdigest())
    assert [one.membership_id for one in drawn] == by_hand[:4]


def test_a_draw_is_kept_in_the_audit_and_stands_as_it_was_drawn(cast: Cast) -> None:
    event = draw_sample(area=cast.area, month=OCTOBER, seed="7", size=2, by=cast.auditor, at=AT)
    kept = kept_draw(cast.government.pk, event)
    assert (kept.seed, kept.size, kept.people, kept.month) == ("7", 2, 7, OCTOBER)
    assert kept.digest == sample(cast.government.pk, month=OCTOBER, seed="7", size=2).digest
    assert kept_draws(cast.government.pk) == [kept]
    assert AuditEvent.objects.get(pk=event).by == cast.auditor


def test_what_cannot_be_drawn_is_refused_and_not_recorded(cast: Cast) -> None:
    for month, seed, size, reason in (
        (OCTOBER, "7", 0, "size"), (OCTOBER, "7", 501, "size"), (OCTOBER, "", 5, "seed"),
        (Month(2021, 1), "7", 5, "nobody"),
    ):  # fmt: skip
        with pytest.raises(SampleRefused) as refused:
            draw_sample(area=cast.area, month=month, seed=seed, size=size, by=cast.auditor, at=AT)
        assert refused.value.reason == reason
    with pytest.raises(NotAllowed):
        draw_sample(area=cast.area, month=OCTOBER, seed="7", size=5, by=cast.operator, at=AT)
    assert not AuditEvent.objects.filter(deed=sampling.DEED).exists()
