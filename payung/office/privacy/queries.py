"""Questions of privacy: what is held on one person, and which requests wait for an answer."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet

from payung.office.access.marks import unseal
from payung.office.access.models import User
from payung.office.access.personal import Sort, data_fields, held, own_models
from payung.office.access.roles import Deed, may
from payung.office.files.models import Finding, Row
from payung.office.places.models import UserArea
from payung.office.places.queries import Area
from payung.office.privacy.models import Request
from payung.office.registry.aliases import group_of
from payung.office.registry.models import Evidence, Membership, Person

Held = dict[str, list[dict[str, object]]]


def everything_about(person: Person) -> Held:
    """Every row held on this person, by model, each field by name, marks in clear: record the look before.

    Rows are found by what points to the person or to one of her memberships, so a new room is never left out; and by
    the lines of lists that speak of her. Whoever was merged into her is she.
    """
    found = {model._meta.label: [_told(row) for row in rows] for model, rows in _rows(person)}
    return {label: rows for label, rows in found.items() if rows}


def _rows(person: Person) -> Iterator[tuple[type[models.Model], QuerySet[Any]]]:
    persons = group_of(person.pk)
    yield Person, Person.objects.filter(pk__in=persons).order_by("pk")
    rows = Row.objects.filter(pk__in=Evidence.objects.filter(person__in=persons).values("row_id")).order_by("pk")
    yield Row, rows
    for model in own_models():
        pointing = _pointing(model, persons, rows)
        if pointing:
            yield model, model._default_manager.filter(pointing).order_by("pk")
    places = models.Q(pk__in=[])
    for reading_id, position in rows.values_list("reading_id", "position"):
        places |= models.Q(reading_id=reading_id, position=position)
    yield Finding, Finding.objects.filter(places).order_by("pk")


def _pointing(model: type[models.Model], persons: list[int], rows: QuerySet[Row]) -> models.Q:
    """The condition under which a row of this model is about the person; empty when none can be."""
    found = models.Q()
    for field in model._meta.concrete_fields:
        if field.related_model is Person:
            found |= models.Q(**{f"{field.name}__in": persons})
        elif field.related_model is Membership:
            found |= models.Q(**{f"{field.name}__person__in": persons})
        elif field.related_model is Row:
            found |= models.Q(**{f"{field.name}__in": rows})
    return found


def _told(row: models.Model) -> dict[str, object]:
    sorts = held(type(row))
    told: dict[str, object] = {"id": row.pk}
    for name in data_fields(type(row)):
        value = getattr(row, name)
        how = sorts[name]
        if how.sort is Sort.MARK:
            told[name.removesuffix("_sealed").removeprefix("sealed_")] = unseal(value, kind=how.kind)
        else:
            told[name] = value.isoformat() if isinstance(value, date | datetime) else _plain(value)
    return told


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def requests(area: Area) -> QuerySet[Request]:
    """The government's requests: the open ones first, the most urgent at the top."""
    return (
        Request.objects.filter(government=area.government)
        .select_related("person", "handler", "closed_by", "received_by")
        .order_by(models.Case(models.When(state=Request.OPEN, then=0), default=1), "due_at", "pk")
    )


def handlers(area: Area) -> list[User]:
    """Who may be asked to act on a request."""
    users = User.objects.filter(
        pk__in=UserArea.objects.filter(government=area.government, opd=None).values("user_id")
    ).order_by("full_name")
    return [user for user in users if may(user, Deed.ANSWER_REQUESTS)]
