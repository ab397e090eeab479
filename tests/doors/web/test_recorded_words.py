"""Whatever the row history keeps has words on the page of Riwayat."""

import pytest
from django.apps import apps
from django.db import connection

from payung.doors.web.record_names import NAMED
from payung.doors.web.recorded_words import COLUMNS, TABLES

pytestmark = pytest.mark.django_db
NEVER_KEPT = {"password", "last_login"}


def test_every_table_and_column_that_is_kept_has_its_word() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname = 'history_kept'"
        )
        kept = {table for (table,) in cursor.fetchall()}
    assert kept == set(TABLES) == set(NAMED)
    models = [model for model in apps.get_models() if model._meta.db_table in kept]
    columns = {field.column for model in models for field in model._meta.concrete_fields}
    assert columns - NEVER_KEPT == set(COLUMNS)
