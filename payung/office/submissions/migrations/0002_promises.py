"""Who sees and writes submissions; steps come in their order, and an item or a task is settled once."""

from django.db import migrations

from payung.office.places.policies import guard, in_opds, no_writers, unguard, writers

FUNCTIONS = """
CREATE FUNCTION submissions_settle_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    settling text[] := ARRAY['outcome', 'reply_id', 'settled_at', 'settled_by_id'];
BEGIN
    IF OLD.settled_at IS NULL AND NEW.settled_at IS NOT NULL
       AND (to_jsonb(NEW) - settling) = (to_jsonb(OLD) - settling) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are settled once and in no other way changed', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION submissions_steps_in_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public AS $$
DECLARE
    needed text := CASE NEW.state WHEN 'sent' THEN 'final' WHEN 'answered' THEN 'sent' END;
BEGIN
    IF needed IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM submissions_submissionstep WHERE submission_id = NEW.submission_id AND state = needed) THEN
        RAISE EXCEPTION 'a submission is not % before it is %', NEW.state, needed
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER in_order BEFORE INSERT ON submissions_submissionstep
    FOR EACH ROW EXECUTE FUNCTION submissions_steps_in_order();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON submissions_submissionstep
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON submissions_submission
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON submissions_reply
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
CREATE TRIGGER settle_once BEFORE UPDATE ON submissions_item
    FOR EACH ROW EXECUTE FUNCTION submissions_settle_once();
CREATE TRIGGER never_deleted BEFORE DELETE ON submissions_item
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
CREATE TRIGGER settle_once BEFORE UPDATE ON submissions_task
    FOR EACH ROW EXECUTE FUNCTION submissions_settle_once();
CREATE TRIGGER never_deleted BEFORE DELETE ON submissions_task
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
CREATE TRIGGER replace_only BEFORE UPDATE ON submissions_unitsetting
    FOR EACH ROW EXECUTE FUNCTION payung_replace_only();
CREATE TRIGGER never_deleted BEFORE DELETE ON submissions_unitsetting
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
"""
DROP = """
DROP TRIGGER never_deleted ON submissions_unitsetting; DROP TRIGGER replace_only ON submissions_unitsetting;
DROP TRIGGER never_deleted ON submissions_task; DROP TRIGGER settle_once ON submissions_task;
DROP TRIGGER never_deleted ON submissions_item; DROP TRIGGER settle_once ON submissions_item;
DROP TRIGGER append_only ON submissions_reply; DROP TRIGGER append_only ON submissions_submission;
DROP TRIGGER append_only ON submissions_submissionstep; DROP TRIGGER in_order ON submissions_submissionstep;
DROP FUNCTION submissions_steps_in_order(); DROP FUNCTION submissions_settle_once();
"""
OF_UNIT = f"EXISTS (SELECT 1 FROM places_opdunit o WHERE o.unit_id = {{table}}.unit_id AND {in_opds('o.opd_id')})"
OF_SUBMISSION = "EXISTS (SELECT 1 FROM submissions_submission s WHERE s.id = submission_id)"
OF_PERSON = "EXISTS (SELECT 1 FROM registry_person p WHERE p.id = person_id)"
WITHIN = {
    **{
        table: OF_UNIT.format(table=table)
        for table in ("submissions_submission", "submissions_reply", "submissions_unitsetting")
    },
    "submissions_submissionstep": OF_SUBMISSION,
    **dict.fromkeys(("submissions_item", "submissions_replyrow", "submissions_task"), in_opds("opd_id")),
    "submissions_particular": OF_PERSON,
}
ERASED = ("submissions_replyrow", "submissions_particular")


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0001_initial"),
        ("verification", "0002_promises"),
        ("privacy", "0002_resealing"),
    ]
    operations = [
        migrations.RunSQL(
            FUNCTIONS
            + "".join(guard(table, within=within) for table, within in WITHIN.items())
            + "".join(writers(table, "submit", *(("answer_requests",) if table in ERASED else ())) for table in WITHIN),
            "".join(map(no_writers, WITHIN)) + "".join(map(unguard, WITHIN)) + DROP,
        )
    ]
