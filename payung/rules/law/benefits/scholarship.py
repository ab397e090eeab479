"""Scholarship of a participant's child (PP 44/2015 art. 25 and 34, PP 82/2019): yearly by level, earlier once."""

import narwhals as nw

from payung.rules.law.benefits.accident import Columns
from payung.rules.law.benefits.columns import CAUSES, CHILDREN, LEVELS
from payung.rules.law.benefits.law import Law, number
from payung.rules.law.expressions import whole

AGE = 10_000
"""Days as numbers: 20211103 - 20000315 is 210788; its ten-thousands are the completed years of age."""


def scholarship(law: Law) -> Columns:
    """Every school year of the first two children until they are 23, added up; before December 2019 once."""
    columns: dict[str, nw.Expr] = {"entitled": entitled(law)}
    for child in CHILDREN:
        first, lowest = first_school_year(law, child)
        columns[f"child_{child}_age"] = age_at_event(child)
        columns[f"child_{child}_from"] = first
        columns[f"child_{child}_lowest"] = lowest
        columns[f"child_{child}_years"] = years_paid(law, child)
        columns[f"child_{child}"] = _child(law, child)
    return columns


def entitled(law: Law) -> nw.Expr:
    """Whether enough months were paid: JKM asks for three years (once five), JKK for none."""
    needed = {cause: law.number("scholarship_counts", f"paid-months-{cause}") for cause in CAUSES}
    paid = nw.col("paid_months").fill_null(0)
    return nw.when(nw.col("cause") == "jkk").then(paid >= needed["jkk"]).otherwise(paid >= needed["jkm"])


def level_starts(law: Law) -> dict[str, int]:
    """The first school year of each level, and under "" the one after the last: TK 1, SD 3, SMP 9, SMA 12, PT 15."""
    starts, year = {}, 1
    for level in LEVELS:
        starts[level] = year
        year += number(law.history("scholarship_counts", f"years-{level}").figures[-1])
    return {**starts, "": year}


def _child(law: Law, child: int) -> nw.Expr:
    years, first, lowest = (nw.col(f"child_{child}_{step}") for step in ("years", "from", "lowest"))
    starts = level_starts(law)
    amount = nw.when(years > 0).then(law.number("scholarship", "once")).otherwise(whole(0))
    for level, after in zip(LEVELS, [*LEVELS[1:], ""], strict=True):
        begin = nw.max_horizontal(first, lowest, whole(starts[level]))
        end = nw.min_horizontal(first + years, whole(starts[after]))
        amount = amount + nw.max_horizontal(end - begin, whole(0)) * law.number("scholarship", level)
    named = ~nw.col(f"child_{child}_birth").is_null() & (law.number("scholarship_counts", "children") >= child)
    return nw.when(named & nw.col("entitled")).then(amount).otherwise(whole(0))


def age_at_event(child: int) -> nw.Expr:
    """Completed years on the day of the event; the child is as much older on each anniversary."""
    return (nw.col("on") - nw.col(f"child_{child}_birth")) // AGE


def years_paid(law: Law, child: int) -> nw.Expr:
    """How many anniversaries, the event itself the first, lie before the last birthday that counts."""
    return nw.max_horizontal(law.number("scholarship_counts", "until-age") - age_at_event(child), whole(0))


def first_school_year(law: Law, child: int) -> tuple[nw.Expr, nw.Expr]:
    """The school year on the day of the event, and the first that is paid.

    For a child not yet at school the year is below 1: as many years before its first one.
    """
    option = law.readings["school-start"]
    begins = level_starts(law)[option.upper()]
    start_age = law.number_chosen("scholarship_counts", "start", "school-start")
    given = nw.col(f"child_{child}_school_year")
    not_yet = nw.min_horizontal(age_at_event(child) + begins - start_age, whole(begins - 1))
    first = nw.when(given == 0).then(not_yet).otherwise(given)
    return first, nw.when(given == 0).then(whole(begins)).otherwise(whole(1))
