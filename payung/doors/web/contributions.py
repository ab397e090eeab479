"""The answer of the contribution calculator: the month, its other readings, and the whole year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from payung.doors.web.translation import language
from payung.rules.law.columns import INPUTS, PROGRAMMES
from payung.rules.law.contributions import owed
from payung.rules.law.explain import Explanation, explain
from payung.rules.law.narration import Doubt
from payung.rules.law.readings import Readings, all_readings
from payung.rules.law.statute import FIRST_MONTH
from payung.rules.law.tables import table
from payung.rules.law.wages import WageBase, WagePolicy, monthly_wage, wage_base
from payung.rules.months import Month

RELIEFS = ("jkk_relief", "jkm_relief")
OTHERS = ("jp_ceiling_rupiah", "wage_rupiah", "jkk_rate", "jkm_rate", "jkm_flat_rupiah")
"""Columns whose change explains another amount than in the month before: percents still owed, and numbers."""


@dataclass(frozen=True)
class Asked:
    """One member's month, as typed; `known` is what the person knows of the wage."""

    membership_class: str
    known: str
    amount_rupiah: int | None
    place: str
    month: Month
    payer: str
    programmes: tuple[str, ...]
    sector: str
    group: int
    readings: Readings

    def base(self, month: Month) -> WageBase | None:
        """Where the wage comes from, when the month's wage itself is not what is known. Raises LawError."""
        if self.known == "minimum":
            return wage_base(WagePolicy.UMK if "." in self.place else WagePolicy.UMP, self.place, month)
        return monthly_wage("daily", [self.amount_rupiah or 0], month) if self.known == "hari" else None

    def wage_rupiah(self, month: Month) -> int:
        """The monthly wage or income. Raises LawError where the law has no answer."""
        base = self.base(month)
        return base.rupiah if base else self.amount_rupiah or 0


@dataclass(frozen=True)
class OtherReading:
    """The same month, read in another way."""

    doubt: Doubt
    option: str
    """The option's code, for the address."""
    said: str
    total_rupiah: int


@dataclass(frozen=True)
class MonthOwed:
    """One month of the year; `reasons`: relief_begins, relief_ends, or columns that changed (OTHERS)."""

    month: Month
    total_rupiah: int
    reasons: tuple[str, ...]


def answer(asked: Asked) -> Explanation:
    """The month, down to the article. Raises LawError where the law has no answer."""
    return explain(
        membership_class=asked.membership_class,
        month=asked.month,
        wage_rupiah=asked.wage_rupiah(asked.month),
        payer=asked.payer,
        programmes=asked.programmes,
        group=asked.group,
        sector=asked.sector,
        readings=asked.readings,
        language=language(),
    )


def other_readings(asked: Asked, told: Explanation) -> list[OtherReading]:
    """For each doubt that offers a choice: what the month would cost if it were read otherwise."""
    found = []
    for doubt in told.doubts:
        for option in doubt.options:
            if option != doubt.used:
                otherwise = replace(asked, readings=with_reading(asked.readings, doubt.id, option))
                said = all_readings()[doubt.id].options[option].say(language())
                found.append(OtherReading(doubt, option, said, answer(otherwise).total))
    return found


def with_reading(readings: Readings, name: str, option: str) -> Readings:
    """The same choices with one made anew."""
    return Readings.parse([*(f"{known}={chosen}" for known, chosen in readings.chosen), f"{name}={option}"])


def whole_year(asked: Asked) -> list[MonthOwed]:
    """Every month of the asked month's year that the law knows, with what changed in it."""
    first = max(Month(asked.month.year, 1), FIRST_MONTH)
    before = max(first.shift(-1), FIRST_MONTH)
    months = [month for month in before.until(Month(asked.month.year, 12)) if _has_base(asked, month)]
    reckoned = list(owed(_frame(asked, months), readings=asked.readings).iter_rows(named=True))
    found = []
    for index, row in enumerate(reckoned):
        month = months[index]
        if month >= first:
            found.append(MonthOwed(month, row["total"], _reasons(reckoned[index - 1], row) if index else ()))
    return found


def _has_base(asked: Asked, month: Month) -> bool:
    """A region's minimum wage begins later than the law itself."""
    begins = table("minimum_wage").begins
    return asked.known != "minimum" or begins is None or begins <= month


def _reasons(before: Mapping[str, Any], row: Mapping[str, Any]) -> tuple[str, ...]:
    if before["total"] == row["total"]:
        return ()
    reliefs = {"relief_begins" if row[name] < before[name] else "relief_ends"
               for name in RELIEFS if row[name] != before[name]}  # fmt: skip
    return (*sorted(reliefs), *(name for name in OTHERS if before[name] != row[name]))


def _frame(asked: Asked, months: Sequence[Month]) -> pl.DataFrame:
    """The question for many months, in the columns `owed` reads."""
    same = {
        "class": asked.membership_class,
        "group": asked.group,
        "payer": asked.payer,
        "sector": asked.sector,
        **{f"in_{name.lower()}": name in asked.programmes for name in PROGRAMMES},
    }
    rows = [{**same, "month": month.index, "wage_rupiah": asked.wage_rupiah(month)} for month in months]
    return pl.DataFrame(rows).select(*INPUTS)
