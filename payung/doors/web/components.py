"""What the components in `templates/components` are given. Texts arrive translated, figures as numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from payung.rules.months import Month

Tone = Literal["info", "wait", "loss", "proof"]
"""Plain word, waits for you, loss or refusal, proof: the four meanings that have a colour."""


@dataclass(frozen=True)
class Column:
    """One column of a table. `href` sorts by it; `order` is how the table is sorted by it now."""

    label: str
    figures: bool = False
    href: str = ""
    order: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True)
class Chip:
    """One filter that can be shared as a link."""

    label: str
    href: str
    chosen: bool
    count: int | None = None


@dataclass(frozen=True)
class Happening:
    """One entry of a timeline."""

    at: date | datetime
    text: str
    by: str = ""
    tone: Tone = "info"
    note: str = ""


@dataclass(frozen=True)
class Change:
    """One line of a preview: what, before, after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Reason:
    """Why a stage is smaller or larger than the one before; negative is fewer."""

    label: str
    count: int
    href: str = ""
    amount: str = ""


@dataclass(frozen=True)
class Stage:
    """One bar of a funnel or a ladder, and why it differs from the one above it."""

    label: str
    count: int
    href: str = ""
    amount: str = ""
    reasons: Sequence[Reason] = field(default_factory=tuple)


@dataclass(frozen=True)
class Step:
    """One step behind an amount. `doubt` says why the law is not certain; `href` leads to the row of the law."""

    name: str
    formula: str
    value: str
    source: str
    doubt: str = ""
    href: str = ""


@dataclass(frozen=True)
class Progress:
    """Where a long work stands; `total` is 0 while the whole is not known yet."""

    label: str
    done: int
    total: int
    per_second: int | None = None
    seconds_left: int | None = None
    finished: bool = False


MonthState = Literal["posted", "billed", "unpaid", "gap", "before"]
CELL_MARKS: Mapping[MonthState, str] = {"posted": "●", "billed": "◐", "unpaid": "◌", "gap": "✕", "before": "·"}
"""Shapes, so that the strip survives a grey printer."""


def calendar_years(states: Mapping[Month, MonthState]) -> list[tuple[int, list[tuple[Month, MonthState]]]]:
    """The covered months as rows of twelve cells, January to December; months not named are *before*."""
    if not states:
        return []
    years = range(min(states).year, max(states).year + 1)
    return [
        (year, [(month, states.get(month, "before")) for month in Month(year, 1).until(Month(year, 12))])
        for year in years
    ]
