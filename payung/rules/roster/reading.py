"""Opening a workbook: a child process reads it under limits, we take its cells as columns.

No file can take this process down, keep it waiting longer than the limit, or make it believe that nothing
is wrong: whatever happens is a `Workbook` or one `UnreadableWorkbook`.
"""

import json
import signal
import subprocess
import sys
from dataclasses import asdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Timer
from typing import IO

from payung.rules.roster.apart import child, frames
from payung.rules.roster.apart.limits import MEGABYTE, Limits
from payung.rules.roster.assembly import SheetParts
from payung.rules.roster.unreadable import UnreadableWorkbook
from payung.rules.roster.workbook import Sheet, Workbook

_SECONDS_TO_DIE = 2.0
_PROGRAM = (
    "import sys; sys.path += sys.argv[3:]; from payung.rules.roster.apart.child import main; main(*sys.argv[1:3])"
)


def read(path: Path, *, limits: Limits | None = None, name: str | None = None) -> Workbook:
    """The sheets of an .xlsx, .xls, .xlsb, .ods or text file. Raises UnreadableWorkbook.

    `name` is what the sender calls the file, for the sentences; the last part of the path otherwise. The child starts
    in a few hundredths of a second, so sixty workbooks in a row cost little more than their reading.
    """
    allowed, called = limits or Limits(), name or path.name
    _check_reachable(path, allowed, called)
    command = [sys.executable, "-I", "-S", "-c", _PROGRAM, str(path), json.dumps(asdict(allowed)), *_search_path()]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        timer = Timer(allowed.seconds, process.kill)
        timer.start()
        try:
            sheets = _collect(process.stdout, called) if process.stdout else []
        except frames.BrokenPipeline:
            status = _status_of(process)
            raise _died(status, called, allowed, timed_out=not timer.is_alive()) from None
        finally:
            timer.cancel()
            process.kill()
    if not any(sheet.height for sheet in sheets):
        raise UnreadableWorkbook("no_content", file=called)
    return Workbook(called, tuple(sheets))


def _check_reachable(path: Path, limits: Limits, called: str) -> None:
    try:
        if not path.is_file():
            raise UnreadableWorkbook("not_a_file" if path.exists() else "not_found", file=called)
        with path.open("rb"):
            size = path.stat().st_size
    except PermissionError as denied:
        raise UnreadableWorkbook("no_permission", file=called) from denied
    except (OSError, ValueError) as unreachable:
        raise UnreadableWorkbook("not_found", file=called) from unreachable
    if size > limits.file_bytes:
        raise UnreadableWorkbook("too_large_file", file=called, megabytes=limits.file_bytes // MEGABYTE)


def _status_of(process: subprocess.Popen[bytes]) -> int | None:
    """How a child ended whose pipe broke; None when it is still there, speaking nonsense."""
    try:
        return process.wait(timeout=_SECONDS_TO_DIE)
    except subprocess.TimeoutExpired:
        return None


def _died(status: int | None, called: str, limits: Limits, *, timed_out: bool) -> UnreadableWorkbook:
    """Why the child ended without saying so."""
    if timed_out or status == -signal.SIGXCPU:
        return UnreadableWorkbook("timed_out", file=called, seconds=limits.seconds)
    if status in (-signal.SIGABRT, -signal.SIGKILL, child.OUT_OF_MEMORY):
        return UnreadableWorkbook("too_large_memory", file=called)
    return UnreadableWorkbook("damaged", file=called)


def _collect(pipe: IO[bytes], called: str) -> list[Sheet]:
    """Sheets out of frames. Raises UnreadableWorkbook when the child refused, BrokenPipeline when it died."""
    parts: list[SheetParts] = []
    for tag, payload in frames.read(pipe):
        if tag == frames.SHEET:
            parts.append(SheetParts(json.loads(payload)))
        elif tag == frames.CHUNK and parts:
            parts[-1].add(payload)
        elif tag == frames.REFUSAL:
            refusal = json.loads(payload)
            raise UnreadableWorkbook(refusal["code"], file=called, **refusal["params"])
        else:
            raise frames.BrokenPipeline("a frame out of place")
    return [part.sheet() for part in parts]


@cache
def _search_path() -> tuple[str, ...]:
    """Where the child finds this package and the reading library, and nothing else."""
    found = []
    for package in ("payung", "python_calamine"):
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise ImportError(f"{package} is not installed")
        found.append(str(Path(spec.origin).parent.parent))
    return tuple(dict.fromkeys(found))
