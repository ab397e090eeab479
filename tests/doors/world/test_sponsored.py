"""A city of civil servants who carry workers, taken through the office month by month."""

import pytest

from payung.doors.world.load_sponsored import Report, load
from payung.doors.world.sponsored import FIRST, LAST, make
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.sponsorship.models import Circular, Pledge
from payung.rules.months import Month
from tests.reconciled import programme_reconciles


def quiet(step: str, done: int, whole: int) -> None:
    """Nobody watches."""


def test_the_world_has_the_size_it_says() -> None:
    world = make(seed=1)
    assert (world.servants.height, world.servants["nip"].n_unique()) == (4_000, 4_000)
    assert world.servants["npp"].n_unique() == 40
    assert world.pledges.filter(month=FIRST.first_day).height == 72
    assert world.pledges["month"].max() == LAST.first_day
    assert world.pledges["NIK"].n_unique() == world.pledges.height


@pytest.mark.django_db
def test_every_month_is_listed_paid_posted_and_reconciled() -> None:
    world = make(seed=3, servants=240, last=Month(2024, 6))
    report = load(world, show=quiet)
    assert [str(one.month) for one in report.months] == ["2024-03", "2024-04", "2024-05", "2024-06"]
    government = Government.objects.get(code="32.72")
    with whole_government(government):
        circular = Circular.objects.get()
        programme_reconciles(government, circular, [one.month for one in report.months])
        assert Pledge.objects.filter(consented_at__isnull=False).count() == sum(
            one.pledged - one.refused for one in report.months
        )
    again = load(world, show=quiet)
    assert _told(again) == _told(report)


def _told(report: Report) -> list[tuple[int, int, int]]:
    return [(one.heads, one.to_pay_rupiah, one.posted) for one in report.months]
