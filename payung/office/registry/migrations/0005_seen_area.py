"""A person is seen by the OPD in which she has, or had, a job, and by the kecamatan and desa where she lives.

Which OPD those are is kept beside the jobs by a trigger. The test of a person is an index probe for each candidate;
OFFSET keeps the planner from gathering everybody first.
"""

from django.db import migrations

from payung.office.places.policies import LOOKS_AT_VILLAGES, guard, guard_anew, in_opds, in_villages, unguard

DEFINER = "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp"
FILL = """
INSERT INTO registry_personopd (government_id, opd_id, person_id)
    SELECT DISTINCT j.government_id, j.opd_id, m.person_id
    FROM {jobs} j JOIN registry_membership m ON m.id = j.membership_id
    ON CONFLICT DO NOTHING;
"""
TRIGGER = f"""
CREATE FUNCTION registry_note_opd() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    {FILL.format(jobs="new_jobs")}
    RETURN NULL;
END $$;
CREATE TRIGGER note_opd AFTER INSERT ON registry_job REFERENCING NEW TABLE AS new_jobs
    FOR EACH STATEMENT EXECUTE FUNCTION registry_note_opd();
"""
JOB_THERE = """
    EXISTS (SELECT 1 FROM registry_job j WHERE j.membership_id = $1 AND j.opd_id = ANY (payung_opds()))"""
FUNCTIONS = f"""
CREATE FUNCTION payung_membership_in_villages(bigint) RETURNS boolean {DEFINER} AS $$
    SELECT EXISTS (SELECT 1 FROM registry_membership m JOIN registry_person p ON p.id = m.person_id
        WHERE m.id = $1 AND p.government_id = payung_government()
        AND {in_villages("p.kecamatan_code", "p.desa_code")}) $$;
CREATE OR REPLACE FUNCTION payung_membership_in_area(bigint) RETURNS boolean {DEFINER} AS $$
    SELECT {JOB_THERE} OR ({LOOKS_AT_VILLAGES} AND payung_membership_in_villages($1)) $$;
"""
WORKED_THERE = f"""(SELECT cardinality(payung_opds()) > 0) AND EXISTS (SELECT 1 FROM registry_personopd s
    WHERE s.person_id = registry_person.id AND {in_opds("s.opd_id")} OFFSET 0)"""
FORWARD = (
    FILL.format(jobs="registry_job")
    + TRIGGER
    + FUNCTIONS
    + guard("registry_personopd", within=in_opds("opd_id"))
    + guard_anew("registry_person", within=f"({in_villages('kecamatan_code', 'desa_code')} OR ({WORKED_THERE}))")
    + guard_anew(
        "registry_job",
        within=f"({in_opds('opd_id')} OR ({LOOKS_AT_VILLAGES} AND payung_membership_in_villages(membership_id)))",
    )
)
BACKWARD = (
    guard_anew("registry_job", within=in_opds("opd_id"))
    + guard_anew("registry_person", within="payung_person_in_area(id)")
    + unguard("registry_personopd")
    + f"CREATE OR REPLACE FUNCTION payung_membership_in_area(bigint) RETURNS boolean {DEFINER} AS"
    + f" $$ SELECT {JOB_THERE} $$;"
    + "DROP FUNCTION payung_membership_in_villages(bigint);"
    + "DROP TRIGGER note_opd ON registry_job; DROP FUNCTION registry_note_opd();"
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_seen"), ("places", "0004_villages")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
