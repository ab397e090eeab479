"""What lists of others tell of candidates: deciles and deaths from the outside lists; removals, civil servants and
employees from lists that are read here.

Nobody publishes the layouts of the latter; the columns are assumed: NIK, and TANGGAL where the list says of each
person when. Other columns are passed over and not stored.
"""

import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.marks import seal_column
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.agreements.models import Decree
from payung.office.files.actions import keep
from payung.office.files.models import Reading
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.verification.actions import check_again
from payung.office.verification.models import Told
from payung.rules.roster.reading import read
from payung.rules.roster.workbook import Sheet

HEADER_WITHIN = 30
NIK, DAY = "NIK", "TANGGAL"
HEARD = (Told.WAGE_EARNER, Told.MOVED)
"""What a list that is read here may tell."""
_NAMED = """
    SELECT DISTINCT c.decree_id, c.id FROM verification_candidate c
    JOIN verification_told t ON t.government_id = c.government_id AND t.nik_sealed = c.nik_sealed
    WHERE c.government_id = %s AND t.file_id = %s AND t.kind = %s
"""


class NoSuchColumns(Exception):
    """The file lacks a column that such a list needs; `missing` names it."""

    def __init__(self, missing: str) -> None:
        super().__init__(missing)
        self.missing = missing


@dataclass(frozen=True)
class Heard:
    """What became of a list: people told of, rows that could not be read, and whether it was known before."""

    people: int
    unread: int
    known: bool


def hear(
    *, government: Government, content: bytes, name: str, kind: str, told_on: date, by: User, at: datetime
) -> Heard:
    """Keep what a list tells of each NIK. The same file as the same kind changes nothing.

    Candidates must be checked again afterwards. Raises NoSuchColumns and `UnreadableWorkbook`.
    """
    require(by, Deed.VERIFY_CANDIDATE)
    assert kind in HEARD, kind
    rows = _rows(content, name, told_on)
    sound = rows.filter(pl.col("nik").str.contains(r"^\d{16}$"))
    with whole_government(government, by=by):
        file, _ = keep(government=government, content=content, name=name, by=by, at=at)
        if known := Told.objects.filter(file=file, kind=kind).count():
            return Heard(known, 0, known=True)
        told = sound.unique("nik", keep="last", maintain_order=True)
        bulk.write(
            told.select(
                pl.Series("nik_sealed", seal_column(told["nik"], kind="nik"), dtype=pl.String),
                "told_on",
                pl.lit(government.pk).alias("government_id"),
                pl.lit(file.pk).alias("file_id"),
                pl.lit(kind).alias("kind"),
                pl.lit(at.isoformat()).alias("recorded_at"),
            ),
            "verification_told",
        )
        bulk.refresh_statistics(told.height, "verification_told")
        detail = {"kind": kind, "people": told.height, "unread": rows.height - sound.height}
        record("hear", subject=f"file:{file.pk}", by=by, at=at, detail=detail)
    return Heard(told.height, rows.height - sound.height, known=False)


def tell(*, reading: Reading, kind: str, told: pl.DataFrame, by: User, at: datetime) -> int:
    """Keep what an outside list tells, and check the candidates whom it names again; returns how many those are.

    `told` has `nik_sealed`, `told_on` (the day of death, else that of the list) and `decile`. In a scope that sees the
    whole government.
    """
    require(by, Deed.VERIFY_CANDIDATE)
    government_id = reading.government_id
    bulk.write(
        told.unique("nik_sealed", keep="last", maintain_order=True).with_columns(
            pl.lit(government_id).alias("government_id"),
            pl.lit(reading.file_id).alias("file_id"),
            pl.lit(kind).alias("kind"),
            pl.lit(at.isoformat()).alias("recorded_at"),
        ),
        "verification_told",
    )
    bulk.refresh_statistics(told.height, "verification_told")
    named = bulk.read(_NAMED, [government_id, reading.file_id, kind], schema=dict.fromkeys(("decree", "key"), pl.Int64))
    for (decree_id,), candidates in named.partition_by("decree", as_dict=True).items():
        decree = Decree.objects.select_related("government").get(pk=decree_id)
        check_again(decree=decree, by=by, at=at, candidate_ids=candidates["key"].to_list())
    return named.height


def _rows(content: bytes, name: str, told_on: date) -> pl.DataFrame:
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        path = Path(folder) / ("told" + Path(name).suffix.lower())
        path.write_bytes(content)
        sheets = read(path, name=name).sheets
    found = [table for sheet in sheets if (table := _table(sheet, told_on)) is not None]
    if not found:
        raise NoSuchColumns(NIK)
    return pl.concat(found)


def _table(sheet: Sheet, told_on: date) -> pl.DataFrame | None:
    """The rows below the header; None for a sheet without such a header."""
    header = _header(sheet)
    if header is None:
        return None
    number, named = header
    day = named.get(DAY)
    body = sheet.texts.with_row_index("row", offset=1).filter(
        (pl.col("row") > number) & pl.col(named[NIK]).is_not_null()
    )
    return body.select(
        pl.col(named[NIK]).str.strip_chars(" '`").alias("nik"),
        (pl.col(day).str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False) if day else pl.lit(None, pl.Date))
        .fill_null(told_on)
        .alias("told_on"),
    )


def _header(sheet: Sheet) -> tuple[int, dict[str, str]] | None:
    """The row number of the header and the letter of each heading."""
    for number, cells in sheet.rows(1, min(sheet.height, HEADER_WITHIN)):
        named = {str(cell).strip().upper(): letter for letter, cell in zip(sheet.letters, cells, strict=True) if cell}
        if NIK in named:
            return number, named
    return None
