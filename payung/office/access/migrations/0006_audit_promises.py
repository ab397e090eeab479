"""The audit is chained at commit; a detail may be redacted, once; links and heads are written by the database alone."""

from django.db import migrations

from payung.office.access.chain import ADD_LINK, KEEP_HEAD, OWNERS_ALONE, REDACT

TRIGGERS = """
DROP TRIGGER append_only ON access_auditevent;
UPDATE access_auditevent SET origin = '';
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OF id, at, by_id, deed, subject, government_id, origin
    ON access_auditevent FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
CREATE TRIGGER redact_only BEFORE UPDATE ON access_auditevent FOR EACH ROW EXECUTE FUNCTION payung_redact_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON access_auditlink
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
CREATE CONSTRAINT TRIGGER linked AFTER INSERT ON access_auditevent DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION payung_link_audit();
CREATE CONSTRAINT TRIGGER head_kept AFTER INSERT ON access_auditlink DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION payung_keep_audit_head();
"""
GUARDS = """
ALTER TABLE access_auditlink ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_audithead ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON access_auditlink FOR SELECT USING (
    chain = (SELECT nullif(current_setting('payung.government', true), '')::bigint));
CREATE POLICY seen ON access_audithead FOR SELECT USING (
    chain = (SELECT nullif(current_setting('payung.government', true), '')::bigint));
"""
EARLIER_EVENTS = """
DO $$
DECLARE e access_auditevent;
BEGIN
    FOR e IN SELECT * FROM access_auditevent ORDER BY id LOOP
        PERFORM payung_add_audit_link(e);
    END LOOP;
END $$;
"""
BACKWARD = """
DROP TRIGGER append_only ON access_auditevent; DROP TRIGGER redact_only ON access_auditevent;
DROP TRIGGER linked ON access_auditevent; DROP TRIGGER head_kept ON access_auditlink;
DROP TRIGGER append_only ON access_auditlink;
DROP POLICY seen ON access_auditlink; DROP POLICY seen ON access_audithead;
ALTER TABLE access_auditlink DISABLE ROW LEVEL SECURITY; ALTER TABLE access_audithead DISABLE ROW LEVEL SECURITY;
DROP FUNCTION payung_link_audit(); DROP FUNCTION payung_add_audit_link(access_auditevent);
DROP FUNCTION payung_keep_audit_head();
DROP FUNCTION payung_redact_only(); DROP FUNCTION payung_redact_audit(bigint, timestamptz);
DELETE FROM access_auditlink; DELETE FROM access_audithead;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON access_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0005_audit_chain")]
    operations = [
        migrations.RunSQL(ADD_LINK + KEEP_HEAD + REDACT + OWNERS_ALONE + TRIGGERS + GUARDS + EARLIER_EVENTS, BACKWARD)
    ]
