"""Questions about decree lists: who stands in it on a day, which slots are free, what each paper changed."""

from datetime import date

import polars as pl

from payung.office import bulk
from payung.office.agreements.models import Amendment, Decree
from payung.office.approvals.models import Proposal

ENTRY = {
    "entry_id": pl.Int64,
    "slot_id": pl.Int64,
    "number": pl.Int64,
    "share": pl.String,
    "person_id": pl.Int64,
    "row_id": pl.Int64,
    "kecamatan_code": pl.String,
    "desa_code": pl.String,
    "segment": pl.String,
    "from_day": pl.Date,
    "until_day": pl.Date,
    "end_reason": pl.String,
    "sequence": pl.Int64,
}
_ENTRIES = """
    SELECT e.id, s.id, s.number, s.share, coalesce(p.survivor_id, e.person_id), e.row_id, e.kecamatan_code, e.desa_code,
           e.segment, e.from_day, e.until_day, e.end_reason, a.sequence
    FROM agreements_entry e JOIN agreements_slot s ON s.id = e.slot_id
    JOIN agreements_amendment a ON a.id = e.amendment_id
    LEFT JOIN registry_alias p ON p.person_id = e.person_id
    WHERE e.decree_id = %s AND e.replaced_at IS NULL AND e.from_day <= %s AND coalesce(e.until_day, 'infinity') >= %s
    ORDER BY s.number, e.from_day
"""
SLOT = {"slot_id": pl.Int64, "number": pl.Int64, "share": pl.String}
_FREE = """
    SELECT s.id, s.number, s.share FROM agreements_slot s
    WHERE s.decree_id = %s AND NOT EXISTS (
        SELECT 1 FROM agreements_entry e WHERE e.slot_id = s.id AND e.replaced_at IS NULL
          AND coalesce(e.until_day, 'infinity') >= %s)
    ORDER BY s.number
"""


def list_on(decree: Decree, day: date) -> pl.DataFrame:
    """The list on a day (ENTRY), by slot: the decree and its amendments in force."""
    return bulk.read(_ENTRIES, [decree.pk, day, day], schema=ENTRY)


def history(decree: Decree) -> pl.DataFrame:
    """Every entry that ever stood (ENTRY), by slot and day: who followed whom."""
    return bulk.read(_ENTRIES, [decree.pk, date.max, date.min], schema=ENTRY)


def free_slots(decree: Decree, first_day: date) -> pl.DataFrame:
    """Slots that nobody holds on or after a day (SLOT)."""
    return bulk.read(_FREE, [decree.pk, first_day], schema=SLOT)


def amendments(decree: Decree) -> list[Amendment]:
    """Every paper that was proposed, the oldest first."""
    found = Amendment.objects.filter(decree=decree).select_related("proposal__made_by", "proposal__decided_by")
    return list(found.order_by("sequence"))


def amendment_state(amendment: Amendment) -> str:
    """open, returned, approved, refused, in_force, or superseded by a newer version."""
    if amendment.in_force_at is not None:
        return "in_force"
    return "superseded" if amendment.version < amendment.proposal.version else amendment.proposal.state


def in_force(decree: Decree) -> bool:
    """Whether the decree itself stands: its first paper is approved and in force."""
    return Amendment.objects.filter(
        decree=decree, in_force_at__isnull=False, proposal__state=Proposal.APPROVED
    ).exists()
