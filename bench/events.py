"""Seeded events, and what the tables say about them as plain numbers: ground of `events_numpy.py` and `events_loop.py`.

Default readings, events from July 2015 to December 2027, every kind alike often. Days are numbers such as 20211103.
"""

from datetime import date

import numpy as np
import polars as pl

from payung.rules.law.benefits.columns import CAUSES, JHT_PARTS, JHT_WHOLE, JP_REASONS, KINDS, LEVELS
from payung.rules.law.statute import statute
from payung.rules.law.tables import table

Arrays = dict[str, np.ndarray]
NAMES = list(KINDS)
REASONS = (*JHT_WHOLE, *JHT_PARTS, *JP_REASONS)
BILLS = ("land", "sea", "air", "prosthesis", "denture", "hearing_aid", "glasses", "home_care")
REGIME, WAITING, JKP_2025 = 20191202, 20250301, 20250207
DAYS = (date(2015, 7, 1), date(2019, 12, 2))
BRACKETS = statute().bpu_brackets[0].brackets


def _both(name: str, part: str) -> list[int]:
    """An amount before and from 2 December 2019."""
    return [int(table(name).series(part).on(day).value) for day in DAYS]


SUMS = {part: _both("jkk_sums", part) for part in ("periodic", "funeral")}
JKM = {part: _both("jkm_benefit", part) for part in ("death", "periodic", "funeral")}
CAPS = {name: _both("jkk_caps", name) for name in BILLS if name != "prosthesis"}
LUMP = _both("scholarship", "once")[0]
LIMITS = {
    name: [(row.first.index, int(row.value)) for row in table("jp_limits").series(name).figures]
    for name in ("lowest", "highest")
}
JP_SHARE = {name: int(table("jp_payout").series(name).on(DAYS[0]).value * 100) for name in JP_REASONS}
SCHOOL = np.cumsum(
    [0]
    + [
        int(table("scholarship").series(level).on(DAYS[1]).value)
        for level in LEVELS
        for _ in range(int(table("scholarship_counts").series(f"years-{level}").on(DAYS[1]).value))
    ]
)
SCHOOLING = SCHOOL.tolist()


def events(rows: int) -> Arrays:
    """Seeded events as plain arrays; words as their place in NAMES, REASONS, CAUSES."""
    dice = np.random.default_rng(20191202)

    def day(first: int, last: int) -> np.ndarray:
        year, month = dice.integers(first, last + 1, rows), dice.integers(1, 13, rows)
        return year * 10_000 + month * 100 + dice.integers(1, 29, rows)

    kind = dice.integers(0, len(NAMES), rows, dtype=np.int8)
    job_loss = kind == NAMES.index("jkp")
    on = np.where(job_loss, day(2022, 2027), day(2016, 2027))
    old_age = dice.integers(len(JHT_WHOLE) + len(JHT_PARTS), len(REASONS), rows, dtype=np.int8)
    savings = dice.integers(0, len(JHT_WHOLE) + len(JHT_PARTS), rows, dtype=np.int8)
    ages = [dice.integers(0, 26, rows), dice.integers(0, 26, rows)]
    return {
        "kind": kind,
        "on": on,
        "bpu": (dice.random(rows) < 0.4) & ~job_loss & (kind != NAMES.index("jp")),
        "wage": dice.integers(0, 30_000_000, rows),
        "loss_shares": dice.integers(1, 90_000, rows),
        "months": np.where(job_loss, dice.integers(1, 7, rows), dice.integers(1, 30, rows)),
        "days": dice.integers(0, 200, rows),
        **{name: dice.integers(1, 25_000_000, rows) for name in BILLS},
        "home_care_months": dice.integers(1, 30, rows),
        "member_since": on - 10_000 * dice.integers(0, 2, rows) - dice.integers(0, 15, rows) % (on % 100),
        "cause": dice.integers(0, len(CAUSES), rows, dtype=np.int8),
        "reason": np.where(kind == NAMES.index("jp"), old_age, savings),
        "paid_months": dice.integers(0, 400, rows),
        "average_yearly_wage": dice.integers(0, 400_000_000, rows),
        "contributions_and_return": dice.integers(0, 90_000_000, rows),
        "balance": dice.integers(0, 900_000_000, rows),
        "member_years": dice.integers(0, 20, rows),
        **{f"child_{child}_birth": on - 10_000 * ages[child - 1] for child in (1, 2)},
        **{
            f"child_{child}_school_year": np.where(ages[child - 1] < 7, 0, dice.integers(1, 20, rows))
            for child in (1, 2)
        },
    }


def as_frame(crowd: Arrays) -> pl.DataFrame:
    """The events as `paid` wants them."""
    money = (*BILLS, "wage", "average_yearly_wage", "contributions_and_return", "balance")
    frame = pl.DataFrame({f"{name}_rupiah" if name in money else name: column for name, column in crowd.items()})
    words = {"kind": NAMES, "reason": list(REASONS), "cause": list(CAUSES)}
    said = [pl.Series(name, texts).gather(frame[name].cast(pl.UInt32)) for name, texts in words.items()]
    kind = pl.when(pl.col("bpu")).then(pl.lit("BPU")).otherwise(pl.lit("PU")).alias("class")
    return frame.with_columns(kind).with_columns(said).drop("bpu")
