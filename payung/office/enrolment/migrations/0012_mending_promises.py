"""Layouts and mends are replaced, never changed; what belongs to a list is seen with it. An erasure empties mends."""

from django.db import migrations

from payung.office.places.policies import guard, in_opds, no_writers, unguard, writers

REPLACED = ("enrolment_confirmedlayout", "enrolment_mend")
OF_LIST = "EXISTS (SELECT 1 FROM enrolment_rosterlist l WHERE l.id = roster_list_id)"
GUARDS = {
    "enrolment_confirmedlayout": guard("enrolment_confirmedlayout", within=in_opds("opd_id")),
    "enrolment_waitingupload": guard("enrolment_waitingupload", within=in_opds("opd_id")),
    "enrolment_mend": guard("enrolment_mend", within=OF_LIST),
    "enrolment_listchange": guard("enrolment_listchange", within=OF_LIST),
}
WRITERS = {
    "enrolment_confirmedlayout": ("receive_list",),
    "enrolment_mend": ("receive_list",),
    "enrolment_listchange": ("receive_list",),
    # An erasure empties what is proposed of the file.
    "enrolment_waitingupload": ("receive_list", "answer_requests"),
}
TRIGGERS = "".join(
    f"CREATE TRIGGER replace_only BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION payung_replace_only();"
    f"CREATE TRIGGER never_deleted BEFORE DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
    for table in REPLACED
)
DROP_TRIGGERS = "".join(
    f"DROP TRIGGER never_deleted ON {table}; DROP TRIGGER replace_only ON {table};" for table in REPLACED
)
CHANGES = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON enrolment_listchange
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
"""
REDACT = """
-- What was typed into the rows that are evidence of one person.
CREATE FUNCTION enrolment_redact_mends(asked bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT privacy_may_redact() THEN
        RAISE EXCEPTION 'redacting needs: answer_requests' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('payung.redacting', 'on', true);
    UPDATE enrolment_mend m SET old_sealed = NULL, new_sealed = NULL
        FROM enrolment_rosterlist l, files_reading g, files_reading same, files_row r, registry_evidence e
        WHERE e.person_id = asked AND r.id = e.row_id AND same.id = r.reading_id
          AND g.file_id = same.file_id AND l.reading_id = g.id AND m.roster_list_id = l.id
          AND m.position = r.position AND m.government_id = payung_government();
    PERFORM set_config('payung.redacting', '', true);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0011_mapping_and_mending"), ("access", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            TRIGGERS
            + CHANGES
            + "".join(GUARDS.values())
            + "".join(writers(table, *deeds) for table, deeds in WRITERS.items())
            + REDACT,
            "DROP FUNCTION enrolment_redact_mends(bigint);"
            + "".join(map(no_writers, WRITERS))
            + "".join(map(unguard, GUARDS))
            + "DROP TRIGGER append_only ON enrolment_listchange;"
            + DROP_TRIGGERS,
        )
    ]
