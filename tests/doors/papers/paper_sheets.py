"""Sheets of a sender, made from cells without a file, and what the roster finds on them."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import polars as pl
from openpyxl import load_workbook
from openpyxl.workbook import Workbook as Book

from payung.doors.papers.findings_rebuild import rebuild
from payung.doors.papers.findings_summary import About
from payung.office.files.queries import FoundFault
from payung.rules.roster.apart.frames import DATE, MOMENT, NUMBER, TEXT, TRUTH
from payung.rules.roster.checking import check
from payung.rules.roster.workbook import Cell, Sheet, Workbook, letters_upto

HEADING = ("No", "NIK", "Nama", "Tanggal Lahir", "L/P", "Upah")
NIK = "3273061208900001"
ABOUT = About("Dinkes.xlsx", date(2022, 10, 3), {"clean": 2, "human": 1}, (("OPD", "Dinas Kesehatan"),))


def person(number: int, nik: Cell = NIK, name: str = "Asep Sunandar", born: Cell = date(1990, 8, 12)) -> list[Cell]:
    return [number, nik, name, born, "L", 2_500_000]


def sheet(rows: Sequence[Sequence[Cell]], name: str = "Dinkes", **changes: Any) -> Sheet:
    """A sheet with these cells from A1 on, as the reader gives it."""
    width = max(map(len, rows))
    columns = [[row[at] if at < len(row) else None for row in rows] for at in range(width)]
    letters = letters_upto(width)
    texts = {letter: [_text(cell) for cell in column] for letter, column in zip(letters, columns, strict=True)}
    kinds = {letter: [_kind(cell) for cell in column] for letter, column in zip(letters, columns, strict=True)}
    return Sheet(
        name=name,
        hidden=changes.get("hidden", False),
        texts=pl.DataFrame(texts, schema=dict.fromkeys(letters, pl.String)),
        kinds=pl.DataFrame(kinds, schema=dict.fromkeys(letters, pl.UInt8)),
        merged=changes.get("merged", ()),
        hidden_rows=changes.get("hidden_rows", ()),
    )


def _text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)


def _kind(cell: Cell) -> int:
    kinds = {bool: TRUTH, int: NUMBER, float: NUMBER, datetime: MOMENT, date: DATE}
    return kinds.get(type(cell), TEXT)


def found(sheets: Sequence[Sheet]) -> list[FoundFault]:
    """What the roster finds, as the office hands it over."""
    checked = check(Workbook("Dinkes.xlsx", tuple(sheets)), on=date(2022, 10, 1), membership_class="PU")
    return [
        FoundFault(
            sheet=one["sheet"],
            row=one["row"],
            position=position,
            column=one["column"],
            field=one["field"],
            code=one["code"],
            severity=one["severity"],
            value=one["value"] or "",
            suggestion=one["suggestion"] or "",
            params=json.loads(one["params"]),
        )
        for position, one in enumerate(checked.findings.iter_rows(named=True))
    ]


def rebuilt(
    sheets: Sequence[Sheet], findings: Sequence[FoundFault] | None = None, *, language: str = "id", about: About = ABOUT
) -> Book:
    """The findings workbook, opened by a reader that is not ours."""
    findings = found(sheets) if findings is None else findings
    made = rebuild(sheets, findings, about=about, language=language, progress=lambda step, done, whole: None)
    return load_workbook(BytesIO(made))
