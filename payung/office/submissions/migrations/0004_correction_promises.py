"""What BPJS is asked to correct stays as it was asked; seen by those who see the row of the reply."""

from django.db import migrations

from payung.office.places.policies import guard, no_writers, unguard, writers

TABLE = "submissions_correctionasked"
OF_ROW = "EXISTS (SELECT 1 FROM submissions_replyrow r WHERE r.id = row_id)"
ONCE = f"""
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("submissions", "0003_corrections")]
    operations = [
        migrations.RunSQL(
            ONCE + guard(TABLE, within=OF_ROW) + writers(TABLE, "submit"),
            no_writers(TABLE) + unguard(TABLE) + f"DROP TRIGGER append_only ON {TABLE};",
        )
    ]
