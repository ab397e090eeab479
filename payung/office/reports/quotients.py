"""Percentages and the three readings of a year, as whole numbers; pure. Percentages are hundredths: 1020 is 10.20 %."""

from collections.abc import Mapping
from dataclasses import dataclass

from payung.rules.months import Month

MONTHS_OF_A_YEAR = 12


def hundredths(part: int, whole: int) -> int | None:
    """part / whole in hundredths of a percent, rounded half up; None of nothing."""
    return (20_000 * part + whole) // (2 * whole) if whole > 0 else None


@dataclass(frozen=True)
class Year:
    """Twelve months: the highest, the average of those that are told (half up), and the last December before their
    end. `told` says of how many months something is known.
    """

    peak: int
    peak_month: Month
    average: int
    told: int
    december: int | None
    december_month: Month


def year_to(series: Mapping[Month, int], last: Month) -> Year | None:
    """The twelve months up to `last`; None when nothing is known of them. Of equal peaks the first one counts."""
    known = {month: heads for month, heads in series.items() if last.shift(1 - MONTHS_OF_A_YEAR) <= month <= last}
    if not known:
        return None
    peak = max(sorted(known), key=lambda month: known[month])
    december = Month(last.year if last.month == MONTHS_OF_A_YEAR else last.year - 1, MONTHS_OF_A_YEAR)
    average = (2 * sum(known.values()) + len(known)) // (2 * len(known))
    return Year(known[peak], peak, average, len(known), series.get(december), december)


def still_covered(until: Mapping[str, int], first: Month, count: int) -> list[tuple[Month, int]]:
    """How many of those covered in `first` reach each of the next months; `until` is last month ("" for no end) ->
    heads.
    """
    months = [first.shift(at) for at in range(count + 1)]
    return [
        (
            month,
            sum(heads for end, heads in until.items() if not end or end >= str(month)) if at else sum(until.values()),
        )
        for at, month in enumerate(months)
    ]
