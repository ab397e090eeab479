"""The tables of the law as pages show them: a row in words, what stands on a day, and where a citation leads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse

from payung.doors.web import figures
from payung.doors.web.law_words import TONES, code_said, column_said, value_said
from payung.doors.web.translation import language, t
from payung.doors.web.vocabulary import Meaning
from payung.rules.law.figures import Certainty, Figure
from payung.rules.law.tables import Row, Table, table, table_names
from payung.rules.law.words import words_in

ANCHOR = str.maketrans("/@", "--")


@dataclass(frozen=True)
class RowShown:
    """One row of a table, in words. `upto` is the last day it holds; None while nothing ends it."""

    row: Row
    table: Table
    first: date
    upto: date | None

    @property
    def figure(self) -> Figure:
        return self.row.figure

    @property
    def anchor(self) -> str:
        """Its place on the page of its table."""
        return self.figure.id.translate(ANCHOR)

    @property
    def value(self) -> str:
        return value_said(self.table.unit, self.figure.value)

    @property
    def certainty(self) -> Meaning:
        return certainty_said(self.figure.certainty)

    @property
    def doubt(self) -> str:
        return self.figure.doubt.say(language()) if self.figure.doubt else ""

    @property
    def what(self) -> str:
        """Which of the table's numbers: its keys in words; empty for a table of one number."""
        return ", ".join(code_said(name, key) for name, key in zip(self.table.keys, self.figure.key, strict=True))

    @property
    def more(self) -> str:
        """What else the row says: bounds of a bracket, whom a relief reaches."""
        told = {name: value for name, value in self.row.more.items() if name not in self.table.keys}
        return "; ".join(f"{column_said(name)} {_told(name, value)}" for name, value in told.items())

    @property
    def period(self) -> str:
        """Since when, and until when it holds."""
        if self.upto is None:
            return t("sejak {day}", day=self.since)
        return t("{first} sampai {last}", first=_day(self.first, self.figure), last=_day(self.upto, self.figure))

    @property
    def since(self) -> str:
        """The day it begins, or the month where the law counts in months."""
        return _day(self.first, self.figure)

    def holds_on(self, day: date) -> bool:
        return self.first <= day and (self.upto is None or day <= self.upto)

    @property
    def address(self) -> str:
        """Its row on the page of its table, on a day on which it holds."""
        return table_address(self.table.name, self.first, self.anchor)


def table_address(name: str, day: date, anchor: str = "") -> str:
    """The page of a table on a day, at a row."""
    address = f"{reverse('law-table', kwargs={'table': name})}?{urlencode({'hari': day.isoformat()})}"
    return f"{address}#{anchor}" if anchor else address


@cache
def rows_of(name: str) -> tuple[RowShown, ...]:
    """Every row of a table by its keys and time; a row that was known later replaces one of the same time."""
    read = table(name)
    found: dict[tuple[tuple[str, ...], date], Row] = {}
    for row in read.rows:  # sorted by known_from
        found[(row.figure.key, row.figure.first_day)] = row
    by_key: dict[tuple[str, ...], list[Row]] = {key: [] for key in read.keys_in_use()}
    for (key, _), row in sorted(found.items(), key=lambda item: item[0][1]):
        by_key[key].append(row)
    return tuple(shown for rows in by_key.values() for shown in _periods(read, rows))


def _periods(read: Table, rows: Sequence[Row]) -> Iterator[RowShown]:
    following = [row.figure.first_day for row in rows[1:]]
    for row, after in zip(rows, [*following, None], strict=True):
        last = last_day(row.figure)
        if last is None and after is not None:
            last = date.fromordinal(after.toordinal() - 1)
        yield RowShown(row, read, row.figure.first_day, last)


def every_row() -> Iterator[RowShown]:
    """All rows of all tables."""
    for name in table_names():
        yield from rows_of(name)


def last_day(figure: Figure) -> date | None:
    """The last day the law itself names."""
    return figure.last.last_day if figure.last else None


@dataclass(frozen=True)
class RowChange:
    """What happens on a day: a row begins (`after`) where another stood (`before`), or ends without a follower."""

    day: date
    before: RowShown | None
    after: RowShown | None

    @property
    def row(self) -> RowShown:
        """The row that tells what it is about."""
        found = self.after or self.before
        assert found is not None
        return found


def changes(since: date, until: date) -> list[RowChange]:
    """What is otherwise on `until` than on `since`, and what came and went between, in the order of days."""
    found = []
    for row in every_row():
        eve = date.fromordinal(row.first.toordinal() - 1)
        if since < row.first <= until:
            stood = [other for other in rows_of(row.table.name) if _same_number(other, row) and other.holds_on(eve)]
            found.append(RowChange(row.first, stood[0] if stood else None, row))
        if row.upto is not None and since <= row.upto < until and not _followed(row):
            found.append(RowChange(date.fromordinal(row.upto.toordinal() + 1), row, None))
    return sorted(found, key=lambda change: change.day)


def _same_number(one: RowShown, other: RowShown) -> bool:
    return one.figure.key == other.figure.key


def _followed(row: RowShown) -> bool:
    """Whether another row of the same number begins as this one ends."""
    assert row.upto is not None
    next_day = date.fromordinal(row.upto.toordinal() + 1)
    return any(_same_number(other, row) and other.first == next_day for other in rows_of(row.table.name))


def cited(citation: str, on: date) -> str:
    """Where a citation leads: the one row it names, its table, else all rows that have it; empty when none has."""
    named = [row for row in every_row() if row.figure.citation == citation]
    holding = [row for row in named if row.holds_on(on)] or named
    if len(holding) == 1:
        return table_address(holding[0].table.name, max(on, holding[0].first), holding[0].anchor)
    if holding and len({row.table.name for row in holding}) == 1:
        return table_address(holding[0].table.name, on)
    return f"{reverse('law')}?{urlencode({'cari': citation})}" if holding else ""


def certainty_said(certainty: Certainty) -> Meaning:
    """How sure, in the reader's words and tone."""
    return Meaning(words_in("phrases.toml")[f"certainty {certainty}"].say(language()), TONES[certainty])


def _day(day: date, figure: Figure) -> str:
    return figures.short_date(day) if figure.day else figures.short_month(day)


def _told(name: str, value: object) -> str:
    """What stands beside the figure, in words: a list, an amount, a code."""
    if isinstance(value, list):
        return ", ".join(_told(name, one) for one in value)
    return figures.rupiah(value) if isinstance(value, int) else code_said(name, str(value))
