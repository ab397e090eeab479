"""BPJS has somebody otherwise than the office, and the office is right: it is asked to correct, by a file.

A different wage needs no such word: it goes out as a changed wage.
"""

from collections.abc import Sequence
from datetime import datetime

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.places.scope import whole_government
from payung.office.submissions.actions import require_unit
from payung.office.submissions.models import CorrectionAsked, Reply, ReplyRow

CORRECTABLE = ("nik", "name", "birth_date")
"""What BPJS can be asked to correct, of what differs."""


def ask(*, reply: Reply, row_ids: Sequence[int], by: User, at: datetime) -> int:
    """Ask BPJS to correct these rows of a reply as the office has them; returns how many were not asked before.

    Rows of nobody, and those in which nothing of CORRECTABLE differs, are passed over. Raises as `require_unit`.
    """
    require_unit(reply.unit, by)
    with whole_government(reply.unit.government, by=by):
        rows = (
            ReplyRow.objects.select_for_update(of=("self",))
            .select_related("reply")
            .filter(reply=reply, pk__in=row_ids, membership__isnull=False, differs__overlap=list(CORRECTABLE))
        )
        fresh = rows.exclude(pk__in=CorrectionAsked.objects.filter(row__reply=reply).values("row"))
        made = CorrectionAsked.objects.bulk_create(_asked(row, by, at) for row in fresh)
        record("ask_correction", subject=f"unit:{reply.unit_id}", by=by, at=at, detail={"people": len(made)})
    return len(made)


def _asked(row: ReplyRow, by: User, at: datetime) -> CorrectionAsked:
    assert row.membership_id is not None
    return CorrectionAsked(
        government_id=row.government_id,
        unit_id=row.reply.unit_id,
        membership_id=row.membership_id,
        row=row,
        fields=[name for name in CORRECTABLE if name in row.differs],
        asked_by=by,
        asked_at=at,
    )
