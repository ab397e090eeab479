"""The numbers of benefits, their history by day, as one office reads them and as they were known on a day."""

from dataclasses import dataclass
from datetime import date

import narwhals as nw

from payung.rules.law.benefits.columns import FACTS
from payung.rules.law.expressions import cases, whole
from payung.rules.law.figures import Figure, Series
from payung.rules.law.readings import Readings
from payung.rules.law.statute import EXACT_BELOW
from payung.rules.law.tables import TableError, table
from payung.rules.months import Month

FIRST_TABLE = {"jkm": ("jkm_benefit", "death"), "jkp": ("jkp_benefit", "first")}
"""Of a kind whose law begins on a day of its own: the table that names it. The others begin with PP 44/2015."""


@dataclass(frozen=True, slots=True)
class Law:
    """Where the formulas find their numbers: as known on a day (None: all entered), under an office's readings."""

    known_on: date | None
    readings: Readings

    def history(self, name: str, *key: str) -> Series:
        """Raises NotKnownError when nothing of it was known."""
        return table(name).series(*key, known_on=self.known_on)

    def number(self, name: str, *key: str) -> nw.Expr:
        """The number in force on the row's day."""
        return on_day(self.history(name, *key))

    def number_chosen(self, name: str, stem: str, reading: str) -> nw.Expr:
        """The number of `stem-OPTION`, OPTION being what the office chose for a reading."""
        return self.number(name, self.key_chosen(stem, reading))

    def key_chosen(self, stem: str, reading: str) -> str:
        """The key of a table that stands for the office's choice: several-70."""
        return f"{stem}-{self.readings[reading]}"


def number(figure: Figure) -> int:
    """Rupiah and counts as they are, a share in whole percent. Raises TableError for a finer one."""
    if table(figure.table).unit == "rupiah":
        return figure.rupiah
    value = figure.value * 100 if table(figure.table).unit == "share" else figure.value
    if value != int(value):
        raise TableError(f"{figure.id}: {figure.value} is finer than the formulas reckon")
    return int(value)


def day_number(day: date) -> int:
    """2 December 2019 -> 20191202: how days travel in columns."""
    return day.year * 10_000 + day.month * 100 + day.day


def on_day(series: Series) -> nw.Expr:
    """The number in force on the row's day; before the first one, that one (such rows are refused)."""
    earliest, *later = series.figures
    newest_first = [(nw.col("on") >= day_number(figure.first_day), whole(number(figure))) for figure in reversed(later)]
    return cases(newest_first, whole(number(earliest)))


def month_of_event_from(first: Month) -> nw.Expr:
    """Whether the row's event is of a month or later."""
    return nw.col("on") >= day_number(first.first_day)


def month_index(day: nw.Expr) -> nw.Expr:
    """Month.index of a day's month."""
    return day // 10_000 * 12 + day // 100 % 100 - 1


def divided(product: nw.Expr, by: int | nw.Expr) -> nw.Expr:
    """The quotient in whole rupiah, rounded half up: the one rounding of a component, at its end."""
    return (product + by // 2) // by


def of_percent(product: nw.Expr) -> nw.Expr:
    """A product with one share of whole percent -> whole rupiah."""
    return divided(product, 100)


def first_day(kind: str, law: Law) -> date:
    """The first day on which a kind of event has an answer. Raises NotKnownError when nothing of it was known."""
    return law.history(*FIRST_TABLE.get(kind, ("jkk_shares", "death"))).figures[0].first_day


def prove_exact() -> None:
    """Every product of the formulas stays below 2^53. Raises TableError otherwise."""
    wage, months = FACTS["wage"].highest, FACTS["months"].highest
    day_parts = months * _highest("jkk_counts") + 12 * FACTS["days"].highest
    products = {
        "disability": wage * _highest("jkk_counts", "wages") * _highest("jkk_shares", "several") * 1_000,
        "temporary": wage * _highest("jkk_temporary") * day_parts,
        "aids": wage * max(_highest("jkk_shares"), _highest("jkk_counts")),
        "jht": FACTS["balance"].highest * _highest("jht_payout"),
        "jp": FACTS["average_yearly_wage"].highest
        * FACTS["paid_months"].highest
        * _highest("jp_payout", "yearly")
        * _highest("jp_payout"),
    }
    for name, product in products.items():
        if product * 101 // 100 >= EXACT_BELOW:  # a hundredth for what rounding adds
            raise TableError(f"{name}: a product leaves the exact integers")


def _highest(name: str, stem: str = "") -> int:
    """The highest number of a table's rows whose key begins so."""
    return max(number(row.figure) for row in table(name).rows if "".join(row.figure.key).startswith(stem))
