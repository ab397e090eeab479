"""When cover starts, how long it outlives unpaid months, and from when a membership runs without a lapse."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from payung.rules.law.answers import Answer, answer
from payung.rules.law.figures import BeforeTheLawError, Certainty, Figure
from payung.rules.law.statute import FIRST_MONTH
from payung.rules.law.tables import table
from payung.rules.months import Month


class State(StrEnum):
    """Where a membership stands on a day."""

    NEVER = "never"
    ACTIVE = "active"
    IN_GRACE = "in_grace"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Standing:
    """A membership on a day. `unpaid_months` are full calendar months since the last paid one."""

    state: State
    last_paid: Month | None
    protected_until: date | None
    running_since: Month | None
    unpaid_months: int


NEVER_PAID = Standing(State.NEVER, None, None, None, 0)


def grace_months(membership_class: str, month: Month, *, known_on: date | None = None) -> Figure:
    """How many whole months after the last paid one cover still holds, with its citation and doubt.

    PU: arrears up to three months leave the claim with BPJS; beyond, the employer pays first (PP 44/2015, LAW 3.2).
    BPU: three full unpaid months, then inactive (LAW 3.3). Raises NotKnownError for an unknown class and
    BeforeTheLawError before July 2015.
    """
    if month < FIRST_MONTH:
        raise BeforeTheLawError(f"Masa tenggang dihitung mulai Juli 2015; bulan {month} ditolak.")
    return table("arrears").series(membership_class, known_on=known_on).at(month)


def cover_begins(
    effective_from: date | None, number_issued_on: date | None, first_posted: Month | None
) -> Answer[date | None]:
    """The first day of cover: the later of the ground's effective date and the day the number was issued.

    Without a number the first day of the first posted month stands for it; None while neither is there. Permenaker
    1/2025 art. 3A(7): membership starts when the number is issued, which needs the first contribution.
    """
    issued = number_issued_on or (first_posted.first_day if first_posted else None)
    begins = None if issued is None else max(issued, effective_from or issued)
    return Answer(begins, "Permenaker 1/2025 Pasal 3A ayat (7)", Certainty.SOURCED)


def standing(
    membership_class: str,
    paid: Collection[Month],
    on: date,
    *,
    first: Month | None = None,
    known_on: date | None = None,
) -> Answer[Standing]:
    """Where a membership stands on a day, from the contribution months paid by then.

    `first` is the first month of the membership; months before it do not count. A hole of as many full unpaid months
    as `grace_months` is a lapse, and the next paid month a new beginning; a month paid late fills its hole. A month
    paid in advance beyond such a hole counts only once it has come.
    Raises as grace_months does.
    """
    today = Month.of(on)
    grace = grace_months(membership_class, today, known_on=known_on)
    months = sorted(month for month in set(paid) if first is None or month >= first)
    reached = _until_a_hole_ahead(months, today, int(grace.value))
    return answer(_standing(reached, today, int(grace.value)), [grace])


def months_running(
    membership_class: str,
    paid: Collection[Month],
    on: date,
    *,
    first: Month | None = None,
    known_on: date | None = None,
) -> Answer[int]:
    """Full calendar months since the membership began without a lapse, before the month of the day; 0 when lapsed."""
    stands = standing(membership_class, paid, on, first=first, known_on=known_on)
    since = stands.value.running_since
    months = 0 if since is None else max(0, Month.of(on).index - since.index)
    return Answer(months, stands.citation, stands.certainty, stands.doubts)


def _standing(months: list[Month], today: Month, grace: int) -> Standing:
    if not months:
        return NEVER_PAID
    last = months[-1]
    unpaid = max(0, today.index - last.index - 1)
    protected_until = last.shift(grace).last_day
    if today.index - last.index > grace:
        return Standing(State.LAPSED, last, protected_until, None, unpaid)
    state = State.ACTIVE if last >= today else State.IN_GRACE
    return Standing(state, last, protected_until, _running_since(months, grace), unpaid)


def _until_a_hole_ahead(months: list[Month], today: Month, grace: int) -> list[Month]:
    """Without the months to come that lie beyond a hole of `grace` full months or more."""
    for place, (before, month) in enumerate(pairwise(months), start=1):
        if month > today and month.index - before.index - 1 >= grace:
            return months[:place]
    return months


def _running_since(months: list[Month], grace: int) -> Month:
    """The first month after the last hole of `grace` full months or more."""
    since = months[0]
    for before, month in pairwise(months):
        if month.index - before.index - 1 >= grace:
            since = month
    return since
