"""All formulas of the law, contributions and benefits, for one and ten million rows, on Polars and on Spark.

    python bench/law.py [ROWS ...] [--loop-sample ROWS] [--only contributions|benefits] [--without-spark]

Against plain numpy and a plain Python loop over the same seeded rows; the totals of every column must be equal.
Each way runs in a process of its own, so that its peak memory is its own (Spark: driver, JVM and both workers
together). Polars and numpy: the best of three; the loop runs once over a sample and is scaled; Spark runs twice in a
local cluster with two worker processes of one core and 1 GiB (`local-cluster[2,1,1024]`), the better counts, reading
the rows from Parquet each time. Spark needs Java 17 and `requirements/cluster.lock`, and Payung in `PYTHONPATH` where
it is not installed. Before all that, one answer explained step by step is measured.
"""

import argparse
import atexit
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import contributions
import events
import events_loop
import events_numpy
import polars as pl

from payung.rules.law import columns as of_contributions
from payung.rules.law.benefits import columns as of_benefits
from payung.rules.law.benefits.explain import explain as explain_benefit
from payung.rules.law.benefits.paid import paid
from payung.rules.law.contributions import owed
from payung.rules.law.explain import explain as explain_contribution
from payung.rules.months import Month

CLUSTER = "local-cluster[2,1,1024]"
Reckon = Callable[[], list[int]]


class Contributions:
    """Seven amounts of a month."""

    amounts = of_contributions.AMOUNTS
    rows = staticmethod(contributions.people)
    formulas = staticmethod(owed)
    on_numpy = staticmethod(contributions.on_numpy)
    on_a_loop = staticmethod(contributions.on_a_loop)

    @staticmethod
    def frame(crowd: contributions.Arrays) -> pl.DataFrame:
        return contributions.as_frame(crowd, pl.String)


class Benefits:
    """Every component of every kind."""

    amounts = of_benefits.AMOUNTS
    rows = staticmethod(events.events)
    formulas = staticmethod(paid)
    on_numpy = staticmethod(events_numpy.on_numpy)
    on_a_loop = staticmethod(events_loop.on_a_loop)
    frame = staticmethod(events.as_frame)


SUBJECTS: dict[str, Any] = {"contributions": Contributions, "benefits": Benefits}


def on_polars(subject: Any, rows: int) -> Reckon:
    frame = subject.frame(subject.rows(rows))
    amounts = list(subject.amounts)
    return lambda: list(subject.formulas(frame, columns=amounts).select(pl.all().sum()).row(0))


def on_spark(subject: Any, rows: int) -> Reckon:
    """Rows through Parquet; the sums come back."""
    from pyspark.sql import SparkSession, functions

    folder = Path(tempfile.mkdtemp(prefix="payung-spark-"))
    atexit.register(shutil.rmtree, folder)
    frame = subject.frame(subject.rows(rows))
    pieces = 8
    for piece in range(pieces):
        frame.slice(piece * -(-rows // pieces), -(-rows // pieces)).write_parquet(folder / f"{piece}.parquet")
    del frame
    builder = SparkSession.builder.master(CLUSTER).appName("payung-law").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    amounts = list(subject.amounts)

    def reckon() -> list[int]:
        answered = subject.formulas(session.read.parquet(str(folder)), columns=amounts)
        sums = answered.agg(*(functions.sum(name) for name in amounts)).collect()[0]
        return [int(total) for total in sums]

    return reckon


WAYS: dict[str, Callable[[Any, int], Reckon]] = {
    "polars": on_polars,
    "numpy": lambda subject, rows: subject.on_numpy(subject.rows(rows)),
    "python loop": lambda subject, rows: subject.on_a_loop(subject.rows(rows)),
    "spark": on_spark,
}
REPEATS = {"python loop": 1, "spark": 2}


def peak_kb() -> int:
    """The most this process held, with the peaks of all its living descendants (Spark's JVMs)."""
    parents: dict[int, int] = {}
    peaks: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:  # the process ended meanwhile
            continue
        parents[int(fields["Pid"])] = int(fields["PPid"])
        peaks[int(fields["Pid"])] = int(fields.get("VmHWM", "0 kB").split()[0])

    def ours(pid: int) -> bool:
        return pid == os.getpid() or (pid in parents and ours(parents[pid]))

    below = sum(peak for pid, peak in peaks.items() if pid != os.getpid() and ours(pid))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + below


def measure(subject: str, way: str, rows: int) -> None:
    """In the child: reckon and print what was found as JSON."""
    reckon = WAYS[way](SUBJECTS[subject], rows)
    seconds = []
    totals: list[int] = []
    for _ in range(REPEATS.get(way, 3)):
        started = time.perf_counter()
        totals = reckon()
        seconds.append(time.perf_counter() - started)
    print(json.dumps({"seconds": min(seconds), "peak_mb": peak_kb() / 1024, "totals": totals}))


def child(subject: str, way: str, rows: int) -> dict[str, Any]:
    words = [sys.executable, __file__, "--only", subject, "--way", way, str(rows)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{way} failed:\n{done.stderr[-3000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def compare(subject: str, rows: int, loop_sample: int, ways: list[str]) -> None:
    """All ways over the same rows; stops when the total of any column differs."""
    print(f"\n{subject}, {rows:,} rows\n{'':<14}{'seconds':>9}{'ratio':>8}{'peak MB':>9}", flush=True)
    ours: dict[int, dict[str, Any]] = {}
    for way in ways:
        counted = min(rows, loop_sample) if way == "python loop" else rows
        if counted not in ours:
            ours[counted] = child(subject, "polars", counted)
        found = ours[counted] if way == "polars" else child(subject, way, counted)
        names = SUBJECTS[subject].amounts
        wrong = [
            f"{name}: {theirs} instead of {right}"
            for name, theirs, right in zip(names, found["totals"], ours[counted]["totals"], strict=True)
            if theirs != right
        ]
        if wrong:
            sys.exit(f"{way}: totals differ: {wrong}")
        seconds = found["seconds"] * rows / counted
        note = f"  measured on {counted:,}, scaled" if counted < rows else ""
        print(
            f"{way:<14}{seconds:>9.3f}{seconds / ours[rows]['seconds']:>8.1f}{found['peak_mb']:>9,.0f}{note}",
            flush=True,
        )
    print(f"the totals of all {len(SUBJECTS[subject].amounts)} columns are equal")


def one() -> None:
    """One person's month and one event, explained step by step."""

    def contribution() -> object:
        month, programmes = Month(2026, 6), ["JKK", "JKM"]
        return explain_contribution(
            membership_class="BPU", month=month, wage_rupiah=1_000_000, payer="APBD", programmes=programmes
        )

    def benefit() -> object:
        return explain_benefit("jkk-death", on=date(2021, 11, 3), wage=1_787_500)

    for name, ask in (("contribution", contribution), ("benefit", benefit)):
        ask()
        taken = []
        for _ in range(50):
            started = time.perf_counter()
            ask()
            taken.append((time.perf_counter() - started) * 1_000)
        print(f"one {name} explained: {statistics.median(taken):.1f} ms (median of 50)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", type=int, default=[1_000_000, 10_000_000])
    parser.add_argument("--loop-sample", type=int, default=200_000, help="rows the Python loop is measured on")
    parser.add_argument("--only", choices=SUBJECTS)
    parser.add_argument("--without-spark", action="store_true")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.way:
        measure(arguments.only, arguments.way, arguments.rows[0])
        return
    one()
    ways = [way for way in WAYS if not (arguments.without_spark and way == "spark")]
    for rows in arguments.rows:
        for subject in [arguments.only] if arguments.only else SUBJECTS:
            compare(subject, rows, arguments.loop_sample, ways)


if __name__ == "__main__":
    main()
