"""A look inside a zipped workbook before the reading library sees it: real sizes, and how far its cells
reach.

A header may lie about sizes and a dimension about cells, so parts are unpacked as a stream (nothing is
kept) and cell references are read where they stand. Only filled cells count: a million formatted empty rows
are nothing.
"""

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from payung.rules.roster.apart.limits import MEGABYTE, Limits
from payung.rules.roster.apart.refusal import Refused

_PIECE_BYTES = 1 << 20
_SAMPLE_BYTES = 1 << 15
_LONGEST_TAG_BYTES = 1 << 12
_CELL = re.compile(rb"r=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>/]*>(?!</)")
_BEYOND_Z = re.compile(rb"r=[\"']([A-Z]{2,3})\d{1,7}[\"'][^>/]*>(?!</)")
_ROW = re.compile(rb"<row\s[^>]*>")
_ROW_NUMBER = re.compile(rb"\sr=[\"'](\d{1,7})[\"']")
_HIDDEN = re.compile(rb"\shidden=[\"'](?:1|true)[\"']")
_CONTENT = (b"<v", b"<is>", b"<f")
_ATTRIBUTE = re.compile(r"([\w:]+)=[\"']([^\"']*)[\"']")


@dataclass(slots=True)
class SheetLook:
    """How far the filled cells of one sheet reach, and which rows the sender has hidden (1-based)."""

    last_column: int = 0
    last_row: int = 0
    hidden_rows: set[int] = field(default_factory=set)


def column_number(letters: str) -> int:
    """ "A" -> 1, "XFD" -> 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 -> "A", 16384 -> "XFD"."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def look(path: Path, limits: Limits) -> dict[str, SheetLook]:
    """What the sheets of an .xlsx hold, by their names. Raises Refused when a limit is passed or the zip
    is broken.
    """
    with _opened(path) as archive:
        parts = _sheet_parts(archive)
        looks = {name: SheetLook() for name in parts.values()}
        for part, piece in _pieces(archive, limits):
            if part in parts:
                _look_at(piece, looks[parts[part]], limits, parts[part])
    return looks


def look_at_sizes(path: Path, limits: Limits) -> None:
    """For .xlsb and .ods: only whether everything unpacks, and to how much. Raises Refused."""
    with _opened(path) as archive:
        for _ in _pieces(archive, limits):
            pass


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ) as broken:
        raise Refused("damaged") from broken


def _pieces(archive: zipfile.ZipFile, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Every part in pieces; the end of one is repeated at the beginning of the next, so that no tag is
    cut.
    """
    unpacked = 0
    for info in archive.infolist():
        rest = b""
        with archive.open(info) as part:
            while piece := part.read(_PIECE_BYTES):
                unpacked += len(piece)
                if unpacked > limits.unpacked_bytes:
                    raise Refused("too_large_unpacked", megabytes=limits.unpacked_bytes // MEGABYTE)
                yield info.filename, rest + piece
                cut = max(piece.rfind(b"<c ", -_LONGEST_TAG_BYTES), piece.rfind(b"<row", -_LONGEST_TAG_BYTES))
                rest = piece[cut:] if cut >= 0 else piece[-64:]


def _look_at(piece: bytes, found: SheetLook, limits: Limits, sheet: str) -> None:
    if b"hidden=" in piece:
        _note_hidden_rows(piece, found)
    end = max(piece.rfind(mark) for mark in _CONTENT)
    if end < 0:
        return
    for sample in (piece[:_SAMPLE_BYTES], piece[max(0, end - _SAMPLE_BYTES) : end + 2]):
        for letters, row in _CELL.findall(sample):
            found.last_row = max(found.last_row, int(row))
            found.last_column = max(found.last_column, column_number(letters.decode()))
    for letters in set(_BEYOND_Z.findall(piece)):
        found.last_column = max(found.last_column, column_number(letters.decode()))
    corner = f"{column_letters(found.last_column)}{found.last_row}"
    if found.last_column > limits.columns:
        raise Refused("too_many_columns", sheet=sheet, columns=limits.columns, corner=corner)
    if found.last_column * found.last_row > limits.cells:
        raise Refused("too_many_cells", sheet=sheet, corner=corner)


def _note_hidden_rows(piece: bytes, found: SheetLook) -> None:
    for tag in _ROW.findall(piece):
        if _HIDDEN.search(tag) and (number := _ROW_NUMBER.search(tag)):
            found.hidden_rows.add(int(number[1]))


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part of the archive -> name of the sheet. Parts that no list names keep their own name."""
    names = {n: n.rsplit("/", 1)[-1] for n in archive.namelist() if "/worksheets/" in n and n.endswith(".xml")}
    try:
        book = archive.read("xl/workbook.xml").decode("utf-8")
        links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return names
    targets = {}
    for tag in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", links):
        attributes = dict(_ATTRIBUTE.findall(tag))
        targets[attributes.get("Id", "")] = attributes.get("Target", "")
    for tag in re.findall(r"<(?:\w+:)?sheet\s[^>]*>", book):
        attributes = dict(_ATTRIBUTE.findall(tag))
        target = targets.get(attributes.get("r:id", ""), "").removeprefix("/")
        part = target if target.startswith("xl/") else f"xl/{target}"
        if part in names:
            names[part] = html.unescape(attributes.get("name", names[part]))
    return names
