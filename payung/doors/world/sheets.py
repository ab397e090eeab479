"""Lay entries out as an office does: title block, headers in two rows, blocks with subtotals, signature."""

from dataclasses import dataclass, field
from itertools import groupby

from payung.doors.world.chance import Dice
from payung.doors.world.entries import CellValue, Entry
from payung.doors.world.styles import Style

LARGEST_SHEET_NAME = 31
HIDDEN_FROM_ROWS = 20


@dataclass(slots=True)
class Block:
    """The entries of a unit or desa, under its title ("" when the office has no units)."""

    title: str
    entries: list[Entry]


@dataclass(slots=True)
class Line:
    """One physical row: a value for each column, and what kind of row it is (its look)."""

    values: list[CellValue]
    look: str = ""
    entry: Entry | None = None
    hidden: bool = False
    sum_from_row: int = 0


@dataclass(slots=True)
class Sheet:
    """A worksheet row by row; `merges` are (first row, first column, last row, last column), from 0."""

    name: str
    lines: list[Line] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the people of a list: the title, the two signatures side by side, a note."""

    title: tuple[str, ...]
    signatures: tuple[tuple[str, str], ...]
    note: str


def lay_out(blocks: list[Block], style: Style, frame: Frame, dice: Dice) -> list[Sheet]:
    """The sheets of one file: one for each block, or all blocks on one, as the style has it."""
    if style.sheets == "units" and len(blocks) > 1:
        names = _sheet_names([block.title for block in blocks])
        sheets = [_sheet(name, [block], style, frame, dice) for name, block in zip(names, blocks, strict=True)]
        return [_recap(blocks, frame), *sheets] if style.recap else sheets
    return [_sheet("" if style.csv else "Data", blocks, style, frame, dice)]


def _sheet(name: str, blocks: list[Block], style: Style, frame: Frame, dice: Dice) -> Sheet:
    sheet = Sheet(name)
    width = len(style.columns)
    titles = [*frame.title, blocks[0].title.upper()] if len(blocks) == 1 and blocks[0].title else frame.title
    for title in titles:
        _across(sheet, title, "title", width)
    sheet.lines.append(Line([]))
    _headers(sheet, style)
    for block in blocks:
        _block(sheet, block, style, dice, headed=len(blocks) > 1)
    if len(blocks) > 1:
        people = sum(len(block.entries) for block in blocks)
        sheet.lines.append(_total(style, "TOTAL", people, 0))
    _signature(sheet, frame, width)
    return sheet


def _headers(sheet: Sheet, style: Style) -> None:
    """One header row, or two with merged cells where columns share a header above."""
    row, columns = len(sheet.lines), style.columns
    if any(column.above for column in columns):
        above: list[CellValue] = []
        for title, members in groupby(enumerate(columns), key=lambda item: item[1].above or item[1].label):
            run = [at for at, _ in members]
            above.extend([title, *[None] * (len(run) - 1)])
            grouped = bool(columns[run[0]].above)
            if len(run) > 1 or not grouped:
                sheet.merges.append((row, run[0], row if grouped else row + 1, run[-1]))
        sheet.lines.append(Line(above, "head"))
        sheet.lines.append(Line([column.label if column.above else None for column in columns], "head"))
    else:
        sheet.lines.append(Line([column.label for column in columns], "head"))
    if style.column_numbers:
        numbers = range(1, len(columns) + 1)
        as_text = style.names == "title"
        sheet.lines.append(Line([f"({number})" if as_text else number for number in numbers], "head"))


def _block(sheet: Sheet, block: Block, style: Style, dice: Dice, *, headed: bool) -> None:
    """The people of a block, numbered from 1 again, and their subtotal."""
    if headed and block.title:
        _across(sheet, block.title.upper(), "section", len(style.columns))
    first = len(sheet.lines)
    hidden = dice.below(len(block.entries)) if len(block.entries) >= HIDDEN_FROM_ROWS else -1
    for position, entry in enumerate(block.entries):
        if style.header_every and position and position % style.header_every == 0:
            _headers(sheet, style)
        entry.cells["number"] = position + 1
        values = [entry.cells[column.field] for column in style.columns]
        sheet.lines.append(Line(values, "person", entry, hidden=position == hidden))
    label = f"JUMLAH {block.title.upper()}" if headed and block.title else "JUMLAH"
    sheet.lines.append(_total(style, label, len(block.entries), first))
    if headed:
        sheet.lines.append(Line([]))


def _recap(blocks: list[Block], frame: Frame) -> Sheet:
    """Men and women of every unit counted: a sheet in front that names nobody."""
    sheet = Sheet("REKAP")
    header = ["NO", "UNIT KERJA", "LAKI-LAKI", "PEREMPUAN", "JUMLAH"]
    for title in (*frame.title, "REKAPITULASI"):
        _across(sheet, title, "title", len(header))
    sheet.lines.append(Line([]))
    sheet.lines.append(Line(list(header), "head"))
    for number, block in enumerate(blocks, start=1):
        women = sum(entry.person["sex"] == "P" for entry in block.entries)
        people = len(block.entries)
        sheet.lines.append(Line([number, block.title, people - women, women, people], "person"))
    people = sum(len(block.entries) for block in blocks)
    sheet.lines.append(Line([None, "JUMLAH", None, None, people], "section"))
    sheet.lines.append(Line([]))
    sheet.lines.append(Line([frame.note], "note"))
    return sheet


def _total(style: Style, label: str, people: int, sum_from_row: int) -> Line:
    """A subtotal: label, number of people, and where wages stand their sum (filled in when written)."""
    values: list[CellValue] = [None] * len(style.columns)
    values[0], values[2] = label, f"{people} orang"
    return Line(values, "total", sum_from_row=sum_from_row)


def _signature(sheet: Sheet, frame: Frame, width: int) -> None:
    sheet.lines.append(Line([]))
    for left, right in frame.signatures:
        signed: list[CellValue] = [None] * width
        signed[1], signed[width - 3] = left or None, right or None
        sheet.lines.append(Line(signed, "signature"))
    sheet.lines.append(Line([]))
    sheet.lines.append(Line([frame.note], "note"))


def _across(sheet: Sheet, text: str, look: str, width: int) -> None:
    row = len(sheet.lines)
    sheet.lines.append(Line([text], look))
    sheet.merges.append((row, 0, row, width - 1))


def _sheet_names(titles: list[str]) -> list[str]:
    """Names Excel accepts: at most 31 letters and no two alike."""
    names: list[str] = []
    for number, title in enumerate(titles, start=1):
        name = title.replace("/", "-")[:LARGEST_SHEET_NAME].strip()
        taken = name.lower() in (other.lower() for other in names)
        names.append(f"{name[: LARGEST_SHEET_NAME - 4]} {number}" if taken else name)
    return names
