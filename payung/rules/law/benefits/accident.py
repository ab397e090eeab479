"""Work accidents and occupational disease (JKK): death, disability, temporary incapacity.

PP 44/2015 art. 25 and Lampiran III, from 2 December 2019 as amended by PP 82/2019. For an occupational disease
the day of the event is the day of its diagnosis.
"""

from collections.abc import Mapping
from functools import lru_cache

import narwhals as nw

from payung.rules.law.benefits.columns import HALF_YEARS
from payung.rules.law.benefits.law import Law, divided, month_of_event_from, of_percent
from payung.rules.law.expressions import bracket_base, whole
from payung.rules.law.statute import statute

Columns = Mapping[str, nw.Expr]
"""What a kind adds to a row: steps and components by name. A component may use the steps."""

BASE = nw.col("base_rupiah")
SHARE_SCALE = 100_000
"""Shares lost are hundred-thousandths: a thousandth of the table times a percent of the function."""


@lru_cache(maxsize=64)
def base(law: Law) -> nw.Expr:
    """The wage reported (PU), or the base of the bracket of the declared income (BPU)."""
    brackets = statute(law.known_on).bpu_brackets
    income_base = bracket_base(brackets, nw.col("wage_rupiah"), law.readings, since=month_of_event_from)
    return nw.when(nw.col("class") == "BPU").then(income_base).otherwise(nw.col("wage_rupiah"))


def death(law: Law) -> Columns:
    """60 % of 80 wages, at least the death sum of JKM; periodic money and funeral."""
    lump = of_percent(BASE * law.number("jkk_counts", "wages") * law.number("jkk_shares", "death"))
    return {
        "base_rupiah": base(law),
        "unlimited_rupiah": lump,
        "death": nw.max_horizontal("unlimited_rupiah", law.number("jkm_benefit", "death")),
        "periodic": law.number("jkk_sums", "periodic"),
        "funeral": law.number("jkk_sums", "funeral"),
    }


def total(law: Law) -> Columns:
    """Total permanent disability: 70 % of 80 wages, and the periodic money."""
    lump = of_percent(BASE * law.number("jkk_counts", "wages") * law.number("jkk_shares", "total"))
    return {"base_rupiah": base(law), "disability": lump, "periodic": law.number("jkk_sums", "periodic")}


def disability(law: Law) -> Columns:
    """Partial disability, of a limb or of its function: the shares lost, held at the limit, of 80 wages."""
    limit = on_scale(law.number_chosen("jkk_shares", "several", "several-losses"))
    lump = BASE * law.number("jkk_counts", "wages") * nw.col("shares_counted")
    return {
        "base_rupiah": base(law),
        "shares_counted": nw.min_horizontal("loss_shares", limit),
        "disability": divided(lump, SHARE_SCALE),
    }


def on_scale(percent: nw.Expr) -> nw.Expr:
    """Whole percent as shares lost."""
    return percent * (SHARE_SCALE // 100)


def temporary(law: Law) -> Columns:
    """While unable to work: each month and day at the percent of the half-year it falls in."""
    half = law.number("jkk_counts", "temporary-half")
    days_a_year = law.number_chosen("jkk_counts", "day", "temporary-day")
    percents = {step: law.number("jkk_temporary", key) for step, key in half_years(law).items()}
    parts = whole(0)
    for step, percent in percents.items():
        parts = parts + percent * (nw.col(f"months_in_{step}") * days_a_year + nw.col(f"days_in_{step}") * 12)
    return {
        "base_rupiah": base(law),
        **{f"{unit}_in_{step}": _within(step, unit, half) for step in HALF_YEARS for unit in ("months", "days")},
        "temporary": divided(BASE * parts, days_a_year * 100),
    }


def half_years(law: Law) -> dict[int, str]:
    """The half-years of incapacity and their keys in jkk_temporary."""
    return dict(zip(HALF_YEARS, ("first", law.key_chosen("second", "temporary-second-half"), "later"), strict=True))


DAYS_OF_A_MONTH = 30
"""Days beyond the whole months fall in a half-year as if thirty made a month."""


def _within(step: int, unit: str, half: nw.Expr) -> nw.Expr:
    """How many of the row's months, or of the days after them, fall in a half-year; the last one has no end."""
    given, months = nw.col(unit).fill_null(0), nw.col("months").fill_null(0)
    begun = months * DAYS_OF_A_MONTH if unit == "days" else whole(0)
    length = half * DAYS_OF_A_MONTH if unit == "days" else half
    upto = begun + given if step == HALF_YEARS[-1] else nw.min_horizontal(begun + given, length * step)
    return nw.max_horizontal(upto - nw.max_horizontal(begun, length * (step - 1)), whole(0))
