"""The award file is seen and kept by those who see the whole government; notes are replaced, frozen files stay."""

from django.db import migrations

from payung.office.places.policies import fewer_writers, guard, more_writers, no_writers, unguard, writers

KEEP = "keep_award"
FORWARD = (
    guard("reports_awardentry")
    + guard("reports_awardfile")
    + writers("reports_awardentry", KEEP)
    + writers("reports_awardfile", KEEP)
    + more_writers("files_keptfile", KEEP)
    + "CREATE TRIGGER replace_only BEFORE UPDATE ON reports_awardentry"
    " FOR EACH ROW EXECUTE FUNCTION payung_replace_only();"
    "CREATE TRIGGER never_deleted BEFORE DELETE ON reports_awardentry"
    " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON reports_awardfile"
    " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
)
BACKWARD = (
    "DROP TRIGGER append_only ON reports_awardfile;"
    "DROP TRIGGER never_deleted ON reports_awardentry; DROP TRIGGER replace_only ON reports_awardentry;"
    + fewer_writers("files_keptfile", KEEP)
    + no_writers("reports_awardfile")
    + no_writers("reports_awardentry")
    + unguard("reports_awardfile")
    + unguard("reports_awardentry")
)


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_award"), ("access", "0002_append_only"), ("places", "0006_writers")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
