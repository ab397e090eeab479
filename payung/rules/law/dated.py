"""Contributions under readings that an office changed on the way: each month under the reading in force in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from payung.rules.law.contributions import owed
from payung.rules.law.readings import Readings
from payung.rules.months import Month


@dataclass(frozen=True, slots=True)
class DatedReading:
    """From this contribution month on, this option of a reading."""

    first: Month
    id: str
    option: str


@dataclass(frozen=True)
class DatedReadings:
    """An office's readings through time: what it confirmed, each from a month on; before it the defaults."""

    choices: tuple[DatedReading, ...] = ()

    def on(self, month: Month) -> Readings:
        """The readings in force in a contribution month; of one reading, the choice that began last holds."""
        begun = sorted((choice for choice in self.choices if choice.first <= month), key=lambda choice: choice.first)
        return Readings.parse(f"{choice.id}={choice.option}" for choice in begun)

    def changes(self) -> tuple[Month, ...]:
        """The months from which another reading holds."""
        return tuple(sorted({choice.first for choice in self.choices}))


NO_CHOICES = DatedReadings()

PLACE = "_place"


def owed_as_read(
    frame: pl.DataFrame,
    dated: DatedReadings,
    *,
    known_on: date | None = None,
    columns: Sequence[str] | None = None,
) -> pl.DataFrame:
    """`owed`, with the readings in force in each row's month; row order kept. Raises as `owed` does."""
    changes = dated.changes()
    if not changes:
        return owed(frame, known_on=known_on, columns=columns)
    earliest = changes[0].shift(-1)
    parts = []
    numbered = frame.with_row_index(PLACE)
    wanted = None if columns is None else [*columns, PLACE]
    for first, after in zip((None, *changes), (*changes, None), strict=True):
        part = numbered.filter(_within(first, after))
        readings = dated.on(first or earliest)
        parts.append(owed(part, readings=readings, known_on=known_on, columns=wanted))
    return pl.concat(parts).sort(PLACE).drop(PLACE)


def _within(first: Month | None, after: Month | None) -> pl.Expr:
    """Rows from one month on and before another; a row without a month comes first (`owed` refuses it)."""
    month = pl.col("month")
    from_first = month.is_not_null() & (month >= first.index) if first else pl.lit(True)
    before = (month < after.index) | (month.is_null() & pl.lit(first is None)) if after else pl.lit(True)
    return (from_first & before).fill_null(first is None)
