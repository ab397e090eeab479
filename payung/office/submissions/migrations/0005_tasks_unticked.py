"""A task that was ticked by mistake is open again; nothing else of it changes."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION submissions_keep_task() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    settling text[] := ARRAY['settled_at', 'settled_by_id'];
BEGIN
    IF (OLD.settled_at IS NULL) <> (NEW.settled_at IS NULL)
       AND to_jsonb(NEW) - settling = to_jsonb(OLD) - settling THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a task is ticked or unticked and in no other way changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
DROP TRIGGER settle_once ON submissions_task;
CREATE TRIGGER ticked BEFORE UPDATE ON submissions_task FOR EACH ROW EXECUTE FUNCTION submissions_keep_task();
"""
BACKWARD = """
DROP TRIGGER ticked ON submissions_task;
CREATE TRIGGER settle_once BEFORE UPDATE ON submissions_task
    FOR EACH ROW EXECUTE FUNCTION submissions_settle_once();
DROP FUNCTION submissions_keep_task();
"""


class Migration(migrations.Migration):
    dependencies = [("submissions", "0004_correction_promises")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
