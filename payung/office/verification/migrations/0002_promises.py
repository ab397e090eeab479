"""Candidates are seen by the decree's office and by the village where they live; what was stated stays stated."""

from django.db import migrations

from payung.office.places.policies import guard, in_opds, in_villages, no_writers, unguard, writers

TRIGGERS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON verification_workstatement
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON verification_visit
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON verification_told
    FOR EACH ROW EXECUTE FUNCTION payung_append_only();
CREATE TRIGGER replace_only BEFORE UPDATE ON verification_programmerule
    FOR EACH ROW EXECUTE FUNCTION payung_replace_only();
CREATE TRIGGER never_deleted BEFORE DELETE ON verification_programmerule
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
"""
DROP = """
DROP TRIGGER never_deleted ON verification_programmerule; DROP TRIGGER replace_only ON verification_programmerule;
DROP TRIGGER append_only ON verification_told; DROP TRIGGER append_only ON verification_visit;
DROP TRIGGER append_only ON verification_workstatement;
"""
OF_CANDIDATE = "EXISTS (SELECT 1 FROM verification_candidate c WHERE c.id = candidate_id)"
GUARDS = {
    "verification_candidate": guard(
        "verification_candidate", within=f"({in_villages('kecamatan_code', 'desa_code')} OR {in_opds('opd_id')})"
    ),
    "verification_workstatement": guard("verification_workstatement", within=OF_CANDIDATE),
    "verification_visit": guard("verification_visit", within=OF_CANDIDATE),
    "verification_outcome": guard("verification_outcome", within=OF_CANDIDATE),
    "verification_programmerule": guard("verification_programmerule", within="true"),
    "verification_told": guard("verification_told"),
}
PROPOSING = ("propose_candidate", "verify_candidate")
WRITERS = {
    "verification_candidate": PROPOSING,
    "verification_workstatement": PROPOSING,
    "verification_outcome": PROPOSING,
    "verification_visit": ("verify_candidate",),
    "verification_programmerule": ("verify_candidate",),
    "verification_told": ("verify_candidate",),
}
FILES = ("files_keptfile", "files_reading", "files_row", "files_finding")
KEEPING = ("receive_list", "confirm_posted", "answer_requests")
"""Who kept files before candidates came with theirs."""


def of_files(*deeds: str) -> str:
    """Files are written by these deeds instead."""
    return "".join(no_writers(table) + writers(table, *deeds) for table in FILES)


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0001_initial"),
        ("agreements", "0005_decree_promises"),
        ("billing", "0005_writers"),
    ]
    operations = [
        migrations.RunSQL(
            TRIGGERS
            + "".join(GUARDS.values())
            + "".join(writers(table, *deeds) for table, deeds in WRITERS.items())
            + of_files(*KEEPING, *PROPOSING),
            of_files(*KEEPING) + "".join(map(no_writers, WRITERS)) + "".join(map(unguard, GUARDS)) + DROP,
        )
    ]
