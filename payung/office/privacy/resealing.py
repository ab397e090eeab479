"""Every sealed column under the newest key, in batches that can be killed and gone on with at any time.

Works over the owner's connection, because row-level security shows a serving user one government only and because
the triggers that keep facts as they are let only the owner through, only while `payung.resealing` is on, and only
when nothing but sealed columns changes (see the migration). Nothing says how far it came but the rows themselves:
the first byte of a sealed value names its key.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db import connections, transaction

from payung.office.access import marks
from payung.office.access.actions import record
from payung.office.access.personal import Sort, held, own_models

OWNER = "owner"
BATCH_ROWS = 5_000
Progress = Callable[[str, int, int], None]
"""Told the table, how many rows are done, and how many there were to do."""


@dataclass(frozen=True)
class SealedTable:
    """A table with sealed columns: each column with the kind it is sealed as."""

    name: str
    key: str
    columns: tuple[tuple[str, str], ...]

    @property
    def batch_rows(self) -> int:
        """Files are large: one at a time."""
        return 1 if any(kind == "file" for _, kind in self.columns) else BATCH_ROWS


def sealed_tables() -> list[SealedTable]:
    """The registry: whatever the rooms sort as marks beside their models."""
    found = []
    for model in own_models():
        columns = tuple((name, how.kind) for name, how in held(model).items() if how.sort is Sort.MARK)
        if columns:
            found.append(SealedTable(model._meta.db_table, str(model._meta.pk.column), columns))
    return found


def count_by_key() -> dict[int, int]:
    """How many sealed values stand under each key's version."""
    counts: dict[int, int] = {}
    with connections[OWNER].cursor() as cursor:
        for table in sealed_tables():
            for column, _ in table.columns:
                cursor.execute(
                    f"SELECT get_byte({column}, 0), count(*) FROM {table.name} WHERE {column} IS NOT NULL GROUP BY 1"  # noqa: S608  # names of our own models
                )
                for version, count in cursor.fetchall():
                    counts[version] = counts.get(version, 0) + count
    return counts


def first_unopened() -> str | None:
    """The first `table.column` whose newest value of a key does not open with that key; None when all do.

    A key of another installation under the right number is found this way. Raises KeyMissing when there is none.
    """
    with connections[OWNER].cursor() as cursor:
        for table in sealed_tables():
            for column, kind in table.columns:
                cursor.execute(
                    f"SELECT DISTINCT ON (get_byte({column}, 0)) {column} FROM {table.name}"  # noqa: S608  # as above
                    f" WHERE {column} IS NOT NULL ORDER BY get_byte({column}, 0), {table.key} DESC"
                )
                for (sealed,) in cursor.fetchall():
                    try:
                        marks.unseal_bytes(sealed, kind=kind)
                    except InvalidTag:
                        return f"{table.name}.{column}"
    return None


def reseal(*, at: datetime, progress: Progress) -> dict[str, int]:
    """Put everything under the newest key; returns the rows changed by table. Running it again goes on or does nothing.

    Its begin and its end are events of the audit; each batch is one transaction.
    """
    version = marks.live_versions()[0]
    record("reseal_begun", subject=f"key:{version}", by=None, at=at)
    changed = {table.name: _reseal_table(table, version, progress) for table in sealed_tables()}
    record("reseal_ended", subject=f"key:{version}", by=None, at=at, detail=changed)
    return changed


def _reseal_table(table: SealedTable, version: int, progress: Progress) -> int:
    old = " OR ".join(f"get_byte({column}, 0) <> {version}" for column, _ in table.columns)
    with connections[OWNER].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table.name} WHERE {old}")  # noqa: S608  # our own words
        whole = int(cursor.fetchone()[0])
    done, last = 0, None
    while True:
        with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
            cursor.execute("SELECT set_config('payung.resealing', 'on', true)")
            batch = _batch(cursor, table, old, last)
            if not batch:
                return done
            _store(cursor, table, batch)
        done, last = done + len(batch), batch[-1][0]
        progress(table.name, done, max(done, whole))


def _batch(cursor: Any, table: SealedTable, old: str, last: object) -> list[tuple[Any, ...]]:
    """The next rows with anything under an older key, locked against everybody else until they are stored."""
    columns = ", ".join((table.key, *(column for column, _ in table.columns)))
    after = "" if last is None else f"AND {table.key} > %s"
    cursor.execute(
        f"SELECT {columns} FROM {table.name} WHERE ({old}) {after}"  # noqa: S608  # our own words
        f" ORDER BY {table.key} LIMIT {table.batch_rows} FOR UPDATE",
        [] if last is None else [last],
    )
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _store(cursor: Any, table: SealedTable, batch: Sequence[tuple[Any, ...]]) -> None:
    """One statement for the whole batch."""
    kinds = [kind for _, kind in table.columns]
    keys = [str(row[0]) for row in batch]
    sealed = [[_anew(row[at], kind) for row in batch] for at, kind in enumerate(kinds, start=1)]
    names = [column for column, _ in table.columns]
    cursor.execute(
        f"UPDATE {table.name} t SET {', '.join(f'{name} = s.{name}' for name in names)}"  # noqa: S608  # our own words
        f" FROM unnest(%s::text[]{', %s::bytea[]' * len(names)}) AS s (key, {', '.join(names)})"
        f" WHERE t.{table.key}::text = s.key",
        [keys, *sealed],
    )


def _anew(sealed: bytes | memoryview | None, kind: str) -> bytes | None:
    return None if sealed is None else marks.seal_bytes(marks.unseal_bytes(sealed, kind=kind), kind=kind)


def wait_for_earlier_work(*, seconds: float) -> bool:
    """Until every transaction that may still hold something sealed with an older key has ended; False when it has not.

    Ask after the new key is there: what begins later seals with it.
    """
    deadline = time.monotonic() + seconds
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        mine = cursor.fetchone()[0]
        while time.monotonic() < deadline:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot()) > %s::text::xid8", [mine])
            if cursor.fetchone()[0]:
                return True
            time.sleep(0.2)
    return False
