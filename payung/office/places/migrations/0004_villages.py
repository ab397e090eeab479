"""Areas of kecamatan and desa: their setting; names of OPD and units are seen by those who see people there."""

from django.db import migrations

from payung.office.places.policies import DROP_VILLAGES, LOOKS_AT_VILLAGES, VILLAGES, guard_anew, in_opds

OPD = "places_opd"


class Migration(migrations.Migration):
    dependencies = [("places", "0003_kinds_of_areas")]
    operations = [
        migrations.RunSQL(
            VILLAGES + guard_anew(OPD, within=f"({in_opds('id')} OR {LOOKS_AT_VILLAGES})"),
            guard_anew(OPD, within=in_opds("id")) + DROP_VILLAGES,
        )
    ]
