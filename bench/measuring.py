"""What every bench of the office needs: a database of its own, a clock, and peak memory."""

import os
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path


@contextmanager
def open_scratch_office(kept: Path | None = None) -> Iterator[None]:
    """An empty office over an embedded PostgreSQL in a temporary folder, gone afterwards; or in `kept`, which stays."""
    from payung.doors.installation.folder import DataFolder
    from payung.doors.installation.office import opened_office

    with nullcontext(kept) if kept else tempfile.TemporaryDirectory(prefix="payung-bench-") as name:
        os.environ["PAYUNG_DATA"] = str(name)
        with opened_office(DataFolder(Path(name))):
            yield


@contextmanager
def clocked(what: str, rows: int, seconds: dict[str, float]) -> Iterator[None]:
    """Prints seconds and rate of a step and keeps the seconds under its name."""
    started = time.perf_counter()
    yield
    seconds[what] = time.perf_counter() - started
    rate = rows / seconds[what]
    print(f"{what:<52}{seconds[what]:>9.2f} s{rate:>12,.0f} rows/s{peak_megabytes():>8,.0f} MB", flush=True)


def peak_megabytes() -> float:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
