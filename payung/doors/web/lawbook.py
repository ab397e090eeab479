"""The tables of the law as pages show them: a row in words, what stands on a day, and where a citation leads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse

from payung.doors.web import figures
from payung.doors.web.components import Step
from payung.doors.web.law_words import TONES, code_said, column_said, value_said
from payung.doors.web.translation import language, t
from payung.doors.web.vocabulary import Meaning
from payung.rules.law.changes import changes
from payung.rules.law.figures import Certainty, Figure
from payung.rules.law.narration import Doubt
from payung.rules.law.narration import Step as LawStep
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
        """Which of the table's numbers: the row's own words, else its keys; empty for a table of one number."""
        for told in self.row.more.values():
            if isinstance(told, dict):
                return str(told[language()])
        return ", ".join(code_said(name, key) for name, key in zip(self.table.keys, self.figure.key, strict=True))

    @property
    def more(self) -> str:
        """What else the row says: bounds of a bracket, whom a relief reaches."""
        more = self.row.more.items()
        told = {name: value for name, value in more if name not in self.table.keys and not isinstance(value, dict)}
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
    """A number that begins or ends on a day; `before` and `after` in words, empty where there is none."""

    day: date
    row: RowShown
    before: str
    after: str


def changed_rows(first: date, last: date) -> list[RowChange]:
    """What begins or ends from one day to another, both included."""
    known = {row.figure.id: row for row in every_row()}
    return [
        RowChange(one.day, known[one.figure.id], _value(one.unit, one.before), _value(one.unit, one.after))
        for one in changes(first, last)
    ]


def _value(unit: str, value: Decimal | None) -> str:
    return "" if value is None else value_said(unit, value)


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
    if isinstance(value, int):
        return (
            figures.rupiah(value) if name.endswith("_rupiah") or name.startswith("income_") else figures.number(value)
        )
    return code_said(name, str(value))


def step_shown(step: LawStep, doubts: Sequence[Doubt], on: date) -> Step:
    """One step of an explanation, with the doubts that share its certainty, led to the row it cites."""
    unsure = [doubt.reason for doubt in doubts if doubt.certainty == step.certainty]
    return Step(
        name=step.name,
        formula=step.formula,
        value=figures.rupiah(step.value),
        source=step.citation,
        doubt=" ".join(unsure) if step.certainty is not Certainty.SOURCED else "",
        href=cited(step.citation, on),
    )
