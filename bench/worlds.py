"""The programmes of four places, loaded whole: months, lists, decrees, payments, confirmations, reports.

    python bench/worlds.py [bandung cirebon banjarnegara bekasi] [--people 3000]

Each place goes into a data folder of its own by `payung world PLACE --load`, database and tables included. Seconds by
step are the command's own; processor time is that of everything it started: Python, readers of workbooks, PostgreSQL.
The stated bound is two minutes on two quiet cores.
"""

import argparse
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PLACES = ("bandung", "cirebon", "banjarnegara", "bekasi")
BOUND_SECONDS = 120
ADOPT_ORPHANS = 36
"""PR_SET_CHILD_SUBREAPER of Linux: the server that the command leaves to itself is counted as ours."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("places", nargs="*", default=PLACES, metavar="PLACE", help=", ".join(PLACES))
    parser.add_argument("--people", type=int, help="fewer than the programme's own")
    asked = parser.parse_args()
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)
    for place in asked.places:
        measure(place, [] if asked.people is None else ["--people", str(asked.people)])


def measure(place: str, size: list[str]) -> None:
    """One place: what the command says of its steps, then wall and processor time."""
    command = [str(Path(sys.executable).with_name("payung")), "world", place, "--load", *size]
    used, started = processor_seconds(), time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="payung-bench-") as folder:
        environment = {**os.environ, "PAYUNG_DATA": folder}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        seconds = time.perf_counter() - started
        wait_for_orphans()
    print(done.stdout[done.stdout.index("  waktu") :].rstrip())
    verdict = "within" if seconds <= BOUND_SECONDS else "above"
    used, load = processor_seconds() - used, os.getloadavg()[0]
    print(
        f"{place}: {seconds:.1f} s, {verdict} the bound of {BOUND_SECONDS} s; processor {used:.1f} s; load {load:.1f}"
    )


def wait_for_orphans() -> None:
    """Until the server has ended, so that its time is known."""
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


def processor_seconds() -> float:
    """Of all that ended so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
