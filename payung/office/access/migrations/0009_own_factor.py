"""A second factor and its recovery codes are seen by their user alone."""

from django.db import migrations

TABLES = ("access_secondfactor", "access_recoverycode")
OWN = "user_id = (SELECT nullif(current_setting('payung.user', true), '')::bigint)"
FORWARD = "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;CREATE POLICY own ON {table} USING ({OWN}) WITH CHECK ({OWN});"
    for table in TABLES
)
BACKWARD = "".join(f"DROP POLICY own ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("access", "0008_second_factor")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
