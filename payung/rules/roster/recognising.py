"""Which known layout a sheet has, with a score and the reasons, wherever its heading stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from payung.rules.roster import vocabulary
from payung.rules.roster.headers import is_data, stacked
from payung.rules.roster.known_layouts import Layout, all_layouts
from payung.rules.roster.reasons import Reason
from payung.rules.roster.workbook import Sheet

_SEARCHED_ROWS = 60
_HEADING_ROWS = 2
_FEWEST_COLUMNS = 2
_LOWEST_SCORE = 40
_SHEET_NAME_SCORE = 10

Headings = dict[str, tuple[str, ...]]
"""Letter of a column -> the ways to read what stands above it."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A layout at the rows of its heading. `score` is 0 to 100; with `missing` (headings) it is not whole."""

    layout: Layout
    score: int
    reasons: tuple[Reason, ...]
    header_first: int
    header_last: int
    columns: dict[str, str]
    """Field -> letter."""
    missing: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return not self.missing


def layout_of(sheet: Sheet) -> Recognised | None:
    """The layout that fits a sheet best; None when none fits well enough."""
    headings = list(_headings(sheet))
    found = [match for layout in all_layouts() if (match := _best(sheet, layout, headings)) is not None]
    whole = [match for match in found if match.is_whole and match.score >= _LOWEST_SCORE]
    return max(whole, key=lambda match: (match.score, len(match.columns)), default=None)


def fit(sheet: Sheet, layout: Layout) -> Recognised | None:
    """How one layout fits a sheet, also when columns are missing; None when hardly a heading is known."""
    return _best(sheet, layout, list(_headings(sheet)))


def _best(sheet: Sheet, layout: Layout, found: list[tuple[int, int, Headings]]) -> Recognised | None:
    best: Recognised | None = None
    for first, last, headings in found:
        match = _match(sheet, layout, first, last, headings)
        if match is not None and (
            best is None or (len(match.missing), -match.score) < (len(best.missing), -best.score)
        ):
            best = match
    return best


def _headings(sheet: Sheet) -> Iterator[tuple[int, int, Headings]]:
    """Rows near the top that may be a heading: first, last, and what they say."""
    rows = [texts for _, texts in sheet.rows(1, min(sheet.height, _SEARCHED_ROWS))]
    for first in range(1, len(rows) + 1):
        for last in range(first, min(first + _HEADING_ROWS, len(rows) + 1)):
            taken = rows[first - 1 : last]
            if any(map(is_data, taken)) or sum(text is not None for text in taken[0]) < _FEWEST_COLUMNS:
                break
            told = {
                letter: tuple(vocabulary.readings(p)) for letter, p in zip(sheet.letters, stacked(taken), strict=True)
            }
            yield first, last, {letter: ways for letter, ways in told.items() if ways}


def _match(sheet: Sheet, layout: Layout, first: int, last: int, headings: Headings) -> Recognised | None:
    columns = _columns(layout, headings)
    if len(columns) < min(_FEWEST_COLUMNS, len(layout.columns)):
        return None
    missing = [column.heading for column in layout.columns if column.required and column.field not in columns]
    telling = [column for column in layout.columns if column.telling]
    shown = [column.heading for column in telling if column.field in columns]
    if telling and not shown:
        missing.extend(column.heading for column in telling if column.heading not in missing)
    score, reasons = _score(sheet, layout, headings, columns)
    if shown:
        reasons.append(Reason("telling", {"headings": shown}))
    if missing:
        reasons.append(Reason("missing", {"headings": missing}))
    return Recognised(layout, score, tuple(reasons), first, last, columns, tuple(missing))


def _columns(layout: Layout, headings: Headings) -> dict[str, str]:
    """Field -> letter; the first column of a heading counts."""
    found: dict[str, str] = {}
    told = frozenset(way for ways in headings.values() for way in ways)
    for column in layout.columns:
        if column.headings.isdisjoint(told):  # as most are: forty layouts are held against every row
            continue
        letter = next(letter for letter, ways in headings.items() if not column.headings.isdisjoint(ways))
        if letter not in found.values():
            found[column.field] = letter
    return found


def _score(sheet: Sheet, layout: Layout, headings: Headings, columns: dict[str, str]) -> tuple[int, list[Reason]]:
    order = [letter for letter in headings if letter in columns.values()]
    in_order = len(columns) == len(layout.columns) == len(headings) and order == list(columns.values())
    reasons = [Reason("headings_known", {"matched": len(columns), "columns": len(layout.columns)})]
    if in_order:
        reasons.insert(0, Reason("headings_in_order"))
    score = 50 * len(columns) / len(layout.columns) + 50 * len(columns) / len(headings)
    if sheet.name in layout.sheet_names:
        score += _SHEET_NAME_SCORE
        reasons.append(Reason("sheet_name", {"sheet": sheet.name}))
    return min(round(score), 100), reasons
