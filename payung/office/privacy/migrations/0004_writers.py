"""Requests are noted and answered by those who answer requests."""

from django.db import migrations

from payung.office.places.policies import no_writers, writers


class Migration(migrations.Migration):
    dependencies = [("privacy", "0003_area"), ("places", "0006_writers")]
    operations = [migrations.RunSQL(writers("privacy_request", "answer_requests"), no_writers("privacy_request"))]
