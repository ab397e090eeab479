"""Coverage of a place in a month: what the branch counts over the official denominators, what was published, targets,
the own members, and what becomes of them. Nothing is derived from a part that nobody told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from payung.office.places.models import Government, OfficialFigure
from payung.office.reports.coverage_cells import cells
from payung.office.reports.official import monthly, newest, standing
from payung.office.reports.quotients import Year, hundredths, still_covered, year_to
from payung.rules.months import Month

MONTHS_AHEAD = 12
OWN_CLASSES = {OfficialFigure.ALL: "", OfficialFigure.FORMAL: "PU", OfficialFigure.INFORMAL: "BPU"}
"""Scope -> the class of own members that it counts; empty for all."""


@dataclass(frozen=True)
class Line:
    """One scope: the branch's numerator (with the parts it is the sum of), the denominator, and the percentage that
    was published. `hundredths` is the quotient, None without both parts; `differs` when it is not what was published.
    """

    scope: str
    own: int
    own_class: str
    covered: int | None
    covered_from: Sequence[OfficialFigure]
    workers: OfficialFigure | None
    hundredths: int | None
    published: OfficialFigure | None

    @property
    def differs(self) -> bool:
        return bool(
            self.published and self.hundredths is not None and self.published.percent_hundredths != self.hundredths
        )


@dataclass(frozen=True)
class Target:
    """A target beside the quotient it is about; `short_hundredths` what is missing (None: nothing to compare)."""

    figure: OfficialFigure
    short_hundredths: int | None


@dataclass(frozen=True)
class Coverage:
    """Everything about a month. `year` is of the branch's own counts, `own_year` of the members counted here."""

    month: Month
    lines: Sequence[Line]
    year: Year | None
    own_year: Year | None
    targets: Sequence[Target]
    health: OfficialFigure | None
    ahead: Sequence[tuple[Month, int]]


def coverage_of(government: Government, month: Month) -> Coverage:
    """The coverage of the government's whole place as known in a month, from what was counted and taken down."""
    found, place = standing(government.pk), government.code
    own = cells(government.pk, "all", month.shift(-24), month)
    series: dict[Month, int] = {}
    for day, _, _, heads in own.iter_rows():
        series[Month.of(day)] = series.get(Month.of(day), 0) + heads
    now = {name: heads for day, _, name, heads in own.iter_rows() if day == month.first_day}
    lines = [_line(found, place, month, scope, now) for scope in OfficialFigure.SCOPES]
    until: dict[str, int] = {}
    for _, part, _, heads in cells(government.pk, "until", month, month).iter_rows():
        until[part] = until.get(part, 0) + heads
    targets = [
        Target(one, _short(one, next(line for line in lines if line.scope == one.scope)))
        for one in found
        if one.kind in OfficialFigure.TARGETS and one.place_code == place and one.on_day.year >= month.year
    ]
    return Coverage(
        month=month,
        lines=lines,
        year=year_to(_branch(found, place), month),
        own_year=year_to(series, month),
        targets=sorted(targets, key=lambda one: (one.figure.kind, one.figure.on_day)),
        health=newest(found, OfficialFigure.HEALTH, OfficialFigure.ALL, place, month.last_day),
        ahead=still_covered(until, month, MONTHS_AHEAD) if until else [],
    )


def _branch(found: Sequence[OfficialFigure], place: str) -> dict[Month, int]:
    """Month -> what the branch counted in all: as told, else the sum of its three parts where all were told."""
    parts = [monthly(found, kind, OfficialFigure.ALL, place) for kind in OfficialFigure.PARTS]
    whole = {month: sum(part[month] for part in parts) for month in parts[0] if all(month in part for part in parts)}
    return whole | monthly(found, OfficialFigure.COVERED, OfficialFigure.ALL, place)


def _line(found: Sequence[OfficialFigure], place: str, month: Month, scope: str, now: dict[str, int]) -> Line:
    day, own_class = month.last_day, OWN_CLASSES[scope]
    told = newest(found, OfficialFigure.COVERED, scope, place, day)
    sources = [told] if told else _parts(found, place, month) if scope == OfficialFigure.ALL else []
    covered = sum(one.heads or 0 for one in sources) if sources else None
    workers = newest(found, OfficialFigure.WORKERS, scope, place, day)
    quotient = hundredths(covered, workers.heads or 0) if covered is not None and workers else None
    published = newest(found, OfficialFigure.PUBLISHED, scope, place, day)
    own = now.get(own_class, 0) if own_class else sum(now.values())
    return Line(scope, own, own_class, covered, sources, workers, quotient, published)


def _parts(found: Sequence[OfficialFigure], place: str, month: Month) -> list[OfficialFigure]:
    """The branch's three parts when all three are told of one day; else none, as two parts are no whole."""
    parts = [newest(found, kind, OfficialFigure.ALL, place, month.last_day) for kind in OfficialFigure.PARTS]
    told = [one for one in parts if one is not None]
    return told if len(told) == len(parts) and len({one.on_day for one in told}) == 1 else []


def _short(target: OfficialFigure, line: Line) -> int | None:
    """What is missing to the target: by the quotient, else by what was published."""
    have = line.hundredths
    if have is None and line.published:
        have = line.published.percent_hundredths
    return None if have is None else max((target.percent_hundredths or 0) - have, 0)


@dataclass(frozen=True)
class Part:
    """One part of a trait: own covered heads by class, and the official denominator of a place where there is one."""

    key: str
    heads: dict[str, int]
    workers: OfficialFigure | None = None

    @property
    def total(self) -> int:
        return sum(self.heads.values())

    @property
    def hundredths(self) -> int | None:
        return hundredths(self.total, self.workers.heads or 0) if self.workers else None


def parts_of(government: Government, month: Month, by: str) -> list[Part]:
    """Own covered heads of a month by the parts of a trait, in the order of their keys; the unknown comes last."""
    found: dict[str, dict[str, int]] = {}
    for _, part, name, heads in cells(government.pk, by, month, month).iter_rows():
        found.setdefault(part, {})[name] = heads
    told = standing(government.pk) if by in ("kecamatan", "desa") else []
    return [
        Part(key, found[key], newest(told, OfficialFigure.WORKERS, OfficialFigure.ALL, key, month.last_day))
        for key in sorted(found, key=lambda key: (not key, key.zfill(13)))
    ]
