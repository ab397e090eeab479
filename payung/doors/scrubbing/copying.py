"""The whole copy: from one moment of the installation into a data folder with a database and keys of its own."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from django.contrib.auth.hashers import make_password
from django.db import models

from payung.doors.installation import embedded
from payung.doors.installation.database import DATABASE_NAME
from payung.doors.installation.folder import DataFolder, FolderUnusable
from payung.doors.installation.keys import KeyRing
from payung.doors.scrubbing.rules import DROPPED, rules_of
from payung.doors.scrubbing.tables import Copy, Originals
from payung.doors.scrubbing.twins import Twins
from payung.office.access.personal import own_models

Show = Callable[[str, int, int], None]
OTHERS = ("PAYUNG_", "DATABASE_", "DJANGO_")
"""What the environment says of this installation, which the copy must not hear."""


@dataclass(frozen=True)
class Scrubbed:
    """What was made: rows by table, and the password that every user of the copy has."""

    rows: dict[str, int]
    password: str


def scrub(folder: Path, *, at: datetime, show: Show) -> Scrubbed:
    """A copy of the open installation in an empty folder. Raises FolderUnusable, and then leaves nothing there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderUnusable(f"Folder {folder} sudah terisi. Pilih folder kosong atau yang belum ada.")
    try:
        found = _filled(DataFolder(folder), at=at, show=show)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    DataFolder(folder).mark_synthetic()
    return found


def _filled(target: DataFolder, *, at: datetime, show: Show) -> Scrubbed:
    copied = [model for model in own_models() if model.__name__ not in DROPPED]
    for model in copied:
        rules_of(model)  # what cannot be replaced is told before anything is copied
    password = secrets.token_urlsafe(12)
    target.make().database.mkdir(exist_ok=True)
    with embedded.running(target.database) as superuser:
        _open_once(target)  # finds the server running and leaves it so
        address = psycopg.conninfo.make_conninfo(superuser, dbname=DATABASE_NAME)
        source = psycopg.connect(os.environ["DATABASE_OWNER_URL"])
        source.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with source, psycopg.connect(address) as into:
            originals = Originals()
            for number, model in enumerate(copied, start=1):
                originals.gather(source, model)
                show("mengumpulkan yang harus diganti", number, len(copied))
            twins = Twins(secrets.token_bytes(32), numbers=originals.numbers, words=originals.words)
            ring = KeyRing(target, told=None)
            copy = Copy(source, into, twins, ring, make_password(password))
            rows = _copy_all(copy, copied, show)
            _link_anew(source, into, rows, at=at)
    return Scrubbed(rows, password)


def _open_once(target: DataFolder) -> None:
    """Keys, database and tables of the copy, made by a Payung of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OTHERS)}
    made = subprocess.run(  # our own command
        [sys.executable, "-m", "payung.doors.cli.main", "keys", "list"],
        env=environment | {"PAYUNG_DATA": str(target.path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode != 0:
        last = (made.stderr.strip().splitlines() or ["tanpa pesan"])[-1]
        raise FolderUnusable(f"Folder {target.path} tidak dapat disiapkan: {last}")


def _copy_all(copy: Copy, copied: list[type[models.Model]], show: Show) -> dict[str, int]:
    """Every table, without the triggers that make facts: they come along as facts."""
    tables = ", ".join(model._meta.db_table for model in own_models())
    copy.target.execute("SET session_replication_role = replica")
    copy.target.execute(f"TRUNCATE {tables} CASCADE")  # names of our own models
    rows: dict[str, int] = {}
    for model in copied:
        name = model._meta.db_table
        found = copy.source.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608  # our own words
        whole = int(found[0]) if found else 0

        def progress(done: int, name: str = name, whole: int = whole) -> None:
            show(name, done, whole)

        rows[name] = copy.table(model, progress)
        _go_on_counting(copy.target, model)
    copy.target.execute("SET session_replication_role = origin")
    return rows


def _go_on_counting(target: psycopg.Connection[Any], model: type[models.Model]) -> None:
    """New rows of the copy get ids after the copied ones."""
    key = model._meta.pk
    if isinstance(key, models.AutoField):
        table, column = model._meta.db_table, key.column
        target.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), max({column})) FROM {table}"  # noqa: S608  # names of our own catalogue, no value
        )


def _link_anew(
    source: psycopg.Connection[Any], target: psycopg.Connection[Any], rows: dict[str, int], *, at: datetime
) -> None:
    """The audit's chains, made anew over what the copy says; the first link of each is that it is a copy.

    They prove that the copy was not changed since, and nothing about the installation it comes from.
    """
    target.execute("CREATE TEMPORARY TABLE walked (chain bigint, position bigint, event_id bigint) ON COMMIT DROP")
    order = "COPY (SELECT chain, position, event_id FROM access_auditlink) TO STDOUT"
    with source.cursor().copy(order) as out, target.cursor().copy("COPY walked FROM STDIN") as into:
        for block in out:
            into.write(block)
    target.execute("SET session_replication_role = replica")
    target.execute(
        """INSERT INTO access_auditevent (at, deed, subject, detail, government_id, origin, salt)
           SELECT %s, 'scrub', 'installation', %s::jsonb, g.id, 'payung scrub', gen_random_uuid()
           FROM (SELECT NULL::bigint AS id UNION ALL SELECT id FROM places_government) g""",
        [at, json.dumps({"rows": sum(rows.values())})],
    )
    target.execute("SET session_replication_role = origin")
    target.execute(
        """SELECT payung_add_audit_link(o.e) FROM (
               SELECT e FROM access_auditevent e LEFT JOIN walked w ON w.event_id = e.id
               ORDER BY (e.deed = 'scrub' AND w.event_id IS NULL) DESC, w.chain, w.position, e.id OFFSET 0) o"""
    )
