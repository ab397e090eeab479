"""Sealed inputs and outputs say which key they are sealed with: until now there was one."""

from django.db import migrations

COLUMNS = ("sealed_input", "sealed_output")


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_area")]
    operations = [
        migrations.RunSQL(
            "UPDATE jobs_job SET " + ", ".join(f"{name} = '\\x01'::bytea || {name}" for name in COLUMNS),
            "UPDATE jobs_job SET " + ", ".join(f"{name} = substr({name}, 2)" for name in COLUMNS),
        )
    ]
