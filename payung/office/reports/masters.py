"""Verbs of the assessment: a personnel master is taken in, a unit is told to be an OPD, a deadline is set."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.db import transaction

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.enrolment.receiving import Progress, opened, silent
from payung.office.files.actions import digest, keep, store_reading
from payung.office.files.models import KeptFile, Reading
from payung.office.places.models import Government, Opd
from payung.office.places.scope import whole_government
from payung.office.reports.models import Master, OpdDeadline, UnitName
from payung.rules.identity.hiding import hide_marks
from payung.rules.roster.checking import Checked, check
from payung.rules.roster.employment import employment

LONGEST_UNIT = 200


class NobodyInMaster(Exception):
    """No row of the file speaks of a person."""


@dataclass(frozen=True)
class Taken:
    """What became of a master: how many people it names; `known` when the same file was handed in before."""

    master: Master
    people: int
    known: bool


@dataclass(frozen=True)
class Heading:
    """What the person who hands in a master says about it: the office it comes from, its kind, the day it tells of."""

    opd: Opd
    source: str
    told_on: date


def take_in(
    *, content: bytes, name: str, heading: Heading, by: User, at: datetime, progress: Progress = silent
) -> Taken:
    """Keep a master with its rows and findings; nobody is enrolled by it. The same bytes change nothing.

    Raises `UnreadableWorkbook` and NobodyInMaster; nothing is stored then.
    """
    require(by, Deed.ASSESS)
    assert heading.source in Master.SOURCES, heading.source
    government = heading.opd.government
    with whole_government(government, by=by):
        if (standing := _handed_in(government, content)) is not None:
            return _known(standing)
    workbook = opened(content, name)
    checked = check(
        workbook, on=heading.told_on, membership_class="PU", place=government.code,
        progress=lambda done, whole: progress("check", done, whole),
    )  # fmt: skip
    if checked.rows.filter(pl.col("verdict") != "not_a_person").is_empty():
        raise NobodyInMaster
    told = employment(workbook, checked.blocks, on=heading.told_on)
    progress("store", 0, checked.rows.height)
    with whole_government(government, by=by):
        file, _ = keep(government=government, content=content, name=name, by=by, at=at)
        KeptFile.objects.select_for_update().get(pk=file.pk)
        if (standing := _handed_in(government, content)) is not None:  # by somebody else, while we were reading
            return _known(standing)
        reading = store_reading(
            file=file, opd=heading.opd, checked=checked, on=heading.told_on, membership_class="PU", at=at
        )
        master = Master.objects.create(
            government=government, reading=reading, source=heading.source, told_on=heading.told_on,
            received_by=by, received_at=at,
        )  # fmt: skip
        people = _store(master, reading, checked, told)
        record("take_in_master", subject=f"master:{master.pk}", by=by, at=at, detail={"people": people})
    progress("store", checked.rows.height, checked.rows.height)
    return Taken(master, people, known=False)


def _handed_in(government: Government, content: bytes) -> Master | None:
    return Master.objects.filter(government=government, reading__file__sha256=digest(content)).first()


def _known(master: Master) -> Taken:
    return Taken(master, master.masterrow_set.count(), known=True)


def _store(master: Master, reading: Reading, checked: Checked, told: pl.DataFrame) -> int:
    """A row of the master for each row of its reading, with the unit (else the sheet) and the status as written."""
    rows = bulk.read(
        "SELECT id, position FROM files_row WHERE reading_id = %s ORDER BY position",
        [reading.pk],
        schema={"row_id": pl.Int64, "position": pl.Int64},
    )
    places = checked.rows.select("sheet", "row", "unit").with_row_index("position")
    written = rows.join(
        places.with_columns(pl.col("position").cast(pl.Int64)), on="position", how="left", maintain_order="left"
    ).join(told.unique(["sheet", "row"]), on=["sheet", "row"], how="left", maintain_order="left")
    units = [hide_marks((unit or sheet or "").strip())[:LONGEST_UNIT] for unit, sheet in
             written.select("unit", "sheet").iter_rows()]  # fmt: skip
    made = written.select(
        pl.lit(master.government_id).alias("government_id"),
        pl.lit(master.pk).alias("master_id"),
        "row_id",
        pl.Series("unit", units, dtype=pl.String),
        pl.col("status").fill_null("unknown"),
        pl.col("status_text").fill_null(""),
        pl.col("until").alias("until_on"),
    )
    bulk.write(made, "reports_masterrow")
    bulk.refresh_statistics(made.height, "reports_masterrow")
    return made.height


@transaction.atomic
def name_unit(*, government: Government, unit: str, opd: Opd, by: User, at: datetime) -> UnitName:
    """Say which OPD a unit of the masters is; the next comparison goes by it."""
    require(by, Deed.ASSESS)
    assert opd.government_id == government.pk, "the OPD belongs to another government"
    UnitName.objects.filter(government=government, unit=unit, replaced_at=None).update(replaced_at=at)
    made = UnitName.objects.create(government=government, unit=unit, opd=opd, recorded_by=by, recorded_at=at)
    record("name_unit", subject=f"opd:{opd.pk}", by=by, at=at, detail={"unit": unit})
    return made


@dataclass(frozen=True)
class Letter:
    """The letter by which OPD are reminded, and until when they have time."""

    number: str
    written_on: date
    due_on: date


@transaction.atomic
def set_deadline(*, opds: Iterable[Opd], letter: Letter, by: User, at: datetime) -> list[OpdDeadline]:
    """Give these OPD until a day to settle what the comparison found, in place of an earlier deadline."""
    require(by, Deed.ASSESS)
    chosen = list(opds)
    OpdDeadline.objects.filter(opd__in=chosen, replaced_at=None).update(replaced_at=at)
    made = OpdDeadline.objects.bulk_create(
        OpdDeadline(
            government_id=opd.government_id, opd=opd, letter_number=letter.number, letter_on=letter.written_on,
            due_on=letter.due_on, recorded_by=by, recorded_at=at,
        )
        for opd in chosen
    )  # fmt: skip
    for one in made:
        detail = {"due_on": letter.due_on.isoformat(), "letter": letter.number}
        record("set_deadline", subject=f"opd:{one.opd_id}", by=by, at=at, detail=detail)
    return made
