"""The five numbers of a month: counting 1,000,000 people anew, then what a page asks, under row-level security.

    python bench/five_numbers.py [--people 1000000] [--pages 20]

The people are those of the synthetic world, enrolled by the real actions; every second one has a number and is
posted, so that every number differs from the next. The stated alternative is the sum over heads instead of tallies.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measuring import clocked, open_scratch_office, peak_megabytes
from bench.office import world_rows

BOUND_MILLISECONDS = 200
OVER_HEADS = """
    SELECT t.decreed, t.registered, t.active, t.posted, t.why_registered, t.why_active, t.why_posted, count(*),
           sum(h.due_rupiah), sum(h.posted_rupiah)
    FROM reports_head h JOIN reports_tally t ON t.id = h.tally_id GROUP BY 1, 2, 3, 4, 5, 6, 7
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--pages", type=int, default=20)
    asked = parser.parse_args()
    with open_scratch_office():
        measure(asked.people, asked.pages)
    print(f"peak memory of this process {peak_megabytes():,.0f} MB (PostgreSQL runs apart)")


def measure(people: int, pages: int) -> None:
    from django.db import connection, transaction

    from payung.office import bulk
    from payung.office.places.scope import seen_by, whole_government
    from payung.office.reports import budgets, numbers
    from payung.office.reports.counting import count_month
    from payung.rules.months import Month
    from tests.office.cast import AT, OCTOBER, call_cast, enrol

    with transaction.atomic():
        cast = call_cast()
    everyone, seconds, october = world_rows(people), {}, Month(2022, 10)
    for start in range(0, people, 250_000):
        part = everyone.slice(start, 250_000)
        with whole_government(cast.government):
            enrol(cast, cast.heading(cast.works, kind="additions"), part)
    with whole_government(cast.government), connection.cursor() as cursor:
        cursor.execute("UPDATE registry_membership SET number_issued_on = %s WHERE id %% 2 = 0", [OCTOBER])
        cursor.execute(
            "INSERT INTO billing_posting (government_id, membership_id, month, amount_rupiah, file_id, recorded_at)"
            " SELECT government_id, id, %s, 10000, (SELECT min(id) FROM files_keptfile), %s FROM registry_membership"
            " WHERE id %% 2 = 0",
            [OCTOBER, AT],
        )
        bulk.refresh_statistics(people, "registry_membership", "billing_posting")
    with clocked(f"count {people:,} people", people, seconds):
        count_month(government=cast.government, month=october, by=cast.treasurer, at=AT)
    wanted, own = numbers.Wanted(october, october), cast.government.pk
    with seen_by(cast.treasurer), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reports_tally")
        print(f"    {cursor.fetchone()[0]:,} tallies")
        show("ladder", pages, lambda: numbers.ladder(numbers.tallies(own, wanted)))
        for by in (*numbers.BY, "programme"):
            show(f"split by {by}", pages, lambda by=by: numbers.parts(own, wanted, by))
        show("budget lines", pages, lambda: budgets.lines(own, wanted))
        show("first 50 behind a reason", pages, lambda: numbers.behind(
            own, wanted, numbers.Cell("registered", numbers.LOST), limit=50
        ))  # fmt: skip
        show("alternative: the ladder summed over heads", 3, lambda: cursor.execute(OVER_HEADS))


def show(what: str, times: int, ask: Callable[[], object]) -> None:
    """Median and worst of a question, in milliseconds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - started) * 1e3)
    verdict = "" if statistics.median(taken) < BOUND_MILLISECONDS else f"  over {BOUND_MILLISECONDS} ms"
    print(f"{what:<52}{statistics.median(taken):>9.1f} ms median{max(taken):>9.1f} ms worst{verdict}", flush=True)


if __name__ == "__main__":
    main()
