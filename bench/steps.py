"""The steps of a long chain, each with its time, rate, memory of both sides and SQL statements; a table at the end."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

STATUS = Path("/proc/self/status")
SAMPLED_EVERY_SECONDS = 1.0


@dataclass
class Step:
    """What a step took. Memory in megabytes: its own peak, and the most that all processes of PostgreSQL held."""

    name: str
    rows: int
    seconds: float = 0.0
    own_megabytes: float = 0.0
    database_megabytes: float = 0.0
    statements: int = 0

    @property
    def line(self) -> str:
        rate = f"{self.rows / self.seconds:,.0f}" if self.seconds else ""
        return (
            f"| {self.name} | {self.rows:,} | {self.seconds:,.2f} | {rate} | {self.own_megabytes:,.0f}"
            f" | {self.database_megabytes:,.0f} | {self.statements:,} |"
        )


@dataclass
class Chain:
    """The steps so far."""

    steps: list[Step] = field(default_factory=list)

    @contextmanager
    def step(self, name: str, rows: int) -> Iterator[Step]:
        """Measures what is done inside: SQL statements outside COPY, transaction control included."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        step = Step(name, rows)
        connection.queries_log.clear()  # it holds the last 9,000 and their parameters
        Path("/proc/self/clear_refs").write_text("5")  # the kernel forgets the peak so far
        with _database_watched(step), CaptureQueriesContext(connection) as asked:
            started = time.perf_counter()
            yield step
            step.seconds = time.perf_counter() - started
            step.statements = len(asked)
        step.own_megabytes = _peak_megabytes()
        self.steps.append(step)
        print(step.line, flush=True)

    def summed(self, name: str, prefix: str) -> Step:
        """All steps whose name begins so as one: times, rows and statements added, the highest memory."""
        parts = [step for step in self.steps if step.name.startswith(prefix)]
        return Step(
            name,
            sum(part.rows for part in parts),
            sum(part.seconds for part in parts),
            max(part.own_megabytes for part in parts),
            max(part.database_megabytes for part in parts),
            sum(part.statements for part in parts),
        )


@contextmanager
def _database_watched(step: Step) -> Iterator[None]:
    """Once a second, what the processes of PostgreSQL hold together; shared pages are counted once (PSS)."""
    over = threading.Event()

    def watch() -> None:
        while True:
            step.database_megabytes = max(step.database_megabytes, _postgres_megabytes())
            if over.wait(SAMPLED_EVERY_SECONDS):
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _postgres_megabytes() -> float:
    kilobytes = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "comm").read_text().strip() != "postgres":
                continue
            for line in (process / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kilobytes += int(line.split()[1])
        except OSError:  # it has ended meanwhile
            continue
    return kilobytes / 1024


def _peak_megabytes() -> float:
    for line in STATUS.read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the kernel tells no peak memory")
