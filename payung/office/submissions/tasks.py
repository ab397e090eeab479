"""What remains to be done by people: mended, handed over, told; and that it was ticked by mistake."""

from datetime import datetime

from django.db import transaction

from payung.office.access.actions import record
from payung.office.access.models import User
from payung.office.access.roles import Deed, require
from payung.office.submissions.models import Item, Task


class TaskRefused(Exception):
    """It cannot be unticked: the member went out again since."""


@transaction.atomic
def tick(*, task_id: int, by: User, at: datetime) -> Task:
    """It is done; said twice, the first stays. A refused member goes out again once mended. Raises NotAllowed."""
    require(by, Deed.SUBMIT)
    task = Task.objects.select_for_update(of=("self",)).get(pk=task_id)
    if task.settled_at is None:
        task.settled_at, task.settled_by = at, by
        task.save(update_fields=["settled_at", "settled_by"])
        record("tick_task", subject=f"membership:{task.membership_id}", by=by, at=at, detail={"kind": task.kind})
    return task


@transaction.atomic
def untick(*, task_id: int, by: User, at: datetime) -> Task:
    """It was ticked by mistake and is open again; who ticked it stays in the audit. Again changes nothing.

    Raises NotAllowed and TaskRefused.
    """
    require(by, Deed.SUBMIT)
    task = Task.objects.select_for_update(of=("self",)).get(pk=task_id)
    if task.settled_at is None:
        return task
    later = Item.objects.filter(membership=task.membership_id, unit=task.unit_id, pk__gt=task.item_id)
    if task.kind == Task.FIX and later.exclude(outcome=Item.WITHDRAWN).exists():
        raise TaskRefused
    task.settled_at, task.settled_by = None, None
    task.save(update_fields=["settled_at", "settled_by"])
    record("untick_task", subject=f"membership:{task.membership_id}", by=by, at=at, detail={"kind": task.kind})
    return task
