"""From which day a new member's family would receive the death benefit (JKM) in full."""

from datetime import date

from payung.rules.law.tables import table
from payung.rules.months import Month


def full_jkm_from(joined_on: date, *, start: str = "march-2025") -> date:
    """The day from which JKM is paid in full to a BPU who joined in that month and never lapses.

    Three full calendar months must have passed (Permenaker 1/2025; the counting is a reading), for deaths from the day
    on which that rule counts; until then only the funeral. `start` is the option of the reading `jkm-waiting-start`.
    """
    month, waiting = Month.of(joined_on), table("jkm_waiting").series(start)
    first_days = [month.shift(later).first_day for later in range(13)]
    too_early = [later for later, day in enumerate(first_days) if later < int(waiting.on(day).value)]
    return first_days[max(too_early, default=-1) + 1]
