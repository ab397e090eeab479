"""Reads tables/*.toml. A table that is incomplete, overlaps itself or has a gap is refused.

Each row carries: value, first (a month, or a day where the law changes on one), regulation, article, certainty,
sources, known_from, checked_on; a `doubt` in both languages unless it is sourced; `last` where the law names an
end; its table's keys.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from payung.rules.law.figures import Certainty, Figure, NotKnownError, Series
from payung.rules.law.words import NO_WORDS, Words
from payung.rules.months import Month

FOLDER = files("payung.rules.law") / "tables"
ROW_FIELDS = frozenset(
    (
        "value",
        "first",
        "last",
        "regulation",
        "article",
        "certainty",
        "doubt",
        "sources",
        "known_from",
        "checked_on",
    )
)


class TableError(Exception):
    """A table of the law is not fit for use; the message names table and row."""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure and what else its row says (bounds of a bracket, payers of a relief)."""

    figure: Figure
    more: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """One file of the law, read and checked."""

    name: str
    title: Words
    unit: str
    keys: tuple[str, ...]
    begins: Month | None
    """The first month of every key; None for a temporary table, whose rows name their last month."""
    renewed_in: int | None
    """The month of the year in which a new value is published, if that is so."""
    read_by: tuple[str, ...]
    rows: tuple[Row, ...]

    def series(self, *key: str, known_on: date | None = None) -> Series:
        """The history of one key as known on a day (None: all that has been entered).

        Raises NotKnownError when the table has no such key or nothing of it was known then.
        """
        known: dict[date, Figure] = {}
        for row in self.known(known_on):  # sorted by known_from: what was learnt later replaces
            if row.figure.key == key:
                known[row.figure.first_day] = row.figure
        name = "/".join((self.name, *key))
        if not known:
            when = f" pada {known_on}" if known_on else ""
            raise NotKnownError(f"Tabel {name} tidak memuat nilai yang dikenal{when}.")
        return Series(name, tuple(known[first] for first in sorted(known)), self.renewed_in)

    def known(self, known_on: date | None) -> tuple[Row, ...]:
        """The rows known on a day."""
        return tuple(row for row in self.rows if known_on is None or row.figure.known_from <= known_on)

    def keys_in_use(self) -> list[tuple[str, ...]]:
        """Each key of the table, in file order."""
        return list(dict.fromkeys(row.figure.key for row in self.rows))


@cache
def table(name: str) -> Table:
    """The table in tables/NAME.toml. Raises TableError when it is not fit for use."""
    return read_table(name, (FOLDER / f"{name}.toml").read_text("utf-8"))


@cache
def table_names() -> tuple[str, ...]:
    """All tables, in alphabetical order."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in FOLDER.iterdir() if file.name.endswith(".toml")))


def read_table(name: str, text: str) -> Table:
    """Checks and types one table's text. Raises TableError."""
    raw = tomllib.loads(text)
    try:
        keys = tuple(raw["keys"])
        rows = [_row(name, keys, fields) for fields in raw["rows"]]
        rows.sort(key=lambda row: row.figure.known_from)
        read = Table(
            name=name,
            title=Words(**raw["title"]),
            unit=raw["unit"],
            keys=keys,
            begins=Month.parse(raw["begins"]) if "begins" in raw else None,
            renewed_in=raw.get("renewed_in"),
            read_by=tuple(raw["read_by"]),
            rows=tuple(rows),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as wrong:
        raise TableError(f"{name}: {type(wrong).__name__}: {wrong}") from wrong
    _refuse_gaps_and_overlaps(read)
    return read


def _row(name: str, keys: tuple[str, ...], fields: dict[str, Any]) -> Row:
    certainty = Certainty(fields["certainty"])
    doubt = Words(**fields["doubt"]) if "doubt" in fields else NO_WORDS
    if (certainty is Certainty.SOURCED) == bool(doubt):
        raise ValueError(f"row {fields['first']}: a doubt and its reason go together")
    if certainty is Certainty.SOURCED and not fields["sources"]:
        raise ValueError(f"row {fields['first']}: sourced, but no source")
    first, day = _begin(fields["first"])
    figure = Figure(
        table=name,
        key=tuple(str(fields[key]) for key in keys),
        value=_decimal(fields["value"]),
        first=first,
        last=Month.parse(fields["last"]) if "last" in fields else None,
        regulation=fields["regulation"],
        article=fields["article"],
        certainty=certainty,
        doubt=doubt,
        sources=tuple(fields["sources"]),
        known_from=fields["known_from"],
        checked_on=fields["checked_on"],
        day=day,
    )
    return Row(figure, {key: value for key, value in fields.items() if key not in ROW_FIELDS})


def _begin(text: str) -> tuple[Month, date | None]:
    """ "2015-07" or "2019-12-02" -> the month, and the day where one is named."""
    if len(text) == len("2015-07"):
        return Month.parse(text), None
    day = date.fromisoformat(text)
    return Month.of(day), day


def _decimal(text: object) -> Decimal:
    if not isinstance(text, str):
        raise TypeError(f"a value is written as text, not {text!r}: no float may slip in")
    return Decimal(text)


def _refuse_gaps_and_overlaps(read: Table) -> None:
    """One key, one value on every day: no two rows that begin together, no year left out.

    Temporary tables (rows with a `last`) are not continuous; reliefs.py refuses their overlaps.
    """
    for key in read.keys_in_use():
        figures = [row.figure for row in read.rows if row.figure.key == key]
        if len({(figure.first_day, figure.known_from) for figure in figures}) < len(figures):
            raise TableError(f"{read.name}: an overlap, two rows of {key} begin together")
        temporary = [figure for figure in figures if figure.last is not None]
        if read.begins is None:
            if len(temporary) < len(figures):
                raise TableError(f"{read.name}: rows of a temporary table name their last month")
            continue
        if temporary:
            raise TableError(f"{read.name}: {temporary[0].id} ends, but only temporary tables may")
        firsts = sorted({figure.first for figure in figures})
        if firsts[0] != read.begins:
            raise TableError(f"{read.name}: a gap, {key} begins {firsts[0]} instead of {read.begins}")
        _refuse_missing_years(read, firsts)


def _refuse_missing_years(read: Table, firsts: list[Month]) -> None:
    if read.renewed_in is None:
        return
    expected = [month for month in firsts[0].until(firsts[-1]) if month.month == read.renewed_in]
    for month in expected:
        if month not in firsts:
            raise TableError(f"{read.name}: a gap, no value from {month} although renewed yearly")
