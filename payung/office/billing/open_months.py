"""Which months a bill compares, and which of them need only a look at what was touched since the last run."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, Subquery

from payung.office.agreements.queries import readings_of
from payung.office.billing.models import BillRun
from payung.office.ledger.queries import closed_through
from payung.rules.law.dated import DatedReadings
from payung.rules.law.digest import law_digest
from payung.rules.months import Month


class MonthClosed(Exception):
    """The books of that month's financial year are closed; what is owed of it stands on no bill any more."""


@dataclass(frozen=True)
class Window:
    """The open months of a bill, `first` to `last`.

    Up to `settled` a run has compared everybody: of those months only touched memberships can have changed. None when
    everybody is compared over all of them. `overtakes` when no run has billed a later month. `readings` and
    `law_digest` are the law that the run reckons with.
    """

    first: Month
    last: Month
    settled: Month | None
    overtakes: bool
    readings: DatedReadings
    law_digest: str

    @property
    def choices(self) -> list[dict[str, str]]:
        """The readings as a run keeps them."""
        return [{"reading": one.id, "option": one.option, "first": str(one.first)} for one in self.readings.choices]


def first_open(month: Month, closed: date | None) -> Month:
    """January of the month's financial year, or of the year before while the books of that year are not closed.

    Raises MonthClosed when the month's own year is closed through its December.
    """
    if closed is not None and closed >= date(month.year, 12, 31):
        raise MonthClosed(str(month))
    before_closed = closed is not None and closed >= date(month.year - 1, 12, 31)
    return Month(month.year if before_closed else month.year - 1, 1)


def runs_now(government_id: int, month: Month) -> tuple[BillRun | None, BillRun | None]:
    """The draft that stands for a month, and the newest run of all, draft or not."""
    every = BillRun.objects.filter(government_id=government_id).order_by("-month", "-pk")
    asked = Q(pk=Subquery(every.values("pk")[:1])) | Q(month=month.first_day, state=BillRun.DRAFT)
    found = list(every.filter(asked).select_related("proposal__government"))
    drafts = [run for run in found if (run.month, run.state) == (month.first_day, BillRun.DRAFT)]
    return (drafts[0] if drafts else None), (found[0] if found else None)


def window(government_id: int, last: Month, newest: BillRun | None) -> Window:
    """The open months of a bill for `last`, after the newest run (`runs_now`). Raises MonthClosed."""
    first = first_open(last, closed_through(government_id=government_id))
    overtakes = newest is None or newest.month <= last.first_day
    alone = Window(first, last, None, overtakes, readings_of(government_id), law_digest())
    if (
        newest is None
        or not newest.first_month <= first.first_day <= newest.month
        or (newest.law_digest, newest.readings) != (alone.law_digest, alone.choices)
    ):
        return alone
    return replace(alone, settled=min(Month.of(newest.month), last))
