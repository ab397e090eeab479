"""The one question across governments follows merges, on the side that asks and on the side that answers."""

from importlib import import_module

from django.db import migrations

ASKED_BEFORE = import_module("payung.office.enrolment.migrations.0008_one_question").FUNCTION.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
CHANGES = {
    """
            SELECT p.id, p.nik_sealed FROM registry_person p
            WHERE own = 'person' AND p.government_id = here AND p.id = subject
              AND (payung_whole() OR payung_person_in_area(p.id))""": """
            SELECT subject, p.nik_sealed FROM registry_person p
            WHERE own = 'person' AND p.government_id = here AND p.id IN (SELECT registry_group(subject))
              AND (payung_whole() OR EXISTS (SELECT 1 FROM registry_group(subject) g WHERE payung_person_in_area(g)))""",
    """
        JOIN registry_membership m ON m.person_id = p.id""": """
        CROSS JOIN LATERAL registry_group(p.id) own_id
        JOIN registry_membership m ON m.person_id = own_id""",
}
ASKED_NOW = ASKED_BEFORE
for before, after in CHANGES.items():
    assert before in ASKED_NOW
    ASKED_NOW = ASKED_NOW.replace(before, after)


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0009_one_payer_of_merged")]
    operations = [migrations.RunSQL(ASKED_NOW, ASKED_BEFORE)]
