"""A file is seen with one of its readings, a reading with its OPD, rows and findings with their reading."""

from django.db import migrations

from payung.office.places.policies import USER, guard, in_opds, unguard

READ = "EXISTS (SELECT 1 FROM files_reading g WHERE g.id = reading_id)"
GUARDS = {
    "files_reading": guard("files_reading", within=in_opds("opd_id")),
    "files_keptfile": guard(
        "files_keptfile",
        within=f"(received_by_id = {USER} OR EXISTS "
        "(SELECT 1 FROM files_reading g WHERE g.file_id = files_keptfile.id))",
    ),
    "files_row": guard("files_row", within=READ),
    "files_finding": guard("files_finding", within=READ),
}


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("places", "0002_area")]
    operations = [migrations.RunSQL("".join(GUARDS.values()), "".join(map(unguard, GUARDS)))]
