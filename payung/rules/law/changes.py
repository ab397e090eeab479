"""What changed in the law between two days: every row that begins, and every temporary one that ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from payung.rules.law.figures import Figure
from payung.rules.law.tables import Table, table, table_names
from payung.rules.law.words import Words


@dataclass(frozen=True, slots=True)
class Change:
    """One row that begins or ends on a day; `before` is the value that held until then, None where there was none."""

    day: date
    what: Literal["begins", "ends"]
    figure: Figure
    title: Words
    unit: str
    before: Decimal | None
    after: Decimal | None


def changes(first: date, last: date, *, known_on: date | None = None) -> list[Change]:
    """Every change whose first day lies between two days, both included, by day and table.

    `known_on`: only rows known on that day. A value corrected later counts as a change of its own.
    """
    found = [change for name in table_names() for change in _of_table(table(name), known_on)]
    within = [change for change in found if first <= change.day <= last]
    return sorted(within, key=lambda change: (change.day, change.figure.table, change.figure.key, change.what))


def _of_table(of: Table, known_on: date | None) -> Iterator[Change]:
    for key in of.keys_in_use():
        figures = [row.figure for row in of.known(known_on) if row.figure.key == key]
        figures.sort(key=lambda figure: (figure.first_day, figure.known_from))
        before: Decimal | None = None
        for figure in figures:
            yield Change(figure.first_day, "begins", figure, of.title, of.unit, before, figure.value)
            before = figure.value
            if figure.last is not None:
                yield Change(figure.last.shift(1).first_day, "ends", figure, of.title, of.unit, figure.value, None)
                before = None
