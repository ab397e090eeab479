"""What each user sees of OPD and units; the functions all rooms' policies use."""

from django.db import migrations

from payung.office.places.policies import DROP_FUNCTIONS, FUNCTIONS, OWN, USER, guard, in_opds, unguard

GUARDS = {
    "places_opd": guard("places_opd", within=in_opds("id")),
    "places_paymentunit": guard(
        "places_paymentunit", within="EXISTS (SELECT 1 FROM places_opdunit u WHERE u.unit_id = places_paymentunit.id)"
    ),
    "places_opdunit": guard(
        "places_opdunit", own="EXISTS (SELECT 1 FROM places_opd o WHERE o.id = opd_id)", within="true"
    ),
    "places_userarea": guard("places_userarea", own=f"(user_id = {USER} OR {OWN})", within="true"),
}


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial"), ("access", "0003_area")]
    operations = [
        migrations.RunSQL(FUNCTIONS + "".join(GUARDS.values()), "".join(map(unguard, GUARDS)) + DROP_FUNCTIONS)
    ]
