"""Work in the background is seen by whoever asked for it, and by those who see the whole government."""

from django.db import migrations

from payung.office.places.policies import USER, guard, unguard

GUARDS = {"jobs_job": guard("jobs_job", within=f"asked_by_id = {USER}")}


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial"), ("places", "0002_area")]
    operations = [migrations.RunSQL("".join(GUARDS.values()), "".join(map(unguard, GUARDS)))]
