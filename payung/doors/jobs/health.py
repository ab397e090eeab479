"""How the background work stands, for whoever watches over the installation: nothing about anybody's data."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

SILENT_AFTER = timedelta(seconds=60)
"""A worker says that it lives every ten seconds."""
WAITING = """
    SELECT (SELECT max(last_heartbeat) FROM procrastinate_workers),
           (SELECT min(at) FROM procrastinate_events e JOIN procrastinate_jobs j ON j.id = e.job_id
            WHERE j.status = 'todo' AND e.type = 'deferred' AND (j.scheduled_at IS NULL OR j.scheduled_at <= now()))
"""


@dataclass(frozen=True)
class Health:
    """`worker` whether one lives; `waiting_seconds` how long the oldest job that could be done has waited."""

    worker: bool
    waiting_seconds: int


def health(at: datetime) -> Health:
    """Raises Django's OperationalError when the database is away."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        seen, asked = cursor.fetchone()
    waited = int((at - asked).total_seconds()) if asked else 0
    return Health(worker=bool(seen and at - seen < SILENT_AFTER), waiting_seconds=max(waited, 0))
