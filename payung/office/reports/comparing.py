"""A personnel master beside the members of a month: who is protected, who is not and why, and who has less.

Computed as frames over the whole government, stored in place of what was compared before. What a row stands for is
said by `standings`; the first that fits counts.
"""

from datetime import datetime

import polars as pl

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.enrolment.receiving import Progress, silent
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.registry.doubts import seek_for_rows
from payung.office.registry.frames import add_evidence, link
from payung.office.reports import paid, standings
from payung.office.reports.models import Comparison, Master
from payung.office.reports.units import opds_of_units
from payung.rules.identity import names
from payung.rules.months import Month

_ROWS = """
    SELECT m.row_id, r.verdict, coalesce(r.name, ''), r.birth_date, r.nik_sealed, m.unit, m.status, m.status_text,
           m.until_on, EXISTS (SELECT 1 FROM registry_evidence e WHERE e.row_id = m.row_id)
    FROM reports_masterrow m JOIN files_row r ON r.id = m.row_id WHERE m.master_id = %s ORDER BY m.row_id
"""
ROWS = {
    "row_id": pl.Int64, "verdict": pl.String, "name": pl.String, "birth_date": pl.Date, "nik_sealed": pl.String,
    "unit": pl.String, "status": pl.String, "status_text": pl.String, "until_on": pl.Date, "told": pl.Boolean,
}  # fmt: skip
STORED = (
    "government_id", "comparison_id", "opd_id", "row_id", "person_id", "membership_id", "name", "nik_sealed", "unit",
    "status", "status_text", "standing", "programmes", "usual_programmes", "base_rupiah", "usual_base_rupiah",
    "fewer_programmes", "lower_base",
)  # fmt: skip


def compare(*, master: Master, month: Month, by: User, at: datetime, progress: Progress = silent) -> Comparison:
    """Everybody of a master beside the members of a month; rows that may be somebody known ask who they are.

    Raises BeforeTheLawError for a month before July 2015.
    """
    require(by, Deed.ASSESS)
    with whole_government(master.government, by=by):
        Government.objects.select_for_update(no_key=True).get(pk=master.government_id)
        rows = linked(master)
        progress("compare", 0, rows.height)
        _ask_who(master, rows, at=at, progress=progress)
        found = standings.judged(rows, master.government_id, month)
        Comparison.objects.filter(master=master, month=month.first_day).delete()
        made = Comparison.objects.create(
            government=master.government, master=master, month=month.first_day, made_by=by, made_at=at
        )
        _store(made, found)
        progress("compare", rows.height, rows.height)
        detail = {"month": str(month), "heads": found.height}
        record("compare_master", subject=f"master:{master.pk}", by=by, at=at, detail=detail)
    return made


def linked(master: Master) -> pl.DataFrame:
    """ROWS of a master with `opd_id`, and what linkage decided of each: `decision`, `person_id`, `reason`."""
    rows = bulk.read(_ROWS, [master.pk], schema=ROWS)
    keys = rows["name"].map_elements(names.key, return_dtype=pl.String)
    asked = rows.filter(pl.col("verdict") != "reject").select(pl.col("row_id").alias("key"), "birth_date", "nik_sealed")
    keyed = asked.join(
        rows.select(pl.col("row_id").alias("key"), keys.alias("name_key")), on="key", maintain_order="left"
    )
    decisions = link(master.government_id, keyed.select("key", "name_key", "birth_date", "nik_sealed"))
    opds = opds_of_units(master.government_id, rows["unit"].unique().to_list())
    opd = pl.col("unit").replace_strict(opds, default=None, return_dtype=pl.Int64)
    return rows.with_columns(opd.alias("opd_id")).join(
        decisions.rename({"key": "row_id"}), on="row_id", how="left", maintain_order="left"
    )


def _ask_who(master: Master, rows: pl.DataFrame, *, at: datetime, progress: Progress) -> None:
    """Certain rows become evidence of their person; those that may be somebody become questions."""
    fresh = rows.filter((pl.col("decision") == "same") & ~pl.col("told"))
    add_evidence(master.government_id, fresh.select(pl.col("row_id").alias("key"), "person_id"), at=at)
    doubtful = rows.filter(standings.DOUBTFUL & (pl.col("name") != ""))
    if not doubtful.is_empty():
        asked = doubtful.select(pl.col("row_id").alias("key"), pl.lit(None, pl.String).alias("digits"))
        seek_for_rows(master.government_id, asked, opd_id=master.reading.opd_id, at=at, progress=progress)


def _store(made: Comparison, found: pl.DataFrame) -> None:
    own = [pl.lit(made.government_id).alias("government_id"), pl.lit(made.pk).alias("comparison_id")]
    bulk.write(found.with_columns(own), "reports_compared", columns=list(STORED))
    months = paid.months_of(
        found.filter(pl.col("standing").is_in(standings.EXPECTED)), made.government_id, Month.of(made.month)
    )
    bulk.write(months.with_columns(own), "reports_comparedmonth")
    bulk.refresh_statistics(found.height, "reports_compared", "reports_comparedmonth")
