"""The child: puts limits on itself, opens one file, writes frames to standard output."""

import json
import resource
import sys
from pathlib import Path

from payung.rules.roster.apart import frames, identify, zip_look
from payung.rules.roster.apart.limits import Limits
from payung.rules.roster.apart.outlet import Outlet
from payung.rules.roster.apart.refusal import Refused

OUT_OF_MEMORY = 3
"""Exit status. A library that aborts leaves no status: our side looks at the signal."""


def main(path: str, limits: str) -> None:
    """Reads `path` under `limits` (JSON of the fields of Limits)."""
    wanted = Limits(**json.loads(limits))
    restrain(wanted)
    out = sys.stdout.buffer
    try:
        send(Path(path), wanted, Outlet(out, wanted))
        frames.write(out, frames.END, b"")
    except Refused as refused:
        frames.write_json(out, frames.REFUSAL, {"code": refused.code, "params": refused.params})
        frames.write(out, frames.END, b"")
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    out.flush()


def restrain(limits: Limits) -> None:
    """Memory and processor time of this process, for good; and no core file of somebody's data."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def send(path: Path, limits: Limits, outlet: Outlet) -> None:
    """Identifies the file, looks inside, and sends its cells. Raises Refused."""
    kind = identify.identify(path)
    if kind == identify.CSV:
        from payung.rules.roster.apart.csv_cells import send_text

        send_text(path, limits, outlet)
        return
    looks: dict[str, zip_look.SheetLook] = {}
    if kind == identify.XLSX:
        looks = zip_look.look(path, limits)
    elif kind != identify.XLS:
        zip_look.look_at_sizes(path, limits)
    from payung.rules.roster.apart.cells import send_workbook

    send_workbook(path, looks, limits, outlet)
