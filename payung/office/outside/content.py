"""What an outside list says: people as every list of workers is read, and of each what only such a list tells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from payung.office.outside.models import OutsideList
from payung.rules.roster import mapping as roster
from payung.rules.roster.checking import Checked, check
from payung.rules.roster.checks.days import certain_day
from payung.rules.roster.headers import find_blocks
from payung.rules.roster.known_layouts import layout
from payung.rules.roster.recognising import Recognised, fit, layout_of
from payung.rules.roster.workbook import Sheet, Workbook

LAYOUTS = {
    "bpjs_peserta": OutsideList.MEMBERS,
    "dukcapil": OutsideList.POPULATION,
    "dtsen": OutsideList.DECILES,
    "kematian": OutsideList.DEATHS,
}
TOLD = {"sheet": pl.String, "row": pl.UInt32, "dead": pl.Boolean, "died_on": pl.Date, "decile": pl.Int64}
_DEAD = re.compile(r"meninggal|wafat|\bmati\b|kematian", re.IGNORECASE)
_ALIVE = re.compile(r"\b(?:belum|tidak|bukan)\b", re.IGNORECASE)
DEAD_IN_OPENSID = "2"
"""STATUS_DASAR of OpenSID where it is a number: 1 lives, 2 died, 3 moved, 4 lost."""
_DECILE = re.compile(r"(?:desil\s*)?0?(10|[1-9])(?:[.,]0)?", re.IGNORECASE)


class NoOutsideList(Exception):
    """No sheet has the columns of a known outside list.

    `looks_like` is the code of the layout that it has or nearly has, "" for none; `missing` the headings that it lacks
    to be an outside list.
    """

    def __init__(self, looks_like: str = "", missing: tuple[str, ...] = ()) -> None:
        super().__init__(f"{looks_like} {missing}")
        self.looks_like = looks_like
        self.missing = missing


@dataclass(frozen=True)
class Content:
    """The kind of list, its people, and of each row what TOLD says."""

    kind: str
    checked: Checked
    told: pl.DataFrame


def read_list(workbook: Workbook, *, on: date, place: str) -> Content:
    """The list in a workbook: the sheets of its first known kind. Raises NoOutsideList."""
    matches = [(sheet, match) for sheet in workbook.sheets if (match := layout_of(sheet)) is not None]
    known = [(sheet, match) for sheet, match in matches if match.layout.code in LAYOUTS]
    if not known:
        raise _unknown(workbook, matches[0][1].layout.code if matches else "")
    kind = LAYOUTS[known[0][1].layout.code]
    taken = [(sheet, match) for sheet, match in known if LAYOUTS[match.layout.code] == kind]
    sheets = Workbook(workbook.name, tuple(sheet for sheet, _ in taken))
    # Read as wage earners are: no age speaks against anybody here.
    checked = check(sheets, on=on, membership_class="PU", place=place, mapping=_headings_known_here(taken))
    told = pl.concat([_told(sheet, match, kind, on) for sheet, match in taken])
    return Content(kind, checked, told)


def _headings_known_here(taken: Sequence[tuple[Sheet, Recognised]]) -> dict[int, roster.Mapping]:
    """The columns of sheets whose heading is too short for a list of workers: a NIK and the day of a death."""
    return {
        index: roster.mapping_of(sheet, match)
        for index, (sheet, match) in enumerate(taken)
        if not find_blocks(sheet, index)
    }


def _unknown(workbook: Workbook, recognised: str) -> NoOutsideList:
    """What the workbook is instead: a list of another page, or an outside list that lacks a column."""
    fits = [match for sheet in workbook.sheets for code in LAYOUTS if (match := fit(sheet, layout(code))) is not None]
    nearly = [match for match in fits if any(reason.code == "telling" for reason in match.reasons)]
    if recognised or not nearly:
        return NoOutsideList(recognised)
    nearest = min(nearly, key=lambda match: len(match.missing))
    return NoOutsideList(nearest.layout.code, nearest.missing)


def _told(sheet: Sheet, match: Recognised, kind: str, on: date) -> pl.DataFrame:
    below = sheet.rows(match.header_last + 1, sheet.height)
    rows = ((number, dict(zip(sheet.letters, texts, strict=True))) for number, texts in below)
    lines = [(sheet.name, number, *_line(cells, sheet, number, match.columns, kind, on)) for number, cells in rows]
    return pl.DataFrame(lines, schema=TOLD, orient="row")


def _line(
    cells: Mapping[str, str | None], sheet: Sheet, number: int, columns: Mapping[str, str], kind: str, on: date
) -> tuple[bool, date | None, int | None]:
    said = {field: (cells.get(letter) or "").strip() for field, letter in columns.items()}
    answer = f"{said.get('answer', '')} {said.get('note', '')} {said.get('status', '')}"
    says_so = bool(_DEAD.search(answer) and not _ALIVE.search(answer))
    dead = says_so or (kind == OutsideList.DEATHS and said.get("status", "") in ("", DEAD_IN_OPENSID))
    day = said.get("death_date")
    kind_of_cell = sheet.kinds[columns["death_date"]][number - 1] if day else 0
    decile = _DECILE.fullmatch(said.get("decile", ""))
    return dead, certain_day(day, kind_of_cell, on) if day else None, int(decile[1]) if decile else None
