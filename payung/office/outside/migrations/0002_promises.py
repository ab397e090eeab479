"""Outside lists are seen by the whole government alone; what a row says stays, whom it is may become clearer."""

from django.db import migrations

from payung.office.places.policies import guard, no_writers, unguard, writers

TABLES = ("outside_outsidelist", "outside_outsiderow")
FUNCTION = """
CREATE FUNCTION outside_only_matched() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    matching text[] := ARRAY['person_id', 'state', 'differs'];
BEGIN
    IF coalesce(current_setting('payung.redacting', true), '') <> 'on'
       AND (to_jsonb(NEW) - matching) IS DISTINCT FROM (to_jsonb(OLD) - matching) THEN
        RAISE EXCEPTION 'what an outside list says is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_matched BEFORE UPDATE ON outside_outsiderow
    FOR EACH ROW EXECUTE FUNCTION outside_only_matched();
CREATE TRIGGER never_deleted BEFORE DELETE ON outside_outsiderow
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON outside_outsidelist
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();

-- An erasure takes what lists told of one person.
CREATE FUNCTION outside_redact(asked bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT privacy_may_redact() THEN
        RAISE EXCEPTION 'redacting needs: answer_requests' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('payung.redacting', 'on', true);
    UPDATE outside_outsiderow SET died_on = NULL, dead = false, decile = NULL
        WHERE person_id = asked AND government_id = payung_government();
    PERFORM set_config('payung.redacting', '', true);
END $$;
"""
DROP = """
DROP FUNCTION outside_redact(bigint);
DROP TRIGGER append_only ON outside_outsidelist; DROP TRIGGER never_deleted ON outside_outsiderow;
DROP TRIGGER only_matched ON outside_outsiderow; DROP FUNCTION outside_only_matched();
"""


class Migration(migrations.Migration):
    dependencies = [("outside", "0001_initial"), ("privacy", "0002_resealing"), ("enrolment", "0016_monthly_promises")]
    operations = [
        migrations.RunSQL(
            FUNCTION + "".join(map(guard, TABLES)) + "".join(writers(table, "receive_list") for table in TABLES),
            "".join(map(no_writers, TABLES)) + "".join(map(unguard, TABLES)) + DROP,
        )
    ]
