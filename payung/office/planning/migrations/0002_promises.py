"""Plans are seen and kept by those who see the whole government; set aside, never changed."""

from django.db import migrations

from payung.office.places.policies import guard, no_writers, unguard, writers

TABLE = "planning_scenario"
FORWARD = (
    guard(TABLE)
    + writers(TABLE, "keep_plans")
    + f"CREATE TRIGGER replace_only BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION payung_replace_only();"
    + f"CREATE TRIGGER never_deleted BEFORE DELETE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
)
BACKWARD = (
    f"DROP TRIGGER never_deleted ON {TABLE}; DROP TRIGGER replace_only ON {TABLE};" + no_writers(TABLE) + unguard(TABLE)
)


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_initial"), ("places", "0006_writers"), ("access", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
