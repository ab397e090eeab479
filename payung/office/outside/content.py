"""What an outside list says: people as every list of workers is read, and of each what only such a list tells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from payung.office.outside.models import OutsideList
from payung.rules.roster.checking import Checked, check
from payung.rules.roster.checks.days import certain_day
from payung.rules.roster.recognising import Recognised, layout_of
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
    """No sheet has the columns of a known outside list."""


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
        raise NoOutsideList
    kind = LAYOUTS[known[0][1].layout.code]
    taken = [(sheet, match) for sheet, match in known if LAYOUTS[match.layout.code] == kind]
    sheets = Workbook(workbook.name, tuple(sheet for sheet, _ in taken))
    # Read as wage earners are: no age speaks against anybody here.
    checked = check(sheets, on=on, membership_class="PU", place=place)
    told = pl.concat([_told(sheet, match, kind, on) for sheet, match in taken])
    return Content(kind, checked, told)


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
