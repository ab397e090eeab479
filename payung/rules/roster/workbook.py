"""A workbook that was read: sheets whose cells stand as columns of text, each with the kind it had in the
file.

Text keeps every digit: a NIK that was text stays text, a number below 2^53 is written out exactly. The kind
says which of the two it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import polars as pl

from payung.rules.roster.apart.frames import DATE, MOMENT, NUMBER, TEXT, TRUTH
from payung.rules.roster.apart.zip_look import column_letters

Cell = None | str | int | float | bool | date | datetime

KIND_SUFFIX = "_kind"


@dataclass(frozen=True)
class Sheet:
    """One worksheet. `texts` has a column per letter from A, one row per physical row from 1 to the last
    filled one.

    `kinds` has the same shape; a cell without text has no meaning there. `merged` are ranges (first row,
    first letter number, last row, last letter number), 1-based.
    """

    name: str
    hidden: bool
    texts: pl.DataFrame
    kinds: pl.DataFrame
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()

    @property
    def height(self) -> int:
        return self.texts.height

    @property
    def letters(self) -> list[str]:
        return self.texts.columns

    @cached_property
    def filled(self) -> pl.Series:
        """How many cells of each row hold something besides blanks."""
        if not self.letters:
            return pl.Series("filled", [], dtype=pl.UInt32)
        tests = [pl.col(letter).str.contains(r"\S").fill_null(value=False) for letter in self.letters]
        return self.texts.select(pl.sum_horizontal(tests).cast(pl.UInt32).alias("filled")).to_series()

    def value(self, row: int, letter: str) -> Cell:
        """The cell as the file had it. Rows count from 1."""
        return typed(self.texts[letter][row - 1], self.kinds[letter][row - 1])

    def rows(self, first: int, last: int) -> Iterator[tuple[int, list[str | None]]]:
        """Row number and texts, from `first` to `last`."""
        for number, texts in enumerate(self.texts[first - 1 : last].iter_rows(), first):
            yield number, list(texts)


@dataclass(frozen=True)
class Workbook:
    """The sheets of a file in their order; the one of a text file has no name."""

    name: str
    sheets: tuple[Sheet, ...]


def typed(text: str | None, kind: int) -> Cell:
    """The value a cell had before it was written out as text."""
    if text is None or kind == TEXT:
        return text
    if kind == NUMBER:
        number = float(text)
        return int(text) if text.lstrip("-").isdecimal() else number
    if kind == TRUTH:
        return text == "True"
    if kind == DATE:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text) if kind == MOMENT else text


def letters_upto(width: int) -> list[str]:
    """A, B, C ... for the first `width` columns."""
    return [column_letters(number) for number in range(1, width + 1)]
