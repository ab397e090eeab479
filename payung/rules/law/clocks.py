"""By when something must be done, and what a late payout costs.

Working days are Monday to Friday without the holidays handed in; the day of the event itself is not counted.
"""

import calendar
from datetime import date, datetime, timedelta

from payung.rules.law.answers import Answer, answer
from payung.rules.law.expressions import ADDED_BEFORE_DIVISION
from payung.rules.law.figures import BeforeTheLawError, Figure, NotKnownError
from payung.rules.law.readings import DEFAULT_READINGS, Readings
from payung.rules.law.statute import FIRST_MONTH
from payung.rules.law.tables import table
from payung.rules.money import RATE_SCALE
from payung.rules.months import Month, next_working_day

Holidays = frozenset[date]


def report_by(event: datetime, *, known_on: date | None = None) -> Answer[datetime]:
    """The last moment of a timely report: 2 x 24 hours after the accident or diagnosis (phase I), or after the
    doctor's conclusion (phase II). Permenaker 5/2021 art. 8 and 19; a non-ASN's is made by the PPK (art. 8(1a)).
    """
    hours = _clock("report_hours", event.date(), known_on)
    return answer(event + timedelta(hours=int(hours.value)), [hours])


def employer_liable(event: datetime, reported: datetime, *, known_on: date | None = None) -> Answer[bool]:
    """Whether the JKK benefit is the employer's because the report came late (Permenaker 1/2025 art. 8(2a)-(2c))."""
    hours = _clock("report_hours", event.date(), known_on)
    clause = _clock("late_report_on_employer", event.date(), known_on)
    late = reported > event + timedelta(hours=int(hours.value))
    return answer(late and clause.value == 1, [clause, hours])


def register_by(form_received_on: date, holidays: Holidays, *, known_on: date | None = None) -> Answer[date]:
    """Complete forms at BPJS: 30 working days after the form was received (Permenaker 1/2025 art. 3A(2))."""
    return _by("register_working_days", form_received_on, holidays, known_on)


def cards_by(complete_on: date, holidays: Holidays, *, known_on: date | None = None) -> Answer[date]:
    """Certificate and cards at the employer's: 7 working days."""
    return _by("cards_working_days", complete_on, holidays, known_on)


def hand_over_by(cards_received_on: date, holidays: Holidays, *, known_on: date | None = None) -> Answer[date]:
    """The card in the worker's hand: 3 working days."""
    return _by("hand_over_working_days", cards_received_on, holidays, known_on)


def data_change_by(changed_on: date, holidays: Holidays, *, known_on: date | None = None) -> Answer[date]:
    """A changed wage, head-count or address at BPJS: 7 working days (PP 44/2015 art. 9)."""
    return _by("data_change_working_days", changed_on, holidays, known_on)


def construction_register_by(order_on: date, holidays: Holidays, *, known_on: date | None = None) -> Answer[date]:
    """A construction project registered: 14 working days after the work order (Permenaker 44/2015)."""
    return _by("construction_register_working_days", order_on, holidays, known_on)


def pay_by(programme: str, complete_on: date, holidays: Holidays, *, known_on: date | None = None) -> Answer[date]:
    """The last day of a timely payout by BPJS: JKK 7, JKM 3, JP 15 working days after all requirements are met."""
    return _by(f"payout_{programme.lower()}_working_days", complete_on, holidays, known_on)


def late_payout(
    programme: str,
    amount_rupiah: int,
    complete_on: date,
    on: date,
    holidays: Holidays,
    *,
    readings: Readings = DEFAULT_READINGS,
    known_on: date | None = None,
) -> Answer[int]:
    """What BPJS owes on a day for paying late, rupiah: 1 % of the amount per calendar day after `pay_by` (JKK, JKM).

    PP 44/2015 art. 37(3). Raises NotKnownError for programmes without such a clause.
    """
    rate = table("late_payout").series(programme, known_on=known_on).at(_month(complete_on))
    due = pay_by(programme, complete_on, holidays, known_on=known_on)
    days = max(0, (on - due.value).days)
    amount = (amount_rupiah * rate.rate * days + ADDED_BEFORE_DIVISION[readings["rounding"]]) // RATE_SCALE
    return answer(amount, [rate])


def expires_on(programme: str, event_on: date, *, known_on: date | None = None) -> Answer[date]:
    """The last day of a claim: JKK and JKM 5 years after the event, 2 years for events before 2 December 2019.

    JKP: 6 months after the dismissal. PP 44/2015 art. 26 as amended. Raises NotKnownError for JHT and JP, which
    do not lapse here, and BeforeTheLawError before the law began.
    """
    history = table("claim_expiry_jkp").series(known_on=known_on) if programme == "JKP" else None
    months = (history or table("claim_expiry").series(programme, known_on=known_on)).on(event_on)
    return answer(_months_later(event_on, int(months.value)), [months])


def working_days_after(day: date, count: int, holidays: Holidays) -> date:
    """The `count`-th working day after a day."""
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1), holidays)
    return day


def _by(clock: str, event: date, holidays: Holidays, known_on: date | None) -> Answer[date]:
    days = _clock(clock, event, known_on)
    return answer(working_days_after(event, int(days.value), holidays), [days])


def _clock(name: str, event: date, known_on: date | None) -> Figure:
    month = _month(event)
    if (name,) not in table("clocks").keys_in_use():
        raise NotKnownError(f"Tenggat {name} tidak ada di tabel clocks.")
    return table("clocks").series(name, known_on=known_on).at(month)


def _month(day: date) -> Month:
    month = Month.of(day)
    if month < FIRST_MONTH:
        raise BeforeTheLawError(f"Tenggat dihitung mulai Juli 2015; tanggal {day} ditolak.")
    return month


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it is shorter."""
    later = Month.of(day).shift(months)
    return date(later.year, later.month, min(day.day, calendar.monthrange(later.year, later.month)[1]))
