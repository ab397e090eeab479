"""A machine whose clock jumps by a day, forward and back, between the attempts at one month's work.

Needs Debian's `faketime`, which shows the command and its PostgreSQL another time alike.
"""

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.faults import processes
from tests.faults.site import NotDone

JUMPS = (("+1d", "-1d"), ("-1d", "+1d"), ("-1d", "-0d"))
"""The clock while the work is cut short, and the clock while it is done again."""


def turn_clock(
    folder: Path, words: tuple[str, ...], chance: random.Random, *, look: Callable[..., dict[str, Any]], seconds: float
) -> str:
    """A round for each jump; what came of it in a sentence. The work takes about `seconds` undisturbed.

    Raises NotDone when the month does not end as undisturbed, or the doctor does not see a clock that was set back.
    """
    if shutil.which("faketime") is None:
        return "clock: left out, as there is no faketime here"
    expected = look(folder / "tenang")
    for number, (first, then) in enumerate(JUMPS, start=1):
        place, log = folder / f"jam-{number}", folder / f"jam-{number}.log"
        child = processes.start(place, *words, log=log, clock=first)
        if processes.wait(child, chance.uniform(seconds / 4, seconds)) is None:
            processes.strike_command(child)
        processes.stop_database(place)
        status = processes.start(place, *words, log=log, clock=then).wait(900)
        if status != 0 or look(place, clock="+2d") != expected:
            raise NotDone(f"clock: not as undisturbed after {first} and {then}; see {log}")
        shutil.rmtree(place)
    return f"clock: {len(JUMPS)} rounds with the clock a day off, struck and done again; each ended as undisturbed"
