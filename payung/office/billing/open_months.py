"""Which months a bill compares, and which of them need only a look at what was touched since the last run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from payung.office.agreements.queries import readings_of
from payung.office.billing.models import BillRun
from payung.office.ledger.queries import closed_through
from payung.rules.law.digest import law_digest
from payung.rules.months import Month


class MonthClosed(Exception):
    """The books of that month's financial year are closed; what is owed of it stands on no bill any more."""


@dataclass(frozen=True)
class Window:
    """The open months of a bill, `first` to `last`.

    Up to `settled` a run has compared everybody: of those months only touched memberships can have changed. None when
    everybody is compared over all of them. `overtakes` when no run has billed a later month.
    """

    first: Month
    last: Month
    settled: Month | None
    overtakes: bool


def first_open(month: Month, closed: date | None) -> Month:
    """January of the month's financial year, or of the year before while the books of that year are not closed.

    Raises MonthClosed when the month's own year is closed through its December.
    """
    if closed is not None and closed >= date(month.year, 12, 31):
        raise MonthClosed(str(month))
    before_closed = closed is not None and closed >= date(month.year - 1, 12, 31)
    return Month(month.year if before_closed else month.year - 1, 1)


def law_now(government_id: int) -> tuple[str, Sequence[Mapping[str, str]]]:
    """The law that a run reckons with: the digest of its rules, and the government's readings."""
    choices = readings_of(government_id).choices
    return law_digest(), [{"reading": one.id, "option": one.option, "first": str(one.first)} for one in choices]


def window(government_id: int, last: Month) -> Window:
    """The open months of a bill for `last`. Raises MonthClosed."""
    first = first_open(last, closed_through(government_id=government_id))
    runs = BillRun.objects.filter(government_id=government_id).order_by("-month", "-pk")
    newest = runs.first()
    settled = None
    if (
        newest is not None
        and newest.first_month <= first.first_day <= newest.month
        and (newest.law_digest, newest.readings) == law_now(government_id)
    ):
        settled = min(Month.of(newest.month), last)
    return Window(first, last, settled, overtakes=newest is None or newest.month <= last.first_day)
