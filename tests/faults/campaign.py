"""`make faults`: the work of a month struck at random moments, again and again; nothing half done, nothing lost.

    python -m tests.faults.campaign [--times 100] [--seed 1] [--people 120] [--folder FOLDER]

A month of a synthetic city (lists in, plans applied, bills, payments, BPJS's confirmation, five numbers) is done once
undisturbed. Then the same command is killed, or its database is, at a random moment, and given again until it is done.
After every strike `payung doctor` must find nothing wrong and nothing that must never be may be there (see `facts`);
once it is done, everything must stand as after the undisturbed run. Then the processes behind a served site are struck
while one person, or two at once, do the same work in it (`site`); then a full disk, where one can be made (`disk`), and
a clock that jumps by a day (`clock`).
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults import processes
from tests.faults.clock import turn_clock
from tests.faults.disk import fill_disk
from tests.faults.site import NotDone, strike_site

COMMAND, DATABASE, BACKEND = "perintah", "basis data", "proses basis data"


class Broken(Exception):
    """Something that must hold did not; the folder stays for whoever looks."""


@dataclass
class Campaign:
    """What is done how often, and where."""

    folder: Path
    people: int
    chance: random.Random
    struck: dict[str, int] = field(default_factory=dict)
    rounds: int = 0
    seconds: float = 0.0

    @property
    def words(self) -> tuple[str, ...]:
        return ("walk", "--people", str(self.people))

    def run(self, times: int) -> None:
        """The undisturbed run, then strikes until there were enough."""
        calm = self.folder / "tenang"
        started = time.monotonic()
        self.finish(calm, self.words)
        self.seconds = time.monotonic() - started
        expected = self.look(calm)
        if not expected:
            raise Broken("the undisturbed run left nothing to compare with")
        print(f"undisturbed: {self.seconds:.0f} s", flush=True)
        while sum(self.struck.values()) < times:
            self.one_round(times, expected)
        print(f"{self.rounds} months finished after {sum(self.struck.values())} strikes: {self.struck}", flush=True)

    def one_round(self, times: int, expected: dict[str, Any]) -> None:
        """A month from nothing, struck until a run is not struck any more."""
        self.rounds += 1
        folder = self.folder / f"babak-{self.rounds}"
        log = self.folder / f"babak-{self.rounds}.log"
        while True:
            child = processes.start(folder, *self.words, log=log)
            # Each attempt goes on where the one before it stopped, so early moments reach the late work as well.
            moment = self.chance.uniform(0, self.seconds / 2)
            status = processes.wait(child, moment)
            if status == 0:
                break
            if status is not None:
                raise Broken(f"the command ended with {status} without being struck; see {log}")
            self.strike(folder, child)
            self.look(folder)
            if sum(self.struck.values()) >= times:
                self.finish(folder, self.words)
                break
        found = self.look(folder)
        if found != expected:
            raise Broken(f"{folder}: {json.dumps(difference(expected, found))[:2_000]}")
        shutil.rmtree(folder)

    def strike(self, folder: Path, child: subprocess.Popen[bytes]) -> None:
        kind = self.chance.choice((COMMAND, DATABASE, BACKEND))
        self.struck[kind] = self.struck.get(kind, 0) + 1
        if kind == COMMAND:
            processes.strike_command(child)
        elif kind == DATABASE:
            processes.strike_database(folder)
        else:
            processes.strike_backend(folder, self.chance)
        if processes.wait(child, 120) is None:
            raise Broken(f"{folder}: the command hangs after its {kind} was struck")
        print(f"round {self.rounds}, strike {sum(self.struck.values())}: {kind}", flush=True)

    def finish(self, folder: Path, words: tuple[str, ...]) -> None:
        log = folder.with_suffix(".log")
        status = processes.start(folder, *words, log=log).wait(900)
        if status != 0:
            raise Broken(f"{folder}: ended with {status} undisturbed; see {log}")

    def look(self, folder: Path, *, clock: str | None = None) -> dict[str, Any]:
        """The facts, when nothing is wrong. Before there is a database there is nothing to look at."""
        if not (folder / "postgres" / "PG_VERSION").exists():
            return {}
        environment = processes.environment(folder)
        doctor = subprocess.run(
            [*processes.at_clock(clock), sys.executable, "-m", "payung.doors.cli.main", "doctor"],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if doctor.returncode != 0:
            raise Broken(f"{folder}: doctor says\n{doctor.stdout}{doctor.stderr[-2_000:]}")
        if "pembaruan belum dijalankan" in doctor.stdout:
            return {}
        asked = subprocess.run(
            [*processes.at_clock(clock), sys.executable, "-m", "tests.faults.facts", str(folder)],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if asked.returncode != 0:
            raise Broken(f"{folder}: the facts cannot be read: {asked.stderr[-2_000:]}")
        told: dict[str, Any] = json.loads(asked.stdout)
        if told["wrong"]:
            raise Broken(f"{folder}: {told['wrong'][:10]}")
        facts: dict[str, Any] = told["facts"]
        return facts


def difference(expected: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Name -> (undisturbed, here) where they are not the same."""
    return {name: (expected[name], found.get(name)) for name in expected if expected[name] != found.get(name)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=120)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="payung-gangguan-"))
    folder.mkdir(parents=True, exist_ok=True)
    campaign = Campaign(folder, asked.people, random.Random(asked.seed))
    try:
        campaign.run(asked.times)
        strike_site(campaign.folder, campaign.chance, times=max(asked.times // 10, 2), look=campaign.look)
        print(fill_disk(campaign.folder, campaign.words, look=campaign.look), flush=True)
        seconds = campaign.seconds
        print(turn_clock(campaign.folder, campaign.words, campaign.chance, look=campaign.look, seconds=seconds))
    except (Broken, NotDone) as problem:
        print(f"BROKEN: {problem}", file=sys.stderr)
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
