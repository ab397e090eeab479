"""A first start that was killed while PostgreSQL was being set up does not stand in the way of the second."""

from pathlib import Path

import psycopg

from payung.doors.installation.embedded import running


def test_what_was_half_made_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    folder.mkdir()
    (folder / "PG_VERSION").write_text("18\n")  # as initdb leaves it first, with nothing behind it
    (folder / "base").mkdir()
    (folder / "postgresql.conf").write_text("")
    with running(folder) as address, psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE kept")
    with running(folder) as address, psycopg.connect(address) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'kept'").fetchone()
    assert found == (1,), "what ran once is never cleared away"
