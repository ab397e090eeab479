"""Which role may write to which table, asked of the database for every table that names its deeds."""

from dataclasses import dataclass

import pytest
from django.db import DatabaseError, connection, transaction

from payung.office.access.roles import Deed, Role, may
from payung.office.places.scope import seen_by, seen_by_nobody
from tests.office.story import tell_story

pytestmark = pytest.mark.django_db
WRITTEN_BY: dict[Role, set[str]] = {
    Role.AUDITOR: {"approvals_statement"}, Role.BRANCH_OFFICER: set(), Role.HEAD_OF_REGION: set(),
    Role.SPONSOR: {"sponsorship_pledge", "sponsorship_event"},
}  # fmt: skip
"""Those who read: an auditor remarks, a sponsor makes pledges and asks his OPD."""


@dataclass(frozen=True)
class Table:
    """A table that asks for a deed: which it accepts, and one of its columns."""

    name: str
    column: str
    deeds: tuple[Deed, ...]


def tables() -> list[Table]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, attname, encode(tgargs, 'escape') FROM pg_trigger"
            " JOIN pg_attribute ON attrelid = tgrelid AND attnum = 1"
            " WHERE tgname = 'by_deed' AND tgrelid <> 'access_user'::regclass"
        )
        return [
            Table(name, column, tuple(Deed(deed) for deed in told.split("\\000") if deed))
            for name, column, told in cursor.fetchall()
        ]


def writes(statement: str) -> bool:
    """Whether the database lets the statement begin; it changes no row."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as problem:
        if "needs one of" not in str(problem) and "append-only" not in str(problem):
            raise
        return False
    return True


def adds(table: Table) -> bool:
    return writes(f"INSERT INTO {table.name} SELECT * FROM {table.name} WHERE false")


@pytest.mark.parametrize("role", list(Role))
def test_each_table_is_written_by_the_roles_with_its_deeds_alone(role: Role) -> None:
    story = tell_story(role)
    with seen_by(story.by):
        for table in tables():
            expected = any(may(story.by, deed) for deed in table.deeds)
            assert adds(table) == expected, (table, role)
            if not expected:
                changed = f"UPDATE {table.name} SET {table.column} = {table.column} WHERE false"
                assert not writes(changed), (table, role)
                assert not writes(f"DELETE FROM {table.name} WHERE false"), (table, role)


@pytest.mark.parametrize("role", list(WRITTEN_BY))
def test_readers_write_next_to_nothing(role: Role) -> None:
    story = tell_story(role)
    with seen_by(story.by):
        written = {table.name for table in tables() if adds(table)}
    assert written == WRITTEN_BY[role]


def test_nobody_told_writes_nothing() -> None:
    with seen_by_nobody():
        assert not [table for table in tables() if writes(f"DELETE FROM {table.name} WHERE false")]
