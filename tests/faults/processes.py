"""The processes of an installation, and how they are struck: only those of its own data folder."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

OTHERS = ("PAYUNG_", "DATABASE_", "DJANGO_", "XDG_RUNTIME_DIR")


def environment(folder: Path) -> dict[str, str]:
    """Ours, hearing nothing of another installation."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(OTHERS)}
    return plain | {"PAYUNG_DATA": str(folder)}


def at_clock(clock: str | None) -> list[str]:
    """What to put before a command so that it and what it starts see the clock so far off; `+1d`, say."""
    return [] if clock is None else ["faketime", "-f", clock]


def start(folder: Path, *words: str, log: Path, clock: str | None = None) -> subprocess.Popen[bytes]:
    """`payung WORDS` over that folder, in a process group of its own; what it says goes to the log."""
    with log.open("ab") as stream:
        return subprocess.Popen(
            [*at_clock(clock), sys.executable, "-m", "payung.doors.cli.main", *words],
            env=environment(folder), stdout=stream, stderr=stream, start_new_session=True,
        )  # fmt: skip


def strike_command(child: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the command and whatever it started in its group; the database lives on."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    child.wait()


def strike_database(folder: Path) -> None:
    """SIGKILL to PostgreSQL's first process, as when memory runs out; those it started end by themselves."""
    try:
        process = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
        os.kill(process, signal.SIGKILL)
    except (FileNotFoundError, ProcessLookupError, IndexError, ValueError):
        return


def strike_backend(folder: Path, chance: random.Random) -> None:
    """SIGKILL to one of PostgreSQL's own processes: it throws every connection out and recovers by itself."""
    try:
        process = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
        found = subprocess.run(
            ["pgrep", "-P", str(process)], capture_output=True, text=True, check=False
        ).stdout.split()
        if found:
            os.kill(int(chance.choice(found)), signal.SIGKILL)
    except (FileNotFoundError, ProcessLookupError, IndexError, ValueError):
        return


def copy_folder(folder: Path, copy: Path) -> None:
    """A stopped installation, owners and all: where root works, PostgreSQL runs as a user of its own."""
    subprocess.run(["cp", "--archive", str(folder), str(copy)], check=True)
    shutil.rmtree(copy / "runtime", ignore_errors=True)


def wait(child: subprocess.Popen[bytes], seconds: float) -> int | None:
    """Its exit status, None when it still runs."""
    try:
        return child.wait(seconds)
    except subprocess.TimeoutExpired:
        return None


def stop_database(folder: Path) -> None:
    """The server that a killed command left behind, stopped in peace."""
    try:
        process = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
        os.kill(process, signal.SIGINT)
    except (FileNotFoundError, ProcessLookupError, IndexError, ValueError):
        return
    for _ in range(100):
        if not (folder / "postgres" / "postmaster.pid").exists():
            return
        time.sleep(0.1)
