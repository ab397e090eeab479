"""The truth beside the lists: who stands in every row, what was planted there, how a right reading ends."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from payung.doors.world.entries import Entry
from payung.doors.world.sheets import Sheet

BETWEEN_OFFICES = "duplicate_between_offices"
"""Kind of a row that is clean in its own file, while the person stands in another office's list too."""
PERSON_FIELDS = (
    "person", "nik", "name", "sex", "birth_date", "birth_place", "job", "wage_rupiah", "district", "village",
    "membership_class", "group", "kpj", "sector",
)  # fmt: skip
HIDDEN = ("row_hidden",)
"""Pointed out for people on hidden rows, who are otherwise as clean as the rest."""
ROWS_FILE, SUMMARY_FILE = "kebenaran.parquet", "kebenaran.json"


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a folder of lists.

    `rows` has one row for each physical row with a person: file, sheet, row (1-based), kind ("" for nothing
    planted), codes (one of them must be found; empty: none need be), allowed (may be found although nothing
    is wrong: the way the office writes), verdict, joined (whether the office is paid for), npp, and the true
    values of the person. `sheets` has file, sheet, last_row (the last one that is not empty), people.
    """

    folder: Path
    rows: pl.DataFrame
    sheets: pl.DataFrame

    @property
    def planted(self) -> pl.DataFrame:
        """The rows with a fault a reader of the single file must find."""
        return self.rows.filter((pl.col("kind") != "") & (pl.col("kind") != BETWEEN_OFFICES))

    @property
    def between_offices(self) -> pl.DataFrame:
        """Rows of people who stand in an earlier list as well."""
        return self.rows.filter(pl.col("kind") == BETWEEN_OFFICES)

    def write(self) -> None:
        """Writes `kebenaran.parquet` (all rows) and `kebenaran.json` (planted rows and counts)."""
        self.rows.write_parquet(self.folder / ROWS_FILE)
        kinds = self.rows.filter(pl.col("kind") != "").group_by("kind").len().sort("kind")
        summary = {
            "keterangan": "Data sintetis. Baris dihitung dari 1 seperti di berkasnya; nama lembar CSV kosong.",
            "jumlah_baris_orang": len(self.rows),
            "jumlah_baris_berisi_kesalahan": len(self.planted),
            "kesalahan_menurut_jenis": dict(kinds.iter_rows()),
            "lembar": self.sheets.to_dicts(),
            "kesalahan": _plain(self.planted),
            "ganda_antar_opd": _plain(self.between_offices),
        }
        text = json.dumps(summary, ensure_ascii=False, indent=1, default=str)
        (self.folder / SUMMARY_FILE).write_text(text + "\n", encoding="utf-8")


def rows_of(
    file: str, sheets: list[Sheet], *, allowed: tuple[str, ...], npp: str, joined: bool
) -> list[dict[str, Any]]:
    """The truth about every person row of one file."""
    return [
        {
            "file": file,
            "sheet": sheet.name,
            "row": number,
            **_row(line.entry, allowed + HIDDEN * line.hidden),
            "npp": npp,
            "joined": joined,
        }
        for sheet in sheets
        for number, line in enumerate(sheet.lines, start=1)
        if line.entry is not None
    ]


def sheets_of(file: str, sheets: list[Sheet]) -> list[dict[str, Any]]:
    """How long each sheet of one file is and how many people it lists."""
    return [
        {
            "file": file,
            "sheet": sheet.name,
            "last_row": len(sheet.lines),
            "people": sum(line.entry is not None for line in sheet.lines),
        }
        for sheet in sheets
    ]


def _row(entry: Entry, allowed: tuple[str, ...]) -> dict[str, Any]:
    planted = {
        "kind": entry.fault,
        "codes": list(entry.codes),
        "allowed": list(allowed),
        "verdict": entry.verdict,
    }
    return planted | {field: entry.person[field] for field in PERSON_FIELDS}


def _plain(rows: pl.DataFrame) -> list[dict[str, Any]]:
    names = ("file", "sheet", "row", "kind", "codes", "verdict", "person", "nik", "name", "birth_date")
    return rows.select(*names).to_dicts()
