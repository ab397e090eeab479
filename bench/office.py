"""Plan, apply and bill: 100,000 rows into a registry of 1,000,000, and one month's bill for 100,000 and 1,000,000.

    python bench/office.py [--registry 1000000] [--list 100000]

The rows are those of the synthetic world, handed over as the roster would (reading has a bench of its own). The
stated alternative, measured in the same run, is the same work row by row through the ORM, on a sample and scaled.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measuring import clocked, open_scratch_office, peak_megabytes

ORM_SAMPLE = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--registry", type=int, default=1_000_000)
    parser.add_argument("--list", type=int, default=100_000, dest="listed")
    sizes = parser.parse_args()
    print(f"registry {sizes.registry:,}, list {sizes.listed:,} rows; columns: step, seconds, rate, peak memory so far")
    with open_scratch_office():
        measure(sizes.registry, sizes.listed)
    print(f"peak memory of this process {peak_megabytes():,.0f} MB (PostgreSQL runs apart)")


def measure(registry: int, listed: int) -> None:
    from django.db import transaction

    from payung.office.enrolment.actions import apply, plan
    from payung.office.places.scope import whole_government
    from payung.rules.months import Month
    from tests.office.cast import AT, approved, call_cast, hand_in

    seconds: dict[str, float] = {}
    with transaction.atomic():
        cast = call_cast(programmes=("JKK", "JKM", "JHT"))
    with clocked(f"world of {registry + listed:,} people made", registry + listed, seconds):
        everyone = world_rows(registry + listed)
    before = everyone.head(registry)
    for start in range(0, registry, 250_000):
        part = before.slice(start, 250_000)
        with whole_government(cast.government):
            made = approved(cast, hand_in(cast, cast.heading(cast.works, kind="additions"), part, f"{start}.xlsx"))
        with clocked(f"apply {len(part):,} into {start:,}", len(part), seconds), whole_government(cast.government):
            apply(plan_id=made.pk, by=cast.admin, at=AT)
    half = everyone.slice(registry - listed // 2, listed)
    with clocked(f"store {listed:,} rows, marks sealed", listed, seconds), whole_government(cast.government):
        roster_list = hand_in(cast, cast.heading(cast.works, kind="additions"), half, "measured.xlsx")
    with clocked(f"plan {listed:,} against {registry:,}", listed, seconds):
        made = plan(roster_list=roster_list, by=cast.operator, at=AT)
    print(f"    {made.counts}")
    with whole_government(cast.government):
        made = approved(cast, roster_list)
    with clocked(f"apply {listed:,} into {registry:,}", listed, seconds), whole_government(cast.government):
        apply(plan_id=made.pk, by=cast.admin, at=AT)
    with whole_government(cast.government):
        per_row = orm_seconds_per_row(cast)
    ours = seconds[f"apply {listed:,} into {registry:,}"] / (made.counts.get("join", 0) or 1)
    print(
        f"    row by row through the ORM: {per_row * 1e3:.2f} ms a joiner ({ORM_SAMPLE:,} measured);"
        f" ours {ours * 1e3:.3f} ms: {per_row / ours:,.0f} times"
    )
    heads = registry + made.counts.get("join", 0)
    october, november = Month(2022, 10), Month(2022, 11)
    bill_and_book(cast, october, f"{heads:,} people", heads, seconds)
    bill_and_book(cast, november, f"{heads:,} people, the month before untouched", heads, seconds)
    small(listed)


def bill_and_book(cast, month, whom: str, heads: int, seconds: dict[str, float]) -> None:
    """A month's draft with its lines and audit, then its journals; with the SQL statements of each."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from payung.office.billing.runs import finalise
    from payung.office.places.scope import whole_government
    from tests.office.cast import AT, approve, drafted

    with CaptureQueriesContext(connection) as queries, clocked(f"draft {month}, {whom}", heads, seconds):
        run = drafted(cast, month)
    print(f"    SQL statements outside COPY, transaction control included: {len(queries)}")
    approve(cast, run.proposal, by=cast.admin)
    with (
        whole_government(cast.government, by=cast.admin),
        CaptureQueriesContext(connection) as queries,
        clocked(f"final {month}, {whom}", heads, seconds),
    ):
        finalise(run_id=run.pk, by=cast.admin, at=AT)
    print(f"    SQL statements outside COPY, transaction control included: {len(queries)}")


def small(heads: int) -> None:
    """One month's bill for a smaller government beside the large one."""
    from django.db import transaction

    from payung.rules.months import Month
    from tests.office.cast import call_cast, enrol

    seconds: dict[str, float] = {}
    with transaction.atomic():
        cast = call_cast(code="32.74", prefix="small-", programmes=("JKK", "JKM", "JHT"))
        enrol(cast, cast.heading(cast.works), world_rows(heads))
    bill_and_book(cast, Month(2022, 10), f"{heads:,} people", heads, seconds)


def world_rows(count: int):
    """Rows of synthetic people as the roster hands them over."""
    import polars as pl

    from payung.doors.world import worlds
    from tests.office.cast import ROW

    parts = []
    for seed, start in enumerate(range(0, count, 1_000_000), start=1):
        made = worlds.make("bandung", seed=seed, people=min(1_000_000, count - start)).people
        parts.append(
            made.select(
                "nik",
                "name",
                "birth_date",
                "birth_place",
                "sex",
                "job",
                "kk",
                "phone",
                "mother_name",
                wage="wage_rupiah",
            )
        )
    people = pl.concat(parts).unique("nik", keep="first", maintain_order=True).with_row_index("row", offset=6)
    return people.with_columns(
        sheet=pl.lit("Daftar"),
        verdict=pl.lit("clean"),
        kecamatan_code=pl.lit(None, pl.String),
        desa_code=pl.lit(None, pl.String),
        kpj=pl.lit(None, pl.String),
        member_since=pl.lit(None, pl.Date),
        paid_until=pl.lit(None, pl.Date),
    ).select(pl.col(name).cast(kind) for name, kind in ROW.items())


def orm_seconds_per_row(cast) -> float:
    """The same joining, one person after the other through the ORM."""
    import time

    from payung.office.enrolment.models import Spell
    from payung.office.registry.models import Job, Membership, Person
    from tests.office.cast import AT, OCTOBER

    started = time.perf_counter()
    for number in range(ORM_SAMPLE):
        name = f"SINTETIS ORM {number}"
        if Person.objects.filter(government=cast.government, name_key=name).exists():
            continue
        person = Person.objects.create(government=cast.government, name=name, name_key=name, recorded_at=AT)
        member = Membership.objects.create(
            government=cast.government, person=person, membership_class="PU", employer=cast.government
        )
        Job.objects.create(
            government=cast.government, membership=member, opd=cast.works, from_month=OCTOBER, recorded_at=AT
        )
        Spell.objects.create(
            government=cast.government,
            membership=member,
            programmes=(0, 2),
            payer_opd=cast.works,
            budget_line=cast.lines[cast.works.pk],
            agreement=cast.agreement,
            from_month=OCTOBER,
            recorded_at=AT,
        )
    return (time.perf_counter() - started) / ORM_SAMPLE


if __name__ == "__main__":
    main()
