"""The attachments of an SPP-LS for one bill: Rincian Iuran, the list of participants, the cover sheet, all in one zip.

What is missing is named on the cover sheet with what to do, and never silently left out.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from payung.doors.papers.bill_content import amount_columns, facts, totals
from payung.doors.papers.bill_form import LARGEST_ANNEX_LINES, MARKS
from payung.doors.papers.bill_notes import notes
from payung.doors.papers.bill_pdf import bill_pdf
from payung.doors.papers.bill_workbook import bill_workbook
from payung.doors.papers.letterhead import letter_lines, place_and_date, signatures
from payung.doors.papers.office_paper import Cell, Column, OfficePaper, Sheet, paper_pdf, paper_workbook
from payung.doors.papers.wording import Wording
from payung.office.billing.queries import BillHead, Line
from payung.office.places.models import Letterhead

BROUGHT = ("decree", "agreement", "minutes")
"""Papers that carry signatures of others: whoever asks for the pack brings their scans."""


@dataclass(frozen=True)
class Printing:
    """For whom, when and in which language the papers are made."""

    government_name: str
    printed_on: date
    language: str
    letterhead: Letterhead | None = None


@dataclass(frozen=True)
class Reference:
    """A paper by others that the bill rests on: which of BROUGHT, and how it is cited."""

    kind: str
    cited: str


@dataclass(frozen=True)
class Part:
    """One line of the cover sheet: what it is, its files by name, and what to do while there is none."""

    label: str
    files: dict[str, bytes]
    remark: str


def bill_pack(
    head: BillHead,
    lines: Sequence[Line],
    *,
    references: Sequence[Reference],
    brought: dict[str, bytes],
    printing: Printing,
) -> tuple[bytes, tuple[str, ...]]:
    """The zip, and the labels of what is missing in it. `brought` are scans (PDF) by their kind.

    `lines` are all the lines of the bill. Raises PaperNotPrinted.
    """
    wording = Wording(printing.language)
    parts = [
        *(_reference(kind, references, brought, wording) for kind in BROUGHT),
        _bill(head, lines, printing, wording),
        *_made(head, lines, printing, wording),
    ]
    cover = paper_pdf(_cover(head, lines, parts, printing, wording), printed_on=printing.printed_on)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("00-lembar-kendali.pdf", cover)
        for number, part in enumerate(parts, start=1):
            for name, content in part.files.items():
                archive.writestr(f"{number:02}-{name}", content)
    return target.getvalue(), tuple(part.label for part in parts if not part.files)


def _reference(kind: str, references: Sequence[Reference], brought: dict[str, bytes], wording: Wording) -> Part:
    cited = "; ".join(dict.fromkeys(one.cited for one in references if one.kind == kind))
    files = {f"{wording.text('pack', f'{kind}_file')}.pdf": brought[kind]} if kind in brought else {}
    todo = "" if files else wording.text("pack", f"{kind}_missing")
    return Part(wording.text("pack", kind), files, " ".join(filter(None, (cited, todo))))


def _bill(head: BillHead, lines: Sequence[Line], printing: Printing, wording: Wording) -> Part:
    made = {
        "tagihan.pdf": bill_pdf(
            head,
            lines,
            government_name=printing.government_name,
            printed_on=printing.printed_on,
            language=printing.language,
            letterhead=printing.letterhead,
        ),
        "tagihan.xlsx": bill_workbook(
            head,
            lines,
            government_name=printing.government_name,
            printed_on=printing.printed_on,
            language=printing.language,
        ),
    }
    remark = wording.text("pack", "not_final") if head.state in MARKS else ""
    return Part(wording.text("pack", "bill"), made, remark)


def _made(head: BillHead, lines: Sequence[Line], printing: Printing, wording: Wording) -> list[Part]:
    """What Payung writes itself; a very long list is a workbook alone."""
    made = []
    for kind, sheet in (("breakdown", _breakdown(head, lines, wording)), ("people", _people(lines, wording))):
        paper = _paper(kind, head, lines, sheet, printing, wording)
        name = wording.text("pack", f"{kind}_file")
        files = {f"{name}.xlsx": paper_workbook(paper, made_on=printing.printed_on)}
        long = len(sheet.rows) > LARGEST_ANNEX_LINES
        if not long:
            files = {f"{name}.pdf": paper_pdf(paper, printed_on=printing.printed_on), **files}
        made.append(Part(wording.text("pack", kind), files, wording.text("pack", "too_long") if long else ""))
    return made


def _paper(
    kind: str, head: BillHead, lines: Sequence[Line], sheet: Sheet, printing: Printing, wording: Wording
) -> OfficePaper:
    return OfficePaper(
        language=printing.language,
        government=printing.government_name,
        office=head.unit,
        title=wording.text("pack", f"{kind}_title"),
        subject=wording.text("bill", "list_number", number=head.number, unit=head.unit),
        footer=_footer(head, printing, wording),
        facts=facts(head, len(lines), wording) if kind == "breakdown" else [],
        sheets=[sheet],
        amount=(wording.text("bill", "total"), head.total_rupiah) if kind == "breakdown" else None,
        signatures=signatures(printing.letterhead, wording),
        letter=letter_lines(printing.letterhead),
        place_and_date=place_and_date(printing.letterhead, printing.printed_on, wording),
        notes=notes(head, lines, wording) if kind == "breakdown" else (),
    )


def _breakdown(head: BillHead, lines: Sequence[Line], wording: Wording) -> Sheet:
    """Rincian Iuran: every line with its amounts, and their sums."""
    amounts = amount_columns(lines)
    columns = [
        Column(wording.text("bill", "line"), 11),
        Column(wording.text("bill", "name")),
        Column(wording.text("bill", "for_month"), 16),
        Column(wording.text("bill", f"base_{head.membership_class}"), 20, figures=True),
        *(Column(f"{wording.text('column', name)} (Rp)", 18, figures=True) for name in amounts),
        Column(wording.text("bill", "sum"), 20, figures=True),
        Column(wording.text("bill", "remark"), 32),
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            str(number),
            line.name,
            wording.short_month(line.for_month),
            line.wage_rupiah,
            *(line.amounts[name] for name in amounts),
            line.total_rupiah,
            "" if line.reason == "regular" else wording.text("reason", line.reason),
        )
        for number, line in enumerate(lines, start=1)
    ]
    empty: list[Cell] = [None] * len(amounts)
    rows += [
        ("", wording.text("bill", "penalty_of", number=number), "", None, *empty, rupiah, "")
        for number, rupiah in head.late_bills
    ]
    sums = ("", wording.text("bill", "grand_total"), "", None, *totals(lines, amounts)[:-1], head.total_rupiah, "")
    return Sheet(wording.text("pack", "breakdown"), columns, rows, sums)


def _people(lines: Sequence[Line], wording: Wording) -> Sheet:
    """Each participant once, by name, with the months of this bill."""
    months: dict[tuple[str, str, int], list[date]] = {}
    for line in sorted(lines, key=lambda line: (line.name, line.person_id, line.for_month)):
        months.setdefault((line.name, line.opd, line.person_id), []).append(line.for_month)
    columns = [
        Column(wording.text("bill", "line"), 11),
        Column(wording.text("bill", "name")),
        Column(wording.text("bill", "opd"), 55),
        Column(wording.text("pack", "months"), 45),
    ]
    rows = [
        (str(number), name, opd, ", ".join(map(wording.short_month, dict.fromkeys(of))))
        for number, ((name, opd, _), of) in enumerate(months.items(), start=1)
    ]
    return Sheet(wording.text("pack", "people"), columns, rows)


def _cover(
    head: BillHead, lines: Sequence[Line], parts: Sequence[Part], printing: Printing, wording: Wording
) -> OfficePaper:
    columns = [
        Column(wording.text("bill", "line"), 10),
        Column(wording.text("pack", "paper"), 42),
        Column(wording.text("pack", "there"), 24),
        Column(wording.text("pack", "files"), 46),
        Column(wording.text("bill", "remark")),
    ]
    rows = [
        (
            str(number),
            part.label,
            wording.text("pack", "yes" if part.files else "no"),
            ", ".join(f"{number:02}-{name}" for name in part.files),
            part.remark,
        )
        for number, part in enumerate(parts, start=1)
    ]
    missing = [part.label for part in parts if not part.files]
    note = wording.text("pack", "missing", labels=", ".join(missing)) if missing else wording.text("pack", "complete")
    return OfficePaper(
        language=printing.language,
        government=printing.government_name,
        office=head.unit,
        title=wording.text("pack", "title"),
        subject=wording.text("bill", "list_number", number=head.number, unit=head.unit),
        footer=_footer(head, printing, wording),
        facts=facts(head, len(lines), wording),
        sheets=[Sheet("", columns, rows)],
        amount=(wording.text("bill", "total"), head.total_rupiah),
        signatures=signatures(printing.letterhead, wording),
        letter=letter_lines(printing.letterhead),
        place_and_date=place_and_date(printing.letterhead, printing.printed_on, wording),
        notes=(note,),
    )


def _footer(head: BillHead, printing: Printing, wording: Wording) -> str:
    return f"{head.number} · {wording.text('page', 'printed_on', day=wording.long_date(printing.printed_on))}"
