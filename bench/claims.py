"""Ten thousand open cases: listed, filtered, turned over and opened.

    python bench/claims.py [--cases 10000]

The people are those of the synthetic world, enrolled, billed and posted by the real actions; each of the first has a
death benefit claimed.

Beside what is used stands its alternative. For a page of the list: the persons joined before the page is cut, where the
planner reads all of them first. For a case: the law asked anew at every opening instead of remembered.
"""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measuring import clocked, open_scratch_office
from bench.office import world_rows

DIED, TODAY = date(2022, 10, 20), date(2022, 12, 1)
ROUNDS = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    asked = parser.parse_args()
    with open_scratch_office():
        measure(asked.cases)


def measure(cases: int) -> None:
    from django.db import connection, transaction
    from django.db.models import Exists, OuterRef
    from django.test.utils import CaptureQueriesContext

    from payung.office.claims import queries
    from payung.office.claims.amounts import answered
    from payung.office.claims.models import Benefit, Case
    from payung.office.places.scope import seen_by, whole_government
    from payung.rules.months import Month
    from tests.office.cast import AT, billed, call_cast, enrol

    with transaction.atomic():
        cast = call_cast()
    with whole_government(cast.government):
        enrol(cast, cast.heading(cast.works, kind="additions"), world_rows(cases))
        billed(cast, Month(2022, 10))
    with clocked("cases opened", cases, {}), whole_government(cast.government), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO billing_posting (government_id, membership_id, month, amount_rupiah, file_id, recorded_at)"
            " SELECT government_id, membership_id, for_month, total_rupiah, (SELECT min(id) FROM files_keptfile), %s"
            " FROM billing_billline",
            [AT],
        )
        cursor.execute(
            "INSERT INTO claims_case (government_id, person_id, reference, event, event_on, place, source, state,"
            " recorded_at) SELECT government_id, id, 'R' || id, 'death', %s::date - (id %% 15)::int, '', 'office',"
            " 'open', %s FROM registry_person",
            [DIED, AT],
        )
        cursor.execute(
            "INSERT INTO claims_benefit (government_id, case_id, kind, state, moved_on)"
            " SELECT government_id, id, 'jkm', 'open', event_on FROM claims_case"
        )
        cursor.execute("SELECT payung_refresh_statistics(ARRAY['claims_case', 'claims_benefit'])")
    with seen_by(cast.operator) as area:
        first = queries.listed(area)
        told("listed", lambda: queries.listed(area))
        told("filtered by state and event", lambda: queries.listed(area, state="open", event="death"))
        told("filtered by a benefit's step", lambda: queries.listed(area, kind="jkm", step="open"))
        told("next page", lambda: queries.listed(area, after=first.after))
        of_step = Exists(Benefit.objects.filter(case=OuterRef("pk"), kind="jkm", state="open"))
        joined = queries.cases(area).filter(of_step).select_related("person").order_by("-event_on", "-pk")
        told("alternative: filtered by a step, persons joined", lambda: list(joined.all()[:51]))
        told("unclaimed deaths counted", lambda: queries.unclaimed_deaths(area).count())
        case = Case.objects.get(pk=first.lines[0].id)
    with whole_government(cast.government, by=cast.operator):

        def opened() -> object:
            return queries.whole(case, on=TODAY, holidays=frozenset())

        def asked_anew() -> object:
            answered.cache_clear()
            return opened()

        told("one case whole", opened)
        told("alternative: one case whole, the law asked anew", asked_anew)
        with CaptureQueriesContext(connection) as statements:
            opened()
        print(f"statements for one case: {len(statements)}")


def told(what: str, ask: Callable[[], object]) -> None:
    """The median and the slowest of some rounds, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begun) * 1_000)
    print(f"{what}: median {median(times):.1f} ms, slowest {max(times):.1f} ms")


if __name__ == "__main__":
    main()
