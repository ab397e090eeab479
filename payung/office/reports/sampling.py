"""A sample of the people on a month's bills, drawn by a seed: the same seed and size give the same people.

Everybody gets the SHA-256 of "seed:membership id"; the smallest come first. Whoever knows the seed can do it again
with any tool. Each draw is kept in the audit, with how many it was drawn from and a digest of whom it drew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import polars as pl
from django.db import transaction

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.models import AuditEvent, User
from payung.office.access.roles import Deed, require
from payung.office.places.queries import Area
from payung.rules.months import Month

DEED = "draw_sample"
SMALLEST, LARGEST, LONGEST_SEED = 1, 500, 40
_BILLED = """
    SELECT l.membership_id, min(l.opd_id) AS opd_id, sum(l.total_rupiah)::bigint AS rupiah
    FROM billing_billline l JOIN billing_bill b ON b.id = l.bill_id
    WHERE b.government_id = %(government)s AND b.month = %(month)s AND b.state IN ('final', 'sent') GROUP BY 1
"""
_DRAWN = f"""
    SELECT l.membership_id, coalesce(a.survivor_id, m.person_id), p.name, o.short_name, l.rupiah,
           (SELECT t.amount_rupiah FROM billing_posting t
            WHERE t.membership_id = l.membership_id AND t.month = %(month)s), l.people
    FROM (SELECT x.*, count(*) OVER () AS people FROM ({_BILLED}) x
          ORDER BY sha256(convert_to(%(seed)s || ':' || x.membership_id, 'UTF8')), x.membership_id LIMIT %(size)s) l
    JOIN registry_membership m ON m.id = l.membership_id LEFT JOIN registry_alias a ON a.person_id = m.person_id
    JOIN registry_person p ON p.id = coalesce(a.survivor_id, m.person_id) JOIN places_opd o ON o.id = l.opd_id
    ORDER BY sha256(convert_to(%(seed)s || ':' || l.membership_id, 'UTF8')), l.membership_id
"""  # noqa: S608  # our own text, values are parameters
_SCHEMA = {
    "membership_id": pl.Int64, "person_id": pl.Int64, "name": pl.String, "opd": pl.String,
    "billed_rupiah": pl.Int64, "posted_rupiah": pl.Int64, "people": pl.Int64,
}  # fmt: skip


class SampleRefused(Exception):
    """No sample of that size or seed, or of that month; `reason` is `size`, `seed` or `nobody`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Drawn:
    """One of the sample, in the order of the draw. `posted_rupiah` None: BPJS confirmed nothing."""

    membership_id: int
    person_id: int
    name: str
    opd: str
    billed_rupiah: int
    posted_rupiah: int | None


@dataclass(frozen=True)
class Draw:
    """What was asked for and from how many; `digest` is that of the memberships in their order."""

    month: Month
    seed: str
    size: int
    people: int
    digest: str
    drawn: Sequence[Drawn]


@dataclass(frozen=True)
class KeptDraw:
    """A draw as the audit keeps it."""

    id: int
    at: datetime
    by: str
    month: Month
    seed: str
    size: int
    people: int
    digest: str


def sample(government_id: int, *, month: Month, seed: str, size: int) -> Draw:
    """The sample as it is drawn now. Raises SampleRefused."""
    if not SMALLEST <= size <= LARGEST:
        raise SampleRefused("size")
    if not seed or len(seed) > LONGEST_SEED:
        raise SampleRefused("seed")
    asked = {"government": government_id, "month": month.first_day, "seed": seed, "size": size}
    frame = bulk.read(_DRAWN, asked, schema=_SCHEMA)
    if frame.is_empty():
        raise SampleRefused("nobody")
    digest = sha256(",".join(map(str, frame["membership_id"])).encode()).hexdigest()
    drawn = tuple(Drawn(**row) for row in frame.drop("people").iter_rows(named=True))
    return Draw(month, seed, size, frame["people"][0], digest, drawn)


@transaction.atomic
def draw_sample(*, area: Area, month: Month, seed: str, size: int, by: User, at: datetime) -> int:
    """Draw, and keep in the audit what was drawn; the number of the audit's row. Raises NotAllowed, SampleRefused."""
    require(by, Deed.INSPECT)
    made = sample(area.government.pk, month=month, seed=seed, size=size)
    detail = {"month": str(month), "seed": seed, "size": size, "people": made.people, "digest": made.digest}
    record(DEED, subject=f"sample:{made.digest[:16]}", by=by, at=at, detail=detail)
    return AuditEvent.objects.filter(deed=DEED, by=by).latest("pk").pk


def kept_draws(government_id: int) -> list[KeptDraw]:
    """Every draw that the audit keeps of this government, the newest first; those redacted since are left out."""
    events = AuditEvent.objects.filter(government_id=government_id, deed=DEED, redacted_at__isnull=True)
    return [_kept(one) for one in events.select_related("by").order_by("-pk")]


def kept_draw(government_id: int, event_id: int) -> KeptDraw:
    """One of them. Raises AuditEvent.DoesNotExist."""
    events = AuditEvent.objects.filter(government_id=government_id, deed=DEED, redacted_at__isnull=True)
    return _kept(events.select_related("by").get(pk=event_id))


def _kept(event: AuditEvent) -> KeptDraw:
    told: dict[str, Any] = event.detail
    return KeptDraw(
        id=event.pk,
        at=event.at,
        by=event.by.full_name if event.by else "",
        month=Month.parse(told["month"]),
        seed=told["seed"],
        size=told["size"],
        people=told["people"],
        digest=told["digest"],
    )
