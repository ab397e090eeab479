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

MOST_MONTHS_AHEAD = 12


@dataclass(frozen=True)
class Advance:
    """What one unit pays ahead from one budget line: every month up to `until`, for members without an employer."""

    unit_id: int
    budget_line_id: int
    until: Month


class AdvanceRefused(Exception):
    """The last month does not lie one to MOST_MONTHS_AHEAD months after the month of the bill."""


class MonthClosed(Exception):
    """The books of that month's financial year are closed; what is owed of it stands on no bill any more."""


@dataclass(frozen=True)
class Window:
    """The open months of a bill, `first` to `last`.

    Up to `settled` a run has compared everybody: of those months only touched memberships can have changed. None when
    everybody is compared over all of them. `overtakes` when no run has billed a later month. `readings` and
    `law_digest` are the law that the run reckons with. `ahead` is the last month after `last` that is, or is to be,
    billed in advance; None when there is none.
    """

    first: Month
    last: Month
    settled: Month | None
    overtakes: bool
    readings: DatedReadings
    law_digest: str
    ahead: Month | None = None

    @property
    def furthest(self) -> Month:
        """The last month of which a line can stand on the bill."""
        return self.ahead or self.last

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


@dataclass(frozen=True)
class Runs:
    """Those that a month meets: the draft that stands, the newest of a month for everybody, draft or not, and the last
    month billed in advance, when it lies after this one.
    """

    draft: BillRun | None = None
    newest: BillRun | None = None
    billed_until: Month | None = None


def runs_now(government_id: int, month: Month, advance: Advance | None = None) -> Runs:
    """What stands for a month, or for what is paid in advance from then on."""
    of_government = BillRun.objects.filter(government_id=government_id).select_related("proposal__government")
    every = Q(pk=Subquery(of_government.filter(until_month=None).order_by("-month", "-pk").values("pk")[:1]))
    every |= Q(month=month.first_day, state=BillRun.DRAFT, until_month=None)
    ahead = Q(until_month__gt=month.first_day) & ~Q(state=BillRun.VOID)
    found = list(of_government.filter(every | ahead).order_by("-month", "-pk"))
    of_all = [run for run in found if run.until_month is None]
    drafts = [run for run in of_all if (run.month, run.state) == (month.first_day, BillRun.DRAFT)]
    if advance is not None:
        asked = (month.first_day, BillRun.DRAFT, advance.unit_id, advance.budget_line_id)
        drafts = [
            run for run in found if run.until_month and (run.month, run.state, run.unit_id, run.budget_line_id) == asked
        ]
    until = max((run.until_month for run in found if run.until_month), default=None)
    return Runs(next(iter(drafts), None), next(iter(of_all), None), Month.of(until) if until else None)


def window(government_id: int, last: Month, runs: Runs, advance: Advance | None = None) -> Window:
    """The open months of a bill for `last`, after the runs that stand (`runs_now`): of an advance that month
    alone and those after it. Raises MonthClosed and AdvanceRefused.
    """
    first = first_open(last, closed_through(government_id=government_id))
    readings, digest = readings_of(government_id), law_digest()
    if advance is not None:
        if not 0 < advance.until.index - last.index <= MOST_MONTHS_AHEAD:
            raise AdvanceRefused(str(advance.until))
        return Window(last, last, None, False, readings, digest, advance.until)
    newest = runs.newest
    overtakes = newest is None or newest.month <= last.first_day
    alone = Window(first, last, None, overtakes, readings, digest, runs.billed_until)
    if (
        newest is None
        or not newest.first_month <= first.first_day <= newest.month
        or (newest.law_digest, newest.readings) != (alone.law_digest, alone.choices)
    ):
        return alone
    return replace(alone, settled=min(Month.of(newest.month), last))
