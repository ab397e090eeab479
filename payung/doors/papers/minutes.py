"""Minutes of a reconciliation (berita acara rekonsiliasi) for both parties to sign, as PDF and as workbook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.conf import settings

from payung.doors.papers.heading import heading, heading_lines
from payung.doors.papers.legible import legible
from payung.doors.papers.letterhead import letter_lines, signatures
from payung.doors.papers.office_paper import Signature
from payung.doors.papers.press import printed
from payung.doors.papers.spreadsheet import FIGURE, RUPIAH, cell_text, new_workbook, print_setup
from payung.doors.papers.wording import Wording
from payung.office.places.models import Letterhead

COLUMNS = ("what", "heads", "amount")
LINE_COLUMNS = ("line", "fund", "budget_heads", "ceiling", "decreed", "due", "differences")
SHOWN_SHA = 16


@dataclass(frozen=True)
class Words:
    """How numbers and differences are called, in the reader's language: the caller has them."""

    numbers: Mapping[str, str]
    reason: Callable[[str, str], str]


@dataclass(frozen=True)
class Row:
    """A number (`bold`) or one difference that leads to it."""

    label: str
    heads: int
    rupiah: int
    bold: bool


def rows(content: Mapping[str, Any], words: Words) -> list[Row]:
    """The ladder as rows: the differences stand before the number that they lead to."""
    made = []
    for rung in content["numbers"]:
        made += [
            Row(words.reason(one["side"], one["reason"]), one["heads"], one["rupiah"], bold=False)
            for one in rung["differences"]
        ]
        made.append(Row(words.numbers[rung["number"]], rung["heads"], rung["rupiah"], bold=True))
    return made


def minutes_pdf(
    content: Mapping[str, Any],
    *,
    sha256: str,
    drawn_on: date,
    words: Words,
    language: str,
    letterhead: Letterhead | None = None,
) -> bytes:
    """The minutes as PDF on A4. The same arguments give the same bytes. Raises PaperNotPrinted."""
    wording = Wording(language)
    found = rows(content, words)
    form = {
        "language": language,
        "banner": _banner(wording),
        **heading(content["government"], letter_lines(letterhead), wording),
        "title": wording.text("minutes", "title"),
        "subject": legible(_subject(content, wording)),
        "opening": legible(
            wording.text(
                "minutes", "opening", day=wording.long_date(drawn_on), government=content["government"],
                counted=_counted(content, wording),
            )
        ),
        "headers": [wording.text("minutes", column) for column in COLUMNS],
        "rows": [
            [row.label, _signed(row, row.heads, wording.number), _signed(row, row.rupiah, wording.rupiah), row.bold]
            for row in found
        ],
        "money": [
            [wording.text("minutes", "billed"), wording.rupiah(content["billed_rupiah"])],
            [wording.text("minutes", "paid"), wording.rupiah(content["paid_rupiah"])],
        ],
        "lines_title": wording.text("minutes", "lines_title"),
        "line_headers": [wording.text("minutes", column) for column in LINE_COLUMNS],
        "lines": [[legible(text) for text in _line(line, wording, words)] for line in content["lines"]],
        "closing": wording.text("minutes", "closing"),
        "parties": _parties(content, letterhead, wording),
        "signed": wording.text("minutes", "signed"),
        "sha256": wording.text("minutes", "sha256", digest=sha256),
        "footer": f"{sha256[:SHOWN_SHA]} · {wording.long_date(drawn_on)}",
        "page_of": wording.text("page", "page_of"),
    }  # fmt: skip
    return printed("minutes.typ", form, printed_on=drawn_on, lines=len(found) + len(content["lines"]))


def minutes_workbook(
    content: Mapping[str, Any],
    *,
    sha256: str,
    drawn_on: date,
    words: Words,
    language: str,
    letterhead: Letterhead | None = None,
) -> bytes:
    """The minutes as .xlsx: figures as figures, the digest beside them."""
    wording = Wording(language)
    target = BytesIO()
    title = f"{wording.text('minutes', 'title')}, {_subject(content, wording)}"
    with new_workbook(target, title=title, made_on=drawn_on) as book:
        bold = book.add_format({"bold": True, "bg_color": "#F3F3F3", "bottom": 1})
        figure, rupiah = book.add_format({"num_format": FIGURE}), book.add_format({"num_format": RUPIAH})
        sheet = book.add_worksheet(wording.text("minutes", "numbers_sheet"))
        sheet.set_column(0, 0, 64)
        sheet.set_column(1, 2, 20)
        digest = wording.text("minutes", "sha256", digest=sha256)
        above = [*heading_lines(heading(content["government"], letter_lines(letterhead), wording)), title, digest]
        for at, line in enumerate(above):
            sheet.write_string(at, 0, cell_text(line), None if line == digest else bold)
        first = len(above) + 1
        for at, column in enumerate(COLUMNS):
            sheet.write_string(first, at, wording.text("minutes", column), bold)
        for number, row in enumerate(rows(content, words), start=first + 1):
            sheet.write_string(number, 0, cell_text(row.label), bold if row.bold else None)
            sheet.write_number(number, 1, row.heads, figure)
            sheet.write_number(number, 2, row.rupiah, rupiah)
        print_setup(sheet, header=title, page_of=wording.text("page", "page_of"), repeat_row=first)
        lines = book.add_worksheet(wording.text("minutes", "lines_sheet"))
        for at, column in enumerate(LINE_COLUMNS):
            lines.set_column(at, at, 40 if at in (0, len(LINE_COLUMNS) - 1) else 20)
            lines.write_string(0, at, wording.text("minutes", column), bold)
        for number, line in enumerate(content["lines"], start=1):
            lines.write_string(number, 0, cell_text(_name(line)))
            lines.write_string(number, 1, cell_text(line["fund"]))
            lines.write_number(number, 2, line["heads"], figure)
            lines.write_number(number, 3, line["ceiling_rupiah"], rupiah)
            lines.write_number(number, 4, line["decreed"], figure)
            lines.write_number(number, 5, line["due_rupiah"], rupiah)
            lines.write_string(number, 6, cell_text(_differences(line, wording, words)))
        print_setup(lines, header=title, page_of=wording.text("page", "page_of"), repeat_row=0)
    return target.getvalue()


def _parties(content: Mapping[str, Any], letterhead: Letterhead | None, wording: Wording) -> list[dict[str, str]]:
    """Who signs: the government by the officer of its letterhead, the branch by hand."""
    officer = signatures(letterhead, wording)[0] if letterhead else Signature("")
    label = wording.text("bill", "employee_number")
    number = f"{label} {officer.employee_number}" if officer.employee_number else ""
    own = {"name": legible(content["government"]), "post": officer.post, "person": officer.name, "number": number}
    return [own, {"name": wording.text("minutes", "branch"), "post": "", "person": "", "number": ""}]


def _banner(wording: Wording) -> str:
    return wording.text("page", "synthetic") if settings.PAYUNG_DEMO else ""


def _subject(content: Mapping[str, Any], wording: Wording) -> str:
    first, last = (date.fromisoformat(f"{content[name]}-01") for name in ("first", "last"))
    if first == last:
        return f"{content['government']}, {wording.long_month(first)}"
    return f"{content['government']}, {wording.long_month(first)} – {wording.long_month(last)}"


def _counted(content: Mapping[str, Any], wording: Wording) -> str:
    return ", ".join(wording.short_month(date.fromisoformat(f"{month}-01")) for month in content["counted"])


def _signed(row: Row, value: int, shown: Callable[[int], str]) -> str:
    return shown(value) if row.bold else _change(value, shown)


def _change(value: int, shown: Callable[[int], str]) -> str:
    """+12 or −12, with a sign that no line breaks at; nothing for 0."""
    return ("+" if value > 0 else "−") + shown(abs(value)) if value else ""


def _name(line: Mapping[str, Any]) -> str:
    return " · ".join(filter(None, (line["code"], line["name"], line["opd"])))


def _line(line: Mapping[str, Any], wording: Wording, words: Words) -> Sequence[str]:
    return (
        _name(line), line["fund"], wording.number(line["heads"]), wording.rupiah(line["ceiling_rupiah"]),
        wording.number(line["decreed"]), wording.rupiah(line["due_rupiah"]), _differences(line, wording, words),
    )  # fmt: skip


def _differences(line: Mapping[str, Any], wording: Wording, words: Words) -> str:
    told = []
    for one in line["differences"]:
        heads = wording.text("minutes", "people", count=wording.number(abs(one["heads"]))) if one["heads"] else ""
        amount = _change(one["rupiah"], wording.rupiah)
        told.append(f"{words.reason(one['side'], one['reason'])}: " + ", ".join(filter(None, (heads, amount))))
    return "; ".join(told)
