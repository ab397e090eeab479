"""Lists, plans and spells are seen by their OPD."""

from django.db import migrations

from payung.office.places.policies import guard, in_opds, unguard

GUARDS = {
    "enrolment_rosterlist": guard("enrolment_rosterlist", within=in_opds("opd_id")),
    "enrolment_plan": guard(
        "enrolment_plan", within="EXISTS (SELECT 1 FROM enrolment_rosterlist l WHERE l.id = roster_list_id)"
    ),
    "enrolment_planitem": guard(
        "enrolment_planitem", within="EXISTS (SELECT 1 FROM enrolment_plan p WHERE p.id = plan_id)"
    ),
    "enrolment_spell": guard("enrolment_spell", within=in_opds("payer_opd_id")),
}


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0002_promises"), ("places", "0002_area"), ("registry", "0003_area")]
    operations = [migrations.RunSQL("".join(GUARDS.values()), "".join(map(unguard, GUARDS)))]
