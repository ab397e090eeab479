"""A month's postings and lines are found by where they stand: they come month by month, so a small index is enough."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("billing", "0014_waiver_taken_back")]

    operations = [
        migrations.AddIndex("posting", BrinIndex(fields=["month"], name="posting_by_month", autosummarize=True)),
        migrations.AddIndex("billline", BrinIndex(fields=["for_month"], name="line_by_month", autosummarize=True)),
    ]
