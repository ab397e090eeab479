"""Minutes of a reconciliation (berita acara rekonsiliasi): the numbers of a period, frozen for both parties to sign."""

import json
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from typing import Any

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, NotAllowed, require
from payung.office.places.queries import Area
from payung.office.reports import budgets
from payung.office.reports.counted import counted_months
from payung.office.reports.models import Minutes
from payung.office.reports.numbers import Wanted, ladder, tallies
from payung.rules.months import Month


class NotCounted(Exception):
    """A month of the period was never counted, so there is nothing to sign."""


def draw_up(*, area: Area, first: Month, last: Month, by: User, at: datetime) -> Minutes:
    """The five numbers of the whole government as they were last counted; the same numbers are the same minutes.

    Raises NotCounted, and NotAllowed to whoever sees less than the whole government.
    """
    require(by, Deed.RECONCILE)
    if area.opd_ids is not None:
        raise NotAllowed("berita acara memuat seluruh pemerintah daerah")
    content = _content(area, Wanted(first, last))
    digest = digest_of(content)
    made, new = Minutes.objects.get_or_create(
        government=area.government,
        sha256=digest,
        defaults={
            "first_month": first.first_day, "last_month": last.first_day, "content": content, "made_by": by,
            "made_at": at,
        },
    )  # fmt: skip
    if new:
        detail = {"month": str(first), "until_month": str(last), "sha256": digest}
        record("draw_up", subject=f"minutes:{made.pk}", by=by, at=at, detail=detail)
    return made


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 over the content in one fixed form: whoever has the content can reckon it again."""
    return sha256(json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def _content(area: Area, wanted: Wanted) -> dict[str, Any]:
    government = area.government
    counted = {
        str(month): at.isoformat()
        for month, at in sorted(counted_months(government.pk).items())
        if wanted.first <= month <= wanted.last
    }
    if not counted:
        raise NotCounted(str(wanted.first))
    frame = tallies(government.pk, wanted)
    return {
        "government": government.name,
        "first": str(wanted.first),
        "last": str(wanted.last),
        "counted": counted,
        "lines": [asdict(line) for line in budgets.lines(government.pk, wanted)],
        "numbers": [asdict(rung) for rung in ladder(frame)],
        "billed_rupiah": int(frame["billed"].sum()),
        "paid_rupiah": int(frame["paid"].sum()),
    }
