"""Cells of a text file: encoding and delimiter are found out, every cell is text."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest
from pathlib import Path

from payung.rules.roster.apart import frames
from payung.rules.roster.apart.limits import Limits
from payung.rules.roster.apart.outlet import Outlet
from payung.rules.roster.apart.refusal import Refused

_SAMPLE_CHARACTERS = 1 << 16
_LONGEST_CELL = 100_000
_FEWEST_DELIMITERS = 2
_DELIMITERS = ",;\t|~^"
_DELIMITER_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)


def send_text(path: Path, limits: Limits, outlet: Outlet) -> None:
    """The one sheet of a text file; its name is empty. Raises Refused: not_text, too_many_columns,
    too_many_cells.
    """
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="") as sample_file:
        sample = sample_file.read(_SAMPLE_CHARACTERS)
    csv.field_size_limit(_LONGEST_CELL)
    outlet.begin_sheet("")
    try:
        with path.open(encoding=encoding, newline="") as file:
            delimiter = delimiter_of(sample)
            reader = csv.reader(_after_delimiter_line(file, sample), delimiter=delimiter)
            _send_rows(_unswallowed(reader, delimiter), limits, outlet)
    except csv.Error as broken:
        raise Refused("text_table_broken") from broken


def encoding_of(path: Path) -> str:
    """utf-8 (with or without a mark), utf-16 or cp1252, whichever fits the whole file. Raises
    Refused("not_text").
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        wanted = ["utf-16"]
    elif b"\0" in head:
        wanted = ["utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"]
    else:
        wanted = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in wanted:
        try:
            with path.open(encoding=encoding, newline="") as file:
                while file.read(1 << 20):
                    pass
        except UnicodeError:
            continue
        return encoding
    raise Refused("not_text")


def delimiter_of(sample: str) -> str:
    """The delimiter that cuts the most lines of the sample into one same number of cells, more cells
    first.
    """
    if match := _DELIMITER_LINE.match(sample):
        return match[1]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    try:
        widths = Counter(len(row) for row in islice(csv.reader(sample.splitlines(), delimiter=delimiter), 200) if row)
    except csv.Error:
        return 0, 0
    widths.pop(1, None)
    if not widths:
        return 0, 0
    width, lines = widths.most_common(1)[0]
    return lines, width


def _after_delimiter_line(file: Iterable[str], sample: str) -> Iterator[str]:
    """Lines of the file; Excel's own first line "sep=;" stays as an empty one, so that rows keep their
    numbers.
    """
    lines = iter(file)
    if _DELIMITER_LINE.match(sample):
        next(lines)
        yield "\r\n"
    yield from lines


def _unswallowed(rows: Iterable[list[str]], delimiter: str) -> Iterator[list[str]]:
    """The rows, unless a quotation mark that is never closed swallowed whole rows into one cell: nobody may be lost so.

    Raises csv.Error then.
    """
    width = 0
    for row in rows:
        width = max(width, len(row))
        for cell in row:
            later = cell.splitlines()[1:] if "\n" in cell or "\r" in cell else ()
            if any(line.count(delimiter) >= max(width - 1, _FEWEST_DELIMITERS) for line in later):
                raise csv.Error("a quotation mark swallowed rows")
        yield row


def _send_rows(reader: Iterator[list[str]], limits: Limits, outlet: Outlet) -> None:
    sent = width = 0
    while rows := list(islice(reader, frames.ROWS_IN_A_CHUNK)):
        width = max(width, max(map(len, rows)))
        sent += len(rows)
        if width > limits.columns:
            raise Refused("too_many_columns", sheet="", columns=limits.columns, corner="")
        if width * sent > limits.cells:
            raise Refused("too_many_cells", sheet="", corner="")
        columns = [_column(cells) for cells in zip_longest(*rows, fillvalue="")]
        outlet.send_rows(columns, len(rows))


def _column(cells: Iterable[str]) -> tuple[bytes, str]:
    kept = [cell.replace(frames.BETWEEN_CELLS, " ") for cell in cells]
    return bytes((frames.TEXT,)), frames.BETWEEN_CELLS.join(kept)
