"""Proposals are seen within their government: they name no worker."""

from django.db import migrations

from payung.office.places.policies import guard, unguard

GUARDS = {"approvals_proposal": guard("approvals_proposal", within="true")}


class Migration(migrations.Migration):
    dependencies = [("approvals", "0001_initial"), ("places", "0002_area")]
    operations = [migrations.RunSQL("".join(GUARDS.values()), "".join(map(unguard, GUARDS)))]
