"""The sender's workbook made again with its findings: the first sheet sums up, then each sheet as it was."""

import re
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

from payung.doors.papers.findings_marks import Formats
from payung.doors.papers.findings_notes import SheetNotes, notes_by_sheet
from payung.doors.papers.findings_shape import Shape
from payung.doors.papers.findings_sheet import Comments, SheetWriter
from payung.doors.papers.findings_summary import About, SummaryWriter
from payung.doors.papers.spreadsheet import new_workbook, print_setup
from payung.doors.papers.wording import LANGUAGES, Wording
from payung.office.files.queries import FoundFault
from payung.rules.identity.hiding import hide_marks
from payung.rules.roster.workbook import Sheet

Progress = Callable[[str, int, int], None]
"""Told the step's name, what is done and the whole."""

LARGEST_COMMENTED = 10_000
LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_EDGES = re.compile(r"^[\s']+|[\s']+$")  # Excel takes no apostrophe at either end
_SUMMARY_TITLE_ROWS = 3


def rebuild(
    sheets: Sequence[Sheet], findings: Sequence[FoundFault], *, about: About, language: str, progress: Progress
) -> bytes:
    """The workbook as .xlsx: same sheets, cells and positions, faults marked, remarks right of the last column.

    `findings` in the sheets' own order. Texts stay texts, whatever they begin with; numbers, dates and truths
    keep their kind. Sheets and rows that were hidden stay so unless a finding stands on them. Our own first
    sheet and column of remarks, in a file that comes back to us, are made anew.
    """
    wording = Wording(language)
    notes = notes_by_sheet(findings, wording)
    kept = [sheet for sheet in sheets if hide_marks(sheet.name) in notes or not _is_our_summary(sheet)]
    *names, summary_name = sheet_names([*(sheet.name for sheet in kept), wording.text("findings", "sheet")], wording)
    written = list(zip(kept, names, strict=True))
    target = BytesIO()
    with new_workbook(target, title=wording.text("findings", "title"), made_on=about.read_on) as workbook:
        formats = Formats(workbook)
        SummaryWriter(workbook.add_worksheet(summary_name), formats, wording).write(
            about, findings, notes, written, commented=_commented(notes)
        )
        comments, tell = Comments(LARGEST_COMMENTED), _teller(progress, sum(sheet.height for sheet in kept))
        for sheet, name in written:
            shape = Shape(sheet, remarks_titles=[Wording(one).text("findings", "remarks") for one in LANGUAGES])
            writer = SheetWriter(workbook.add_worksheet(name), shape, formats, wording)
            writer.write(notes.get(hide_marks(sheet.name), {}), comments, tell)
        header = " · ".join(filter(None, (about.banner, about.file_name)))
        for number, made in enumerate(workbook.worksheets()):
            print_setup(made, header=header, page_of=wording.text("page", "page_of"), pages_high=0 if number else 1)
    return target.getvalue()


def _commented(notes: Mapping[str, SheetNotes]) -> int | None:
    """How many cells carry a comment, when there are more faulty cells than that."""
    marked = sum(len(row.cells) for rows in notes.values() for row in rows.values())
    return LARGEST_COMMENTED if marked > LARGEST_COMMENTED else None


def sheet_names(wanted: Sequence[str], wording: Wording) -> list[str]:
    """Names that Excel takes: allowed signs, 31 of them at most, each once; the sheet of a text file is "Data"."""
    given: list[str] = []
    taken = {"history"}  # Excel keeps this name for itself
    for name in wanted:
        plain = _EDGES.sub("", _NOT_IN_SHEET_NAMES.sub("_", name)) or wording.text("findings", "text_sheet")
        chosen, number = _EDGES.sub("", plain[:LONGEST_SHEET_NAME]), 1
        while chosen.casefold() in taken:
            number += 1
            ending = f" ({number})"
            chosen = plain[: LONGEST_SHEET_NAME - len(ending)] + ending
        taken.add(chosen.casefold())
        given.append(chosen)
    return given


def _is_our_summary(sheet: Sheet) -> bool:
    """Whether a sheet is the first one of an earlier findings workbook."""
    wordings = [Wording(language) for language in LANGUAGES]
    if sheet.name not in {wording.text("findings", "sheet") for wording in wordings} or not sheet.letters:
        return False
    titles = [wording.text("findings", "title") for wording in wordings]
    return bool(sheet.texts["A"].head(_SUMMARY_TITLE_ROWS).is_in(titles).any())


def _teller(progress: Progress, whole: int) -> Callable[[int], None]:
    """Adds up the rows of all sheets for `progress`."""
    done = 0

    def tell(rows: int) -> None:
        nonlocal done
        done += rows
        progress("write", done, whole)

    tell(0)
    return tell
