"""Whose role may close a period. Links are written by the database alone."""

from django.db import migrations

from payung.office.places.policies import no_writers, writers


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_chain_promises"), ("places", "0006_writers")]
    operations = [migrations.RunSQL(writers("ledger_closing", "close_period"), no_writers("ledger_closing"))]
