"""Questions about the audit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from payung.office.access.models import AuditEvent


@dataclass(frozen=True)
class Deed:
    """One line of a record's history."""

    at: datetime
    by: str
    deed: str
    detail: dict[str, Any]


def history(*subjects: str) -> list[Deed]:
    """What was done to these subjects, oldest first."""
    events = AuditEvent.objects.filter(subject__in=subjects).select_related("by").order_by("at", "pk")
    return [
        Deed(at=event.at, by=event.by.full_name if event.by else "sistem", deed=event.deed, detail=event.detail)
        for event in events
    ]
