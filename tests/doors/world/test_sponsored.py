"""A city of civil servants who carry workers, taken through the office month by month."""

import pytest

from payung.doors.world.load_sponsored import Report, load
from payung.doors.world.sponsored import FIRST, LAST, make
from payung.office.billing.models import BillLine
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.reports.numbers import Wanted, ladder, tallies
from payung.office.sponsorship.models import Circular, Pledge
from payung.office.sponsorship.queries import overview
from payung.rules.months import Month


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
        for done in report.months:
            _reconciled(government, circular, done.month)
        assert Pledge.objects.filter(consented_at__isnull=False).count() == sum(
            one.pledged - one.refused for one in report.months
        )
    again = load(world, show=quiet)
    assert _told(again) == _told(report)


def _told(report: Report) -> list[tuple[int, int, int]]:
    return [(one.heads, one.to_pay_rupiah, one.posted) for one in report.months]


def _reconciled(government: Government, circular: Circular, month: Month) -> None:
    """The list, the bill, the payment and the five numbers say the same of a month."""
    asked = overview(circular, month)
    rungs = ladder(tallies(government.pk, Wanted(month, month)))
    posted = next(rung for rung in rungs if rung.number == "posted")
    due, missing = sum(one.due_rupiah for one in asked), sum(one.missing_rupiah for one in asked)
    assert posted.rupiah == due - missing > 0, month
    assert posted.heads == posted.rupiah // 16_800
    assert all(one.paid_rupiah or not one.heads for one in asked)
    regular = BillLine.objects.filter(bill__government=government, for_month=month.first_day, reason="regular")
    assert regular.count() == sum(one.heads for one in asked)
