"""Verbs of files: keep a file, store what was read in it."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db import transaction

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.marks import seal_column, seal_content
from payung.office.access.models import User
from payung.office.files.models import KeptFile, Reading
from payung.office.places.models import Government, Opd
from payung.rules.identity.hiding import HIDDEN, PATTERN, hide_marks
from payung.rules.roster.checking import Checked

SEALED = {"nik": "nik", "kk": "kk", "kpj": "kpj", "phone": "phone", "mother_name": "mother_name"}
"""Column of the roster -> kind of mark it is sealed as."""
FREE_TEXT = ("sheet", "name", "birth_place", "job")
"""Columns in clear into which people also write marks: those are hidden (the sealed file still has them)."""


def digest(content: bytes) -> str:
    """By what a file is known."""
    return hashlib.sha256(content).hexdigest()


@transaction.atomic
def keep(*, government: Government, content: bytes, name: str, by: User, at: datetime) -> tuple[KeptFile, bool]:
    """The file of these bytes and whether it is new; the same bytes are kept once. Its name shows no mark."""
    sha256 = digest(content)
    file, made = KeptFile.objects.get_or_create(
        government=government,
        sha256=sha256,
        defaults={
            "name": hide_marks(name),
            "size_bytes": len(content),
            "received_at": at,
            "received_by": by,
            "sealed_content": seal_content(content),
        },
    )
    if made:
        record(
            "keep_file",
            subject=f"file:{file.pk}",
            by=by,
            at=at,
            detail={"sha256": sha256, "bytes": len(content)},
        )
    return file, made


@transaction.atomic
def store_reading(
    *, file: KeptFile, opd: Opd | None, checked: Checked, on: date, membership_class: str, at: datetime
) -> Reading:
    """Rows that hold people, and every finding, stored by COPY with their marks sealed."""
    people = checked.rows.filter(pl.col("verdict") != "not_a_person")
    counts: dict[str, Any] = {
        "verdicts": dict(people.group_by("verdict").len().iter_rows()),
        "codes": dict(checked.findings.group_by("code").len().iter_rows()),
        "rows": checked.rows.height,
    }
    reading = Reading.objects.create(
        government=file.government,
        file=file,
        opd=opd,
        on=on,
        membership_class=membership_class,
        read_at=at,
        counts=counts,
        sheets=[hide_marks(sheet) for sheet in checked.rows["sheet"].unique(maintain_order=True)],
    )
    places = checked.rows.select("sheet", "row").with_row_index("position")
    _store_rows(reading, people.join(places, on=["sheet", "row"], how="left"))
    _store_findings(reading, checked.findings.join(places, on=["sheet", "row"], how="left"))
    bulk.refresh_statistics(people.height, "files_row", "files_finding")
    return reading


def _without_marks(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        pl.col(name).str.replace_all(PATTERN, HIDDEN) for name in FREE_TEXT if name in frame.columns
    )


def _owner(reading: Reading) -> list[pl.Expr]:
    return [pl.lit(reading.pk).alias("reading_id"), pl.lit(reading.government_id).alias("government_id")]


def _store_rows(reading: Reading, people: pl.DataFrame) -> None:
    sealed = [
        pl.Series(f"{column}_sealed", seal_column(people[column], kind=kind), dtype=pl.String)
        for column, kind in SEALED.items()
    ]
    frame = _without_marks(people).rename({"wage": "wage_rupiah"}).with_columns(*sealed, *_owner(reading))
    bulk.write(
        frame,
        "files_row",
        columns=[
            "government_id", "reading_id", "sheet", "row", "position", "verdict", "name", "birth_date", "birth_place",
            "sex", "job", "kecamatan_code", "desa_code", "wage_rupiah", "member_since", "paid_until",
            *(f"{column}_sealed" for column in SEALED),
        ],
    )  # fmt: skip


def _store_findings(reading: Reading, findings: pl.DataFrame) -> None:
    details = [
        json.dumps({"value": value, "suggestion": suggestion, "params": json.loads(params or "{}")})
        for value, suggestion, params in findings.select("value", "suggestion", "params").iter_rows()
    ]
    frame = _without_marks(findings).with_columns(
        pl.Series("sealed_detail", seal_column(details, kind="finding"), dtype=pl.String),
        *_owner(reading),
    )
    bulk.write(
        frame,
        "files_finding",
        columns=[
            "government_id",
            "reading_id",
            "sheet",
            "row",
            "position",
            "column",
            "field",
            "code",
            "severity",
            "sealed_detail",
        ],
    )
