"""Proposals made before they named their office get the one of their plan's list, so that its people see them."""

from django.db import migrations

FORWARD = """
ALTER TABLE approvals_proposal DISABLE TRIGGER as_stated;
UPDATE approvals_proposal p SET opd_id = l.opd_id
FROM enrolment_plan n JOIN enrolment_rosterlist l ON l.id = n.roster_list_id
WHERE n.proposal_id = p.id AND p.opd_id IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE approvals_proposal ENABLE TRIGGER as_stated;
"""


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0004_plan_versions"), ("approvals", "0004_promises")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
