"""Whoever follows the civil servants notes what happens to them, and with it ends or moves their orders."""

from django.db import migrations

from payung.office.places.policies import fewer_writers, more_writers

TABLES = ("sponsorship_event", "sponsorship_order", "enrolment_spell", "registry_job")
DEED = "follow_sponsors"


class Migration(migrations.Migration):
    dependencies = [
        ("sponsorship", "0003_timetable_and_public"),
        ("enrolment", "0012_mending_promises"),
        ("registry", "0008_merges_hold"),
    ]
    operations = [
        migrations.RunSQL(
            "".join(more_writers(table, DEED) for table in TABLES),
            "".join(fewer_writers(table, DEED) for table in TABLES),
        )
    ]
