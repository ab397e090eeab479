"""One number of the law with where it stands and how sure we are; and a number's history."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from payung.rules.law.words import Words
from payung.rules.money import half_up, per_ten_million
from payung.rules.months import Month


class Certainty(StrEnum):
    """How sure a number or a reading is, the surest first (LAW: tags S, D, K, ?)."""

    SOURCED = "sourced"
    DERIVED = "derived"
    COMMON_KNOWLEDGE = "common knowledge"
    DOUBTFUL = "doubtful"
    NOT_YET_PUBLISHED = "not yet published"


def weakest(certainties: Iterable[Certainty]) -> Certainty:
    """The certainty of a result: that of its least certain ingredient; sourced when there is none."""
    order = list(Certainty)
    return max(certainties, key=order.index, default=Certainty.SOURCED)


class LawError(ValueError):
    """A question the law cannot answer. The message is one sentence in Indonesian."""


class BeforeTheLawError(LawError):
    """The month lies before the first value of a table (contributions: July 2015)."""


class NotKnownError(LawError):
    """The table has no such row, or nobody knew it on the day asked about."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of one table, in force from `first` (to `last`, where the law names an end).

    Contributions change with a month, benefits on a day: `day` is the day of the month `first`, where it is one.
    """

    table: str
    key: tuple[str, ...]
    value: Decimal
    first: Month
    last: Month | None
    regulation: str
    article: str
    certainty: Certainty
    doubt: Words
    sources: tuple[str, ...]
    known_from: date
    checked_on: date
    day: date | None = None

    @property
    def id(self) -> str:
        """A stable name, such as "jkk_pu/1@2015-07" or "jkm_benefit/funeral@2019-12-02"."""
        return f"{'/'.join((self.table, *self.key))}@{self.day or self.first}"

    @property
    def first_day(self) -> date:
        """The first day in force."""
        return self.day or self.first.first_day

    @property
    def citation(self) -> str:
        """ "PP 44/2015 Pasal 16 ayat (1) huruf a"."""
        return f"{self.regulation} {self.article}".strip()

    @property
    def rate(self) -> int:
        """The value as an integer per ten million. Raises ValueError when it is finer."""
        return per_ten_million(self.value)

    @property
    def rupiah(self) -> int:
        """The value in whole rupiah, a published decimal rounded half up."""
        return half_up(self.value)

    @property
    def percent_owed(self) -> int:
        """A relief's factor: the whole percent of a contribution that is still owed."""
        return int(self.value * 100)


@dataclass(frozen=True)
class Series:
    """The history of one number. Each value holds until the next one begins."""

    name: str
    figures: tuple[Figure, ...]
    renewed_in: int | None = None
    """The month of the year (1-12) in which a new value is published; None: in force until amended."""

    @cached_property
    def published_until(self) -> Month | None:
        """The last month whose value is published; None when the law runs on until amended."""
        if self.renewed_in is None:
            return None
        newest = self.figures[-1].first
        return Month(newest.year + (newest.month >= self.renewed_in), self.renewed_in).shift(-1)

    def at(self, month: Month) -> Figure:
        """The figure in force in `month`; past the last publication it is marked so.

        Raises BeforeTheLawError for months before the first value.
        """
        in_force = [figure for figure in self.figures if figure.first <= month]
        if not in_force:
            raise BeforeTheLawError(f"Bulan {month} lebih awal daripada nilai pertama tabel {self.name}.")
        return self._as_published(in_force[-1], month)

    def on(self, day: date) -> Figure:
        """The figure in force on a day; past the last publication it is marked so.

        Raises BeforeTheLawError for days before the first value.
        """
        in_force = [figure for figure in self.figures if figure.first_day <= day]
        if not in_force:
            raise BeforeTheLawError(f"Tanggal {day} lebih awal daripada nilai pertama tabel {self.name}.")
        return self._as_published(in_force[-1], Month.of(day))

    def _as_published(self, figure: Figure, month: Month) -> Figure:
        if self.published_until is not None and month > self.published_until:
            return _not_yet_published(figure, month)
        return figure


def _not_yet_published(figure: Figure, month: Month) -> Figure:
    reason = Words(
        f"Nilai untuk {month} belum terbit; dipakai nilai terakhir, sejak {figure.first}.",
        f"The value for {month} is not yet published; the last one, from {figure.first}, is used.",
    )
    return replace(figure, certainty=Certainty.NOT_YET_PUBLISHED, doubt=reason)
