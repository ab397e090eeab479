"""A decision on two payers is added, never changed, and seen with the list that asks."""

from django.db import migrations

from payung.office.places.policies import guard, no_writers, unguard, writers

TABLE = "enrolment_payerdecision"
FORWARD = (
    guard(TABLE, within="EXISTS (SELECT 1 FROM enrolment_rosterlist l WHERE l.id = roster_list_id)")
    + writers(TABLE, "receive_list")
    + f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {TABLE}"
    + " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
)
BACKWARD = f"DROP TRIGGER append_only ON {TABLE};" + no_writers(TABLE) + unguard(TABLE)


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0017_payer_decisions"), ("places", "0006_writers")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
