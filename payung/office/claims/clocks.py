"""By when what must be done, by whom, and what a late payout costs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from payung.office.claims.amounts import Reckoned
from payung.office.claims.circumstances import LOCAL, Circumstances
from payung.office.claims.kind import Kind
from payung.rules.law.clocks import Holidays, expires_on, late_payout, pay_by, report_by


@dataclass(frozen=True)
class Clock:
    """One time limit. `who` must act: office, family or bpjs. `done_on` when it was met or missed."""

    code: str
    until: date
    until_at: datetime | None
    who: str
    done_on: date | None
    late: bool
    late_rupiah: int
    citation: str
    certainty: str


@dataclass(frozen=True)
class _Asked:
    about: Circumstances
    kind: Kind
    amounts: Reckoned
    submitted_on: date | None
    paid_on: date | None
    holidays: Holidays


def clocks(
    kind: Kind,
    about: Circumstances,
    amounts: Reckoned,
    *,
    submitted_on: date | None,
    paid_on: date | None,
    holidays: Holidays,
) -> list[Clock]:
    """The clocks of a claim, the next one first; a clock whose beginning is not known yet does not run."""
    asked = _Asked(about, kind, amounts, submitted_on, paid_on, holidays)
    found = [clock for code in kind.clocks if (clock := _CLOCKS[code](asked)) is not None]
    return sorted(found, key=lambda clock: (clock.done_on is not None, clock.until))


def _report_one(asked: _Asked) -> Clock:
    return _report("report_one", asked.about.event_at, asked.about.moment("reported_at"), asked.about)


def _report_two(asked: _Asked) -> Clock | None:
    begun = asked.about.moment("concluded_at")
    return None if begun is None else _report("report_two", begun, None, asked.about)


def _report(code: str, begun: datetime, done: datetime | None, about: Circumstances) -> Clock:
    until = report_by(begun)
    two_done = "report_two" in about.papers if code == "report_two" else False
    done_on = done.date() if done else about.asked_on if two_done else None
    now = done or datetime.combine(about.asked_on, datetime.min.time(), LOCAL)
    late = now > until.value and not two_done
    return Clock(
        code, until.value.date(), until.value, "office", done_on, late, 0, until.citation, until.certainty.value
    )


def _expiry(asked: _Asked) -> Clock:
    """Met on the day on which the claim went to the branch; opening a case here does not meet it."""
    until = expires_on(asked.kind.programme, asked.about.event_on)
    late = (asked.submitted_on or asked.about.asked_on) > until.value
    return Clock(
        "expiry", until.value, None, "office", asked.submitted_on, late, 0, until.citation, until.certainty.value
    )


def _payout(asked: _Asked) -> Clock | None:
    complete = asked.about.day("complete_on")
    if complete is None:
        return None
    until = pay_by(asked.kind.programme, complete, asked.holidays)
    now = asked.paid_on or asked.about.asked_on
    owed = 0
    if asked.kind.programme in ("JKK", "JKM"):
        amount = asked.amounts.total_rupiah
        owed = late_payout(
            asked.kind.programme, amount, complete, now, asked.holidays, readings=asked.about.readings
        ).value
    return Clock(
        "payout", until.value, None, "bpjs", asked.paid_on, now > until.value, owed, until.citation,
        until.certainty.value,
    )  # fmt: skip


def _school_year(asked: _Asked) -> Clock | None:
    """The next yearly claim of a scholarship: on the day of the event in each year that the schedule pays."""
    event = asked.about.event_on
    years = sorted({int(line["year"]) for one in asked.amounts.benefits for line in one.schedule})
    days = [date(event.year + year, event.month, min(event.day, 28)) for year in years]
    coming = [day for day in days if day >= asked.about.asked_on]
    if not coming:
        return None
    step = asked.amounts.benefits[0].steps[0]
    return Clock("school_year", coming[0], None, "family", None, False, 0, step.citation, step.certainty.value)


_CLOCKS: Mapping[str, Callable[[_Asked], Clock | None]] = MappingProxyType(
    {
        "report_one": _report_one,
        "report_two": _report_two,
        "expiry": _expiry,
        "payout": _payout,
        "school_year": _school_year,
    }
)
