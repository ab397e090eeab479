"""What goes by itself: kept files after their years. And whom to tell that a request's time is running out."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from payung.office import bulk
from payung.office.access.actions import record
from payung.office.access.marks import sealed_forms
from payung.office.places.models import Government
from payung.office.privacy.models import Request
from payung.office.privacy.retention import years_kept

WARN_BEFORE = timedelta(hours=24)

_EXPIRE_FILES = """
    UPDATE files_keptfile k SET sealed_content = %(nothing)s
    WHERE k.government_id = %(government)s AND sealed_content <> ALL (%(empty)s)
      AND extract(year FROM greatest(k.received_at,
          (SELECT max(g.read_at) FROM files_reading g WHERE g.file_id = k.id))) + %(years)s < %(year)s
"""


@transaction.atomic
def expire_files(*, government: Government, at: datetime) -> int:
    """Empty the kept files whose years have run out; rows, names and fingerprints stay as the evidence of them.

    Returns how many. In a scope that sees the whole government.
    """
    empty = sealed_forms("", kind="file")
    told = {
        "government": government.pk,
        "nothing": empty[0],
        "empty": empty,
        "years": years_kept("files"),
        "year": timezone.localtime(at).year,
    }
    expired = bulk.execute(_EXPIRE_FILES, told)
    if expired:
        record("expire_files", subject=f"government:{government.pk}", by=None, at=at, detail={"files": expired})
    return expired


@transaction.atomic
def due_soon(*, government: Government, at: datetime) -> list[Request]:
    """Open requests with a day or less left whose handler was not yet told so; from now on they count as told."""
    waiting = Request.objects.select_for_update(of=("self",)).filter(
        government=government, state=Request.OPEN, warned_at=None, due_at__lte=at + WARN_BEFORE
    )
    found = list(waiting.order_by("due_at", "pk"))
    Request.objects.filter(pk__in=[one.pk for one in found]).update(warned_at=at)
    return found
