"""The audit is seen within its government; anybody's deed may be added."""

from django.db import migrations

FORWARD = """
ALTER TABLE access_auditevent ENABLE ROW LEVEL SECURITY;
CREATE POLICY added ON access_auditevent FOR INSERT WITH CHECK (true);
CREATE POLICY seen ON access_auditevent FOR SELECT USING (
    government_id IS NOT DISTINCT FROM
        (SELECT nullif(current_setting('payung.government', true), '')::bigint));
"""
BACKWARD = """
DROP POLICY added ON access_auditevent; DROP POLICY seen ON access_auditevent;
ALTER TABLE access_auditevent DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
