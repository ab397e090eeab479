"""The few shapes every formula is made of, as Narwhals expressions over Int64."""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from operator import or_

import narwhals as nw

from payung.rules.law.brackets import Edition, Run, gap_reach
from payung.rules.law.figures import Figure, Series
from payung.rules.law.readings import Readings
from payung.rules.law.tables import table
from payung.rules.money import RATE_SCALE
from payung.rules.months import Month

ADDED_BEFORE_DIVISION = {"half-up": RATE_SCALE // 2, "down": 0, "up": RATE_SCALE - 1}
"""The reading `rounding` as what is added to a product before the one division."""


def whole(number: int) -> nw.Expr:
    """A constant of the law, as Int64."""
    return nw.lit(number, nw.Int64)


def cases(branches: Iterable[tuple[nw.Expr, nw.Expr]], otherwise: nw.Expr) -> nw.Expr:
    """The value of the first branch whose condition holds, else `otherwise`."""
    chosen = otherwise
    for condition, value in reversed(list(branches)):
        chosen = nw.when(condition).then(value).otherwise(chosen)
    return chosen


def month_from(first: Month) -> nw.Expr:
    """Whether the row's contribution month is `first` or later."""
    return nw.col("month") >= first.index


def months_within(first: Month, last: Month) -> nw.Expr:
    """Whether the row's contribution month lies in a window, both ends included."""
    return month_from(first) & (nw.col("month") <= last.index)


def one_of(column: str, wanted: frozenset[str], every: tuple[str, ...]) -> nw.Expr:
    """Whether the column's word is among the wanted of `every` word it may hold (rows with others are refused).

    Comparing with the fewer words, wanted or not, is several times faster than a look-up in a set.
    """
    others = frozenset(every) - wanted
    if len(others) < len(wanted):
        return ~one_of(column, others, every) if others else nw.lit(True)
    same = [nw.col(column) == word for word in sorted(wanted)]
    return reduce(or_, same) if same else nw.lit(False)


def in_force(series: Series) -> nw.Expr:
    """The number in force in the row's month; before the first one, that one (such rows are refused)."""
    earliest, *later = series.figures
    newest_first = [(month_from(figure.first), whole(_integer(figure))) for figure in reversed(later)]
    return cases(newest_first, whole(_integer(earliest)))


def by_group(rates: Mapping[int, Series]) -> nw.Expr:
    """The rate of the row's JKK risk group; the last group's for groups that do not exist (refused)."""
    *groups, last = sorted(rates)
    return cases([(nw.col("group") == group, in_force(rates[group])) for group in groups], in_force(rates[last]))


def _integer(figure: Figure) -> int:
    return figure.rupiah if table(figure.table).unit == "rupiah" else figure.rate


def bracket_base(
    editions: tuple[Edition, ...],
    income: nw.Expr,
    readings: Readings,
    since: Callable[[Month], nw.Expr] = month_from,
) -> nw.Expr:
    """The income base of a BPU member: brackets as arithmetic, no look-up. `since`: whether a row is of a month on."""
    earliest, *later = editions
    newest_first = [(since(edition.first), _edition_base(edition, income, readings)) for edition in reversed(later)]
    return cases(newest_first, _edition_base(earliest, income, readings))


def _edition_base(edition: Edition, income: nw.Expr, readings: Readings) -> nw.Expr:
    reach = gap_reach(readings["bracket-gap"])
    placed = income + reach if reach else income
    lowest, *higher = edition.runs
    highest_first = [(placed >= run.income_from, _run_base(run, placed)) for run in reversed(higher)]
    return cases(highest_first, _run_base(lowest, placed))


def _run_base(run: Run, placed: nw.Expr) -> nw.Expr:
    if run.brackets == 1:
        return whole(run.first_base_rupiah)
    return (placed - run.income_from) // run.width_rupiah * run.width_rupiah + run.first_base_rupiah


def rounded(product: nw.Expr, readings: Readings) -> nw.Expr:
    """base x rate per ten million -> whole rupiah: the one rounding, at the end (DECISIONS, Numbers)."""
    return (product + ADDED_BEFORE_DIVISION[readings["rounding"]]) // RATE_SCALE
