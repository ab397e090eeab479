"""Who is seen under whom: merged persons keep their rows, and every reading asks here for whose they are now.

In SQL of many rows the same is `LEFT JOIN registry_alias a ON a.person_id = ...` and
`coalesce(a.survivor_id, ...)`; the table holds merged persons alone.
"""

from django.db import connection


def group_of(person_id: int) -> list[int]:
    """The person's survivor and everybody who is seen under the same one; the person alone when never merged."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT g FROM registry_group(%s) g ORDER BY g", [person_id])
        return [int(found) for (found,) in cursor.fetchall()]


def survivor_of(person_id: int) -> int:
    """Under whom the person is seen; oneself when not absorbed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_survivor(%s)", [person_id])
        (found,) = cursor.fetchone()
    return int(found)
