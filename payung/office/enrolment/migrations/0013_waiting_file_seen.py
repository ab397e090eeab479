"""A file whose upload waits is seen by the whole OPD, not only by whoever handed it in."""

from django.db import migrations

from payung.office.places.policies import USER, guard_anew

BEFORE = f"(received_by_id = {USER} OR EXISTS (SELECT 1 FROM files_reading g WHERE g.file_id = files_keptfile.id))"
NOW = (
    f"({BEFORE} OR EXISTS"  # our own text
    " (SELECT 1 FROM enrolment_waitingupload w WHERE w.file_id = files_keptfile.id))"
)


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0012_mending_promises"), ("files", "0002_area")]
    operations = [
        migrations.RunSQL(guard_anew("files_keptfile", within=NOW), guard_anew("files_keptfile", within=BEFORE))
    ]
