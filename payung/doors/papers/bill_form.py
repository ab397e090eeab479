"""The form of a bill, filled in: everything templates/bill.typ prints, as plain texts in the reader's language."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings

from payung.doors.papers.bill_content import (
    Table,
    amount_columns,
    by_programme,
    by_reason,
    facts,
    holds_all,
    months_said,
    title,
    totals,
)
from payung.doors.papers.bill_notes import notes
from payung.doors.papers.heading import heading
from payung.doors.papers.legible import legible
from payung.doors.papers.letterhead import letter_lines, place_and_date, signatures
from payung.doors.papers.office_paper import in_words
from payung.doors.papers.wording import Wording
from payung.office.billing.models import Bill
from payung.office.billing.queries import BillHead, Line
from payung.office.places.models import Letterhead

MARKS = {Bill.DRAFT: "draft", Bill.VOID: "void"}
"""States that are printed across every page."""

LARGEST_ANNEX_LINES = 15_000
"""300 pages, a gigabyte while they are set. A longer bill names its workbook as the annex."""

_NARROW_AMOUNTS = 2
"""With more amounts than these the list of members is printed across the sheet."""

Form = dict[str, Any]


def form(
    head: BillHead,
    lines: Sequence[Line],
    *,
    government_name: str,
    printed_on: date,
    language: str,
    letterhead: Letterhead | None = None,
) -> Form:
    """The filled form. `lines` are all the lines of the bill."""
    assert holds_all(head, lines), "a paper shows every line of its bill"
    wording = Wording(language)
    mark = MARKS.get(head.state)
    told = facts(head, len(lines), wording, annexed=len(lines) <= LARGEST_ANNEX_LINES)
    reasons = by_reason(lines, wording)
    return {
        **_heading(head, government_name, letterhead, wording),
        "language": language,
        "banner": wording.text("page", "synthetic") if settings.PAYUNG_DEMO else "",
        "mark": wording.text("bill", mark) if mark else "",
        "facts": [[label, legible(value)] for label, value in told],
        "weighty": wording.text("bill", "due_on"),
        "programmes": _printed(by_programme(head, lines, wording), wording),
        "kinds": _printed(reasons, wording) if reasons else None,
        "total": _total(head, wording),
        "payments": _payments(head, wording),
        "signatures": _signatures(printed_on, letterhead, wording),
        "notes": notes(head, lines, wording),
        "footer": f"{head.number} · {wording.text('page', 'printed_on', day=wording.long_date(printed_on))}",
        "page_of": wording.text("page", "page_of"),
        "list": _list(head, lines, wording) if len(lines) <= LARGEST_ANNEX_LINES else None,
    }


def _heading(head: BillHead, government_name: str, letterhead: Letterhead | None, wording: Wording) -> Form:
    return {
        "title": title(head, wording),
        "subject": wording.text("bill", "subject", month=months_said(head, wording)),
        "number": head.number,
        **heading(government_name, letter_lines(letterhead), wording, office=head.unit),
    }


def _printed(table: Table, wording: Wording) -> Form:
    rows = [[label, *map(wording.number, figures)] for label, figures in (*table.rows, table.sums)]
    return {"headers": table.headers, "rows": rows[:-1], "total": rows[-1]}


def _total(head: BillHead, wording: Wording) -> Form:
    return {
        "label": wording.text("bill", "credit_total" if head.total_rupiah < 0 else "total"),
        "figure": wording.rupiah(head.total_rupiah),
        "words_label": wording.text("bill", "in_words"),
        "words": in_words(head.total_rupiah),
    }


def _payments(head: BillHead, wording: Wording) -> list[list[str]]:
    """What was paid and what remains, once anything was paid."""
    if not head.paid_rupiah:
        return []
    told = (("paid", head.paid_rupiah), ("outstanding", head.outstanding_rupiah))
    return [[wording.text("bill", label), wording.rupiah(amount)] for label, amount in told]


def _signatures(printed_on: date, letterhead: Letterhead | None, wording: Wording) -> list[dict[str, str]]:
    """Who signs, the place before the second; what no letterhead tells is left open."""
    places = ("", place_and_date(letterhead, printed_on, wording))
    label = wording.text("bill", "employee_number")
    return [
        {
            "place_and_date": place,
            "post": one.post,
            "name": one.name,
            "employee_number": f"{label}. {one.employee_number}".strip(),
        }
        for one, place in zip(signatures(letterhead, wording), places, strict=True)
    ]


def _list(head: BillHead, lines: Sequence[Line], wording: Wording) -> Form:
    amounts = amount_columns(lines)
    wide = len(amounts) > _NARROW_AMOUNTS
    rows = [
        [
            "" if line.reason == "regular" else wording.text("reason", line.reason),
            str(number),
            legible(line.name),
            legible(line.opd),
            wording.short_month(line.for_month),
            wording.number(line.wage_rupiah),
            *(wording.number(line.amounts[name]) for name in amounts),
            wording.number(line.total_rupiah),
        ]
        for number, line in enumerate(lines, start=1)
    ]
    return {
        "wide": wide,
        "title": wording.text("bill", "list_title"),
        "subtitle": wording.text("bill", "list_number", number=head.number, unit=legible(head.unit)),
        "columns": _columns(head.membership_class, amounts, wide, wording),
        "rows": rows,
        "total_label": wording.text("bill", "grand_total"),
        "total": [wording.number(amount) for amount in totals(lines, amounts)],
    }


def _columns(membership_class: str, amounts: Sequence[str], wide: bool, wording: Wording) -> list[Form]:
    """Headers with widths in millimetres; the name takes what is left (0)."""

    def column(header: str, width: int, align: str) -> Form:
        return {"header": header, "width": width, "align": align}

    return [
        column(wording.text("bill", "line"), 12, "right"),
        column(wording.text("bill", "name"), 0, "left"),
        column(wording.text("bill", "opd"), 33, "left"),
        column(wording.text("bill", "for_month"), 16, "center"),
        column(wording.text("bill", f"base_{membership_class}"), 20, "right"),
        *(column(wording.text("column", name), 21 if wide else 17, "right") for name in amounts),
        column(wording.text("bill", "sum"), 22 if wide else 20, "right"),
    ]
