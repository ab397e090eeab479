"""Questions about the audit and the history of rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Func, JSONField, Value

from payung.office.access.models import AuditEvent, RowChange, User


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


_REST = Func(F("before"), Value("language"), arg_joiner=" - ", template="(%(expressions)s)", output_field=JSONField())


@dataclass(frozen=True)
class Change:
    """One change of a row of settings or reference data; `columns` name what was and what is."""

    id: int
    at: datetime
    by: str
    origin: str
    table: str
    record_id: int
    columns: tuple[tuple[str, Any, Any], ...]
    born: bool
    gone: bool


def changes(
    *, table: str = "", record_id: int | None = None, before_id: int | None = None, limit: int = 50
) -> list[Change]:
    """Changes in the government that is told, newest first; only for whoever sees all of it.

    Which language somebody reads is nobody's business here: it stays in the record.
    """
    found = RowChange.objects.annotate(rest=_REST).exclude(table_name="access_user", rest={}).order_by("-pk")
    if table:
        found = found.filter(table_name=table)
    if record_id is not None:
        found = found.filter(record_id=record_id)
    if before_id is not None:
        found = found.filter(pk__lt=before_id)
    rows = list(found[:limit])
    names = dict(User.objects.filter(pk__in={row.user_id for row in rows}).values_list("pk", "full_name"))
    return [_change(row, names.get(row.user_id or 0, "sistem")) for row in rows]


def changed_tables() -> list[str]:
    """The tables that have changes, by name."""
    return list(RowChange.objects.order_by("table_name").values_list("table_name", flat=True).distinct())


def _change(row: RowChange, by: str) -> Change:
    before, after = row.before or {}, row.after or {}
    columns = tuple((name, before.get(name), after.get(name)) for name in sorted({*before, *after} - {"id"}))
    return Change(
        row.pk, row.at, by, row.origin, row.table_name, row.record_id, columns, row.before is None, row.after is None
    )
