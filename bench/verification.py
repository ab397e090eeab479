"""Vulnerable workers of one decree: the pool, the checks, the decree list, the funnel and its pages.

    python bench/verification.py [--candidates 100000]

Candidates are those of the synthetic Kota Sukabumi, with the reasons it planted; the lists go through the real reader.
The stated alternative of each step, in the same run, is the same work one candidate at a time, on a sample and scaled.
"""

import argparse
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measuring import clocked, open_scratch_office, peak_megabytes

SAMPLE = 200
LOOKS = 7
NOW = datetime(2025, 8, 20, 2, 0, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=100_000)
    heads = parser.parse_args().candidates
    print(f"{heads:,} candidates; columns: step, seconds, rate, peak memory so far")
    with open_scratch_office(), tempfile.TemporaryDirectory(prefix="payung-bench-") as folder:
        measure(heads, Path(folder))
    print(f"peak memory of this process {peak_megabytes():,.0f} MB (PostgreSQL runs apart)")


def measure(heads: int, folder: Path) -> None:
    from django.db import transaction

    from payung.doors.world.candidates import write_pool
    from payung.office.places.scope import whole_government
    from tests.journeys.test_sukabumi_verval import sukabumi

    seconds: dict[str, float] = {}
    with clocked("world and village lists written", heads, seconds):
        pool = write_pool("sukabumi", folder, people=heads)
    with transaction.atomic():
        cast, decree = sukabumi(heads * 8 // 10)
    with whole_government(cast.government):
        taken_in(cast, decree, pool, heads, seconds)
        checked(cast, decree, heads, seconds)
        listed(cast, decree, seconds)
        funnelled(cast, decree, heads, seconds)
    opened_pages(cast, decree)


def taken_in(cast, decree, pool, heads: int, seconds: dict[str, float]) -> None:
    """The villages' lists, then what others tell of the same people."""
    from payung.office.outside import actions as outside
    from payung.office.verification.intake import take_in
    from payung.office.verification.models import Told
    from payung.office.verification.told import hear

    told = {"government": cast.government, "told_on": date(2025, 7, 1), "by": cast.operator, "at": NOW}
    with clocked("lists read, stored, candidates checked", heads, seconds):
        for path in pool.lists:
            take_in(
                decree=decree, content=path.read_bytes(), name=path.name, area=cast.area, by=cast.operator, at=NOW
            )  # fmt: skip
    with clocked("deciles and deaths taken in, checked with them", heads, seconds):
        for path in (pool.deciles, pool.deaths):
            outside.take_in(content=path.read_bytes(), name=path.name, **told)
    for kind, path in ((Told.WAGE_EARNER, pool.wage_earners), (Told.MOVED, pool.removals)):
        hear(content=path.read_bytes(), name=path.name, kind=kind, **told)


def checked(cast, decree, heads: int, seconds: dict[str, float]) -> None:
    """Everybody by the rules again, and statements for all."""
    from payung.office.verification.actions import Stated, check_again, state_work
    from payung.office.verification.models import Candidate
    from payung.office.verification.queries import outcomes_in

    ids = list(Candidate.objects.filter(decree=decree).order_by("pk").values_list("pk", flat=True))
    stated = Stated(stated_on=date(2025, 8, 15), working=True, well=True, signatory="Ketua RW", office="RW 01")
    with clocked("everybody stated to work and be well", heads, seconds):
        state_work(decree=decree, candidate_ids=ids, stated=stated, area=cast.area, by=cast.operator, at=NOW)
    with clocked("the rules over everybody again", heads, seconds):
        check_again(decree=decree, by=cast.operator, at=NOW)
    print(f"    {outcomes_in(cast.area, decree)}")
    began = time.perf_counter()
    for key in ids[:SAMPLE]:
        check_again(decree=decree, by=cast.operator, at=NOW, candidate_ids=[key])
    compare("one candidate at a time", time.perf_counter() - began, seconds["the rules over everybody again"] / heads)


def listed(cast, decree, seconds: dict[str, float]) -> None:
    """The decree's list proposed, approved by a second person, in force."""
    from django.db import transaction

    from payung.doors.world.candidates import FIRST
    from payung.office.agreements.decrees import Paper
    from payung.office.agreements.models import Amendment, Entry
    from payung.office.verification.lists import bring_in_force, propose_list
    from tests.office.pool import approve

    paper = Paper("188.45/SINTETIS/2025", date(2025, 8, 20), FIRST.first_day)
    with clocked("the decree's list proposed, in turn", decree.quota, seconds):
        made: Amendment = propose_list(decree=decree, paper=paper, by=cast.operator, at=NOW)
    approve(cast, made)
    with clocked("in force: persons, slots, entries", decree.quota, seconds):
        bring_in_force(amendment_id=made.pk, by=cast.operator, at=NOW)
    entries = list(Entry.objects.filter(decree=decree).order_by("pk")[:SAMPLE])
    with transaction.atomic():
        Entry.objects.filter(pk__in=[one.pk for one in entries]).update(replaced_at=NOW)
        began = time.perf_counter()
        for one in entries:
            one.pk, one.replaced_at = None, None
            one.save(force_insert=True)
        spent = time.perf_counter() - began
        transaction.set_rollback(True)  # the list stays as it is
    ours = seconds["in force: persons, slots, entries"] / decree.quota
    compare("the entries alone, one by one through the ORM", spent, ours)


def funnelled(cast, decree, heads: int, seconds: dict[str, float]) -> None:
    """The five steps with their reasons, and by place."""
    from payung.doors.world.candidates import FIRST
    from payung.office.coverage.queries import cover_on
    from payung.office.reports import funnel
    from payung.office.verification.queries import known

    with clocked("funnel: five steps with their reasons", heads, seconds):
        found = funnel.people(cast.area, decree, FIRST.first_day)
        print("    " + ", ".join(f"{step.name} {step.count:,}" for step in funnel.steps(found)))
        funnel.parts(found, "kecamatan")
    began = time.perf_counter()
    for key, person_id in found.filter(found["decreed"]).head(SAMPLE).select("key", "person_id").iter_rows():
        known(cast.area, key)
        cover_on(person_id, FIRST.first_day)
    ours = seconds["funnel: five steps with their reasons"] / heads
    compare("one candidate at a time", time.perf_counter() - began, ours)


def opened_pages(cast, decree) -> None:
    """The pages as the server makes them, the middle of some looks."""
    from django.test import Client
    from django.urls import reverse

    client = Client(headers={"host": "localhost"})
    client.force_login(cast.operator)
    pages = {
        "funnel": reverse("decree", args=[decree.pk]),
        "people behind a step": reverse("decree-people", args=[decree.pk]) + "?tahap=decreed",
        "pool of candidates": reverse("candidates", args=[decree.pk]),
        "list of the decree": reverse("decree-list", args=[decree.pk]),
        "all decrees": reverse("decrees"),
    }
    for name, address in pages.items():
        spent = []
        for _ in range(LOOKS):
            began = time.perf_counter()
            answer = client.get(address)
            spent.append(time.perf_counter() - began)
            assert answer.status_code == 200, (name, answer.status_code)
        print(f"page: {name:<46}{statistics.median(spent) * 1e3:>9.0f} ms, first {spent[0] * 1e3:,.0f} ms")


def compare(what: str, spent: float, ours: float) -> None:
    """The alternative over SAMPLE candidates beside ours, both per candidate."""
    each = spent / SAMPLE
    print(f"    {what}: {each * 1e3:.2f} ms ({SAMPLE} measured); ours {ours * 1e3:.3f} ms: {each / ours:,.0f} times")


if __name__ == "__main__":
    main()
