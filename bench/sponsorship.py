"""A month of deductions: the lists of many pledges fixed, what was really deducted taken in, arrears found.

    python bench/sponsorship.py [--pledges 100000]

Every pledge goes through the real actions: typed, its paper filed, its worker checked, admitted and enrolled.
"""

import argparse
import sys
from datetime import date, timedelta
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measuring import clocked, open_scratch_office, peak_megabytes

PART = 25_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pledges", type=int, default=100_000)
    asked = parser.parse_args()
    with open_scratch_office():
        measure(asked.pledges)
    print(f"peak memory of this process {peak_megabytes():,.0f} MB (PostgreSQL runs apart)")


def measure(pledges: int) -> None:
    from django.db import transaction

    from payung.office.places.scope import whole_government
    from payung.office.sponsorship.consents import consent_many
    from payung.office.sponsorship.lists import fix_lists
    from payung.office.sponsorship.models import DeductionList
    from payung.office.sponsorship.opd_months import overview
    from payung.office.sponsorship.pledges import Wish, pledges_of_list
    from payung.office.sponsorship.queries import warnings_of
    from payung.office.sponsorship.returns import everybody, record_return
    from payung.rules.months import Month
    from tests.office.sponsors import AT, FIRST, call_sponsors, on

    with transaction.atomic():
        world = call_sponsors()
    by, circular = world.operator, world.circular
    for start in range(0, pledges, PART):
        told = workers(start, min(PART, pledges - start), [one.pk for one in world.sponsors])
        with clocked(f"pledges typed and consented, from {start:,}", told.height, {}):
            ids = pledges_of_list(circular=circular, told=told, wish=Wish(FIRST), by=by, at=AT)
            refused = consent_many(
                circular=circular, pledge_ids=ids, paper=f"%PDF-1.4 paper {start}".encode(), name="x.pdf", by=by, at=AT
            )
        assert not refused, set(refused.values())
    for month in (FIRST, FIRST.shift(1)):
        at = on(month.year, month.month)
        with clocked(f"lists of {month} fixed", pledges, {}):
            assert fix_lists(circular=circular, month=month, by=by, at=at).heads == pledges
        with whole_government(world.cast.government):
            lists = list(DeductionList.objects.filter(month=month.first_day).select_related("government", "circular"))
        with clocked(f"returns of {month} recorded, 3 % failed", pledges, {}):
            for one in lists:
                with whole_government(world.cast.government):
                    told = some_failed(everybody(one))
                record_return(deduction_list=one, told=told, by=by, at=at)
    with whole_government(world.cast.government):
        with clocked("overview of a month", pledges, {}):
            overview(circular, Month(2025, 12))
        with clocked("arrears of an OPD with the day cover ends", pledges // 2, {}):
            warnings_of(circular, opd_id=world.cast.works.pk, on=date(2026, 1, 5))


def workers(start: int, count: int, sponsor_ids: list[int]) -> pl.DataFrame:
    """People who are nobody, each with a NIK and a name of her own."""
    letters = "BCDFGHJKLMNPQRSTVWXZ"
    rows = []
    for number in range(start, start + count):
        born, serial = date(1970, 1, 1) + timedelta(days=number % 9_000), number // 9_000 + 1
        name = "".join(letters[number // 20**place % 20] + "A" for place in range(5))
        rows.append(
            (
                sponsor_ids[number % len(sponsor_ids)],
                f"327201{born.day + 40:02d}{born.month:02d}{born.year % 100:02d}{serial:04d}",
                f"SINTETIS {name}", "Sukabumi", born.isoformat(), "P", "Asisten rumah tangga", "", "",
            )
        )  # fmt: skip
    names = ("NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Jenis Kelamin", "Pekerjaan", "Kecamatan", "Desa")
    return pl.DataFrame(rows, schema=["sponsor_id", *names], orient="row")


def some_failed(told: pl.DataFrame) -> pl.DataFrame:
    """Every thirty-third line could not be deducted."""
    fails = pl.col("number") % 33 == 0
    return told.with_columns(
        pl.when(fails).then(0).otherwise(pl.col("amount_rupiah")).alias("amount_rupiah"),
        pl.when(fails).then(pl.lit("failed")).otherwise(pl.col("outcome")).alias("outcome"),
    )


if __name__ == "__main__":
    main()
