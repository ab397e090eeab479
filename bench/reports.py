"""Coverage and assessment from their summary tables: 1,000,000 heads a month, three years of months, 100,000 of staff.

    python bench/reports.py [--people 1000000] [--months 36] [--staff 100000] [--pages 20]

One month is stored head by head, as counting leaves it; the other months have their cells alone, as their heads are
asked for one month at a time. Every answer is the one a page asks, under row-level security.
"""

import argparse
import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.five_numbers import show
from bench.measuring import clocked, open_scratch_office, peak_megabytes

HEADS = """
    INSERT INTO reports_head (government_id, tally_id, person_id, due_rupiah, posted_rupiah, covered, membership_class,
        sex, age_group, occupation, decile, until_month)
    SELECT %(own)s, %(tally)s + n %% 400, %(person)s, 10000, 0, true, CASE WHEN n %% 4 = 0 THEN 'PU' ELSE 'BPU' END,
        CASE WHEN n %% 2 = 0 THEN 'L' ELSE 'P' END, (ARRAY['<25', '25-34', '35-44', '45-54', '55-64'])[1 + n %% 5],
        'petani', 1 + n %% 4, CASE WHEN n %% 3 = 0 THEN DATE '2022-12-01' END
    FROM generate_series(1, %(people)s) n ORDER BY n %% 400
"""
TALLIES = """
    INSERT INTO reports_tally (government_id, month, kecamatan_code, desa_code, segment, programmes, decreed,
        registered, active, posted, why_registered, why_active, why_posted, heads, due_jkk, due_jkm, due_jht, due_jp,
        posted_jkk, posted_jkm, posted_jht, posted_jp, billed_rupiah, paid_rupiah)
    SELECT %(own)s, %(month)s, '32.73.' || lpad((1 + n / 14)::text, 2, '0'), '32.73.01.' || (1000 + n), 'petani', 3,
        true, true, true, false, '', '', '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM generate_series(0, 399) n RETURNING id
"""
CELLS = """
    INSERT INTO reports_coveragecell (government_id, month, by, part, membership_class, heads)
    SELECT %(own)s, %(month)s, '{by}', {part}, h.membership_class, count(*)
    FROM reports_head h JOIN reports_tally t ON t.id = h.tally_id GROUP BY 4, 5
"""
COPIES = """
    INSERT INTO reports_coveragecell (government_id, month, by, part, membership_class, heads)
    SELECT government_id, (month - make_interval(months => n))::date, by, part, membership_class, heads
    FROM reports_coveragecell, generate_series(1, %(months)s - 1) n
"""
STAFF = """
    INSERT INTO reports_compared (government_id, comparison_id, opd_id, name, unit, status, status_text, standing,
        fewer_programmes, lower_base)
    SELECT %(own)s, %(comparison)s, %(opd)s, 'SINTETIS ' || n, '', 'non_asn', '',
        (ARRAY['protected', 'missing', 'listed', 'doubtful'])[1 + n %% 4], false, n %% 50 = 0
    FROM generate_series(1, %(staff)s) n
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, number in (("people", 1_000_000), ("months", 36), ("staff", 100_000), ("pages", 20)):
        parser.add_argument(f"--{name}", type=int, default=number)
    asked = parser.parse_args()
    with open_scratch_office():
        measure(asked)
    print(f"peak memory of this process {peak_megabytes():,.0f} MB (PostgreSQL runs apart)")


def measure(asked: argparse.Namespace) -> None:
    from django.db import transaction

    from payung.office.places.scope import seen_by
    from payung.office.reports import assessment, coverage_cells, coverage_figures
    from payung.rules.months import Month
    from tests.office.cast import call_cast

    with transaction.atomic():
        cast = call_cast()
    comparison, october = fill(cast, asked), Month(2022, 10)
    own, cell = cast.government, assessment.Cell("missing")
    with seen_by(cast.admin):
        show("coverage of a month, with its year", asked.pages, lambda: coverage_figures.coverage_of(own, october))
        for by in coverage_cells.BY:
            show(f"parts by {by}", asked.pages, partial(coverage_figures.parts_of, own, october, by))
        some = coverage_cells.Asked(october, "sex", "P", "BPU")
        show("first 50 behind a part", asked.pages, lambda: coverage_cells.behind(own.pk, some, limit=50))
        show("assessment by OPD", asked.pages, lambda: assessment.by_opd(comparison))
        show("first 50 behind a count", asked.pages, lambda: assessment.behind(comparison, cell, limit=50))


def fill(cast, asked: argparse.Namespace):  # type: ignore[no-untyped-def]  # Django's models exist only inside an office
    """The summary tables at their size; returns the comparison."""
    from django.db import connection

    from payung.office.places.scope import whole_government
    from payung.office.registry.models import Person
    from payung.office.reports.coverage_cells import BY
    from tests.office.cast import AT, OCTOBER, enrol, people
    from tests.office.staff import compared_staff

    with whole_government(cast.government):
        enrol(cast, cast.heading(cast.works), people(5))
        comparison = compared_staff(cast)
        told = {
            "own": cast.government.pk, "month": OCTOBER, "people": asked.people, "months": asked.months,
            "staff": asked.staff, "comparison": comparison.pk, "opd": cast.works.pk,
            "person": Person.objects.order_by("pk").values_list("pk", flat=True)[0],
        }  # fmt: skip
        with connection.cursor() as cursor, clocked(f"fill {asked.people:,} heads", asked.people, {}):
            cursor.execute(TALLIES, told)
            told["tally"] = min(pk for (pk,) in cursor.fetchall())
            cursor.execute(HEADS, told)
            for by, part in BY.items():
                cursor.execute(CELLS.format(by=by, part=part.replace("%", "%%")), told)
            cursor.execute(COPIES, told)
            cursor.execute(STAFF, told)
            cursor.execute("INSERT INTO reports_countedmonth (government_id, month, heads, counted_at)"
                           " VALUES (%(own)s, %(month)s, %(people)s, %(at)s)", told | {"at": AT})  # fmt: skip
            cursor.execute("ANALYZE")
    return comparison


if __name__ == "__main__":
    main()
