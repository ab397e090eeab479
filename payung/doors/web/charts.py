"""A number's history as a picture of steps, drawn on the server. Attributes only: the pages allow no inline styles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDTH, HEIGHT = 320, 130
FLOOR, CEILING = 108, 14
MOST_YEARS_SHOWN = 6


@dataclass(frozen=True)
class Change:
    """From `day` on the number is `value`; `told` says so in words."""

    day: date
    value: Decimal
    told: str


@dataclass(frozen=True)
class Point:
    """Where a change stands in the picture."""

    x: float
    y: float
    told: str


@dataclass(frozen=True)
class Steps:
    """The picture: a path of steps, a mark at each change, the years below. `today` is where the asked day lies."""

    title: str
    finding: str
    path: str
    points: Sequence[Point]
    years: Sequence[tuple[float, str]]
    today: float | None
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR


def steps(title: str, finding: str, changes: Sequence[Change], *, until: date, on: date) -> Steps:
    """Steps from the first change to `until`, the ground at zero, the asked day `on` marked.

    Raises ValueError when there is nothing to draw.
    """
    if not changes:
        raise ValueError("a history without a value")
    first = changes[0].day.toordinal()
    days = max(until.toordinal() - first, 1)
    highest = max(change.value for change in changes) or Decimal(1)

    def across(day: date) -> float:
        return round(4 + (WIDTH - 8) * (day.toordinal() - first) / days, 1)

    def up(value: Decimal) -> float:
        return round(FLOOR - (FLOOR - CEILING) * float(value / highest), 1)

    points = [Point(across(change.day), up(change.value), change.told) for change in changes]
    return Steps(
        title=title,
        finding=finding,
        path=_path(points, across(until)),
        points=points,
        years=[(across(day), str(day.year)) for day in _years(changes[0].day, until)],
        today=across(on) if first <= on.toordinal() <= until.toordinal() else None,
    )


def _path(points: Sequence[Point], right: float) -> str:
    """Level until the next change, then straight up or down."""
    moves = [f"M{points[0].x} {points[0].y}"]
    for point in points[1:]:
        moves.append(f"H{point.x}V{point.y}")
    return "".join([*moves, f"H{right}"])


def _years(first: date, until: date) -> list[date]:
    """Some New Year's days between, evenly."""
    years = range(first.year + 1, until.year + 1)
    every = max(1, -(-len(years) // MOST_YEARS_SHOWN))
    return [date(year, 1, 1) for year in years[::every]]
