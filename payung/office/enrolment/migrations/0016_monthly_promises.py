"""Sheets, their lines and changes stay as they were written; a return is chosen from. Seen with their OPD or list."""

from django.db import migrations

from payung.office.places.policies import guard, in_opds, no_writers, unguard, writers

WRITTEN_ONCE = ("enrolment_monthlysheet", "enrolment_monthlyline", "enrolment_change")
OF_SHEET = "EXISTS (SELECT 1 FROM enrolment_monthlysheet t WHERE t.id = sheet_id)"
OF_LIST = "EXISTS (SELECT 1 FROM enrolment_rosterlist l WHERE l.id = roster_list_id)"
GUARDS = {
    "enrolment_monthlysheet": guard("enrolment_monthlysheet", within=in_opds("opd_id")),
    "enrolment_monthlyline": guard("enrolment_monthlyline", within=OF_SHEET),
    "enrolment_monthlyreturn": guard("enrolment_monthlyreturn", within=OF_LIST),
    "enrolment_change": guard("enrolment_change", within=OF_LIST),
}
TRIGGERS = "".join(
    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
    for table in WRITTEN_ONCE
)
RETURNS = """
-- What came back stays as it was read; only the choice is made, and made again for a plan that was refused.
CREATE FUNCTION enrolment_only_chosen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - '{accepted,chosen_by_id,chosen_at}'::text[]
            IS DISTINCT FROM to_jsonb(OLD) - '{accepted,chosen_by_id,chosen_at}'::text[] THEN
        RAISE EXCEPTION 'a returned sheet is only chosen from' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_chosen BEFORE UPDATE ON enrolment_monthlyreturn
    FOR EACH ROW EXECUTE FUNCTION enrolment_only_chosen();
CREATE TRIGGER never_deleted BEFORE DELETE ON enrolment_monthlyreturn
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
"""
DROP = (
    "DROP TRIGGER never_deleted ON enrolment_monthlyreturn; DROP TRIGGER only_chosen ON enrolment_monthlyreturn;"
    "DROP FUNCTION enrolment_only_chosen();"
)


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0015_monthly_changes")]
    operations = [
        migrations.RunSQL(
            TRIGGERS + RETURNS + "".join(GUARDS.values()) + "".join(writers(table, "receive_list") for table in GUARDS),
            "".join(map(no_writers, GUARDS))
            + "".join(map(unguard, GUARDS))
            + DROP
            + "".join(f"DROP TRIGGER append_only ON {table};" for table in WRITTEN_ONCE),
        )
    ]
