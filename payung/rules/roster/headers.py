"""Where the table begins: the heading rows of a sheet, and which column holds which field.

A block is one heading with the rows under it, up to the next heading or the end of the sheet. Title blocks
above, headings in two or three rows, merged headings and headings repeated on every printed page are all
usual.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from payung.rules.roster import vocabulary
from payung.rules.roster.known_layouts import template_of
from payung.rules.roster.workbook import Sheet

_MAY_BE_HEADING = (
    r"(?i)^[\s*]*(?:n\s?a\s?m\s?a|name\b|n\s?\.?\s?i\s?\.?\s?k|no[\s._]*(?:mor)?[\s._]*(?:ktp|nik|identitas|induk)|ktp)"
)
_HEADING_ROWS = 3
_FEWEST_FIELDS = 3
_LONGEST_HEADING = 80
_DATA_DIGITS = 6
_MOST_CANDIDATES = 2_000
"""Rows that may be headings, at most so many of a sheet: enough for a heading on each printed page."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (rows `header_first` to `header_last`) and the rows under it (`first_row` to `last_row`),
    1-based.
    """

    sheet: int
    header_first: int
    header_last: int
    last_row: int
    columns: dict[str, str]
    """Field -> letter of its column."""
    unknown: dict[str, str] = field(default_factory=dict)
    """Letter -> heading that no word of the vocabulary names."""
    template: str | None = None

    @property
    def first_row(self) -> int:
        return self.header_last + 1


def find_blocks(sheet: Sheet, index: int) -> list[Block]:
    """Every heading of a sheet with its rows; none when no heading is recognised."""
    found: list[Block] = []
    for row in _candidate_rows(sheet):
        if found and row <= found[-1].header_last:
            continue
        block = _heading_at(sheet, index, row, after=found[-1].header_last if found else 0)
        if block is not None:
            found.append(block)
    ends = [block.header_first - 1 for block in found[1:]] + [sheet.height]
    return [replace(block, last_row=end) for block, end in zip(found, ends, strict=False)]


def _candidate_rows(sheet: Sheet) -> list[int]:
    """Rows with a cell that begins like the heading of a NIK or a name."""
    if not sheet.letters:
        return []
    tests = [pl.col(letter).str.contains(_MAY_BE_HEADING).fill_null(value=False) for letter in sheet.letters]
    rows = sheet.texts.select(pl.any_horizontal(tests).alias("may")).to_series().arg_true()
    return [int(row) + 1 for row in rows.head(_MOST_CANDIDATES)]


def _heading_at(sheet: Sheet, index: int, row: int, after: int) -> Block | None:
    """The best heading of one to three rows that holds `row`; fewer rows win when they say as much."""
    best: Block | None = None
    _, texts = next(sheet.rows(row, row))
    if is_data(texts) or sum(vocabulary.field_of((text or "",)) is not None for text in texts) < 2:
        return None
    for height in range(1, _HEADING_ROWS + 1):
        for first in range(max(row - height + 1, after + 1), row + 1):
            last = first + height - 1
            if last > sheet.height:
                continue
            block = _read_heading(sheet, index, first, last)
            if block is not None and (best is None or len(block.columns) > len(best.columns)):
                best = block
    return best


def _read_heading(sheet: Sheet, index: int, first: int, last: int) -> Block | None:
    rows = [texts for _, texts in sheet.rows(first, last)]
    if any(is_data(row) for row in rows):
        return None
    columns: dict[str, str] = {}
    unknown: dict[str, str] = {}
    others = 0
    for letter, parts in zip(sheet.letters, stacked(rows), strict=True):
        name = vocabulary.field_of(tuple(parts))
        if name == "other":
            others += 1
        elif name is not None:
            columns.setdefault(name, letter)
        elif any(parts):
            unknown[letter] = " ".join(part for part in parts if part)
    _split_birth_columns(sheet, rows, columns, unknown)
    telling = len(columns.keys() - {"number"})
    if not ({"nik", "name"} & columns.keys()) or telling + min(others, 1) < _FEWEST_FIELDS - ("nik" in columns):
        return None
    template = template_of([" ".join(filter(None, parts)) for parts in stacked(rows)])
    return Block(index, first, last, last, columns, unknown, template)


def is_data(row: Sequence[str | None]) -> bool:
    """Whether a row holds what no heading holds: long numbers, dates, long texts."""
    return any(
        text is not None and (len(text) > _LONGEST_HEADING or sum(map(str.isdigit, text)) >= _DATA_DIGITS)
        for text in row
    )


def stacked(rows: Sequence[Sequence[str | None]]) -> list[list[str]]:
    """The cells above each other per column; an upper heading reaches right over the empty cells of its
    merge.
    """
    columns: list[list[str]] = [[] for _ in rows[0]]
    for depth, row in enumerate(rows):
        reaching = ""
        for position, text in enumerate(row):
            own = (text or "").strip()
            reaching = own or reaching
            beneath = any((lower[position] or "").strip() for lower in rows[depth + 1 :])
            columns[position].append(own or (reaching if beneath else ""))
    return columns


def _split_birth_columns(
    sheet: Sheet, rows: Sequence[Sequence[str | None]], columns: dict[str, str], unknown: dict[str, str]
) -> None:
    """One merged heading "Tempat/Tgl Lahir" over two columns: the place stands left, the date right."""
    both = columns.get("birth_place_and_date")
    if both is None or "birth_date" in columns:
        return
    position = sheet.letters.index(both) + 1
    if position >= len(sheet.letters) or any((row[position] or "").strip() for row in rows):
        return
    right = sheet.letters[position]
    if right in columns.values() or right in unknown or not _spans(sheet, position):
        return
    del columns["birth_place_and_date"]
    columns["birth_place"], columns["birth_date"] = both, right


def _spans(sheet: Sheet, left: int) -> bool:
    """Whether a merge begins in column number `left` (1-based) and reaches over the next."""
    return any(first == left < last for _, first, _, last in sheet.merged)
