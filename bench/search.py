"""Finding one person among 1,000,000 under row-level security: by NIK (sealed) and by a name typed with mistakes.

    python bench/search.py [--registry 1000000] [--searches 200] [--own 1000]

Three readers: an operator who sees an OPD of --own people, an officer of one kecamatan, and an auditor who sees the
whole government. Each search is what the page does: a transaction in the reader's area and `registry.queries.search`,
marks opened for what is found. The stated alternatives run in the same database: plain ILIKE, and the same search on
a server where the trigram functions are not marked leakproof.
"""

import argparse
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measuring import clocked, open_scratch_office, peak_megabytes

ALTERNATIVE_SEARCHES = 5
BOUND_MILLISECONDS = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--registry", type=int, default=1_000_000)
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--own", type=int, default=1_000)
    asked = parser.parse_args()
    with open_scratch_office():
        measure(asked.registry, asked.own, asked.searches)
    print(f"peak memory of this process {peak_megabytes():,.0f} MB (PostgreSQL runs apart)")


def fill(cast, registry: int, own: int) -> list[dict]:
    """The registry straight into its tables, as the owner; the first `own` people work for the health office.

    Returns every thousandth person, so that searches can be made from people who exist.
    """
    import polars as pl
    from django.db import connections

    from payung.doors.world import worlds
    from payung.office.access.marks import seal_column
    from payung.rules.identity import names

    people = worlds.make("bandung", seed=1, people=registry).people
    marks = {
        f"{kind}_sealed": pl.Series(seal_column(people[column], kind=kind), dtype=pl.String)
        for kind, column in (("nik", "nik"), ("kk", "kk"), ("phone", "phone"))
    }
    keys = pl.Series([names.key(name) for name in people["name"]], dtype=pl.String)
    ids = pl.Series(range(1, len(people) + 1), dtype=pl.Int64)
    # Spread the own people over the whole registry, as an office's people are.
    works_here = ids % (registry // own) == 0
    opds = pl.select(pl.when(works_here).then(cast.health.pk).otherwise(cast.works.pk)).to_series()
    facts = {
        "id": ids, "government_id": pl.repeat(cast.government.pk, len(people), eager=True), "name": people["name"],
        "name_key": keys, "birth_date": people["birth_date"], "birth_place": people["birth_place"],
        "sex": people["sex"], "kecamatan_code": people["district_code"], "desa_code": people["village_code"],
        "recorded_at": pl.repeat("2022-10-03", len(people), eager=True), **marks,
    }  # fmt: skip
    persons = pl.DataFrame(facts).with_columns(pl.lit("f").alias("nik_confirmed"))
    members = persons.select(
        "id", "government_id", pl.col("id").alias("person_id"), pl.lit("PU").alias("membership_class"),
        pl.lit("BPJS_TK").alias("scheme"), pl.col("government_id").alias("employer_id"),
    )  # fmt: skip
    jobs = persons.select(
        "government_id", pl.col("id").alias("membership_id"), opds.alias("opd_id"), pl.lit("other").alias("sector"),
        pl.lit("2022-10-01").alias("from_month"), "recorded_at",
    )  # fmt: skip
    with connections["owner"].cursor() as cursor:
        for table, frame in (
            ("registry_person", persons), ("registry_membership", members), ("registry_job", jobs),
        ):  # fmt: skip
            with cursor.cursor.copy(f"COPY {table} ({', '.join(frame.columns)}) FROM STDIN (FORMAT csv)") as stream:
                for part in frame.iter_slices(50_000):
                    stream.write(part.write_csv(include_header=False))
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {len(frame) + 1})")
        cursor.execute("VACUUM ANALYZE")
    return people.with_columns(ids.alias("id"), works_here.alias("own")).to_dicts()


def measure(registry: int, own: int, searches: int) -> None:
    """A world, and all readers in it."""
    from django.db import transaction

    from tests.office.cast import call_cast

    seconds: dict[str, float] = {}
    with transaction.atomic():
        cast = call_cast()
    with clocked(f"registry of {registry:,} filled", registry, seconds):
        people = fill(cast, registry, own)
    compare(cast, people, searches)


def compare(cast, people: list[dict], searches: int) -> None:
    """All readers, both kinds of search; then the alternatives."""
    from payung.office.places.queries import Area

    home = people[0]["village_code"]
    readers = {
        "operator, own OPD": (Area(cast.government, (cast.health.pk,)), [one for one in people if one["own"]]),
        "operator, the other OPD": (Area(cast.government, (cast.works.pk,)), [one for one in people if not one["own"]]),
        "village officer, one desa": (
            Area(cast.government, (), (home,)),
            [one for one in people if one["village_code"] == home],
        ),
        "village officer, one kecamatan": (
            Area(cast.government, (), (home[:8],)),
            [one for one in people if one["district_code"] == home[:8]],
        ),
        "auditor, whole government": (Area(cast.government, None), people),
    }
    heading = f"milliseconds a search, {searches} searches each"
    print(f"{heading:<52}{'sees':>10}{'p50':>8}{'p95':>8}{'max':>8}  found")
    for reader, (area, visible) in readers.items():
        chosen = random.Random(7).choices(visible, k=searches)
        slips = random.Random(8)
        for kind, texts in (
            ("NIK", [one["nik"] for one in chosen]),
            ("name with a slip", [mistyped(one["name"], slips) for one in chosen]),
            ("first name alone", [one["name"].split()[0] for one in chosen]),
        ):
            report(f"{reader}: {kind}", len(visible), *timed(cast, area, chosen, texts))
    alternatives(cast, readers)


def mistyped(name: str, chance: random.Random) -> str:
    """One slip in the longest word: a letter left out, doubled, swapped or wrong."""
    words = name.split()
    at = max(range(len(words)), key=lambda number: len(words[number]))
    word = words[at]
    if len(word) > 3:
        spot = chance.randrange(1, len(word) - 1)
        words[at] = chance.choice(
            [
                word[:spot] + word[spot + 1 :],
                word[:spot] + word[spot] + word[spot:],
                word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :],
                word[:spot] + "a" + word[spot + 1 :],
            ]
        )
    return " ".join(words)


def timed(cast, area, chosen: list[dict], texts: list[str]) -> tuple[list[float], int]:
    """Milliseconds of each search, and how many showed a person of the sought name."""
    from django.db import transaction

    from payung.office.places.scope import tell
    from payung.office.registry.queries import search

    spent, found = [], 0
    for one, text in zip(chosen, texts, strict=True):
        started = time.perf_counter()
        with transaction.atomic():
            tell(user_id=cast.operator.pk, area=area)
            answer = search(area, text)
        spent.append((time.perf_counter() - started) * 1e3)
        found += any(person.name == one["name"] for person in answer)
    return spent, found


def report(what: str, sees: int, spent: list[float], found: int) -> None:
    cuts = statistics.quantiles(spent, n=20) if len(spent) > 1 else [spent[0]] * 19
    verdict = "" if cuts[18] <= BOUND_MILLISECONDS else "  above the bound"
    print(
        f"{what:<52}{sees:>10,}{statistics.median(spent):>8.1f}{cuts[18]:>8.1f}{max(spent):>8.1f}"
        f"  {found}/{len(spent)}{verdict}",
        flush=True,
    )


def alternatives(cast, readers) -> None:
    """Plain ILIKE, and our own search where the trigram functions are not marked leakproof."""
    import psycopg
    from django.db import connections, transaction

    from payung.doors.installation.roles import LEAKPROOF
    from payung.office.places.scope import tell
    from payung.office.registry.models import Person

    chance = random.Random(9)
    area, visible = readers["auditor, whole government"]
    chosen = chance.choices(visible, k=ALTERNATIVE_SEARCHES)
    spent, found = [], 0
    for one in chosen:
        started = time.perf_counter()
        with transaction.atomic():
            tell(user_id=cast.operator.pk, area=area)
            answer = list(Person.objects.filter(name__icontains=mistyped(one["name"], chance))[:50])
        spent.append((time.perf_counter() - started) * 1e3)
        found += any(person.name == one["name"] for person in answer)
    report("alternative: auditor, plain ILIKE", len(visible), spent, found)
    owner = connections["owner"].settings_dict
    address = psycopg.conninfo.make_conninfo(host=owner["HOST"], dbname=owner["NAME"], user="postgres")
    with psycopg.connect(address, autocommit=True) as superuser:
        for text in LEAKPROOF:
            superuser.execute(text.replace("LEAKPROOF", "NOT LEAKPROOF"))
    texts = [mistyped(one["name"], chance) for one in chosen]
    report("alternative: auditor, functions not leakproof", len(visible), *timed(cast, area, chosen, texts))


if __name__ == "__main__":
    main()
