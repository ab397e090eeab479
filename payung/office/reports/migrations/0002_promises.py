"""Who sees counted months, and whose role may count them anew."""

from django.db import migrations

from payung.office.places.policies import guard, in_opds, in_villages, no_writers, unguard, writers

GUARDS = {
    "reports_countedmonth": "true",
    "reports_tally": f"({in_opds('opd_id')} OR {in_villages('kecamatan_code', 'desa_code')})",
    "reports_head": "EXISTS (SELECT 1 FROM reports_tally t WHERE t.id = tally_id)",
}


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("places", "0006_writers"), ("access", "0004_statistics")]
    operations = [
        migrations.RunSQL(
            "".join(guard(table, within=within) + writers(table, "reconcile") for table, within in GUARDS.items()),
            "".join(no_writers(table) + unguard(table) for table in GUARDS),
        )
    ]
