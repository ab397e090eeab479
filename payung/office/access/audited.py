"""Questions about the audit as a whole: who did what, when, from where; newest first, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from payung.office.access.models import AuditEvent

NOBODY = 0
"""Instead of a user: what the installation did by itself."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a government's audit; what is None or empty is not asked. `until` itself is not included."""

    government_id: int
    since: datetime | None = None
    until: datetime | None = None
    user_id: int | None = None
    deed: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Done:
    """One deed; `by` is empty for the installation itself, `detail` when it was emptied (`redacted`)."""

    id: int
    at: datetime
    by: str
    origin: str
    deed: str
    subject: str
    detail: dict[str, Any]
    redacted: bool


def done(asked: Asked, *, before_id: int | None = None, limit: int | None = 50) -> list[Done]:
    """The newest first, those before an event when one is named."""
    found = AuditEvent.objects.filter(_asked(asked) & _before(before_id)).select_related("by").order_by("-at", "-pk")
    return [
        Done(
            event.pk, event.at, event.by.full_name if event.by else "", event.origin, event.deed, event.subject,
            event.detail, event.redacted_at is not None,
        )
        for event in found[:limit]
    ]  # fmt: skip


def _asked(asked: Asked) -> Q:
    # The policy compares with IS NOT DISTINCT FROM, which no index serves: the government is named here as well.
    wanted = Q(government_id=asked.government_id)
    if asked.since is not None:
        wanted &= Q(at__gte=asked.since)
    if asked.until is not None:
        wanted &= Q(at__lt=asked.until)
    if asked.user_id is not None:
        wanted &= Q(by__isnull=True) if asked.user_id == NOBODY else Q(by=asked.user_id)
    if asked.deed:
        wanted &= Q(deed=asked.deed)
    if asked.subject:
        wanted &= Q(subject=asked.subject)
    return wanted


def _before(event_id: int | None) -> Q:
    at = AuditEvent.objects.filter(pk=event_id).values_list("at", flat=True).first() if event_id else None
    return Q() if at is None else Q(at__lte=at) & (Q(at__lt=at) | Q(pk__lt=event_id))
