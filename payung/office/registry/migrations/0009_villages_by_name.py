"""The hashes of persons are made anew: villages count by their names now, no longer by their codes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_merges_hold")]
    operations = [migrations.RunSQL("TRUNCATE registry_block", migrations.RunSQL.noop)]
