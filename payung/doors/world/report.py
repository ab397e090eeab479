"""What a load of a synthetic world did: counts as they stand in the office, seconds by step."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from payung.rules.months import Month

Show = Callable[[str, int, int], None]
"""Told what is being done, how far, and how much there is."""


@dataclass(frozen=True)
class MonthDone:
    """What stands in the office of one month: heads and rupiah of its bills, and how many heads were posted."""

    month: Month
    heads: int
    billed_rupiah: int
    paid_rupiah: int
    posted: int


@dataclass
class Report:
    """Counts as they stand in the office, seconds by step. `told` are sentences of what is special to a place."""

    place: str
    folder: Path
    month: str
    files: int = 0
    files_new: int = 0
    rows: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    plan: Counter[str] = field(default_factory=Counter)
    persons: int = 0
    spells: int = 0
    bills: int = 0
    heads_billed: int = 0
    total_rupiah: int = 0
    paid_rupiah: int = 0
    posted: int = 0
    posted_unknown: int = 0
    months: list[MonthDone] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Adds the time of a step."""
        started = time.perf_counter()
        yield
        self.seconds[step] = self.seconds.get(step, 0.0) + time.perf_counter() - started
