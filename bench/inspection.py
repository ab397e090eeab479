"""The auditor's questions, a sample, and the first page's changes over many bill lines.

    python bench/inspection.py [--people 100000] [--months 10]

The people are those of the synthetic world, enrolled and billed month by month by the real actions. One in a hundred
died in the second month.
"""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measuring import clocked, open_scratch_office
from bench.office import world_rows

DIED, ROUNDS = date(2022, 11, 20), 5
DEATHS = """
    INSERT INTO claims_case (government_id, person_id, reference, event, event_on, place, source, state, recorded_at)
    SELECT government_id, id, 'R' || id, 'death', %s, '', 'office', 'open', %s FROM registry_person WHERE id %% 100 = 0
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=10)
    asked = parser.parse_args()
    with open_scratch_office():
        measure(asked.people, asked.months)


def measure(people: int, months: int) -> None:
    from django.db import connection, transaction

    from payung.office.places.scope import seen_by, whole_government
    from payung.office.reports import inspecting
    from payung.office.reports.queries import changed_since_last
    from payung.office.reports.sampling import sample
    from payung.rules.months import Month
    from tests.office.cast import AT, billed, call_cast, enrol

    first = Month(2022, 10)
    with transaction.atomic():
        cast = call_cast()
    with whole_government(cast.government):
        enrol(cast, cast.heading(cast.works, kind="additions"), world_rows(people))
    with clocked("lines billed", people * months, {}):
        for on in range(months):
            with whole_government(cast.government):
                billed(cast, first.shift(on))
    with whole_government(cast.government), connection.cursor() as cursor:
        cursor.execute(DEATHS, [DIED, AT])
    with whole_government(cast.government), connection.cursor() as cursor:
        tables = ["billing_billline", "billing_bill", "claims_case"]
        cursor.execute("SELECT payung_refresh_statistics(%s)", [tables])
    with seen_by(cast.auditor) as area:
        government, today = area.government.pk, first.shift(months).first_day
        for question in inspecting.QUESTIONS:
            told(question, partial(inspecting.total, government, question, today))
        told("first page of who died", lambda: inspecting.found(government, inspecting.AFTER_DEATH, today, limit=100))
        told("a sample of 100", lambda: sample(government, month=first, seed="1", size=100))
        told("who joined, who left", lambda: changed_since_last(area, first.shift(1)))


def told(what: str, ask: Callable[[], object]) -> None:
    """The median and the slowest of some rounds, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begun) * 1_000)
    print(f"{what}: median {median(times):.0f} ms, slowest {max(times):.0f} ms")


if __name__ == "__main__":
    main()
