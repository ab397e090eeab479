"""One sheet of the sender's workbook written again: every cell in its place, the faulty ones marked."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from xlsxwriter.worksheet import Worksheet

from payung.doors.papers.findings_marks import Formats, Look
from payung.doors.papers.findings_notes import Note, RowNotes, SheetNotes
from payung.doors.papers.findings_shape import REMARKS_WIDTH, Shape
from payung.doors.papers.spreadsheet import DAY, cell_text
from payung.doors.papers.wording import Wording
from payung.rules.roster.workbook import Cell, typed

PROGRESS_ROWS = 1_000
MOMENT = "dd-mm-yyyy hh:mm"
WHOLE_NUMBER = "0"
AS_TEXT = "@"
ROW_HEIGHT, HIGHEST_ROW = 15, 400
"""In points."""

_DIGITS_EXCEL_SHOWS = 11
_FIRST_YEAR_OF_EXCEL = 1900
_COMMENT_LETTERS_A_LINE, _COMMENT_WIDTH, _COMMENT_LINE_HEIGHT = 46, 320, 18


@dataclass(slots=True)
class Comments:
    """How many cells may still carry a comment: Excel grows slow with more, and the remarks say it all."""

    left: int


class SheetWriter:
    """Writes one sheet from its first row to its last, as constant memory wants it."""

    def __init__(self, target: Worksheet, shape: Shape, formats: Formats, wording: Wording) -> None:
        self._target = target
        self._shape = shape
        self._formats = formats
        self._remarks_title = wording.text("findings", "remarks")

    def write(self, notes: SheetNotes, comments: Comments, told: Callable[[int], None]) -> None:
        """All cells, notes and remarks; `told` hears how many rows were written since it last heard."""
        self._set_up(notes)
        sheet = self._shape.sheet
        headings = self._shape.remarks_headings(noted=bool(notes))
        for row, texts, kinds in self._rows():
            row_notes = notes.get(row)
            if row in sheet.hidden_rows and row_notes is None:
                self._target.set_row(row - 1, None, None, {"hidden": True})
            elif (lines := self._shape.heading_lines(row)) > 1:
                self._target.set_row(row - 1, ROW_HEIGHT * lines)
            self._write_row(row, texts, kinds, row_notes)
            if row_notes is not None:
                self._write_notes(row, row_notes, comments)
            if row in headings:
                look = Look(AS_TEXT, part="remarks_heading")
                self._target.write_string(row - 1, self._shape.width, self._remarks_title, self._formats.of(look))
            if row % PROGRESS_ROWS == 0:
                told(PROGRESS_ROWS)
        told(sheet.height % PROGRESS_ROWS)

    def _rows(self) -> Iterable[tuple[int, tuple[str | None, ...], tuple[int, ...]]]:
        sheet = self._shape.sheet
        both = zip(sheet.texts.iter_rows(), sheet.kinds.iter_rows(), strict=True)
        return ((row, texts, kinds) for row, (texts, kinds) in enumerate(both, start=1))

    def _set_up(self, notes: SheetNotes) -> None:
        """What holds for the whole sheet; hidden sheets are shown where a finding stands on them."""
        for column, width in enumerate(self._shape.column_widths()):
            self._target.set_column(column, column, width)
        for top, left, bottom, right in self._shape.merges():
            # merge_range would write the cells of later rows first, which constant memory cannot.
            self._target.merge.append([top - 1, left - 1, bottom - 1, right - 1])
        if self._shape.frozen_rows:
            self._target.freeze_panes(self._shape.frozen_rows, 0)
        if self._shape.filtered is not None:
            first, last = self._shape.filtered
            self._target.autofilter(first - 1, 0, last - 1, self._shape.width)
        if self._shape.sheet.hidden and not notes:
            self._target.hide()

    def _write_row(
        self, row: int, texts: tuple[str | None, ...], kinds: tuple[int, ...], notes: RowNotes | None
    ) -> None:
        cells = notes.cells if notes is not None else {}
        for column, (letter, text, kind) in enumerate(
            zip(self._shape.letters, texts[: self._shape.width], kinds, strict=False)
        ):
            note = cells.get(letter) if cells else None
            if text is None and note is None:
                continue
            part = self._shape.part_of(row, column + 1)
            self._write_cell(row - 1, column, typed(text, kind), note.severity if note else "", part)

    def _write_cell(self, row: int, column: int, value: Cell, severity: str, part: str) -> None:
        def form(number_format: str = "") -> object:
            return self._formats.of(Look(number_format, severity, part))

        if value is None:
            self._target.write_blank(row, column, None, form(AS_TEXT))
        elif isinstance(value, bool):
            self._target.write_boolean(row, column, value, form())
        elif isinstance(value, int | float) and math.isfinite(value):
            long = isinstance(value, int) and abs(value) >= 10**_DIGITS_EXCEL_SHOWS
            self._target.write_number(row, column, value, form(WHOLE_NUMBER if long else ""))
        elif isinstance(value, datetime | date) and value.year >= _FIRST_YEAR_OF_EXCEL:
            self._target.write_datetime(row, column, value, form(MOMENT if isinstance(value, datetime) else DAY))
        else:
            text = value.strftime("%d-%m-%Y") if isinstance(value, date) else str(value)
            self._target.write_string(row, column, cell_text(text), form(AS_TEXT))

    def _write_notes(self, row: int, notes: RowNotes, comments: Comments) -> None:
        for letter, note in notes.cells.items():
            column = self._shape.letters.index(letter)
            if comments.left and not self._shape.is_covered(row, column + 1):
                comments.left -= 1
                self._comment(row - 1, column, note)
        self._write_remarks(row - 1, notes.remarks)

    def _write_remarks(self, row: int, remarks: Note) -> None:
        """A row somebody must act on is made high enough to read; what was mended stays on one line."""
        sentences = remarks.sentences
        waits = remarks.severity in ("reject", "human")
        if waits:
            lines = sum(1 + len(line) // REMARKS_WIDTH for line in sentences)
            self._target.set_row(row, min(ROW_HEIGHT * lines, HIGHEST_ROW))
        look = Look(AS_TEXT, remarks.severity, "remarks" if waits else "remarks_line")
        said = cell_text(("\n" if waits else " · ").join(sentences))
        self._target.write_string(row, self._shape.width, said, self._formats.of(look))

    def _comment(self, row: int, column: int, note: Note) -> None:
        said = cell_text("\n".join(note.sentences))
        lines = sum(1 + len(line) // _COMMENT_LETTERS_A_LINE for line in said.split("\n"))
        size = {"width": _COMMENT_WIDTH, "height": _COMMENT_LINE_HEIGHT * (lines + 1)}
        self._target.write_comment(row, column, said, {"author": "Payung", **size})
