"""The first sheet of a findings workbook: who waits for what, which faults there are, where the first one stands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter.worksheet import Worksheet

from payung.doors.papers.findings_marks import SEVERITIES, Formats, Look
from payung.doors.papers.findings_notes import SheetNotes
from payung.doors.papers.spreadsheet import FIGURE, cell_text
from payung.doors.papers.wording import Wording
from payung.office.files.queries import FoundFault
from payung.rules.roster.catalogue import VERDICTS, catalogue
from payung.rules.roster.sentences import title
from payung.rules.roster.workbook import Sheet

_WIDTHS = (26, 40, 12, 62, 34)


@dataclass(frozen=True, slots=True)
class About:
    """What the first sheet says besides the findings: people by verdict, and facts as label and value."""

    file_name: str
    read_on: date
    verdicts: Mapping[str, int]
    facts: Sequence[tuple[str, str]] = ()
    banner: str = ""


class SummaryWriter:
    """Writes the sheet Ringkasan Temuan from its first row to its last."""

    def __init__(self, target: Worksheet, formats: Formats, wording: Wording) -> None:
        self._target = target
        self._formats = formats
        self._wording = wording
        self._row = 0

    def write(
        self,
        about: About,
        findings: Sequence[FoundFault],
        notes: Mapping[str, SheetNotes],
        sheets: Sequence[tuple[Sheet, str]],
        *,
        commented: int | None,
    ) -> None:
        """Title and facts, people by verdict, findings by kind, sheets, legend.

        `sheets` come with the names they are written under. `commented` is how many cells carry a comment
        when not all do.
        """
        for column, width in enumerate(_WIDTHS):
            self._target.set_column(column, column, width)
        self._target.hide_gridlines(2)
        self._heading(about)
        self._verdicts(about.verdicts)
        self._kinds(findings, {sheet.name: name for sheet, name in sheets})
        self._sheets(notes, sheets)
        self._legend()
        if commented is not None:
            self._line(self._text("comments_cut", count=self._wording.number(commented)))

    def _heading(self, about: About) -> None:
        if about.banner:
            self._line(about.banner, part="strong")
        self._target.set_row(self._row, 21)
        self._line(self._text("title"), part="title")
        for label, value in ((self._text("file"), about.file_name), *about.facts):
            self._line(label, value)
        self._target.set_row(self._row, 32)
        self._target.merge_range(
            self._row, 0, self._row, len(_WIDTHS) - 1, self._text("how"), self._formats.of(Look(part="note"))
        )
        self._row += 2

    def _verdicts(self, verdicts: Mapping[str, int]) -> None:
        self._headers("verdicts", "people")
        for verdict in VERDICTS:
            severity = verdict if verdict in SEVERITIES else ""
            self._label(self._wording.text("verdict", verdict), severity)
            self._figure(1, verdicts.get(verdict, 0))
            self._row += 1
        self._label(self._text("all_people"), part="strong")
        self._figure(1, sum(verdicts.values()), part="sum")
        self._row += 2

    def _kinds(self, findings: Sequence[FoundFault], names: Mapping[str, str]) -> None:
        """Each kind of finding with its count, the worst first and among those the most frequent."""
        if not findings:
            self._line(self._text("none"), part="strong")
            self._row += 1
            return
        counted = Counter((fault.severity, fault.code) for fault in findings)
        firsts: dict[tuple[str, str], FoundFault] = {}
        for fault in findings:
            firsts.setdefault((fault.severity, fault.code), fault)
        self._headers("severity", "kinds", "count", "do", "first_at")
        ordered = sorted(counted.items(), key=lambda item: (SEVERITIES.index(item[0][0]), -item[1], item[0][1]))
        for (severity, code), count in ordered:
            self._label(self._wording.text("verdict", severity), severity)
            self._cell(1, title(code, self._wording.language))
            self._figure(2, count)
            advice = what_to_do(code, severity, self._wording)
            if len(advice) > _WIDTHS[3]:
                self._target.set_row(self._row, 15 * (1 + len(advice) // _WIDTHS[3]))
            self._cell(3, advice)
            first = firsts[severity, code]
            self._link(4, names[first.sheet], first.column or "A", first.row)
            self._row += 1
        self._row += 1

    def _sheets(self, notes: Mapping[str, SheetNotes], sheets: Sequence[tuple[Sheet, str]]) -> None:
        self._headers("sheets", "rows")
        for sheet, name in sheets:
            found = notes.get(sheet.name, {})
            if sheet.hidden and not found:
                self._cell(0, self._text("hidden", sheet=name))
            else:
                self._link(0, name)
            self._figure(1, len(found))
            self._row += 1
        self._row += 1

    def _legend(self) -> None:
        self._line(self._text("legend"), part="strong")
        for severity in SEVERITIES:
            self._label(self._wording.text("verdict", severity), severity)
            self._cell(1, self._text(f"legend_{severity}"))
            self._row += 1

    def _text(self, key: str, **filled: object) -> str:
        return self._wording.text("findings", key, **filled)

    def _line(self, label: str, value: str = "", *, part: str = "") -> None:
        self._target.write_string(self._row, 0, cell_text(label), self._formats.of(Look(part=part)))
        if value:
            self._target.write_string(self._row, 1, cell_text(value), self._formats.of(Look()))
        self._row += 1

    def _headers(self, *keys: str) -> None:
        for column, key in enumerate(keys):
            self._target.write_string(self._row, column, self._text(key), self._formats.of(Look(part="heading")))
        self._row += 1

    def _label(self, text: str, severity: str = "", *, part: str = "") -> None:
        self._target.write_string(self._row, 0, text, self._formats.of(Look(severity=severity, part=part)))

    def _cell(self, column: int, text: str) -> None:
        self._target.write_string(self._row, column, cell_text(text), self._formats.of(Look(part="wrapped")))

    def _figure(self, column: int, figure: int, *, part: str = "figure") -> None:
        self._target.write_number(self._row, column, figure, self._formats.of(Look(FIGURE, part=part)))

    def _link(self, column: int, sheet: str, letter: str = "A", row: int = 1) -> None:
        """A link to a cell, shown as the sheet's name and, for a finding, the cell's."""
        quoted = sheet.replace("'", "''")
        shown = sheet if column == 0 else f"{sheet}, {letter}{row}"
        place = f"internal:'{quoted}'!{letter}{row}"
        self._target.write_url(self._row, column, place, self._formats.of(Look(part="link")), shown)


def what_to_do(code: str, severity: str, wording: Wording) -> str:
    """The advice for a kind of finding; where the catalogue's own needs the cell, that of its severity."""
    entry = catalogue()[code]
    chosen = entry.get("do_repaired", entry["do"]) if severity == "repaired" else entry["do"]
    advice: str = chosen["en" if wording.english else "id"]
    return wording.text("findings", f"do_{severity}") if "{" in advice else advice
