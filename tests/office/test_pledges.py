"""A pledge is made in one call, stands with its paper, and is enrolled as everybody is."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from payung.office.access.models import User
from payung.office.access.roles import NotAllowed
from payung.office.billing.models import Posting
from payung.office.coverage.queries import State, cover_on
from payung.office.enrolment.models import Spell
from payung.office.places.scope import seen_by, whole_government
from payung.office.registry.models import Job
from payung.office.sponsorship import events, pledges
from payung.office.sponsorship.checks import look
from payung.office.sponsorship.consents import consent, consent_many
from payung.office.sponsorship.lists import fix_lists
from payung.office.sponsorship.models import Event, Order, Pledge, Service, Sponsor
from payung.office.sponsorship.pledges import PledgeRefused, Wish, pledge
from payung.office.sponsorship.queries import own_pledge
from payung.office.sponsorship.sponsors import take_in
from payung.office.sponsorship.tariffs import tariff
from payung.rules.months import Month
from tests.office.sponsors import AT, NIPS, Sponsors, at_work, on, pledged, worker

pytestmark = pytest.mark.django_db
NOVEMBER = Month(2025, 11)


@pytest.fixture
def world(standing_sponsors: Sponsors, db: None) -> Sponsors:
    return at_work(standing_sponsors)


def orders(one: Pledge) -> list[tuple[date, date | None, int]]:
    """Months and OPD of what stands."""
    found = Order.objects.filter(pledge=one, replaced_at__isnull=True).order_by("from_month")
    return list(found.values_list("from_month", "until_month", "opd_id"))


def spells(one: Pledge) -> list[tuple[date, date | None, int]]:
    """The same of the worker's spells under the circular."""
    found = Spell.objects.filter(membership=one.membership, replaced_at__isnull=True).order_by("from_month")
    return list(found.values_list("from_month", "until_month", "payer_opd_id"))


def test_one_look_tells_the_sponsor_everything(world: Sponsors) -> None:
    seen = look(
        circular=world.circular, sponsor=world.sponsors[0], told=worker(1), wanted=Month(2026, 4), by=world.operator
    )
    assert (seen.obstacle, seen.known_person_id, seen.payers, seen.from_month) == ("", None, (), Month(2026, 4))
    assert (seen.tariff.jkk, seen.tariff.jkm, seen.tariff.due_rupiah) == (5_000, 3_400, 8_400)
    assert seen.tariff.certainty == "doubtful"
    assert seen.worth.death_first_rupiah == 10_000_000
    assert (seen.worth.death_full_rupiah, seen.worth.full_from) == (42_000_000, Month(2026, 7))
    assert seen.worth.accident_death_rupiah == 70_000_000


@pytest.mark.parametrize(
    ("month", "sector", "jht", "rupiah"),
    [
        (Month(2025, 12), "other", False, 16_800), (Month(2025, 12), "transport", False, 16_800),
        (Month(2026, 1), "transport", False, 8_400), (Month(2026, 3), "other", False, 16_800),
        (Month(2026, 4), "other", False, 8_400), (Month(2026, 4), "other", True, 28_400),
        (Month(2027, 1), "other", False, 16_800), (Month(2027, 1), "transport", False, 8_400),
    ],
)  # fmt: skip
def test_relief_begins_and_ends_by_itself(world: Sponsors, month: Month, sector: str, jht: bool, rupiah: int) -> None:
    assert tariff(world.circular, month, sector=sector, with_jht=jht).due_rupiah == rupiah


@pytest.mark.parametrize(
    ("told", "obstacle"),
    [
        (worker(1, born=date(1960, 10, 1)), "row_not_sound"),
        (worker(1, born=date(2012, 10, 1)), "row_not_sound"),
        ({**worker(1), "NIK": "3272"}, "row_not_sound"),
        ({**worker(1), "Nama": ""}, "row_not_sound"),
    ],
)
def test_who_cannot_be_carried_is_told_before_the_paper(world: Sponsors, told: dict[str, str], obstacle: str) -> None:
    seen = look(circular=world.circular, sponsor=world.sponsors[0], told=told, wanted=NOVEMBER, by=world.operator)
    assert seen.obstacle == obstacle
    assert seen.findings
    with pytest.raises(PledgeRefused, match=obstacle):
        pledge(circular=world.circular, sponsor=world.sponsors[0], told=told, wish=Wish(NOVEMBER), **world.told)


def test_nothing_stands_before_the_paper(world: Sponsors) -> None:
    made = pledge(
        circular=world.circular, sponsor=world.sponsors[0], told=worker(1), wish=Wish(NOVEMBER), by=world.login, at=AT
    )
    again = pledge(
        circular=world.circular, sponsor=world.sponsors[0], told=worker(1), wish=Wish(NOVEMBER), by=world.login, at=AT
    )
    assert again == made
    assert Spell.objects.count() == Order.objects.count() == 0
    with pytest.raises(IntegrityError, match="consent"), transaction.atomic():
        Order.objects.create(
            government=world.cast.government, pledge=made, opd=world.cast.works, from_month=NOVEMBER.first_day,
            recorded_at=AT,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        consent(circular=world.circular, pledge_id=made.pk, paper=b"%PDF-x", name="x.pdf", by=world.login, at=AT)
    consent(circular=world.circular, pledge_id=made.pk, paper=b"%PDF-x", name="x.pdf", **world.told)
    made.refresh_from_db()
    assert orders(made) == spells(made) == [(date(2025, 11, 1), None, world.cast.works.pk)]
    spell = Spell.objects.get()
    assert (spell.budget_line.fund.kind, spell.agreement_id) == ("TPP", world.circular.agreement_id)
    with pytest.raises(PledgeRefused, match="not_waiting"):
        consent(circular=world.circular, pledge_id=made.pk, paper=b"%PDF-x", name="x.pdf", **world.told)


def test_a_sponsor_sees_and_makes_his_own_alone(world: Sponsors) -> None:
    own, other = pledged(world, 1), pledged(world, 2, sponsor=1)
    with seen_by(world.login):
        assert list(Pledge.objects.all()) == [own]
        assert list(Sponsor.objects.all()) == [world.sponsors[0]]
        assert Order.objects.count() == 1
    with pytest.raises(NotAllowed):
        pledge(
            circular=world.circular, sponsor=world.sponsors[1], told=worker(3), wish=Wish(NOVEMBER), by=world.login,
            at=AT,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        pledges.stop(pledge_id=own.pk, last=NOVEMBER, by=world.login, at=AT)
    with pytest.raises(Pledge.DoesNotExist):
        events.ask(pledge=other, wish="asks_stop", on=date(2025, 11, 9), by=world.login, at=AT)


def test_one_worker_has_one_payer_and_a_sponsor_may_have_two_workers(world: Sponsors) -> None:
    pledged(world, 1)
    seen = look(circular=world.circular, sponsor=world.sponsors[1], told=worker(1), wanted=NOVEMBER, by=world.operator)
    assert (seen.obstacle, [payer.fund_kind for payer in seen.payers]) == ("other_payer", ["TPP"])
    with pytest.raises(PledgeRefused, match="same_pledge"):
        pledged(world, 1)
    second = pledged(world, 2)
    assert second.sponsor_id == world.sponsors[0].pk


def test_a_batch_names_each_refusal_and_lets_the_others_stand(world: Sponsors) -> None:
    asked = [
        pledge(circular=world.circular, sponsor=world.sponsors[at], told=worker(number), wish=Wish(NOVEMBER),
               **world.told)
        for at, number in ((0, 1), (1, 1), (2, 2), (3, 3))
    ]  # fmt: skip
    events.sponsor_ends(sponsor=world.sponsors[3], kind="retired", on=date(2025, 11, 2), **world.told)
    ids = [one.pk for one in asked]
    wanted = [*ids, 10**9]
    refused = consent_many(circular=world.circular, pledge_ids=wanted, paper=b"%PDF-s", name="s.pdf", **world.told)
    assert refused == {ids[1]: "row_not_sound", ids[3]: "not_serving", 10**9: "not_waiting"}
    assert Order.objects.count() == Spell.objects.count() == 2


def test_pause_stop_and_resume_keep_the_order_and_the_spell_alike(world: Sponsors) -> None:
    one = pledged(world, 1)
    works = world.cast.works.pk
    pledges.pause(pledge_id=one.pk, last=Month(2025, 12), resume=Month(2026, 3), **world.told)
    two = [(date(2025, 11, 1), date(2025, 12, 1), works), (date(2026, 3, 1), None, works)]
    assert orders(one) == spells(one) == two
    pledges.stop(pledge_id=one.pk, last=Month(2026, 1), **world.told)
    assert orders(one) == spells(one) == two[:1]
    with pytest.raises(PledgeRefused, match="no_order"):
        pledges.stop(pledge_id=one.pk, last=Month(2026, 1), **world.told)
    assert pledges.resume_from(pledge_id=one.pk, month=Month(2026, 5), **world.told) == Month(2026, 5)
    assert orders(one) == spells(one) == [two[0], (date(2026, 5, 1), None, works)]


def test_swap_and_hand_over_begin_with_a_paper_of_their_own(world: Sponsors) -> None:
    one = pledged(world, 1)
    follower = pledges.swap(pledge_id=one.pk, told=worker(2), last=Month(2025, 12), **world.told)
    assert (follower.follows_id, follower.consented_at, follower.wanted_month) == (one.pk, None, date(2026, 1, 1))
    taken_on = pledges.hand_over(pledge_id=one.pk, to=world.sponsors[2], last=Month(2025, 12), **world.told)
    consent(circular=world.circular, pledge_id=taken_on.pk, paper=b"%PDF-y", name="y.pdf", **world.told)
    taken_on.refresh_from_db()
    assert taken_on.membership_id == one.membership_id
    assert spells(one) == [
        (date(2025, 11, 1), date(2025, 12, 1), world.cast.works.pk), (date(2026, 1, 1), None, world.cast.health.pk)
    ]  # fmt: skip


def test_a_transfer_keeps_the_cover(world: Sponsors) -> None:
    one = pledged(world, 1, sector="transport")
    (event,) = events.sponsor_moves(
        sponsor=world.sponsors[0], to=world.cast.health, on=date(2025, 12, 10), **world.told
    )
    assert (event.effect, event.acts) == ("moved", "")
    works, health = world.cast.works.pk, world.cast.health.pk
    expected = [(date(2025, 11, 1), date(2025, 12, 1), works), (date(2026, 1, 1), None, health)]
    assert orders(one) == spells(one) == expected
    assert list(Job.objects.filter(replaced_at__isnull=True, until_month=None).values_list("opd_id", "sector")) == [
        (health, "transport")
    ]


def test_a_transfer_out_of_scope_names_who_must_act(world: Sponsors) -> None:
    one = pledged(world, 1)
    (event,) = events.sponsor_moves(sponsor=world.sponsors[0], to=world.outside, on=date(2025, 12, 10), **world.told)
    assert (event.effect, event.acts) == ("ended", "sponsor")
    assert orders(one) == spells(one) == [(date(2025, 11, 1), date(2025, 12, 1), world.cast.works.pk)]


@pytest.mark.parametrize("kind", ["retired", "died", "left"])
def test_the_end_of_a_service_ends_with_the_month_and_the_office_acts(world: Sponsors, kind: str) -> None:
    one = pledged(world, 1)
    (event,) = events.sponsor_ends(sponsor=world.sponsors[0], kind=kind, on=date(2026, 1, 31), **world.told)
    assert (event.kind, event.effect, event.acts, event.pledge_id) == (kind, "ended", "opd", one.pk)
    assert orders(one)[0][1] == spells(one)[0][1] == date(2026, 1, 1)
    with pytest.raises(PledgeRefused, match="not_serving"):
        pledges.resume_from(pledge_id=one.pk, month=Month(2026, 3), **world.told)


@pytest.mark.parametrize(
    ("kind", "effect", "acts"),
    [("worker_died", "ended", "family"), ("worker_stopped", "ended", "sponsor"), ("worker_moved", "kept", ""),
     ("worker_over_age", "kept", "")],
)  # fmt: skip
def test_what_happens_to_the_worker(world: Sponsors, kind: str, effect: str, acts: str) -> None:
    one = pledged(world, 1)
    event = events.worker_event(pledge=one, kind=kind, on=date(2025, 12, 10), **world.told)
    assert (event.effect, event.acts) == (effect, acts)
    until = date(2025, 12, 1) if effect == "ended" else None
    assert orders(one)[0][1] == spells(one)[0][1] == until


def test_the_list_of_civil_servants_moves_whoever_serves_elsewhere(world: Sponsors) -> None:
    pledged(world, 1)
    told = f"NIP;NAMA;OPD\n{NIPS[0]};ASN A;KES\n{NIPS[1]};ASN B;PU\n123;X;PU\n{NIPS[1]};ASN B;PU\n" + (
        "198505052010051005;ASN E;PU\n198505052010051006;ASN F;TIDAK ADA\n"
    )
    brought = take_in(
        government=world.cast.government, content=told.encode(), name="asn2.csv", on=date(2026, 1, 1),
        by=world.cast.admin, at=on(2026, 1),
    )  # fmt: skip
    assert (brought.added, brought.moved, brought.known) == (1, 1, 1)
    assert dict(brought.refused) == {4: "nip_unreadable", 5: "nip_twice", 7: "opd_unknown"}
    assert Event.objects.get().effect == "moved"
    assert Service.objects.filter(sponsor=world.sponsors[0], replaced_at__isnull=True).count() == 2


def test_a_list_tells_who_serves_no_more_and_when(world: Sponsors) -> None:
    """BKPSDM keeps the list; what it says of a day moves or ends the orders of that day's month."""
    one, two = pledged(world, 1), pledged(world, 2, sponsor=2)
    keeper = User.objects.get(username="bkpsdm")
    told = (
        f"NIP;NAMA;OPD;STATUS;TANGGAL\n{NIPS[0]};ASN A;PU;Pensiun;31-12-2025\n{NIPS[2]};ASN C;PU;;\n"
        f"{NIPS[1]};ASN B;PU;cuti;\n{NIPS[3]};ASN D;KES;aktif;kapan-kapan\n"
    )
    kept: dict[str, Any] = {"government": world.cast.government, "content": told.encode(), "name": "asn3.csv"}
    kept |= {"on": date(2026, 1, 5), "by": keeper, "at": on(2026, 1)}
    brought = take_in(**kept)
    assert (brought.added, brought.moved, brought.ended, brought.known) == (0, 1, 1, 0)
    assert dict(brought.refused) == {4: "status_unknown", 5: "date_unreadable"}
    assert orders(one) == spells(one) == [(date(2025, 11, 1), date(2025, 12, 1), world.cast.works.pk)]
    assert orders(two)[1:] == spells(two)[1:] == [(date(2026, 2, 1), None, world.cast.works.pk)]
    again = take_in(**kept)
    assert (again.moved, again.ended, again.known) == (0, 0, 2)


def test_cover_is_asked_as_of_everybody(world: Sponsors) -> None:
    one = pledged(world, 1)
    assert one.membership is not None
    (cover,) = cover_on(one.membership.person_id, date(2025, 11, 20))
    assert (cover.state, cover.fund) == (State.PLANNED, "TPP 2025")


def test_what_was_consented_to_does_not_change(world: Sponsors) -> None:
    one = pledged(world, 1)
    for change in ({"sector": "transport"}, {"withdrawn_at": AT}, {"consented_at": on(2026, 1)}):
        with pytest.raises(DatabaseError), transaction.atomic(), whole_government(world.cast.government):
            values: dict[str, Any] = change
            Pledge.objects.filter(pk=one.pk).update(**values)


def test_a_pledge_with_an_end_stops_by_itself(world: Sponsors) -> None:
    one = pledged(world, 1, until=Month(2026, 3))
    works, march = world.cast.works.pk, date(2026, 3, 1)
    assert orders(one) == spells(one) == [(date(2025, 11, 1), march, works)]
    assert Order.objects.get().end_reason == "as_agreed"
    assert Job.objects.get(replaced_at__isnull=True).until_month == march
    months = (Month(2026, 3), Month(2026, 4))
    heads = [
        fix_lists(circular=world.circular, month=month, by=world.operator, at=on(2026, 4)).heads for month in months
    ]
    assert heads == [1, 0]
    assert own_pledge(one, on=date(2026, 4, 20), by=world.operator).until_month == months[0]


def test_whatever_happens_a_pledge_does_not_outlast_its_end(world: Sponsors) -> None:
    one = pledged(world, 1, until=Month(2026, 3))
    works, health, march = world.cast.works.pk, world.cast.health.pk, date(2026, 3, 1)
    pledges.pause(pledge_id=one.pk, last=Month(2025, 12), resume=Month(2026, 2), **world.told)
    events.sponsor_moves(sponsor=world.sponsors[0], to=world.cast.health, on=date(2026, 2, 10), **world.told)
    stands = [(date(2025, 11, 1), date(2025, 12, 1), works), (date(2026, 2, 1),) * 2 + (works,), (march, march, health)]
    assert orders(one) == spells(one) == stands
    with pytest.raises(PledgeRefused, match="past_agreed_end"):
        pledges.resume_from(pledge_id=one.pk, month=Month(2026, 4), **world.told)
    with pytest.raises(IntegrityError, match="outside the months"), transaction.atomic():
        Order.objects.create(
            government=world.cast.government, pledge=one, opd_id=works, from_month=date(2026, 4, 1), recorded_at=AT
        )
    again = pledged(world, 1, month=Month(2026, 4))
    assert again.membership_id == one.membership_id
    assert orders(again) == [(date(2026, 4, 1), None, health)]


def test_an_end_before_the_first_month_is_refused_on_the_form_and_at_the_paper(world: Sponsors) -> None:
    with pytest.raises(PledgeRefused, match="ends_before_it_begins"):
        pledged(world, 1, month=Month(2026, 2), until=Month(2026, 1))
    pledged(world, 2)
    waiting = pledge(
        circular=world.circular, sponsor=world.sponsors[0], told=worker(1), wish=Wish(NOVEMBER, until=NOVEMBER),
        **world.told,
    )  # fmt: skip
    fix_lists(circular=world.circular, month=NOVEMBER, by=world.operator, at=on(2025, 11))
    paper: dict[str, Any] = {"paper": b"%PDF-s", "name": "s.pdf"}
    refused = consent_many(circular=world.circular, pledge_ids=[waiting.pk], **paper, **world.told)
    assert refused == {waiting.pk: "ends_before_it_begins"}


def test_cover_is_never_told_beyond_the_agreed_end(world: Sponsors) -> None:
    """By the grace of the law a posted month would protect for longer; the sponsor's last month is the earlier end."""
    ending, open_ended = pledged(world, 1, until=Month(2025, 12)), pledged(world, 2)
    for one in (ending, open_ended):
        assert one.consent_file is not None and one.membership is not None
        Posting.objects.create(
            government=world.cast.government, membership=one.membership, month=NOVEMBER.first_day, amount_rupiah=16_800,
            file=one.consent_file, recorded_at=AT,
        )  # fmt: skip
    told = [own_pledge(one, on=date(2025, 11, 20), by=world.operator) for one in (ending, open_ended)]
    assert [one.state for one in told] == ["confirmed", "confirmed"]
    assert told[0].protected_until == date(2025, 12, 31)
    assert told[1].protected_until is not None and told[1].protected_until > date(2025, 12, 31)
