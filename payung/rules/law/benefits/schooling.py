"""The scholarship told: its condition, the years of each level, and the schedule year by year."""

from collections.abc import Iterator
from dataclasses import dataclass

from payung.rules.law.benefits.columns import CHILDREN, LEVELS
from payung.rules.law.benefits.law import number
from payung.rules.law.benefits.scholarship import level_starts
from payung.rules.law.benefits.telling import Teller
from payung.rules.law.narration import Step
from payung.rules.money import rupiah


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """One paid year of a child: the year of the event is 0. `amount` is whole rupiah."""

    child: int
    year: int
    age: int
    level: str
    grade: int
    amount: int


def scholarship(teller: Teller) -> Iterator[Step]:
    """The condition, then for each child the years of each level."""
    row = teller.row
    needed = teller.figure("scholarship_counts", f"paid-months-{row['cause']}")
    told = {"paid": row["paid_months"] or 0, "needed": number(needed)}
    phrase = "scholarship_entitled" if row["entitled"] else "scholarship_not_entitled"
    yield teller.step(teller.say("scholarship_right"), teller.say(phrase, **told), 0, [needed])
    if row["entitled"]:
        for child in CHILDREN:
            if row[f"child_{child}_birth"] is not None:
                yield from _child(teller, child)


def _child(teller: Teller, child: int) -> Iterator[Step]:
    row, value = teller.row, teller.row[f"child_{child}"]
    children, age = (teller.figure("scholarship_counts", key) for key in ("children", "until-age"))
    once = teller.figure("scholarship", "once")
    name = teller.say("scholarship_once", child=child)
    readings = ["school-start"] if row[f"child_{child}_school_year"] == 0 and not number(once) else []
    if not value:
        too_many = child > number(children)
        figure = children if too_many else age
        phrase = "scholarship_first_only" if too_many else "scholarship_nothing"
        formula = teller.say(phrase, children=number(children), age=number(age))
        yield teller.step(name, formula, 0, [figure])
    elif number(once):
        yield teller.step(name, rupiah(value), value, [once])
    else:
        for level in LEVELS:
            yield from _level(teller, child, level, readings)


def _level(teller: Teller, child: int, level: str, readings: list[str]) -> Iterator[Step]:
    paid = [year for year in school_years(teller) if year.child == child and year.level == level]
    if paid:
        yearly, value = paid[0].amount, sum(year.amount for year in paid)
        filled = {"years": len(paid), "amount": rupiah(yearly), "value": rupiah(value)}
        figures = [teller.figure("scholarship", level), teller.figure("scholarship_counts", f"years-{level}")]
        figures.append(teller.figure("scholarship_counts", "until-age"))
        name = teller.say("scholarship_level", child=child, level=level)
        yield teller.step(name, teller.say("scholarship_years", **filled), value, figures, readings)


def school_years(teller: Teller) -> tuple[SchoolYear, ...]:
    """The schedule: every paid year of the children, one after the other."""
    return tuple(year for child in CHILDREN if teller.row[f"child_{child}"] for year in _years(teller, child))


def _years(teller: Teller, child: int) -> Iterator[SchoolYear]:
    first, lowest, years, age = (teller.row[f"child_{child}_{step}"] for step in ("from", "lowest", "years", "age"))
    starts = level_starts(teller.law)
    for year in range(years):
        counted = first + year
        if lowest <= counted < starts[""]:
            level = [level for level in LEVELS if starts[level] <= counted][-1]
            amount = number(teller.figure("scholarship", level))
            if amount:
                yield SchoolYear(child, year, age + year, level, counted - starts[level] + 1, amount)
