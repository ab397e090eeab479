"""JHT accounts: crediting a posted month to all of them, then the return of a year, then finding nothing to do.

    python bench/savings.py [--people 1000000]

The people are those of the synthetic world, enrolled and billed by the real actions; every one of them is posted.
"""

import argparse
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measuring import clocked, open_scratch_office, peak_megabytes
from bench.office import world_rows

ON = date(2024, 3, 1)
PART = 250_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    asked = parser.parse_args()
    with open_scratch_office():
        measure(asked.people)
    print(f"peak memory of this process {peak_megabytes():,.0f} MB (PostgreSQL runs apart)")


def measure(people: int) -> None:
    from django.db import connection, transaction

    from payung.office.approvals.models import Verdict
    from payung.office.places.scope import whole_government
    from payung.office.savings.actions import credit, decide_rate, propose_rate
    from payung.rules.months import Month
    from tests.office.cast import AT, billed, call_cast, enrol

    with transaction.atomic():
        cast = call_cast(programmes=("JKK", "JKM", "JHT"))
    everyone = world_rows(people)
    for start in range(0, people, PART):
        with whole_government(cast.government):
            enrol(cast, cast.heading(cast.works, kind="additions"), everyone.slice(start, PART))
    with whole_government(cast.government):
        billed(cast, Month(2022, 10))
    with whole_government(cast.government), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO billing_posting (government_id, membership_id, month, amount_rupiah, file_id, recorded_at)"
            " SELECT government_id, membership_id, for_month, total_rupiah, (SELECT min(id) FROM files_keptfile), %s"
            " FROM billing_billline",
            [AT],
        )

    def bring_up_to_date(what: str, hour: int, expected: int) -> None:
        with clocked(what, people, {}):
            made = credit(government=cast.government, on=ON, by=cast.treasurer, at=AT.replace(hour=hour))
        assert sum(one.movement_count for one in made) == expected, what

    bring_up_to_date("contributions of a month", 3, people)
    with whole_government(cast.government, by=cast.treasurer):
        rate = propose_rate(
            government=cast.government, year=2022, percent=Decimal("6.23"), announced_in="bench 1", on=ON,
            by=cast.treasurer, at=AT,
        )  # fmt: skip
    with whole_government(cast.government, by=cast.admin):
        decide_rate(rate_id=rate.pk, verdict=Verdict.APPROVE, comment="", by=cast.admin, at=AT)
    bring_up_to_date("return of a year", 4, people)
    bring_up_to_date("nothing to do", 5, 0)


if __name__ == "__main__":
    main()
