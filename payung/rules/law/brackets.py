"""The 33 income brackets of BPU members (Lampiran II PP 44/2015), as a table and as runs of equal steps.

A run says in one line what nine or eleven rows of the table say: "from 1,100,000 on, every 200,000 adds
200,000 to the base". The runs are found in the table when it loads and proved to give back every row.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from payung.rules.law.figures import Figure
from payung.rules.law.tables import Row, TableError
from payung.rules.months import Month

PRINTED_GAP_RUPIAH = 1_000
"""From a printed upper bound to the next lower bound: 1,099,000 -> 1,100,000."""


def gap_reach(reading: str) -> int:
    """What is added to an income before it is placed: 999 when an income in a gap goes up, else 0."""
    return PRINTED_GAP_RUPIAH - 1 if reading == "upper" else 0


@dataclass(frozen=True, slots=True)
class Bracket:
    """One row of Lampiran II. `income_upto` is the printed bound; None for the last bracket."""

    number: int
    income_from: int
    income_upto: int | None
    base: Figure


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring brackets of one width, whose bases rise by that width too."""

    income_from: int
    first_base_rupiah: int
    width_rupiah: int
    brackets: int

    def base(self, income_rupiah: int) -> int:
        """The base of an income inside the run."""
        if self.brackets == 1:
            return self.first_base_rupiah
        return self.first_base_rupiah + (income_rupiah - self.income_from) // self.width_rupiah * self.width_rupiah


@dataclass(frozen=True, slots=True)
class Edition:
    """The whole bracket table as one regulation printed it, in force from `first`."""

    first: Month
    brackets: tuple[Bracket, ...]
    runs: tuple[Run, ...]

    def bracket_of(self, income_rupiah: int, *, gap: str) -> Bracket:
        """The bracket of an income; `gap` is the reading `bracket-gap` ("lower" or "upper")."""
        placed = income_rupiah + gap_reach(gap)
        return [bracket for bracket in self.brackets if bracket.income_from <= placed][-1]

    def in_gap(self, income_rupiah: int) -> bool:
        """Whether an income lies between two printed brackets."""
        below = self.bracket_of(income_rupiah, gap="lower")
        return below.income_upto is not None and income_rupiah > below.income_upto


def editions(rows: Iterable[Row]) -> tuple[Edition, ...]:
    """The bracket table, one edition per first month. Raises TableError for a hole that is not printed."""
    printed: dict[Month, list[Bracket]] = {}
    for row in rows:
        more = row.more
        bracket = Bracket(more["bracket"], more["income_from"], more.get("income_upto"), row.figure)
        printed.setdefault(row.figure.first, []).append(bracket)
    return tuple(_edition(first, brackets) for first, brackets in sorted(printed.items()))


def _edition(first: Month, brackets: list[Bracket]) -> Edition:
    brackets.sort(key=lambda bracket: bracket.number)
    _refuse_holes(brackets)
    edition = Edition(first, tuple(brackets), tuple(_runs(brackets)))
    _prove_runs(edition)
    return edition


def _refuse_holes(brackets: list[Bracket]) -> None:
    if brackets[0].income_from != 0 or brackets[-1].income_upto is not None:
        raise TableError("bpu_brackets: the brackets must begin at 0 and end open")
    for number, bracket in enumerate(brackets, start=1):
        if bracket.number != number:
            raise TableError(f"bpu_brackets: bracket {number} is missing")
    for lower, upper in pairwise(brackets):
        if lower.income_upto is None or upper.income_from - lower.income_upto != PRINTED_GAP_RUPIAH:
            raise TableError(f"bpu_brackets: a gap or an overlap between brackets {lower.number} and {upper.number}")


def _runs(brackets: list[Bracket]) -> list[Run]:
    """Joins neighbouring brackets while the width stays the same and the base rises by it."""
    runs: list[Run] = []
    for bracket, following in zip(brackets, [*brackets[1:], None], strict=True):
        base = bracket.base.rupiah
        width = following.income_from - bracket.income_from if following else 0
        last = runs[-1] if runs else None
        if last and width == last.width_rupiah and base == last.first_base_rupiah + last.brackets * width:
            runs[-1] = replace(last, brackets=last.brackets + 1)
        else:
            runs.append(Run(bracket.income_from, base, width, brackets=1))
    return runs


def _prove_runs(edition: Edition) -> None:
    for bracket, following in zip(edition.brackets, [*edition.brackets[1:], None], strict=True):
        last = following.income_from - 1 if following else bracket.income_from
        for income in (bracket.income_from, last):
            run = [run for run in edition.runs if run.income_from <= income][-1]
            if run.base(income) != bracket.base.rupiah:
                raise TableError(f"bpu_brackets: the runs do not give back bracket {bracket.number}")
