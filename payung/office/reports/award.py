"""The award file of a year: what stands in it, each figure with the list that proves it, and what is still missing."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from payung.office.places.queries import Area
from payung.office.reports import award_lists
from payung.office.reports.award_models import AwardEntry
from payung.office.reports.counted import counted_months
from payung.rules.months import Month

FIRST_YEAR = 2019
ASSUMED, ENTERED = "assumed", "entered"


class NothingCounted(Exception):
    """No month of the year was counted, so there are no figures to freeze."""


@dataclass(frozen=True)
class Figure:
    """A number of the file: `name` within its `part`, and the list behind it: its rows, or the sum of a column.

    `line` narrows the list to the rows of one line, where the list has lines.
    """

    part: str
    name: str
    value: int
    list: str
    column: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Criterion:
    """One aspect of the jury. `certainty` of its weight: assumed, or entered with its letter (`source`)."""

    code: str
    title: Mapping[str, str]
    percent: int
    certainty: str
    source: str
    parts: Sequence[str]


@dataclass(frozen=True)
class Award:
    """Everything of a year as it stands now. `missing` are codes of what a jury would ask for and is not there."""

    year: int
    month: Month
    criteria: Sequence[Criterion]
    figures: Sequence[Figure]
    lists: Mapping[str, pl.DataFrame]
    missing: Mapping[str, Sequence[str]]

    def content(self) -> dict[str, Any]:
        """Plain data to freeze: what the paper prints. The long list of heads stays outside."""
        return {
            "year": self.year,
            "month": str(self.month),
            "criteria": [asdict(one) | {"parts": list(one.parts)} for one in self.criteria],
            "figures": [asdict(one) for one in self.figures],
            "lists": {
                name: {"columns": frame.columns, "rows": [list(map(_plain, row)) for row in frame.iter_rows()]}
                for name, frame in self.lists.items()
            },
            "missing": {part: list(codes) for part, codes in self.missing.items()},
        }


def _plain(cell: object) -> object:
    return cell if cell is None or isinstance(cell, str | int | bool) else str(cell)


@cache
def _rules() -> Sequence[Mapping[str, Any]]:
    told = tomllib.loads((files("payung.office.reports") / "award.toml").read_text("utf-8"))
    rules: list[Mapping[str, Any]] = sorted(told["rules"], key=lambda one: int(one["first_year"]))
    return rules


def rules_of(year: int) -> Mapping[str, Any]:
    """The jury's rules of a year, as `award.toml` has them. Raises ValueError before the first award told of."""
    begun = [one for one in _rules() if one["first_year"] <= year]
    if not begun:
        raise ValueError(year)
    return begun[-1]


def criteria(area: Area, year: int) -> list[Criterion]:
    """The aspects of a year, with the weights that the office entered, else those assumed."""
    entered = {one.code: one for one in entries(area, year) if one.kind == AwardEntry.WEIGHT}
    found = []
    for told in rules_of(year)["criteria"]:
        own = entered.get(told["code"])
        found.append(
            Criterion(
                code=told["code"],
                title=told["title"],
                percent=told["percent"] if own is None or own.percent is None else own.percent,
                certainty=told["certainty"] if own is None else ENTERED,
                source="" if own is None else own.number,
                parts=told["parts"],
            )
        )
    return found


def entries(area: Area, year: int) -> list[AwardEntry]:
    """What the office noted for a year and did not take back, as it was noted."""
    found = AwardEntry.objects.filter(government=area.government, year=year, replaced_at__isnull=True)
    return list(found.order_by("kind", "dated_on", "pk"))


def month_of(government_id: int, year: int) -> Month | None:
    """The month whose people the file counts: the last of the year that was counted."""
    return max((month for month in counted_months(government_id) if month.year == year), default=None)


def award(area: Area, year: int) -> Award:
    """The file as it stands. Raises NothingCounted."""
    government_id = area.government.pk
    month = month_of(government_id, year)
    if month is None:
        raise NothingCounted(year)
    lists = award_lists.lists(area.government, year, month, entries(area, year))
    return Award(
        year=year,
        month=month,
        criteria=criteria(area, year),
        figures=list(_figures(lists)),
        lists=lists,
        missing=_missing(lists, area, year),
    )


def _figures(lists: Mapping[str, pl.DataFrame]) -> list[Figure]:
    found = [
        Figure("regulations", "regulations", lists["regulations"].height, "regulations"),
        Figure("agreements", "agreements", lists["agreements"].height, "agreements"),
        Figure("innovations", "innovations", lists["innovations"].height, "innovations"),
        Figure("claims", "payouts", lists["claims"].height, "claims"),
        Figure("claims", "paid_rupiah", _sum(lists["claims"], "rupiah"), "claims", "rupiah"),
        Figure("funds", "posted_rupiah", _sum(lists["funds"], "posted_rupiah"), "funds", "posted_rupiah"),
    ]
    for line in lists["segments"].iter_rows(named=True):
        found += [
            Figure("segments", number, line[number], "people", number, line["line"]) for number in award_lists.NUMBERS
        ]
    found += [
        Figure("segments", f"all_{number}", _sum(lists["segments"], number), "people", number)
        for number in award_lists.NUMBERS
    ]
    return found


def _sum(frame: pl.DataFrame, column: str) -> int:
    return int(frame[column].sum())


def _missing(lists: Mapping[str, pl.DataFrame], area: Area, year: int) -> dict[str, list[str]]:
    """Part -> what is missing in it; parts that are whole are left out."""
    agreements, segments, months = lists["agreements"], lists["segments"], lists["months"]
    told = {
        "regulations": {"no_regulation": lists["regulations"].is_empty()},
        "agreements": {
            "no_agreement": agreements.is_empty(),
            "agreement_without_scan": bool((~agreements["scanned"]).any()),
        },
        "innovations": {"no_innovation": lists["innovations"].is_empty()},
        "funds": {"nothing_posted": _sum(lists["funds"], "posted_rupiah") == 0},
        "segments": {
            "line_without_paper": bool((segments["paper"] == "").any()),
            "line_without_fund": bool((segments["fund"] == "").any()),
        },
        "coverage": {
            "december_not_counted": f"{year}-12" not in months["month"].to_list(),
            "no_official_figure": lists["official"].is_empty(),
        },
        "claims": {"no_claim_paid": lists["claims"].is_empty()},
    }
    return {
        part: [code for code, holds in codes.items() if holds] for part, codes in told.items() if any(codes.values())
    }


def proved(figure: Figure, lists: Mapping[str, pl.DataFrame]) -> bool:
    """Whether the list says what the figure says. `lists` hold that of the people too."""
    frame = lists[figure.list]
    if figure.line is not None:
        frame = frame.filter(pl.col("line") == figure.line)
    return figure.value == (_sum(frame, figure.column) if figure.column else frame.height)
