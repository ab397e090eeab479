"""A budget line of the government as a whole (no OPD) is seen by every OPD of that government: it may pay for them."""

from django.db import migrations

from payung.office.places.policies import guard_anew, in_opds

OWN = "EXISTS (SELECT 1 FROM agreements_fund f WHERE f.id = fund_id)"
BEFORE = guard_anew("agreements_budgetline", own=OWN, within=in_opds("opd_id"))
NOW = guard_anew("agreements_budgetline", own=OWN, within=f"(opd_id IS NULL OR {in_opds('opd_id')})")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0007_reading_promises"), ("places", "0006_writers")]
    operations = [migrations.RunSQL(NOW, BEFORE)]
