"""A workbook of 100,000 people: read, checked, every mark sealed, and stored, as the upload's job does it.

    python bench/receive.py [--people 100000]

The workbook is that of `bench/reading.py` (20 columns, 4 % of the rows with faults). The stated alternative, in the
same run, is storing row by row through the ORM with the same sealing, on a sample and scaled.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measuring import clocked, open_scratch_office, peak_megabytes
from bench.reading import workbook

BOUND_SECONDS = 30
ORM_SAMPLE = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    count = parser.parse_args().people
    content = workbook(count).read_bytes()
    with open_scratch_office():
        measure(content, count)
    print(f"peak memory of this process {peak_megabytes():,.0f} MB (reading and PostgreSQL run apart)")


def measure(content: bytes, count: int) -> None:
    from django.db import transaction

    from payung.office.enrolment.receiving import receive
    from payung.office.files.models import Row
    from payung.office.places.scope import whole_government
    from tests.office.cast import AT, call_cast

    seconds: dict[str, float] = {}
    with transaction.atomic():
        cast = call_cast()
    step = f"receive {count:,} people ({len(content) / 1e6:.1f} MB)"
    with clocked(step, count, seconds), whole_government(cast.government):
        received = receive(
            content=content, name="daftar.xlsx", heading=cast.heading(cast.works), by=cast.operator, at=AT
        )
    verdict = "within" if seconds[step] <= BOUND_SECONDS else "above"
    print(f"    {verdict} the bound of {BOUND_SECONDS} s for all of it")
    with whole_government(cast.government):
        stored = Row.objects.filter(reading_id=received.roster_list.reading_id)
        print(f"    {stored.count():,} rows stored, {stored.exclude(nik_sealed=None).count():,} with a sealed NIK")
        per_row = orm_seconds_per_row(list(stored[:ORM_SAMPLE]))
    print(f"    storing row by row through the ORM: {per_row * count:,.1f} s more, scaled from {ORM_SAMPLE:,}")


def orm_seconds_per_row(rows: list) -> float:
    """The same rows once more, one after the other, their marks opened before and sealed anew."""
    from payung.office.access.marks import seal, unseal

    marks = [unseal(row.nik_sealed, kind="nik") for row in rows]
    behind = 10_000_000
    started = time.perf_counter()
    for row, mark in zip(rows, marks, strict=True):
        row.pk, row.position = None, row.position + behind
        row._state.adding = True
        row.nik_sealed = seal(mark, kind="nik") if mark else None
        row.save()
    return (time.perf_counter() - started) / len(rows)


if __name__ == "__main__":
    main()
