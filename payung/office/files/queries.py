"""Questions about kept files: their content, the findings of a reading in the sheet's own order."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from payung.office import bulk
from payung.office.access.marks import unseal, unseal_column, unseal_content
from payung.office.files.models import Finding, KeptFile, Reading, Row
from payung.rules.roster.catalogue import SEVERITIES

_BORN_ON = """
    SELECT r.name, r.nik_sealed, f.name, r.sheet, r.row FROM files_row r
    JOIN files_reading g ON g.id = r.reading_id JOIN files_keptfile f ON f.id = g.file_id
    WHERE r.government_id = %s AND r.birth_date = %s AND r.reading_id <> %s AND r.verdict IN ('clean', 'repaired')
      AND r.nik_sealed IS NOT NULL AND r.name IS NOT NULL
    ORDER BY g.read_at DESC, r.id DESC LIMIT 2000
"""


@dataclass(frozen=True)
class FoundFault:
    """One finding as a clerk meets it: where, what was read, what to do."""

    sheet: str
    row: int
    position: int
    column: str
    field: str
    code: str
    severity: str
    value: str
    suggestion: str
    params: dict[str, Any]


@dataclass(frozen=True)
class ReadRow:
    """One person's row as it was read. Marks are in clear: mask them before a screen."""

    id: int
    sheet: str
    row: int
    position: int
    verdict: str
    name: str | None
    nik: str | None
    birth_date: Any
    job: str | None
    wage_rupiah: int | None


def content(file: KeptFile) -> bytes:
    """The file's bytes as they arrived."""
    return unseal_content(file.sealed_content)


def findings(
    reading: Reading,
    *,
    code: str | None = None,
    severity: str | None = None,
    after: int = -1,
    limit: int | None = None,
) -> list[FoundFault]:
    """Findings in the sheet's own order, after a position; one row's findings are never torn apart by `limit`."""
    found = Finding.objects.filter(reading=reading, position__gt=after).order_by("position", "pk")
    if code:
        found = found.filter(code=code)
    if severity:
        found = found.filter(severity=severity)
    if limit is not None:
        positions = list(found.values_list("position", flat=True).distinct()[:limit])
        found = found.filter(position__lte=positions[-1]) if positions else found.none()
    return [_fault(finding) for finding in found]


def findings_at(reading: Reading, positions: Sequence[int]) -> list[FoundFault]:
    """What was found in these rows, the worst of each row first."""
    found = Finding.objects.filter(reading=reading, position__in=positions).order_by("position", "pk")
    ranks: dict[str, int] = {severity: rank for rank, severity in enumerate(SEVERITIES)}
    return sorted(map(_fault, found), key=lambda fault: (fault.position, -ranks[fault.severity]))


def _fault(finding: Finding) -> FoundFault:
    detail = json.loads(unseal(finding.sealed_detail, kind="finding") or "{}")
    return FoundFault(
        sheet=finding.sheet,
        row=finding.row,
        position=finding.position,
        column=finding.column,
        field=finding.field,
        code=finding.code,
        severity=finding.severity,
        value=detail.get("value") or "",
        suggestion=detail.get("suggestion") or "",
        params=detail.get("params") or {},
    )


def rows(reading: Reading, *, verdict: str | None = None, after: int = -1, limit: int = 50) -> list[ReadRow]:
    """The reading's people in the sheet's own order."""
    found = Row.objects.filter(reading=reading, position__gt=after).order_by("position")
    if verdict:
        found = found.filter(verdict=verdict)
    return [
        ReadRow(
            id=row.pk,
            sheet=row.sheet,
            row=row.row,
            position=row.position,
            verdict=row.verdict,
            name=row.name,
            nik=unseal(row.nik_sealed, kind="nik"),
            birth_date=row.birth_date,
            job=row.job,
            wage_rupiah=row.wage_rupiah,
        )
        for row in found[:limit]
    ]


def born_on(government_id: int, day: date, *, beside: Reading) -> pl.DataFrame:
    """Sound rows of all other lists, also those that were never applied, of people born on a day: the newest first.

    name, nik (in clear: mask it before a screen), file, sheet, row; of the rows that the reader's area shows.
    """
    schema = {"name": pl.String, "nik_sealed": pl.String, "file": pl.String, "sheet": pl.String, "row": pl.Int64}
    found = bulk.read(_BORN_ON, [government_id, day, beside.pk], schema=schema)
    niks = pl.Series("nik", unseal_column(found["nik_sealed"], kind="nik"), dtype=pl.String)
    return found.select("name", niks, "file", "sheet", "row")
