"""The databases of one test worker: an empty office, one where the standing office of the pages is at work, one with
civil servants who carry workers, and a fresh copy of that for each test that writes for good.

Tables are made once, in a template that nobody works in. A test says by its fixtures which database it wants; the
choice falls before any of them opens a connection.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from payung.doors.installation.roles import Addresses

TABLES, EMPTY, OFFICE, SPONSORS, LIVE = "tables", "empty", "office", "sponsors", "live"
SLOW_PROMISES = ("fsync", "synchronous_commit", "full_page_writes")
"""What a server does for the day the power fails; no test outlives it."""


@dataclass
class Databases:
    """Those of a worker, on an embedded server of its own or on the one that the environment names."""

    worker: str
    superuser: str | None
    wanted: str = EMPTY
    made: dict[str, Addresses] = field(default_factory=dict)

    def choose(self, name: str) -> None:
        """Lead every connection opened from now on to this database; made on the way, as the tables stand."""
        self.wanted = name
        if TABLES in self.made:
            serve(self.made[name] if name in self.made else self.copy(TABLES, name))

    def copy(self, template: str, name: str) -> Addresses:
        """A new database like the template, to which nobody may be connected, in place of one of that name."""
        leave()
        whole = self._name(name)
        like = self._name(template) if template in self.made else template
        with psycopg.connect(self.superuser or os.environ["DATABASE_OWNER_URL"], autocommit=True) as administrator:
            administrator.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(whole)))
            administrator.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(
                    sql.Identifier(whole), sql.Identifier(like)
                )
            )
        self.made[name] = self._prepared(whole)
        return self.made[name]

    def _name(self, name: str) -> str:
        return f"payung_test_{self.worker}_{name}"

    def _prepared(self, whole: str) -> Addresses:
        from payung.doors.installation.roles import make_database, prepare_database

        if self.superuser:
            return make_database(self.superuser, whole)
        serving, owner = (
            psycopg.conninfo.make_conninfo(os.environ[name], dbname=whole)
            for name in ("DATABASE_URL", "DATABASE_OWNER_URL")
        )
        roles = [str(psycopg.conninfo.conninfo_to_dict(address)["user"]) for address in (owner, serving)]
        prepare_database(owner, database=whole, owner_role=roles[0], serving_role=roles[1])
        return Addresses(serving=serving, owner=owner)


@contextmanager
def open_server(worker: str) -> Iterator[Databases]:
    """The server of a worker, while its tests run."""
    from payung.doors.installation import embedded

    if os.environ.get("DATABASE_URL") and os.environ.get("DATABASE_OWNER_URL"):
        yield Databases(worker, None)
        return
    folder = Path(os.environ["PAYUNG_DATA"]) / f"postgres-{worker}"
    folder.mkdir(parents=True, exist_ok=True)
    with embedded.running(folder) as superuser:
        with psycopg.connect(superuser, autocommit=True) as connection:
            for setting in SLOW_PROMISES:
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
            connection.execute("SELECT pg_reload_conf()")
        yield Databases(worker, superuser)


def serve(addresses: Addresses) -> None:
    """Every connection opened from now on leads there: the owner's as owner, the others in the serving role."""
    from django.conf import settings
    from django.db import connections

    from payung.doors.settings import _database

    if os.environ.get("PAYUNG_TEST_SERVING") == addresses.serving:
        return
    leave()
    for alias in connections:
        address = _database(addresses.owner if alias == "owner" else addresses.serving)
        connections[alias].settings_dict.update(address)
        settings.DATABASES[alias].update(address)
    os.environ["PAYUNG_TEST_SERVING"], os.environ["PAYUNG_TEST_OWNER"] = addresses.serving, addresses.owner


def leave() -> None:
    """Close what is open, so that the next question opens anew."""
    from django.db import connections

    for connection in connections.all():
        connection.close()


def writes_for_good(item: pytest.Item) -> bool:
    """Whether a test works outside one transaction that is taken back."""
    marker = item.get_closest_marker("django_db")
    asked = getattr(item, "fixturenames", ())
    return bool(marker and marker.kwargs.get("transaction")) or bool({"transactional_db", "live_server"} & set(asked))
