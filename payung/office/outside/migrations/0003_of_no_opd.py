"""Lists that were kept by an OPD belong to none: their rows and questions are seen by the whole government alone."""

from django.db import migrations

KEPT_BEFORE = """
UPDATE registry_pair SET opd_id = NULL FROM files_row r JOIN outside_outsidelist l ON l.reading_id = r.reading_id
    WHERE registry_pair.row_id = r.id;
ALTER TABLE registry_judgement DISABLE TRIGGER replace_only;
UPDATE registry_judgement SET opd_id = NULL FROM files_row r JOIN outside_outsidelist l ON l.reading_id = r.reading_id
    WHERE registry_judgement.row_id = r.id;
ALTER TABLE registry_judgement ENABLE TRIGGER replace_only;
UPDATE files_reading SET opd_id = NULL FROM outside_outsidelist l WHERE l.reading_id = files_reading.id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("outside", "0002_promises"),
        ("files", "0004_lists_of_every_opd"),
        ("registry", "0008_merges_hold"),
    ]
    operations = [migrations.RunSQL(KEPT_BEFORE, migrations.RunSQL.noop)]
