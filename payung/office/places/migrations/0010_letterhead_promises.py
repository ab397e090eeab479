"""A letterhead is set with the office's deed, seen by the whole government, and replaced, never changed."""

from django.db import migrations

from payung.office.places.policies import guard, no_writers, unguard, writers

TABLE = "places_letterhead"
FORWARD = (
    guard(TABLE, within="true")
    + writers(TABLE, "set_office")
    + f"CREATE TRIGGER replace_only BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION payung_replace_only();"
    + f"CREATE TRIGGER never_deleted BEFORE DELETE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
)
BACKWARD = (
    f"DROP TRIGGER never_deleted ON {TABLE}; DROP TRIGGER replace_only ON {TABLE};" + no_writers(TABLE) + unguard(TABLE)
)


class Migration(migrations.Migration):
    dependencies = [("places", "0009_letterheads"), ("access", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
