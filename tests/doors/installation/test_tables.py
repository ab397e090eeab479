"""The quick way to the tables makes the tables that Django's own way makes."""

import psycopg
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker

from payung.doors.installation.tables import bring_up_to_date
from tests.databases import Databases, serve

SHAPES = (
    """SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity
       FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2""",
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable, condeferred
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2, 3""",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
    "SELECT app, name FROM django_migrations ORDER BY 1, 2",
)


def test_both_ways_make_the_same_tables(databases: Databases, django_db_blocker: DjangoDbBlocker) -> None:
    quick, plain = databases.copy("template0", "quick"), databases.copy("template0", "plain")
    with django_db_blocker.unblock():
        serve(quick)
        bring_up_to_date()
        serve(plain)
        call_command("migrate", database="owner", verbosity=0)
        databases.choose(databases.wanted)
    with psycopg.connect(quick.owner) as ours, psycopg.connect(plain.owner) as theirs:
        for shape in SHAPES:
            made = ours.execute(shape).fetchall()
            assert made
            assert made == theirs.execute(shape).fetchall()
