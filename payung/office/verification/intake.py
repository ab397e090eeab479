"""Candidates arrive: a village's list, or one person typed in."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.marks import seal_column, unseal_column
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.agreements.models import Decree
from payung.office.enrolment.receiving import Progress, read_and_check, silent
from payung.office.files.actions import digest, keep, store_reading
from payung.office.files.models import KeptFile, Reading
from payung.office.places.queries import Area
from payung.office.places.scope import whole_government
from payung.office.verification import frames
from payung.office.verification.models import Candidate
from payung.office.verification.taking_back import propose_again
from payung.rules.eligibility.segments import segment_column
from payung.rules.roster.checking import Checked

TYPED = ("NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Jenis Kelamin", "Pekerjaan", "Kecamatan", "Desa")
"""Headings of somebody typed in: the same reader checks one person as a hundred thousand."""
NIK = re.compile(r"\d{16}")


class IntakeRefused(Exception):
    """This list is not taken in; `reason` is `nobody`, or `outside_area` when it names people elsewhere."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class TakenIn:
    """How many candidates a list brought; `known` when the same file was taken in before and nothing changed."""

    candidates: int
    known: bool


def take_in(
    *, decree: Decree, content: bytes, name: str, area: Area, by: User, at: datetime, progress: Progress = silent
) -> TakenIn:
    """Everybody a list names becomes a candidate, checked at once. The same file for the same decree changes nothing.

    `area` is the user's: people outside its villages are refused as a whole, where it has any. Raises IntakeRefused
    and `UnreadableWorkbook`.
    """
    require(by, Deed.PROPOSE_CANDIDATE)
    government = decree.government
    standing = Candidate.objects.filter(decree=decree, row__reading__file__sha256=digest(content))
    with whole_government(government, by=by):
        if known := standing.count():
            return TakenIn(known, known=True)
    # Read as wage earners are: the age is a matter of the decree's rules, which say so in their own words.
    checked = read_and_check(
        content, name, on=decree.effective_from, membership_class="PU", place=government.code, progress=progress
    )
    _require_own(checked, area)
    with whole_government(government, by=by):
        file, _ = keep(government=government, content=content, name=name, by=by, at=at)
        KeptFile.objects.select_for_update().get(pk=file.pk)
        if known := standing.count():  # taken in by somebody else, while we were reading
            return TakenIn(known, known=True)
        reading = store_reading(
            file=file, opd=decree.opd, checked=checked, on=decree.effective_from, membership_class="BPU", at=at
        )
        ids = _propose(decree, reading, by, at)
        progress("check", 0, len(ids))
        frames.store(decree, frames.outcomes(decree, ids=ids), at)
        record("take_in", subject=f"decree:{decree.pk}", by=by, at=at, detail={"candidates": len(ids)})
    return TakenIn(len(ids), known=False)


def propose_one(*, decree: Decree, told: Mapping[str, str], area: Area, by: User, at: datetime) -> Candidate:
    """One person typed in (by the headings of TYPED), through the same checks as a list. Raises as `take_in` does.

    Who was taken back and is typed again in the same words is proposed again.
    """
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([TYPED, [told.get(heading, "").strip() for heading in TYPED]])
    content = text.getvalue().encode()
    take_in(decree=decree, content=content, name="diketik.csv", area=area, by=by, at=at)
    with whole_government(decree.government, by=by):
        made = Candidate.objects.get(decree=decree, row__reading__file__sha256=digest(content))
    propose_again(candidate=made, area=area, by=by, at=at)
    return made


def _require_own(checked: Checked, area: Area) -> None:
    people = checked.rows.filter(pl.col("verdict") != "not_a_person")
    if people.is_empty():
        raise IntakeRefused("nobody")
    if area.opd_ids is None or not area.villages:
        return
    own = pl.col("desa_code").is_in(list(area.villages)) | pl.col("kecamatan_code").is_in(list(area.villages))
    if not people.select(own.fill_null(value=False).all()).item():
        raise IntakeRefused("outside_area")


def _propose(decree: Decree, reading: Reading, by: User, at: datetime) -> list[int]:
    """A candidate for each row of the reading, in its order; returns their ids."""
    rows = bulk.read(
        """SELECT id, verdict, coalesce(name, ''), birth_date, sex, job, kecamatan_code, desa_code, nik_sealed
           FROM files_row WHERE reading_id = %s ORDER BY position""",
        [reading.pk],
        schema={
            "row_id": pl.Int64, "verdict": pl.String, "name": pl.String, "birth_date": pl.Date, "sex": pl.String,
            "job": pl.String, "kecamatan_code": pl.String, "desa_code": pl.String, "nik_sealed": pl.String,
        },
    )  # fmt: skip
    whole = [mark if mark and NIK.fullmatch(mark) else None for mark in unseal_column(rows["nik_sealed"], kind="nik")]
    ids = bulk.new_ids("verification_candidate", rows.height)
    frame = rows.with_columns(
        ids.alias("id"),
        pl.Series("nik_sealed", seal_column(whole, kind="nik"), dtype=pl.String),
        segment_column(rows["job"]).alias("segment"),
        pl.lit(decree.government_id).alias("government_id"),
        pl.lit(decree.pk).alias("decree_id"),
        pl.lit(decree.opd_id).alias("opd_id"),
        pl.lit(value=False).alias("maybe_known"),
        pl.lit(by.pk).alias("proposed_by_id"),
        pl.lit(at.isoformat()).alias("proposed_at"),
    )
    bulk.write(frame, "verification_candidate")
    bulk.refresh_statistics(frame.height, "verification_candidate")
    return ids.to_list()
