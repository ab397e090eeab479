"""Spells and bill lines are seen, besides by their OPD, by where the person lives."""

from django.db import migrations

from payung.office.places.policies import LOOKS_AT_VILLAGES, guard_anew, in_opds

OPD_COLUMNS = {"enrolment_spell": "payer_opd_id", "billing_billline": "opd_id"}
LIVES_THERE = f"({LOOKS_AT_VILLAGES} AND payung_membership_in_villages(membership_id))"


class Migration(migrations.Migration):
    dependencies = [("billing", "0003_area"), ("enrolment", "0003_area"), ("registry", "0005_seen_area")]
    operations = [
        migrations.RunSQL(
            "".join(
                guard_anew(table, within=f"({in_opds(column)} OR {LIVES_THERE})")
                for table, column in OPD_COLUMNS.items()
            ),
            "".join(guard_anew(table, within=in_opds(column)) for table, column in OPD_COLUMNS.items()),
        )
    ]
