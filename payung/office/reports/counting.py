"""The verb of the five numbers: count a month anew, from what stands now."""

from datetime import datetime

import polars as pl

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.reports.coverage_cells import replace_cells
from payung.office.reports.heads import DIMENSIONS, FLAGS, RUPIAH, WHYS, heads
from payung.office.reports.models import CountedMonth
from payung.office.reports.traits import TRAITS, with_traits
from payung.rules.months import Month

ALIKE = (*DIMENSIONS, *FLAGS, *WHYS)


def count_month(*, government: Government, month: Month, by: User, at: datetime) -> CountedMonth:
    """The month's heads, tallies and coverage cells in place of those counted before; nothing else changes.

    Raises BeforeTheLawError for a month before July 2015.
    """
    require(by, Deed.RECONCILE)
    with whole_government(government, by=by):
        Government.objects.select_for_update(no_key=True).get(pk=government.pk)
        found = with_traits(heads(government.pk, month), government.pk, month)
        _replace(found, government.pk, month)
        counted, _ = CountedMonth.objects.update_or_create(
            government=government,
            month=month.first_day,
            defaults={"heads": found.height, "counted_by": by, "counted_at": at},
        )
        record(
            "count_month", subject=f"government:{government.pk}", by=by, at=at,
            detail={"month": str(month), "heads": found.height},
        )  # fmt: skip
    return counted


def _replace(found: pl.DataFrame, government_id: int, month: Month) -> None:
    bulk.execute(
        "DELETE FROM reports_head h USING reports_tally t"
        " WHERE t.id = h.tally_id AND t.government_id = %s AND t.month = %s",
        [government_id, month.first_day],
    )
    bulk.execute("DELETE FROM reports_tally WHERE government_id = %s AND month = %s", [government_id, month.first_day])
    tallies = (
        found.group_by(ALIKE)
        .agg(pl.len().cast(pl.Int64).alias("heads"), *(pl.col(name).sum() for name in RUPIAH))
        .sort(ALIKE, nulls_last=True)
    )
    own = pl.lit(government_id).alias("government_id")
    numbered = tallies.with_columns(bulk.new_ids("reports_tally", tallies.height).alias("id"))
    bulk.write(
        numbered.rename({"mask": "programmes"}).with_columns(own, pl.lit(month.first_day).alias("month")),
        "reports_tally",
    )
    placed = found.join(numbered.select("id", *ALIKE), on=ALIKE, nulls_equal=True).rename({"id": "tally_id"})
    bulk.write(
        placed.sort("tally_id", "row_id", "membership_id", nulls_last=True).select(
            own,
            "tally_id",
            "person_id",
            "membership_id",
            "row_id",
            "due_rupiah",
            "posted_rupiah",
            "covered",
            *TRAITS,
        ),
        "reports_head",
    )
    replace_cells(found, government_id, month)
    bulk.refresh_statistics(found.height, "reports_tally", "reports_head", "reports_coveragecell")
