"""How fast the audit takes events and walks its chain: `python bench/audit.py [EVENTS] [WALKED]`.

A data folder of its own (PAYUNG_DATA) is needed; it is filled with events of two governments.
"""

import os
import sys
import threading
import time
from datetime import UTC, datetime

from payung.doors.installation.folder import data_folder
from payung.doors.installation.office import opened_office

AT = datetime(2022, 10, 3, 2, 0, tzinfo=UTC)


def main(events: int, walked: int) -> None:
    """Events one by one in one transaction, in their own transactions, of two governments at once; then the walk."""
    from django.db import connection, connections, transaction

    from payung.office.access.actions import record
    from payung.office.access.chain import walk
    from payung.office.places.actions import found_government
    from payung.office.places.scope import whole_government

    one, two = (found_government(code=code, name=code, by=None, at=AT) for code in ("32.73", "32.74"))

    def deeds(government: object, count: int) -> None:
        for number in range(count):
            with whole_government(government):
                record("look", subject=f"person:{number}", by=None, at=AT, detail={"purpose": "layanan"})
        connections.close_all()

    with timed(f"{events} events in one transaction"), whole_government(one):
        for number in range(events):
            record("look", subject=f"person:{number}", by=None, at=AT, detail={"purpose": "layanan"})
    with timed(f"{events} events, a transaction each"):
        deeds(one, events)
    with timed(f"{events} events of two governments at once"):
        both = [threading.Thread(target=deeds, args=[each, events // 2]) for each in (one, two)]
        [thread.start() for thread in both]
        [thread.join() for thread in both]
    with timed(f"{walked} events by one statement"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_auditevent (at, deed, subject, detail, government_id)"
            " SELECT now(), 'look', 'person:' || n, '{\"purpose\": \"layanan\"}', %s FROM generate_series(1, %s) n",
            [two.pk, walked],
        )
    with timed("the walk"):
        found = walk(using="owner")
    print([(each.chain, each.links, each.broken) for each in found])


class timed:  # noqa: N801  # reads as a sentence
    """Prints how long its block took."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __enter__(self) -> None:
        self.started = time.perf_counter()

    def __exit__(self, *told: object) -> None:
        print(f"{self.what}: {time.perf_counter() - self.started:.2f} s", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("PGAPPNAME", "payung bench")
    with opened_office(data_folder()):
        main(*(int(word) for word in sys.argv[1:] or ("10000", "1000000")))
