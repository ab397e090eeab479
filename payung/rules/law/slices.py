"""The slices of a construction contract's value, each with its rate (tables/jakon_slices.toml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from payung.rules.law.figures import Series
from payung.rules.law.tables import Table, TableError

LARGEST_CONTRACT_RUPIAH = 990_000_000_000
"""Slices times rates stay below 2^53, where Spark's division is still exact; a larger contract is refused."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One slice: what lies above one bound up to the next (None: no end), and its rate through time."""

    number: int
    above_rupiah: int
    upto_rupiah: int | None
    rates: Series


def slices(of: Table, known_on: date | None) -> Mapping[str, tuple[Slice, ...]]:
    """The slices of each programme, lowest first. Raises TableError for a hole, an overlap or a moved bound."""
    programmes = sorted({key[0] for key in of.keys_in_use()})
    return MappingProxyType({name: _slices_of(of, name, known_on) for name in programmes})


def _slices_of(of: Table, programme: str, known_on: date | None) -> tuple[Slice, ...]:
    numbers = sorted(int(key[1]) for key in of.keys_in_use() if key[0] == programme)
    parts = tuple(_slice(of, programme, number, known_on) for number in numbers)
    ends_open = parts[0].above_rupiah == 0 and parts[-1].upto_rupiah is None
    if not ends_open or any(lower.upto_rupiah != upper.above_rupiah for lower, upper in pairwise(parts)):
        raise TableError(f"{of.name}: the slices of {programme} must join, from 0 to an open end")
    return parts


def _slice(of: Table, programme: str, number: int, known_on: date | None) -> Slice:
    key = (programme, str(number))
    bounds = {(row.more["above_rupiah"], row.more.get("upto_rupiah")) for row in of.rows if row.figure.key == key}
    if len(bounds) != 1:
        raise TableError(f"{of.name}: the bounds of slice {number} of {programme} differ between rows")
    above, upto = bounds.pop()
    return Slice(number, above, upto, of.series(*key, known_on=known_on))
