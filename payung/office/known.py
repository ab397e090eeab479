"""What was known at an instant: the one place that says which rows of a table with two times stand.

Rows are added with `recorded_at`; one that turns out wrong is not changed but replaced, and keeps `replaced_at`. So
the past can be asked again: a row stands at an instant when it was recorded by then and not yet replaced. No instant
means now. Like `bulk`, this is no room: every room that keeps rows with two times asks it, none owns it.

What carries one time only (a mark, a name, a state of a bill) is answered as it is today; screens say so.
"""

from datetime import datetime

from django.db.models import Q

STANDING = (
    "{row}.recorded_at <= coalesce(%(known_at)s::timestamptz, 'infinity')"
    " AND ({row}.replaced_at IS NULL OR {row}.replaced_at > %(known_at)s::timestamptz)"
)
"""SQL over a row with two times; `known_at` NULL means the present."""

RECORDED = "{column} <= coalesce(%(known_at)s::timestamptz, 'infinity')"
"""SQL over the time of a row that is only ever added; `known_at` NULL means the present."""


def standing(known_at: datetime | None) -> Q:
    """The same as STANDING, for the ORM."""
    if known_at is None:
        return Q(replaced_at__isnull=True)
    return Q(recorded_at__lte=known_at) & (Q(replaced_at__isnull=True) | Q(replaced_at__gt=known_at))


def recorded(known_at: datetime | None, column: str = "recorded_at") -> Q:
    """The same as RECORDED, for the ORM."""
    return Q() if known_at is None else Q(**{f"{column}__lte": known_at})
