"""Readings of the law are seen by the whole government, set with the office, and replaced, never changed."""

from django.db import migrations

from payung.office.access.row_history import forget_history, keep_history
from payung.office.places.policies import guard, no_writers, unguard, writers

TABLE = "agreements_lawreading"
FORWARD = (
    guard(TABLE, within="true")
    + writers(TABLE, "set_office")
    + keep_history(TABLE)
    + f"CREATE TRIGGER replace_only BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION payung_replace_only();"
    + f"CREATE TRIGGER never_deleted BEFORE DELETE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
)
BACKWARD = (
    f"DROP TRIGGER never_deleted ON {TABLE}; DROP TRIGGER replace_only ON {TABLE};"
    + forget_history(TABLE)
    + no_writers(TABLE)
    + unguard(TABLE)
)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0006_readings"), ("places", "0006_writers"), ("access", "0011_row_history")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
