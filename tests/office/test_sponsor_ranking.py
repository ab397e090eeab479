"""OPD are ranked by share, workers and who lasts; events of outreach by what followed; returns are read from files."""

from datetime import date
from typing import Any

import pytest

from payung.office.access.roles import NotAllowed
from payung.office.places.scope import whole_government
from payung.office.sponsorship import pledges
from payung.office.sponsorship.outreach import OutreachRefused, note_outreach, outreach_of, without_anybody
from payung.office.sponsorship.ranking import over_time, ranking
from payung.office.sponsorship.return_file import read_return
from payung.office.sponsorship.returns import ReturnRefused
from payung.rules.months import Month
from tests.office.sponsors import Sponsors, at_work, on, pledged


@pytest.fixture
def world(standing_sponsors: Sponsors, db: None) -> Sponsors:
    return at_work(standing_sponsors)


@pytest.mark.django_db
def test_share_workers_and_persistency_make_the_rank(world: Sponsors) -> None:
    pledged(world, 1)
    pledged(world, 2, sponsor=1)
    left = pledged(world, 3, sponsor=2)
    pledges.stop(pledge_id=left.pk, last=Month(2025, 12), by=world.operator, at=on(2025, 12))
    with whole_government(world.cast.government):
        first, second = ranking(world.circular, Month(2026, 2))
        november = ranking(world.circular, Month(2025, 11))
        grown = over_time(world.circular, Month(2025, 11), Month(2026, 1))
    works, health = world.cast.works.pk, world.cast.health.pk
    assert (first.rank, first.opd_id, first.servants, first.sponsors, first.workers) == (1, works, 2, 2, 2)
    assert (first.lasting[0], first.points) == ((2, 2), 100)
    assert (second.rank, second.opd_id, second.sponsors, second.lasting[0], second.points) == (2, health, 0, (0, 1), 0)
    assert [(one.opd_id, one.points) for one in november] == [(works, 70), (health, 35)]
    assert [(str(one.month), one.workers, one.sponsors, one.begun, one.ended) for one in grown] == [
        ("2025-11", 3, 3, 3, 0), ("2025-12", 3, 3, 0, 1), ("2026-01", 2, 2, 0, 0)
    ]  # fmt: skip


@pytest.mark.django_db
def test_outreach_counts_the_pledges_that_followed(world: Sponsors) -> None:
    told: dict[str, Any] = {"place": "Aula", "attendance": 30, "by": world.cast.admin, "at": on(2025, 12, 20)}
    note_outreach(circular=world.circular, opd=world.cast.works, held_on=date(2025, 11, 1), **told)
    note_outreach(circular=world.circular, opd=None, held_on=date(2025, 11, 10), **told)
    pledged(world, 1)
    pledged(world, 2, sponsor=2, at=on(2025, 11, 12))
    pledged(world, 3, sponsor=3, at=on(2025, 12, 19))
    with whole_government(world.cast.government):
        assert [(one.outreach.held_on.day, one.followed) for one in outreach_of(world.circular)] == [(10, 1), (1, 1)]
        assert without_anybody(world.circular, Month(2025, 11)) == []
        assert {one.pk for one in without_anybody(world.circular, Month(2025, 10))} == {
            world.cast.works.pk,
            world.cast.health.pk,
        }
    with pytest.raises(OutreachRefused, match="in_the_future"):
        note_outreach(circular=world.circular, opd=None, held_on=date(2026, 1, 1), **told)
    with pytest.raises(OutreachRefused, match="out_of_scope"):
        note_outreach(circular=world.circular, opd=world.outside, held_on=date(2025, 12, 1), **told)
    with pytest.raises(NotAllowed):
        note_outreach(circular=world.circular, opd=None, held_on=date(2025, 12, 1), **{**told, "by": world.operator})


def test_a_returned_list_is_read_as_offices_write_it() -> None:
    text = (
        "Daftar potongan\nNO;NAMA;DIPOTONG;TUNGGAKAN DIPOTONG;KETERANGAN\n1;A;16.800;;\n2;B;Rp 10.000,-;0;\n"
        "3;C;;;cuti\n4;D;16800;16.800;penuh\nJumlah;;43.600;;\n"
    )
    due = dict.fromkeys(range(1, 5), 16_800)
    assert read_return(text.encode(), "hasil.csv", due=due).rows() == [
        (1, 16_800, 0, "full"), (2, 10_000, 0, "short"), (3, 0, 0, "leave"), (4, 16_800, 16_800, "full")
    ]  # fmt: skip
    for wrong, reason in (("1;A;enam;;", "amount_unreadable"), ("1;A;1;;lupa", "outcome_unknown")):
        with pytest.raises(ReturnRefused, match=reason):
            read_return(f"NO;NAMA;DIPOTONG;TUNGGAKAN DIPOTONG;KETERANGAN\n{wrong}\n".encode(), "h.csv", due=due)
