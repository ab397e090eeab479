"""Questions about decree lists: who stands in it on a day, which slots are free, what each paper changed."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from payung.office import bulk
from payung.office.agreements.models import Amendment, Decree
from payung.office.places.scope import whole_government

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
_STANDING = """
    e.decree_id = %(decree)s AND e.replaced_at IS NULL
    AND e.from_day <= %(last)s AND coalesce(e.until_day, 'infinity') >= %(first)s
    AND (%(rows)s::bigint[] IS NULL OR e.row_id = ANY(%(rows)s))
    AND (%(villages)s::text[] IS NULL OR e.kecamatan_code = ANY(%(villages)s) OR e.desa_code = ANY(%(villages)s))
"""
_ENTRIES = f"""
    SELECT e.id, s.id, s.number, s.share, coalesce(p.survivor_id, e.person_id), e.row_id, e.kecamatan_code, e.desa_code,
           e.segment, e.from_day, e.until_day, e.end_reason, a.sequence
    FROM agreements_entry e JOIN agreements_slot s ON s.id = e.slot_id
    JOIN agreements_amendment a ON a.id = e.amendment_id
    LEFT JOIN registry_alias p ON p.person_id = e.person_id
    WHERE {_STANDING} ORDER BY s.number, e.from_day LIMIT %(limit)s
"""  # noqa: S608  # our own conditions
_COUNT = f"SELECT count(*) FROM agreements_entry e WHERE {_STANDING}"  # noqa: S608  # our own conditions
SLOT = {"slot_id": pl.Int64, "number": pl.Int64, "share": pl.String}
_FREE = """
    FROM agreements_slot s
    WHERE s.decree_id = %s AND NOT EXISTS (
        SELECT 1 FROM agreements_entry e WHERE e.decree_id = s.decree_id AND e.slot_id = s.id AND e.replaced_at IS NULL
          AND coalesce(e.until_day, 'infinity') >= %s)
"""
_FREE_SLOTS = f"SELECT s.id, s.number, s.share {_FREE} ORDER BY s.number"
_FREE_SHARES = f"SELECT s.share, count(*) {_FREE} GROUP BY 1"


def list_on(
    decree: Decree,
    day: date,
    *,
    rows: Sequence[int] | None = None,
    villages: Sequence[str] | None = None,
    limit: int | None = None,
) -> pl.DataFrame:
    """The list on a day (ENTRY), by slot: the decree and its amendments in force.

    Only of these rows, or of people of these kecamatan and desa, or its first `limit`, where told.
    """
    asked = _asked(decree, day, day, rows=rows, villages=villages)
    return bulk.read(_ENTRIES, {**asked, "limit": limit}, schema=ENTRY)


def count_on(decree: Decree, day: date, *, villages: Sequence[str] | None = None) -> int:
    """How many `list_on` holds."""
    found = bulk.read(_COUNT, _asked(decree, day, day, villages=villages), schema={"count": pl.Int64})
    return int(found.item())


def history(decree: Decree) -> pl.DataFrame:
    """Every entry that ever stood (ENTRY), by slot and day: who followed whom."""
    return bulk.read(_ENTRIES, {**_asked(decree, date.min, date.max), "limit": None}, schema=ENTRY)


def _asked(
    decree: Decree,
    first: date,
    last: date,
    *,
    rows: Sequence[int] | None = None,
    villages: Sequence[str] | None = None,
) -> dict[str, object]:
    return {
        "decree": decree.pk,
        "first": first,
        "last": last,
        "rows": None if rows is None else list(rows),
        "villages": None if villages is None else list(villages),
    }


def free_slots(decree: Decree, first_day: date) -> pl.DataFrame:
    """Slots that nobody holds on or after a day (SLOT). Only in a scope that sees the whole list."""
    return bulk.read(_FREE_SLOTS, [decree.pk, first_day], schema=SLOT)


def free_shares(decree: Decree, first_day: date) -> dict[str, int]:
    """Share ("" is open to all) -> how many slots nobody holds from a day on, whatever the reader sees of the list."""
    with whole_government(decree.government):
        found = bulk.read(_FREE_SHARES, [decree.pk, first_day], schema={"share": pl.String, "count": pl.Int64})
    return dict(found.with_columns(pl.col("share").fill_null("")).iter_rows())


def free_count(decree: Decree, first_day: date) -> int:
    """How many slots nobody holds on or after a day."""
    return sum(free_shares(decree, first_day).values())


def amendments(decree: Decree) -> list[Amendment]:
    """Every paper that was proposed, with its proposal, the oldest first; whatever the reader sees of the OPD."""
    found = Amendment.objects.filter(decree=decree).select_related("proposal__made_by", "proposal__decided_by")
    with whole_government(decree.government):
        return list(found.order_by("sequence"))


def amendment_state(amendment: Amendment) -> str:
    """open, returned, approved, refused, in_force, or superseded by a newer version."""
    if amendment.in_force_at is not None:
        return "in_force"
    return "superseded" if amendment.version < amendment.proposal.version else amendment.proposal.state


def in_force(decree: Decree) -> bool:
    """Whether the decree itself stands: its first paper is in force (and was approved, a trigger says)."""
    return Amendment.objects.filter(decree=decree, in_force_at__isnull=False).exists()
