"""Which rows of a plan ask who they are, and what a list says of them where it cannot be read."""

import json
from datetime import datetime

import polars as pl

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.marks import unseal, unseal_column
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.enrolment import listed_again
from payung.office.enrolment.frames import LINKAGE_REASONS
from payung.office.enrolment.models import Plan
from payung.office.files.models import Finding, Row
from payung.office.places.models import Government
from payung.office.places.scope import whole_government
from payung.office.registry import doubts
from payung.office.registry.doubts import Progress, Sought

_ASKED = """
    SELECT i.row_id, d.sealed_detail, CASE WHEN i.reason = %s THEN i.person_id END
    FROM enrolment_planitem i JOIN files_row r ON r.id = i.row_id
    LEFT JOIN LATERAL (
        SELECT f.sealed_detail FROM files_finding f
        WHERE f.reading_id = r.reading_id AND f.position = r.position AND f.field = 'nik' AND f.severity = 'human'
        ORDER BY f.id LIMIT 1) d ON true
    WHERE i.plan_id = %s AND i.kind = 'human' AND r.name IS NOT NULL
      AND (i.reason = ANY (%s) OR d.sealed_detail IS NOT NULL)
    ORDER BY i.position
"""


def seek_for_plan(*, plan: Plan, by: User, at: datetime, progress: Progress) -> Sought:
    """Look for whom the rows of a plan may be that wait for a person because of who they are."""
    require(by, Deed.RECEIVE_LIST)
    with whole_government(plan.government, by=by):
        found = bulk.read(
            _ASKED,
            [listed_again.REASON, plan.pk, list(LINKAGE_REASONS)],
            schema={"key": pl.Int64, "sealed_detail": pl.String, "beside_id": pl.Int64},
        )
        digits = [_value(detail) for detail in unseal_column(found["sealed_detail"], kind="finding")]
        asked = found.select("key", "beside_id", pl.Series("digits", digits, dtype=pl.String))
        sought = doubts.seek_for_rows(
            plan.government_id, asked, opd_id=plan.roster_list.opd_id, at=at, progress=progress
        )
        _note(sought, subject=f"list:{plan.roster_list_id}", by=by, at=at)
    return sought


def seek_twins(*, government: Government, by: User, at: datetime, progress: Progress) -> Sought:
    """Look for people who stand in the registry twice, whichever OPD or payer they came with."""
    require(by, Deed.RECEIVE_LIST)
    with whole_government(government, by=by):
        sought = doubts.seek_in_registry(government.pk, at=at, progress=progress)
        _note(sought, subject=f"government:{government.pk}", by=by, at=at)
    return sought


def unread_nik(row: Row) -> str | None:
    """What stands where the NIK of a row should be, when it could not be read."""
    found = Finding.objects.filter(reading=row.reading_id, position=row.position, field="nik", severity="human")
    sealed = found.order_by("pk").values_list("sealed_detail", flat=True).first()
    return None if sealed is None else _value(unseal(sealed, kind="finding"))


def _value(detail: str | None) -> str | None:
    return json.loads(detail).get("value") if detail else None


def _note(sought: Sought, *, subject: str, by: User, at: datetime) -> None:
    """How many people's marks were opened to compare them stands in the audit."""
    record("seek_people", subject=subject, by=by, at=at, detail={"pairs": sought.pairs, "opened": sought.opened})
