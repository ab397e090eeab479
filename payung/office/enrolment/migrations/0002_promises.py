"""Facts of this room are replaced, never changed."""

from django.db import migrations

TABLES = ("enrolment_spell",)
FORWARD = "".join(
    f"CREATE TRIGGER replace_only BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION payung_replace_only();"
    for table in TABLES
)
FORWARD += "".join(
    f"CREATE TRIGGER never_deleted BEFORE DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
    for table in TABLES
)
BACKWARD = "".join(f"DROP TRIGGER replace_only ON {table};" for table in TABLES)
BACKWARD += "".join(f"DROP TRIGGER never_deleted ON {table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0001_initial"), ("access", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
