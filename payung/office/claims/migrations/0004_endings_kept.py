"""What was proposed to end is seen and written with its case, and stays."""

from django.db import migrations

from payung.office.places.policies import guard, no_writers, unguard, writers

TABLE = "claims_ending"


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_ending")]
    operations = [
        migrations.RunSQL(
            guard(TABLE, within="EXISTS (SELECT 1 FROM claims_case c WHERE c.id = case_id)")
            + writers(TABLE, "assess_claim")
            + f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {TABLE}"
            " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();",
            f"DROP TRIGGER append_only ON {TABLE};" + no_writers(TABLE) + unguard(TABLE),
        )
    ]
