"""A confirmed mapping: which heading, or which column, holds which field. Once confirmed it is known again.

Columns are known again by their headings, wherever they stand next month; a sheet without headings by its letters.
`to_dict` and `from_dict` carry a mapping through JSON.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from payung.rules.roster import vocabulary
from payung.rules.roster.headers import Block, is_data, stacked
from payung.rules.roster.recognising import Recognised
from payung.rules.roster.vocabulary import SHEET_FIELDS
from payung.rules.roster.workbook import Sheet

_MOST_HEADING_ROWS = 3
_MOST_CANDIDATES = 2_000


class InvalidMapping(ValueError):
    """A mapping that cannot be used. `reason`: shape, field_unknown, field_twice, column_twice, nothing, rows."""

    def __init__(self, reason: str, told: str = "") -> None:
        self.reason = reason
        self.told = told
        super().__init__(f"{reason} {told}".strip())


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column: its letter where it was confirmed, its heading in plain words ("" without one), its field."""

    letter: str
    heading: str
    field: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """Columns with their fields. `heading_rows` is the height of the heading, 0 when the sheet has none.

    Raises InvalidMapping for a field that is none, a field or column named twice, or no name and no NIK.
    """

    columns: tuple[MappedColumn, ...]
    heading_rows: int = 1

    def __post_init__(self) -> None:
        fields = [column.field for column in self.columns]
        for field in fields:
            if field not in SHEET_FIELDS:
                raise InvalidMapping("field_unknown", field)
            if fields.count(field) > 1:
                raise InvalidMapping("field_twice", field)
        places = [column.heading if self.heading_rows else column.letter for column in self.columns]
        twice = next((place for place in places if places.count(place) > 1 or not place), None)
        if twice is not None:
            raise InvalidMapping("column_twice", twice)
        if not {"nik", "name"} & set(fields):
            raise InvalidMapping("nothing")
        if not 0 <= self.heading_rows <= _MOST_HEADING_ROWS:
            raise InvalidMapping("rows", str(self.heading_rows))

    def to_dict(self) -> dict[str, Any]:
        """Plain values, as JSON takes them."""
        columns = [{"letter": one.letter, "heading": one.heading, "field": one.field} for one in self.columns]
        return {"heading_rows": self.heading_rows, "columns": columns}


def from_dict(content: Any) -> Mapping:
    """The inverse of `Mapping.to_dict`. Raises InvalidMapping."""
    try:
        columns = tuple(
            MappedColumn(str(one["letter"]), vocabulary.plain(str(one["heading"])), str(one["field"]))
            for one in content["columns"]
        )
        return Mapping(columns, int(content["heading_rows"]))
    except (KeyError, TypeError, AttributeError) as wrong:
        raise InvalidMapping("shape") from wrong


def mapping_of(sheet: Sheet, recognised: Recognised) -> Mapping:
    """The mapping that a recognised layout implies: its columns that are fields of a person. Raises InvalidMapping."""
    rows = [texts for _, texts in sheet.rows(recognised.header_first, recognised.header_last)]
    headings = dict(zip(sheet.letters, stacked(rows), strict=True))
    columns = tuple(
        MappedColumn(letter, whole_heading(headings[letter]), field)
        for field, letter in recognised.columns.items()
        if field in SHEET_FIELDS
    )
    return Mapping(columns, len(rows))


def blocks_by(mapping: Mapping, sheet: Sheet, index: int) -> list[Block]:
    """The blocks of a sheet by a mapping; none where its headings do not all stand on the sheet."""
    if not mapping.heading_rows:
        columns = {one.field: one.letter for one in mapping.columns if one.letter in sheet.letters}
        return [Block(index, 0, 0, sheet.height, columns)] if len(columns) == len(mapping.columns) else []
    found = list(_headings(mapping, sheet, index))
    ends = [*(block.header_first - 1 for block in found[1:]), sheet.height]
    return [
        Block(index, block.header_first, block.header_last, end, block.columns, block.unknown)
        for block, end in zip(found, ends, strict=False)
    ]


def whole_heading(parts: list[str]) -> str:
    """What stands above a column in one to three rows, plain."""
    return vocabulary.plain(" ".join(part for part in parts if part))


def _headings(mapping: Mapping, sheet: Sheet, index: int) -> Iterator[Block]:
    wanted = {one.heading: one.field for one in mapping.columns}
    after = 0
    for first in _rows_with_a_word(mapping, sheet):
        last = first + mapping.heading_rows - 1
        rows = [texts for _, texts in sheet.rows(first, last)]
        if first <= after or len(rows) < mapping.heading_rows or any(map(is_data, rows)):
            continue
        told = {letter: whole_heading(parts) for letter, parts in zip(sheet.letters, stacked(rows), strict=True)}
        columns: dict[str, str] = {}
        for letter, heading in told.items():
            if heading in wanted:
                columns.setdefault(wanted[heading], letter)
        if len(columns) == len(mapping.columns):
            unknown = {letter: text for letter, text in told.items() if text and letter not in columns.values()}
            after = last
            yield Block(index, first, last, last, columns, unknown)


def _rows_with_a_word(mapping: Mapping, sheet: Sheet) -> list[int]:
    """Rows with a cell that begins with the first word of a confirmed heading, also written as "N I K"."""
    if not sheet.letters:
        return []
    words = {word for one in mapping.columns for word in one.heading.split()[:1]}
    spaced = "|".join(r"[\W_]?".join(word) for word in sorted(words))
    begins = pl.all().str.contains(rf"(?i)^[\W_]*(?:{spaced})").fill_null(value=False)
    rows = sheet.texts.select(pl.any_horizontal(begins).alias("may")).to_series().arg_true()
    return [int(row) + 1 for row in rows.head(_MOST_CANDIDATES)]
