"""Changes of settings and reference data are kept by a trigger; users are the first of them."""

from django.db import migrations

from payung.office.access.row_history import FUNCTION, forget_history, keep_history

GUARD = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON access_rowchange
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
ALTER TABLE access_rowchange ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON access_rowchange FOR SELECT USING (
    government_id = (SELECT nullif(current_setting('payung.government', true), '')::bigint)
    AND (SELECT current_setting('payung.opds', true)) = '*');
"""
BACKWARD = """
DROP POLICY seen ON access_rowchange; ALTER TABLE access_rowchange DISABLE ROW LEVEL SECURITY;
DROP TRIGGER append_only ON access_rowchange; DROP FUNCTION payung_keep_history();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0010_row_changes")]
    operations = [
        migrations.RunSQL(
            FUNCTION + GUARD + keep_history("access_user", without=("password", "last_login")),
            forget_history("access_user") + BACKWARD,
        )
    ]
