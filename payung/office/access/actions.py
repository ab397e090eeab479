"""Verbs of access: add a user, change a password, record a deed, redact what a deed said."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import connection, transaction

from payung.office.access.models import AuditEvent, User
from payung.office.access.roles import Deed, Role, require


def add_user(
    *,
    username: str,
    full_name: str,
    role: Role,
    password: str,
    by: User | None,
    at: datetime,
    must_change_password: bool = False,
) -> User:
    """A new active user, recorded. Raises Django's ValidationError for a password that the rules refuse."""
    validate_password(password, User(username=username, full_name=full_name))
    user = User.objects.create(
        username=username,
        full_name=full_name,
        role=role.value,
        password=make_password(password),
        must_change_password=must_change_password,
    )
    record("add_user", subject=f"user:{user.pk}", by=by, at=at, detail={"role": role.value})
    return user


@transaction.atomic
def change_password(*, user: User, password: str, at: datetime) -> None:
    """A new password, by the user; every other session of hers ends with it. Raises Django's ValidationError."""
    validate_password(password, user)
    user.password, user.must_change_password = make_password(password), False
    user.save(update_fields=["password", "must_change_password"])
    record("change_password", subject=f"user:{user.pk}", by=user, at=at)


def set_language(*, user: User, language: str, at: datetime) -> None:
    """The language this user reads; recorded like every other deed."""
    user.language = language
    user.save(update_fields=["language"])
    record("set_language", subject=f"user:{user.pk}", by=user, at=at, detail={"language": language})


def record(deed: str, *, subject: str, by: User | None, at: datetime, detail: dict[str, Any] | None = None) -> None:
    """Add one audit row inside the caller's transaction. `detail` never carries identity marks."""
    AuditEvent.objects.create(at=at, by=by, deed=deed, subject=subject, detail=detail or {})


def record_each(deed: str, details: Mapping[str, Mapping[str, Any]], *, by: User | None, at: datetime) -> None:
    """The same deed to many subjects: an audit row for each, inside the caller's transaction, in one statement."""
    AuditEvent.objects.bulk_create(
        AuditEvent(at=at, by=by, deed=deed, subject=subject, detail=detail) for subject, detail in details.items()
    )


class NothingToRedact(Exception):
    """There is no such event in this government, or it was redacted before."""


@transaction.atomic
def redact(*, event_id: int, reason: str, by: User, at: datetime) -> None:
    """Empty the detail of one audit event for good; who, when, from where and what stay, and so does the chain.

    The redaction is an event of its own, without which the walk of the chain would report it. Only in a scope that
    sees the whole government. Raises NotAllowed and NothingToRedact.
    """
    require(by, Deed.ANSWER_REQUESTS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT payung_redact_audit(%s, %s)", [event_id, at])
        if cursor.fetchone() != (True,):
            raise NothingToRedact(f"audit event {event_id}")
    record("redact", subject=f"audit:{event_id}", by=by, at=at, detail={"reason": reason})
