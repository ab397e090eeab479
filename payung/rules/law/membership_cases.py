"""The kinds of worked case beside contributions and benefits: due dates, penalties, clocks, and membership.

A case is asked in its own words (docs/law/cases.md): days are TOML dates, contribution months "YYYY-MM", holidays a
list of days. Answers are told as a case expects them: rupiah and counts as numbers, days and moments as text in ISO
form, "" for none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from payung.rules.law.answers import Answer
from payung.rules.law.arrears import who_pays
from payung.rules.law.clocks import (
    cards_by,
    construction_register_by,
    data_change_by,
    employer_liable,
    expires_on,
    hand_over_by,
    late_payout,
    pay_by,
    register_by,
    report_by,
)
from payung.rules.law.deadlines import due_on
from payung.rules.law.figures import LawError, NotKnownError
from payung.rules.law.joining import may_join
from payung.rules.law.membership import cover_begins, months_running, standing
from payung.rules.law.penalties import penalty
from payung.rules.law.readings import Readings
from payung.rules.law.schemes import scheme_of
from payung.rules.law.wages import monthly_wage
from payung.rules.months import Month

T = TypeVar("T")
Plain = int | str
CLOCKS = MappingProxyType(
    {
        "register": register_by,
        "cards": cards_by,
        "hand-over": hand_over_by,
        "data-change": data_change_by,
        "construction-register": construction_register_by,
    }
)


class UnreadableCaseError(LawError):
    """A word that the kind of case needs is missing or of another type."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of one case, read by type."""

    words: Mapping[str, Any]
    readings: Readings
    known_on: date | None

    def one(self, name: str, kind: type[T]) -> T:
        """A word that must be there. Raises UnreadableCaseError."""
        told = self.words.get(name)
        if type(told) is not kind:
            raise UnreadableCaseError(f"Kasus ini memerlukan {name} ({kind.__name__}), bukan {told!r}.")
        return told

    def maybe(self, name: str, kind: type[T]) -> T | None:
        """A word that may be left out."""
        return self.one(name, kind) if name in self.words else None

    def month(self, name: str) -> Month:
        return _month(self.one(name, str))

    def maybe_month(self, name: str) -> Month | None:
        return self.month(name) if name in self.words else None

    @property
    def holidays(self) -> frozenset[date]:
        return frozenset(self.maybe("holidays", list) or ())

    @property
    def membership_class(self) -> str:
        return self.one("class", str)


def plain(value: object) -> Plain:
    """A value as cases write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def answered(kind: str, asked: Asked) -> Answer[dict[str, Plain]]:
    """The answer to a case of one of KINDS. Raises LawError where the question cannot be put or has no answer."""
    return KINDS[kind](asked)


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as unreadable:
        raise UnreadableCaseError(f"Bulan ditulis TTTT-BB, bukan {text!r}.") from unreadable


def _named(name: str, found: Answer[Any], **more: object) -> Answer[dict[str, Plain]]:
    told = {name: found.value, **more}
    return Answer({key: plain(value) for key, value in told.items()}, found.citation, found.certainty, found.doubts)


def _due(asked: Asked) -> Answer[dict[str, Plain]]:
    due = due_on(asked.membership_class, asked.month("month"), asked.holidays, known_on=asked.known_on)
    return Answer({"day": plain(due.day), "named_day": plain(due.named_day)}, due.citation, due.certainty)


def _penalty(asked: Asked) -> Answer[dict[str, Plain]]:
    found = penalty(
        asked.one("unpaid", int),
        asked.one("due_on", date),
        asked.one("paid_on", date),
        month=asked.month("month"),
        employer=asked.maybe("employer", str) or "private",
        sector=asked.maybe("sector", str) or "other",
        readings=asked.readings,
        known_on=asked.known_on,
    )
    return _named("penalty", found)


def _expiry(asked: Asked) -> Answer[dict[str, Plain]]:
    return _named("last_day", expires_on(asked.one("programme", str), asked.one("on", date), known_on=asked.known_on))


def _payout(asked: Asked) -> Answer[dict[str, Plain]]:
    programme, complete_on = asked.one("programme", str), asked.one("complete_on", date)
    last_day = pay_by(programme, complete_on, asked.holidays, known_on=asked.known_on)
    if "amount" not in asked.words:
        return _named("last_day", last_day)
    amount, on = asked.one("amount", int), asked.one("on", date)
    owed = late_payout(
        programme, amount, complete_on, on, asked.holidays, readings=asked.readings, known_on=asked.known_on
    )
    return _named("late", owed, last_day=last_day.value)


def _clock(asked: Asked) -> Answer[dict[str, Plain]]:
    name = asked.one("clock", str)
    if name not in CLOCKS:
        raise NotKnownError(f"Tenggat {name!r} tidak dikenal; yang ada: {', '.join(CLOCKS)}.")
    return _named("last_day", CLOCKS[name](asked.one("from", date), asked.holidays, known_on=asked.known_on))


def _report(asked: Asked) -> Answer[dict[str, Plain]]:
    event, reported = asked.one("event", datetime), asked.one("reported", datetime)
    liable = employer_liable(event, reported, known_on=asked.known_on)
    return _named("employer_liable", liable, report_by=report_by(event, known_on=asked.known_on).value)


def _join(asked: Asked) -> Answer[dict[str, Plain]]:
    found = may_join(
        asked.one("programme", str),
        asked.membership_class,
        asked.one("on", date),
        birth=asked.maybe("birth", date),
        citizen=asked.words.get("citizen", True) is True,
        months_in_indonesia=asked.maybe("months_in_indonesia", int),
        employer=asked.maybe("employer", str) or "government",
        known_on=asked.known_on,
    )
    return _named("obstacle", found)


def _cover(asked: Asked) -> Answer[dict[str, Plain]]:
    days = asked.maybe("effective_from", date), asked.maybe("number_issued_on", date)
    return _named("begins", cover_begins(*days, asked.maybe_month("first_posted")))


def _standing(asked: Asked) -> Answer[dict[str, Plain]]:
    paid, on = [_month(month) for month in asked.one("paid", list)], asked.one("on", date)
    first = asked.maybe_month("first")
    found = standing(asked.membership_class, paid, on, first=first, known_on=asked.known_on)
    months = months_running(asked.membership_class, paid, on, first=first, known_on=asked.known_on)
    more = {name: getattr(found.value, name) for name in ("protected_until", "running_since", "unpaid_months")}
    state = Answer(found.value.state, found.citation, found.certainty, found.doubts)
    return _named("state", state, months_running=months.value, **more)


def _arrears(asked: Asked) -> Answer[dict[str, Plain]]:
    unpaid_months = asked.one("unpaid_months", int)
    return _named(
        "payer", who_pays(asked.membership_class, unpaid_months, asked.month("month"), known_on=asked.known_on)
    )


def _scheme(asked: Asked) -> Answer[dict[str, Plain]]:
    status, on = asked.one("status", str), asked.one("on", date)
    return _named("scheme", scheme_of(status, on, readings=asked.readings, known_on=asked.known_on))


def _wage(asked: Asked) -> Answer[dict[str, Plain]]:
    base = monthly_wage(
        asked.one("paid_by", str), asked.one("amounts", list), asked.month("month"), known_on=asked.known_on
    )
    return Answer({"wage": base.rupiah}, base.citation, base.certainty, (base.doubt,) if base.doubt else ())


KINDS: Mapping[str, Callable[[Asked], Answer[dict[str, Plain]]]] = MappingProxyType(
    {
        "due": _due,
        "penalty": _penalty,
        "expiry": _expiry,
        "payout": _payout,
        "clock": _clock,
        "report": _report,
        "join": _join,
        "cover": _cover,
        "standing": _standing,
        "arrears": _arrears,
        "scheme": _scheme,
        "monthly-wage": _wage,
    }
)
"""The kinds of case answered here, each by one function of the law."""
