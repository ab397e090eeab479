"""Temporary reliefs: for whom, for which months, and how much of the contribution is still owed."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import narwhals as nw

from payung.rules.law.columns import CLASSES, PAYERS, SECTORS
from payung.rules.law.expressions import cases, months_within, one_of, whole
from payung.rules.law.figures import Figure
from payung.rules.law.readings import Readings
from payung.rules.law.tables import Row, TableError
from payung.rules.months import Month


@dataclass(frozen=True, slots=True)
class Relief:
    """One row of reliefs.toml. `payers` are those it names, `payers_excluded` those it leaves out."""

    figure: Figure
    programme: str
    classes: frozenset[str]
    sectors: frozenset[str]
    payers: frozenset[str]
    payers_excluded: frozenset[str]

    @property
    def first(self) -> Month:
        return self.figure.first

    @property
    def last(self) -> Month:
        """The last contribution month relieved; every relief has one (tables.py refuses others)."""
        return self.figure.last or self.figure.first

    def runs_in(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def payers_left_out(self, readings: Readings) -> frozenset[str]:
        """Funds without this relief: those the text names and those read like them."""
        not_named = frozenset(PAYERS) - self.payers
        read_alike = readings.excluded_payers() if self.payers_excluded else frozenset()
        return not_named | self.payers_excluded | read_alike

    def sectors_as_read(self, readings: Readings) -> frozenset[str]:
        """Its sectors, with becak and delman in the one the reading `becak-delman` puts them."""
        return self.sectors | {"becak_delman"} if readings["becak-delman"] in self.sectors else self.sectors


def reliefs(rows: Iterable[Row]) -> tuple[Relief, ...]:
    """All reliefs of the table. Raises TableError when two of them relieve the same members and months."""
    found = tuple(_relief(row) for row in rows)
    _refuse_overlaps(found)
    return found


def _relief(row: Row) -> Relief:
    more = row.more
    return Relief(
        figure=row.figure,
        programme=more["programme"],
        classes=frozenset(more["classes"]),
        sectors=frozenset(more["sectors"]),
        payers=frozenset(more.get("payers", PAYERS)),
        payers_excluded=frozenset(more.get("payers_excluded", ())),
    )


def _refuse_overlaps(found: tuple[Relief, ...]) -> None:
    for one, other in combinations(found, 2):
        together = (
            one.programme == other.programme
            and one.classes & other.classes
            and one.sectors & other.sectors
            and one.payers & other.payers
            and max(one.first, other.first) <= min(one.last, other.last)
        )
        if together:
            raise TableError(f"reliefs: an overlap, {one.figure.id} and {other.figure.id} relieve the same months")


def percent_owed(candidates: tuple[Relief, ...], readings: Readings) -> nw.Expr:
    """How many percent of a contribution the row still owes: 100 where no relief fits."""
    return cases(
        [(_fits(relief, readings), whole(relief.figure.percent_owed)) for relief in candidates],
        otherwise=whole(100),
    )


def _fits(relief: Relief, readings: Readings) -> nw.Expr:
    """Whether the row has the relief: its month, class, sector and kind of fund."""
    payers = frozenset(PAYERS) - relief.payers_left_out(readings)
    return (
        months_within(relief.first, relief.last)
        & one_of("class", relief.classes, CLASSES)
        & one_of("sector", relief.sectors_as_read(readings), SECTORS)
        & one_of("payer", payers, PAYERS)
    )
