"""A person is seen by an OPD in which she has, or had, a job."""

from django.db import migrations

from payung.office.places.policies import guard, in_opds, unguard

FUNCTIONS = """
CREATE FUNCTION payung_membership_in_area(bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM registry_job j WHERE j.membership_id = $1 AND j.opd_id = ANY (payung_opds())) $$;
CREATE FUNCTION payung_person_in_area(bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM registry_membership m JOIN registry_job j ON j.membership_id = m.id
                   WHERE m.person_id = $1 AND j.opd_id = ANY (payung_opds())) $$;
"""
GUARDS = {
    "registry_person": guard("registry_person", within="payung_person_in_area(id)"),
    "registry_membership": guard("registry_membership", within="payung_membership_in_area(id)"),
    "registry_job": guard("registry_job", within=in_opds("opd_id")),
    "registry_evidence": guard(
        "registry_evidence", within="EXISTS (SELECT 1 FROM registry_person p WHERE p.id = person_id)"
    ),
}


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_promises"), ("places", "0002_area")]
    operations = [
        migrations.RunSQL(
            FUNCTIONS + "".join(GUARDS.values()),
            (
                "".join(map(unguard, GUARDS))
                + "DROP FUNCTION payung_membership_in_area(bigint); DROP FUNCTION payung_person_in_area(bigint);"
            ),
        )
    ]
