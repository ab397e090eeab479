"""Statistics after many rows: known at once, and never waited for."""

import os

import psycopg
import pytest
from django.db import connection

from payung.office import bulk
from tests.office.cast import AT, call_cast


@pytest.mark.django_db
def test_many_new_rows_are_known_to_the_planner_before_they_are_committed() -> None:
    cast = call_cast()
    bulk.execute(
        """INSERT INTO registry_person (government_id, name, name_key, nik_confirmed, recorded_at)
           SELECT %s, 'SINTETIS ' || n, 'SINTETIS ' || n, false, %s FROM generate_series(1, 2000) n""",
        [cast.government.pk, AT],
    )
    before = rows_the_planner_knows()
    bulk.refresh_statistics(bulk.MANY_ROWS - 1, "registry_person")
    assert rows_the_planner_knows() == before
    bulk.refresh_statistics(bulk.MANY_ROWS, "registry_person")
    assert rows_the_planner_knows() == 2000


def rows_the_planner_knows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::int FROM pg_class WHERE relname = 'registry_person'")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_statistics_that_another_work_is_making_are_not_waited_for() -> None:
    with psycopg.connect(os.environ["PAYUNG_TEST_OWNER"]) as another, connection.cursor() as cursor:
        another.execute("ANALYZE registry_person")  # its lock lasts as long as its transaction
        cursor.execute("SET LOCAL lock_timeout = '1s'")
        bulk.refresh_statistics(bulk.MANY_ROWS, "registry_person")
