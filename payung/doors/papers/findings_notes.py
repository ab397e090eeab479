"""Findings gathered by where they stand: what to mark, what to say there, what to say of the row."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from payung.doors.papers.findings_marks import SEVERITIES
from payung.doors.papers.wording import Wording
from payung.office.files.queries import FoundFault
from payung.rules.roster.sentences import sentence


@dataclass(slots=True)
class Note:
    """What is to be said in one place: severity and sentence."""

    said: list[tuple[str, str]] = field(default_factory=list)

    def add(self, severity: str, sentence_told: str) -> None:
        if (severity, sentence_told) not in self.said:
            self.said.append((severity, sentence_told))

    @property
    def severity(self) -> str:
        """The worst of what is said."""
        return min((severity for severity, _ in self.said), key=SEVERITIES.index)

    @property
    def sentences(self) -> list[str]:
        """The worst first, otherwise in the order of the columns."""
        return [told for _, told in sorted(self.said, key=lambda one: SEVERITIES.index(one[0]))]


@dataclass(slots=True)
class RowNotes:
    """The notes of one row: in the column of remarks, and on its cells by their letter."""

    remarks: Note = field(default_factory=Note)
    cells: dict[str, Note] = field(default_factory=dict)


SheetNotes = dict[int, RowNotes]
"""Row number, from 1, -> its notes."""


def notes_by_sheet(findings: Sequence[FoundFault], wording: Wording) -> dict[str, SheetNotes]:
    """The notes of every sheet by its name."""
    found: dict[str, SheetNotes] = {}
    for fault in findings:
        row = found.setdefault(fault.sheet, {}).setdefault(fault.row, RowNotes())
        row.remarks.add(fault.severity, told(fault, wording, with_column=True))
        if fault.column:
            row.cells.setdefault(fault.column, Note()).add(fault.severity, told(fault, wording, with_column=False))
    return found


def told(fault: FoundFault, wording: Wording, *, with_column: bool) -> str:
    """The sentence of a finding after its severity; sheet and row are where it will stand."""
    words = {**fault.params, "value": fault.value or None, "suggestion": fault.suggestion or None}
    if with_column:
        words |= {"field": fault.field, "column": fault.column}
    severity = wording.text("verdict", fault.severity).capitalize()
    return f"{severity}. {sentence(fault.code, words, 'en' if wording.english else 'id')}"
