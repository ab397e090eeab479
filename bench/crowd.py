"""Many people at the site at once: how long their pages take. Used by `year.py` over its government.

Every user signs in once and then opens one page after the other, reading each for 2 to 8 seconds, as people do; the
same while a colleague does something every few seconds, after which no kept count is true any more; then all of them
click without reading, which shows how many pages a second the machine gives.
"""

import os
import random
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any
from urllib import error, parse, request

PASSWORD = "payung-ukuran-2023"  # of synthetic users who live as long as the bench
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
BOUND_MILLISECONDS = 200
DEED_EVERY_SECONDS = 5
NEWEST_OF_TEN = 8
"""So many of ten first pages are of the newest month, the others of any other."""


@dataclass
class Told:
    """What the users met: milliseconds of each page by its kind, and answers that were no page."""

    spent: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


class Visitor:
    """One window."""

    def __init__(self, address: str, username: str) -> None:
        self.address = address
        self.opener = request.build_opener(request.HTTPCookieProcessor(CookieJar()))
        self.username = username

    def get(self, path: str, fields: dict[str, str] | None = None) -> str:
        body = parse.urlencode(fields).encode() if fields else None
        text: str = self.opener.open(self.address + path, body, timeout=60).read().decode(errors="replace")
        return text

    def sign_in(self) -> None:
        token = TOKEN.search(self.get("/masuk"))
        assert token is not None
        fields = {"username": self.username, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
        if 'name="password"' in self.get("/masuk", fields):
            raise RuntimeError(f"{self.username} cannot sign in")

    def look_up(self, name: str) -> str:
        token = TOKEN.search(self.get("/peserta"))
        assert token is not None
        return self.get("/peserta/cari", {"cari": name, "csrfmiddlewaretoken": token[1]})


def measure(cast: Any, opds: list[Any], *, users: int, seconds: int) -> None:
    """Serve the site over the open office, and let the users in."""
    names = _users(cast, opds, users)
    port = _free_port()
    command = [sys.executable, "-m", "payung.doors.cli.main", "serve", "--port", str(port)]
    served = subprocess.Popen(command, env=os.environ.copy(), stdout=subprocess.DEVNULL)
    try:
        visitors = [Visitor(f"http://127.0.0.1:{port}", name) for name in names]
        _wait(visitors[0])
        for visitor in visitors:
            visitor.sign_in()
        pages = _pages(cast)
        reading = (2.0, 8.0)
        for title, pause, busy in (
            (f"{users} users, reading 2 to 8 s", reading, False),
            (f"{users} users, reading 2 to 8 s, a deed every {DEED_EVERY_SECONDS} s", reading, True),
            (f"{users} users, never reading", (0.0, 0.0), False),
        ):
            print(f"    {title}, {seconds} s")
            with _colleague(cast, busy=busy):
                _show(_let_in(visitors, pages, pause, seconds), seconds)
    finally:
        served.terminate()
        served.wait(60)


@contextmanager
def _colleague(cast: Any, *, busy: bool) -> Iterator[None]:
    """Somebody who does something in the government every few seconds, when he is busy."""
    from payung.office.access.actions import record
    from payung.office.places.scope import whole_government
    from tests.office.cast import AT

    home = threading.Event()

    def work() -> None:
        while not home.wait(DEED_EVERY_SECONDS):
            with whole_government(cast.government, by=cast.admin):
                record("bench", subject="bench:1", by=cast.admin, at=AT)

    colleague = threading.Thread(target=work, daemon=True)
    if busy:
        colleague.start()
    yield
    home.set()
    if busy:
        colleague.join()


def _users(cast: Any, opds: list[Any], count: int) -> list[str]:
    """Operators of one OPD each, treasurers and auditors of the whole, three to one to one."""
    from payung.office.access.actions import add_user
    from payung.office.access.roles import Role
    from payung.office.places.actions import grant_area
    from payung.office.places.scope import whole_government
    from tests.office.cast import AT

    roles = (Role.OPD_OPERATOR, Role.OPD_OPERATOR, Role.OPD_OPERATOR, Role.TREASURER, Role.AUDITOR)
    names = []
    with whole_government(cast.government, by=cast.admin):
        for number in range(count):
            role = roles[number % len(roles)]
            user = add_user(
                username=f"bangku{number}", full_name=f"Bangku {number}", role=role, password=PASSWORD, by=None, at=AT
            )
            opd = opds[number % len(opds)] if role == Role.OPD_OPERATOR else None
            grant_area(user=user, government=cast.government, opd=opd, by=None, at=AT)
            names.append(user.username)
    return names


def _pages(cast: Any) -> dict[str, list[str]]:
    """Kinds of pages -> addresses to choose from, or names to look up."""
    from payung.office.billing.models import Bill
    from payung.office.enrolment.models import RosterList
    from payung.office.places.scope import whole_government
    from payung.office.registry.models import Person

    with whole_government(cast.government):
        months = sorted({f"{month:%Y-%m}" for month in Bill.objects.values_list("month", flat=True).distinct()})
        some = Person.objects.filter(pk__endswith="77").values_list("pk", "name")[:2_000]
        people = list(some)
        first_page = [f"/?bulan={month}" for month in months]
        newest = len(first_page[:-1]) * NEWEST_OF_TEN // (10 - NEWEST_OF_TEN) or 1
        return {
            "first page": [*first_page[:-1], *first_page[-1:] * newest],
            "lists": ["/daftar"],
            "one list": [f"/daftar/{pk}" for pk in RosterList.objects.values_list("pk", flat=True)],
            "a person": [f"/peserta/{pk}" for pk, _ in people],
            "a name looked up": [name for _, name in people],
            "bills": [f"/tagihan?bulan={month}" for month in months],
            "five numbers": [f"/lima-angka?bulan={months[-1]}"],
        }


def _let_in(visitors: list[Visitor], pages: dict[str, list[str]], pause: tuple[float, float], seconds: int) -> Told:
    told, lock, until = Told(), threading.Lock(), time.monotonic() + seconds

    def live(visitor: Visitor, dice: random.Random) -> None:
        time.sleep(dice.uniform(0, pause[1]))
        while time.monotonic() < until:
            kind = dice.choice(list(pages))
            what = dice.choice(pages[kind])
            started = time.perf_counter()
            try:
                visitor.look_up(what) if kind == "a name looked up" else visitor.get(what)
            except error.HTTPError as refused:
                if refused.code not in (403, 404):  # another OPD's person or list: refused, as it should be
                    with lock:
                        told.failed.append(f"{kind}: {refused.code}")
                kind = "refused: not of one's area"
            spent = (time.perf_counter() - started) * 1e3
            with lock:
                told.spent.setdefault(kind, []).append(spent)
            time.sleep(dice.uniform(*pause))

    people = [threading.Thread(target=live, args=(one, random.Random(n))) for n, one in enumerate(visitors)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return told


def _show(told: Told, seconds: int) -> None:
    everything = [one for spent in told.spent.values() for one in spent]
    for kind, spent in [*sorted(told.spent.items()), ("all pages", everything)]:
        cuts = statistics.quantiles(spent, n=20) if len(spent) > 1 else [spent[0]] * 19
        verdict = "" if cuts[18] <= BOUND_MILLISECONDS else f"  p95 over {BOUND_MILLISECONDS} ms"
        print(f"    {kind:<30}{len(spent):>7,} pages{statistics.median(spent):>9.0f} ms p50{cuts[18]:>9.0f} ms p95"
              f"{max(spent):>9.0f} ms max{verdict}")  # fmt: skip
    print(f"    {len(everything) / seconds:.1f} pages a second; failed: {told.failed[:5] or 'none'}", flush=True)


def _wait(visitor: Visitor) -> None:
    for _ in range(120):
        try:
            visitor.get("/masuk")
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise RuntimeError("the site does not come up")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
