"""The one question across governments: a plan of 100,000 rows asked of a neighbour who pays for half of them.

    python bench/elsewhere.py [--list 100000]

The question is one statement within the plan; the whole plan is timed beside it.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measuring import clocked, open_scratch_office
from bench.office import world_rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", type=int, default=100_000, dest="listed")
    listed = parser.parse_args().listed
    with open_scratch_office():
        measure(listed)


def measure(listed: int) -> None:
    from django.db import transaction

    from payung.office.enrolment.actions import plan
    from payung.office.enrolment.elsewhere import ask_for_plan, count_paid_elsewhere
    from payung.office.places.scope import whole_government
    from tests.office.cast import AT, call_cast, enrol, hand_in

    seconds: dict[str, float] = {}
    everyone = world_rows(listed + listed // 2)
    with transaction.atomic():
        neighbour = call_cast(code="32.74", prefix="lain-")
    with whole_government(neighbour.government):
        enrol(neighbour, neighbour.heading(neighbour.works, kind="additions"), everyone.head(listed))
    with transaction.atomic():
        cast = call_cast()
    with whole_government(cast.government):
        handed = hand_in(cast, cast.heading(cast.works, kind="additions"), everyone.slice(listed // 2, listed))
    with clocked(f"plan {listed:,} rows, the question included", listed, seconds):
        made = plan(roster_list=handed, by=cast.operator, at=AT)
    with transaction.atomic():
        with whole_government(cast.government, by=cast.operator):
            print(f"    {count_paid_elsewhere(made):,} rows paid for elsewhere")
            began = time.perf_counter()
            ask_for_plan(made, at=AT)
            print(f"the question alone, {listed:,} rows: {time.perf_counter() - began:.2f} s")
        transaction.set_rollback(True)  # the plan keeps its first answers


if __name__ == "__main__":
    main()
