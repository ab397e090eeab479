"""Requests are seen by those who see the whole government."""

from django.db import migrations

from payung.office.places.policies import guard, unguard

GUARDS = {"privacy_request": guard("privacy_request")}


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_resealing"), ("places", "0002_area")]
    operations = [migrations.RunSQL("".join(GUARDS.values()), "".join(map(unguard, GUARDS)))]
