"""By when a month's contributions must be paid."""

from dataclasses import dataclass
from datetime import date

from payung.rules.law.figures import BeforeTheLawError, Certainty, weakest
from payung.rules.law.statute import FIRST_MONTH
from payung.rules.law.tables import table
from payung.rules.months import Month, next_working_day


@dataclass(frozen=True, slots=True)
class DueDate:
    """The last day of timely payment, and the day the regulation names before holidays move it."""

    day: date
    named_day: date
    citation: str
    certainty: Certainty

    @property
    def moved(self) -> bool:
        """Whether a weekend or holiday moved it."""
        return self.day != self.named_day


def due_on(membership_class: str, month: Month, holidays: frozenset[date], *, known_on: date | None = None) -> DueDate:
    """When a month's contributions are due: PU the 15th of the next month, BPU the 15th of the month itself.

    On a weekend or one of `holidays`, the next working day (PP 44/2015 on payment). Raises NotKnownError
    for an unknown class and BeforeTheLawError before July 2015.
    """
    if month < FIRST_MONTH:
        raise BeforeTheLawError(f"Jatuh tempo dihitung mulai Juli 2015; bulan {month} ditolak.")
    rules = table("due_dates")
    day = rules.series(membership_class, "day", known_on=known_on).at(month)
    months_after = rules.series(membership_class, "months_after", known_on=known_on).at(month)
    paid_in = month.shift(int(months_after.value))
    named = date(paid_in.year, paid_in.month, int(day.value))
    return DueDate(
        next_working_day(named, holidays),
        named,
        day.citation,
        weakest((day.certainty, months_after.certainty)),
    )
