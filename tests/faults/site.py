"""The served site struck while people work in it: web, worker, database. They look, repeat what is missing, go on."""

import random
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import psycopg

from payung.doors.world import worlds
from tests.faults import processes
from tests.faults.clerk import Clerk

WEB, WORKER, DATABASE = "web", "worker", "database"
HEADS = 60
FILE = "susulan.csv"
PATIENCE_SECONDS = 240


class NotDone(Exception):
    """The people gave up: something did not come to an end."""


@dataclass(frozen=True)
class Step:
    """A deed at the site: what shows that it is done (a query that finds a row), and how to do it."""

    name: str
    done: str
    act: Callable[["Site"], None]


@dataclass
class Site:
    """A served installation, its people, and who strikes it."""

    folder: Path
    port: int
    chance: random.Random
    people: int = 1
    served: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def clerk(self, username: str) -> Clerk:
        return Clerk(self.address, username)

    def one(self, query: str) -> int | None:
        """The first number of the first row, asked as the owner; None while there is none or no database."""
        try:
            with psycopg.connect(f"host={self.folder / 'postgres'} user=payung_owner dbname=payung") as connection:
                found = connection.execute(query.encode()).fetchone()
        except psycopg.OperationalError:
            return None
        return int(found[0]) if found else None

    def serve(self) -> None:
        """Start it when it is not running, and wait until a page opens."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if self.served is None or self.served.poll() is not None:
                words = ("serve", "--port", str(self.port), "--workers", "1")
                self.served = processes.start(self.folder, *words, log=self.folder.with_suffix(".log"))
            try:
                Clerk(self.address, "admin").open("/masuk")
            except OSError:
                time.sleep(0.5)
            else:
                return
        raise NotDone(f"the site over {self.folder} does not come back")

    def strike(self, kind: str) -> None:
        """Kill the processes of one kind: gunicorn and its children, the worker, or PostgreSQL."""
        if kind == DATABASE:
            processes.strike_database(self.folder)
            return
        assert self.served is not None
        named = "gunicorn" if kind == WEB else "payung.doors.jobs.worker"
        subprocess.run(["pkill", "-KILL", "-P", str(self.served.pid), "-f", named], check=False)

    def stop(self) -> None:
        if self.served is not None and self.served.poll() is None:
            self.served.terminate()
            self.served.wait(60)
        processes.stop_database(self.folder)


def strike_site(folder: Path, chance: random.Random, *, times: int, look: Callable[[Path], dict[str, Any]]) -> None:
    """So many rounds of a list handed in, decided, applied and billed over HTTP, each step struck once on its way.

    In every other round two people do each step at the same moment. What stands afterwards is what one had done.
    """
    struck = {WEB: 0, WORKER: 0, DATABASE: 0}
    first: dict[str, Any] = {}
    for number in range(1, times + 1):
        site = Site(folder / f"situs-{number}", _free_port(), chance, people=1 + number % 2)
        processes.copy_folder(folder / "tenang", site.folder)
        try:
            persons = _round(site, struck)
        finally:
            site.stop()
        facts = look(site.folder)
        if facts["persons"][0][0] != persons + HEADS:
            raise NotDone(f"{site.folder}: {facts['persons']} persons, {persons} + {HEADS} expected")
        once = {name: facts[name] for name in ("lists", "spells", "bills", "ledger")}
        if once != (first := first or once):
            raise NotDone(f"{site.folder}: {once}, in another round {first}")
        shutil.rmtree(site.folder)
    print(f"the site: {times} rounds finished after strikes {struck}", flush=True)


def _round(site: Site, struck: dict[str, int]) -> int:
    """Returns how many persons there were before."""
    site.serve()
    persons = site.one("SELECT count(*) FROM registry_person") or 0
    for step in STEPS:
        kind = site.chance.choice(sorted(struck))
        strike_at = time.monotonic() + site.chance.uniform(0, 3)
        deadline = time.monotonic() + PATIENCE_SECONDS
        again_at, due = 0.0, True
        while site.one(step.done) is None:
            if time.monotonic() > deadline:
                raise NotDone(f"{site.folder}: {step.name} does not come to an end")
            if time.monotonic() > again_at:
                _try(site, step)
                again_at = time.monotonic() + 20
            if due and time.monotonic() > strike_at:
                site.strike(kind)
                struck[kind] += 1
                due, again_at = False, time.monotonic() + 5
            site.serve()
            time.sleep(0.2)
    return persons


def _try(site: Site, step: Step) -> None:
    """A person whose page does not answer looks again later; one who is told no (already decided) looks as well."""

    def act() -> None:
        with suppress(OSError):
            step.act(site)

    everybody = [threading.Thread(target=act) for _ in range(site.people)]
    for person in everybody:
        person.start()
    for person in everybody:
        person.join()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


LIST = (
    "FROM enrolment_rosterlist l JOIN files_reading r ON r.id = l.reading_id JOIN files_keptfile f ON f.id = r.file_id"
)
PLAN = f"{LIST} JOIN enrolment_plan p ON p.roster_list_id = l.id JOIN approvals_proposal a ON a.id = p.proposal_id"
RUNS = "FROM billing_billrun WHERE month = '2022-12-01' AND state"
COLUMNS = {
    "name": "NAMA", "nik": "NIK", "birth_place": "TEMPAT LAHIR", "birth_date": "TANGGAL LAHIR", "sex": "L/P",
    "job": "JABATAN", "wage_rupiah": "UPAH",
}  # fmt: skip
HEADINGS = {
    "agreement": "SELECT id FROM agreements_agreement",
    "opd": "SELECT min(id) FROM places_opd",
    "budget_line": "SELECT min(l.id) FROM agreements_budgetline l WHERE l.opd_id = (SELECT min(id) FROM places_opd)",
}


def _as_file(people: pl.DataFrame) -> bytes:
    """As an office would send them."""
    return people.select(*COLUMNS).rename(COLUMNS).write_csv(separator=";", date_format="%d-%m-%Y").encode()


def _upload(site: Site) -> None:
    people = worlds.make("bandung", seed=2, people=HEADS).people
    fields = {name: str(site.one(query)) for name, query in HEADINGS.items()} | {
        "month": "2022-12",
        "kind": "additions",
    }
    site.clerk("operator").send("/daftar/unggah", "/daftar/unggah", fields, (FILE, _as_file(people)))


def _decide_plan(site: Site) -> None:
    page = f"/rencana/{site.one(f'SELECT max(p.id) {PLAN} WHERE f.name = {FILE!r}')}"
    site.clerk("admin").send(page, f"{page}/putusan", {"putusan": "approve", "comment": "sesuai"})


def _apply(site: Site) -> None:
    page = f"/rencana/{site.one(f'SELECT max(p.id) {PLAN} WHERE f.name = {FILE!r}')}"
    site.clerk("operator").send(page, f"{page}/terapkan", {})


def _bill(site: Site) -> None:
    site.clerk("bendahara").send("/tagihan/buat?bulan=2022-12", "/tagihan/buat?bulan=2022-12", {})


def _decide_bills(site: Site) -> None:
    page = f"/tagihan/konsep/{site.one(f'SELECT max(id) {RUNS} IS NOT NULL')}"
    site.clerk("admin").send(page, f"{page}/putusan", {"putusan": "approve", "comment": "sesuai"})


STEPS = (
    Step("the list is handed in", f"SELECT p.id {PLAN} WHERE f.name = '{FILE}'", _upload),
    Step("its plan is approved", f"SELECT p.id {PLAN} WHERE f.name = '{FILE}' AND a.state = 'approved'", _decide_plan),
    Step("and applied", f"SELECT p.id {PLAN} WHERE f.name = '{FILE}' AND p.applied_at IS NOT NULL", _apply),
    Step("the month is drafted", f"SELECT id {RUNS} IN ('draft', 'final')", _bill),
    Step("and made final", f"SELECT id {RUNS} = 'final'", _decide_bills),
)
