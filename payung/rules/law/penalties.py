"""What a late employer owes on top."""

from datetime import date

from payung.rules.law.answers import Answer, answer
from payung.rules.law.columns import SECTORS
from payung.rules.law.expressions import ADDED_BEFORE_DIVISION
from payung.rules.law.figures import Figure, NotKnownError
from payung.rules.law.readings import DEFAULT_READINGS, Reading, Readings, all_readings
from payung.rules.law.tables import table
from payung.rules.money import RATE_SCALE
from payung.rules.months import Month

EMPLOYERS = ("private", "government", "none")


def penalty(
    unpaid_rupiah: int,
    due_on: date,
    paid_on: date,
    *,
    month: Month,
    employer: str = "private",
    sector: str = "other",
    readings: Readings = DEFAULT_READINGS,
    known_on: date | None = None,
) -> Answer[int]:
    """The penalty in rupiah on what was unpaid from its due day until it was paid; `month` is the contribution month.

    2 % per started month, simple (PP 44/2015); a BPU (`employer="none"`) owes none; a government by the reading
    `penalty-government`. Raises NotKnownError for an unknown employer or sector.
    """
    if employer not in EMPLOYERS or sector not in SECTORS:
        raise NotKnownError(f"Pemberi kerja {employer!r} atau sektor {sector!r} tidak dikenal.")
    normal = table("penalties").series("private", known_on=known_on).at(month)
    exempt, read = _exempt(employer, readings)
    if exempt:
        return answer(0, [normal], read)
    figure, more = _rate(normal, month, sector, readings, known_on)
    months = months_late(due_on, paid_on)
    product = unpaid_rupiah * figure.rate * months
    amount = (product + ADDED_BEFORE_DIVISION[readings["rounding"]]) // RATE_SCALE
    counting = [all_readings()["penalty-counting"]] if months else []
    return answer(amount, [figure], [*read, *more, *counting])


def months_late(due_on: date, paid_on: date) -> int:
    """Started months of delay: due 15 June, paid 16 June to 15 July is one, 16 July two; 0 in time."""
    if paid_on <= due_on:
        return 0
    whole = Month.of(paid_on).index - Month.of(due_on).index
    return whole + (paid_on.day > due_on.day)


def _exempt(employer: str, readings: Readings) -> tuple[bool, list[Reading]]:
    """Whether this employer owes no penalty, and the readings that say so."""
    if employer != "government":
        return employer == "none", []
    reading = all_readings()["penalty-government"]
    if readings[reading.id] == "none":
        return True, [reading]
    return False, [reading, all_readings()["penalty-budget"]]


def _rate(
    normal: Figure, month: Month, sector: str, readings: Readings, known_on: date | None
) -> tuple[Figure, list[Reading]]:
    """The rate of a contribution month: the normal one, or a lower one for a while."""
    for row in table("penalty_reliefs").known(known_on):
        figure = row.figure
        if figure.first <= month <= (figure.last or figure.first) and sector in row.more["sectors"]:
            reading = all_readings()["penalty-relief"]
            return (figure if readings[reading.id] == "half-percent" else normal), [reading]
    return normal, []
