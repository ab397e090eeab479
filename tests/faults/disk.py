"""A disk that runs full in the middle of the work, and the same work once there is room again."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.faults import processes
from tests.faults.site import NotDone

ROOM_PERCENT = (60, 75, 85, 95)
"""Of what the undisturbed work took in the end: so small that it does not fit; each a little further on."""


def fill_disk(folder: Path, words: tuple[str, ...], *, look: Callable[[Path], dict[str, Any]]) -> str:
    """One round for each size; what came of it in a sentence. Needs the right to mount a file system in memory.

    Raises NotDone when the work does not end as undisturbed once there is room.
    """
    expected, refused = look(folder / "tenang"), 0
    whole = sum(path.stat().st_size for path in (folder / "tenang").rglob("*") if path.is_file()) >> 20
    for megabytes in (whole * percent // 100 for percent in ROOM_PERCENT):
        place = folder / f"penuh-{megabytes}"
        place.mkdir()
        if os.geteuid() != 0 or not _mount(place, f"size={megabytes}m"):
            return "full disk: left out, as no file system can be mounted here"
        try:
            log = folder / f"penuh-{megabytes}.log"
            refused += processes.start(place / "data", *words, log=log).wait(900) != 0
            processes.stop_database(place / "data")
            _mount(place, "remount,size=4g")
            status = processes.start(place / "data", *words, log=log).wait(900)
            found = look(place / "data")
        finally:
            processes.stop_database(place / "data")
            subprocess.run(["umount", str(place)], check=True)
        if status != 0 or found != expected:
            raise NotDone(f"full disk: not recovered at {megabytes} MB; see {log}")
        shutil.rmtree(place)
    return f"full disk: {len(ROOM_PERCENT)} rounds, {refused} stopped by it; with room again each ended as undisturbed"


def _mount(place: Path, options: str) -> bool:
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], capture_output=True, text=True, check=False
    )
    return done.returncode == 0
