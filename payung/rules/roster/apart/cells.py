"""Cells of a workbook, by calamine, as columns of text with their kinds."""

import datetime
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from payung.rules.roster.apart import frames
from payung.rules.roster.apart.limits import Limits
from payung.rules.roster.apart.outlet import Outlet
from payung.rules.roster.apart.refusal import Refused
from payung.rules.roster.apart.zip_look import SheetLook, column_letters

_KINDS: dict[type, int] = {
    str: frames.TEXT,
    int: frames.NUMBER,
    float: frames.NUMBER,
    bool: frames.TRUTH,
    datetime.date: frames.DATE,
    datetime.datetime: frames.MOMENT,
    datetime.time: frames.OTHER,
    datetime.timedelta: frames.OTHER,
}


def send_workbook(path: Path, looks: dict[str, SheetLook], limits: Limits, outlet: Outlet) -> None:
    """Every worksheet of the file. Raises Refused: password, damaged, too_many_sheets, too_many_columns,
    too_many_cells, too_large_memory.
    """
    try:
        with path.open("rb") as file:
            book = CalamineWorkbook.from_filelike(file)
            if len(book.sheets_metadata) > limits.sheets:
                raise Refused("too_many_sheets", sheets=limits.sheets)
            room = limits.cells
            for description in book.sheets_metadata:
                if description.typ == SheetTypeEnum.WorkSheet:
                    hidden = description.visible != SheetVisibleEnum.Visible
                    seen = looks.get(description.name, SheetLook())
                    sheet = book.get_sheet_by_name(description.name)
                    room -= _room_taken(sheet, room, limits)
                    _send_sheet(sheet, hidden, seen, outlet)
    except PasswordError as locked:
        raise Refused("password") from locked
    except CalamineError as broken:
        raise Refused("damaged") from broken


def _room_taken(sheet: CalamineSheet, room: int, limits: Limits) -> int:
    """How many cells the sheet takes. Raises Refused when it reaches too far."""
    if sheet.end is None:
        return 0
    rows, columns = sheet.end[0] + 1, sheet.end[1] + 1
    corner = f"{column_letters(columns)}{rows}"
    if columns > limits.columns:
        raise Refused("too_many_columns", sheet=sheet.name, columns=limits.columns, corner=corner)
    if rows * columns > room:
        raise Refused("too_many_cells", sheet=sheet.name, corner=corner)
    return rows * columns


def _send_sheet(sheet: CalamineSheet, hidden: bool, seen: SheetLook, outlet: Outlet) -> None:
    outlet.begin_sheet(
        sheet.name,
        hidden=hidden,
        first_column=sheet.start[1] if sheet.start else 0,
        merged=sheet.merged_cell_ranges or [],
        hidden_rows=sorted(seen.hidden_rows),
    )
    if sheet.start is not None:
        for rows in _chunks(sheet.iter_rows()):
            outlet.send_rows([_column(cells) for cells in zip(*rows, strict=True)], len(rows))


def _chunks(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    while some := list(islice(rows, frames.ROWS_IN_A_CHUNK)):
        yield some


def _column(cells: tuple[Any, ...]) -> tuple[bytes, str]:
    """Kinds and texts of cells that stand under each other; one kind stands for all when they are alike."""
    types = list(map(type, cells))
    kinds = bytes((_KINDS[types[0]],)) if len(set(types)) == 1 else bytes(map(_KINDS.__getitem__, types))
    text = frames.BETWEEN_CELLS.join(map(str, cells))
    if text.count(frames.BETWEEN_CELLS) != len(cells) - 1:
        text = frames.BETWEEN_CELLS.join(str(cell).replace(frames.BETWEEN_CELLS, " ") for cell in cells)
    return kinds, text
