"""What every story is told with: the world, the office that was founded for it, the report, and whole months."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from payung.doors.world import monthly
from payung.doors.world.facts import Group
from payung.doors.world.founding import Founded
from payung.doors.world.monthly import Days
from payung.doors.world.report import MonthDone, Report, Show
from payung.doors.world.worlds import World
from payung.office import bulk
from payung.office.places.scope import whole_government
from payung.rules.months import Month

_BILLED = """
    SELECT coalesce(sum(b.heads), 0)::bigint, coalesce(sum(b.total_rupiah), 0)::bigint
    FROM billing_bill b WHERE b.month = %s AND b.state IN ('final', 'sent')
"""
_PAID = """
    SELECT coalesce(sum(p.amount_rupiah), 0)::bigint FROM billing_payment p JOIN billing_bill b ON b.id = p.bill_id
    WHERE b.month = %s
"""
_POSTED = "SELECT count(*) FROM billing_posting WHERE month = %s"
Withheld = Callable[[pl.DataFrame], pl.DataFrame]
"""Takes from what BPJS confirms those whom it does not confirm yet."""


@dataclass(frozen=True)
class Telling:
    """A story as it is told; `founded` is what stands when it begins."""

    world: World
    founded: Founded
    report: Report
    show: Show

    def group(self, key: str) -> Group:
        """A group of the place by its key."""
        return next(group for group in self.world.place.groups if group.key == key)


def whole_month(
    story: Telling, founded: Founded, month: Month, *, in_advance: bool = False, withheld: Withheld | None = None
) -> None:
    """A month billed, paid, confirmed and counted; one that is done is passed over."""
    days = monthly.days_of(month, in_advance=in_advance)
    with story.report.timed("tagihan dibuat"):
        if not _standing(founded, month).heads:
            monthly.bill(founded, month, days)
    with story.report.timed("pembayaran dicatat"):
        monthly.pay(founded, month, days.paid, story.show)
    with story.report.timed("posting BPJS dicocokkan"):
        _confirm(story, founded, month, days, withheld)
    with story.report.timed("lima angka dihitung"):
        monthly.count(founded, month, days)


def _confirm(story: Telling, founded: Founded, month: Month, days: Days, withheld: Withheld | None) -> None:
    if withheld is not None and _standing(founded, month).posted:
        return  # a repeated load: whoever was withheld stays so
    told = monthly.confirmation(founded, month, story.world.people)
    if withheld is not None:
        told = withheld(told)
    if told.height:
        monthly.confirm(founded, told, f"posting-{month}.csv", days)


def standing(story: Telling, months: list[Month]) -> None:
    """Into the report: what stands in the office of these months."""
    story.report.months = [_standing(story.founded, month) for month in months]


def _standing(founded: Founded, month: Month) -> MonthDone:
    with whole_government(founded.government):
        schema = {"heads": pl.Int64, "rupiah": pl.Int64}
        ((heads, billed),) = bulk.read(_BILLED, [month.first_day], schema=schema).iter_rows()
        paid = bulk.read(_PAID, [month.first_day], schema={"rupiah": pl.Int64}).item()
        posted = bulk.read(_POSTED, [month.first_day], schema={"heads": pl.Int64}).item()
    return MonthDone(month, heads, billed, paid, posted)
