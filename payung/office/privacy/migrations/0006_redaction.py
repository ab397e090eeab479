"""Corrections are guarded and stay as proposed; what only grows can be redacted in one sanctioned way.

`payung_redacts` is the one exception that the guards of facts learn: the owner, while `payung.redacting` is on, may
empty texts (a comment, a post, the two values of a correction) and change nothing else. Only the functions here turn
it on, for a user who answers requests and sees the whole government, over rows of that government.
"""

from django.db import migrations

from payung.office.places.policies import guard, no_writers, unguard, writers

TABLE = "privacy_correction"
REDACTS = """
CREATE FUNCTION payung_redacts(relation oid, before jsonb, after jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('payung.redacting', true), '') = 'on'
       AND pg_has_role(current_user, (SELECT c.relowner FROM pg_class c WHERE c.oid = relation), 'USAGE')
       AND NOT EXISTS (
           SELECT 1 FROM jsonb_each(before) b FULL JOIN jsonb_each(after) a USING (key)
           WHERE a.value IS DISTINCT FROM b.value
             AND NOT (key IN ('comment', 'post', 'old_sealed', 'new_sealed')
                      AND a.value IN ('null'::jsonb, '"(dihapus)"'::jsonb))) $$;
"""
_APPEND_ONLY = """
CREATE OR REPLACE FUNCTION payung_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_LEVEL = 'ROW' AND TG_OP = 'UPDATE' THEN
        IF payung_resealing(TG_RELID) AND payung_only_sealed(to_jsonb(OLD), to_jsonb(NEW)) {exception} THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
_REPLACE_ONLY = """
CREATE OR REPLACE FUNCTION payung_replace_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.replaced_at IS NULL AND NEW.replaced_at IS NOT NULL
       AND (to_jsonb(NEW) - 'replaced_at') = (to_jsonb(OLD) - 'replaced_at') THEN
        RETURN NEW;
    END IF;
    IF payung_resealing(TG_RELID) AND payung_only_sealed(to_jsonb(OLD), to_jsonb(NEW)) {exception} THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are replaced, never changed', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
EXCEPTION = "OR payung_redacts(TG_RELID, to_jsonb(OLD), to_jsonb(NEW))"
CORRECTION = """
CREATE FUNCTION privacy_keep_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.applied_at IS NULL AND NEW.applied_at IS NOT NULL
       AND (to_jsonb(NEW) - 'applied_at') = (to_jsonb(OLD) - 'applied_at')
       AND EXISTS (SELECT 1 FROM approvals_proposal p WHERE p.id = NEW.proposal_id AND p.state = 'approved') THEN
        RETURN NEW;
    END IF;
    IF payung_resealing(TG_RELID) AND payung_only_sealed(to_jsonb(OLD), to_jsonb(NEW))
       OR payung_redacts(TG_RELID, to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a correction is what was proposed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER as_proposed BEFORE UPDATE ON privacy_correction
    FOR EACH ROW EXECUTE FUNCTION privacy_keep_correction();
CREATE TRIGGER never_deleted BEFORE DELETE ON privacy_correction
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
"""
APPROVALS = """
DROP TRIGGER append_only ON approvals_statement;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON approvals_statement
    FOR EACH ROW EXECUTE FUNCTION payung_append_only();
DROP TRIGGER as_stated ON approvals_proposal;
CREATE TRIGGER as_stated AFTER INSERT ON approvals_proposal
    FOR EACH ROW EXECUTE FUNCTION approvals_check_proposal();
CREATE TRIGGER still_as_stated AFTER UPDATE ON approvals_proposal FOR EACH ROW
    WHEN (NOT payung_redacts('approvals_proposal'::regclass, to_jsonb(OLD), to_jsonb(NEW)))
    EXECUTE FUNCTION approvals_check_proposal();
"""
APPROVALS_BACK = """
DROP TRIGGER append_only ON approvals_statement;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON approvals_statement
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
DROP TRIGGER still_as_stated ON approvals_proposal; DROP TRIGGER as_stated ON approvals_proposal;
CREATE TRIGGER as_stated AFTER INSERT OR UPDATE ON approvals_proposal
    FOR EACH ROW EXECUTE FUNCTION approvals_check_proposal();
"""
FUNCTIONS = """
CREATE FUNCTION privacy_may_redact() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT payung_whole() AND payung_government() IS NOT NULL AND (
        current_setting('payung.deeds', true) = '*'
        OR coalesce(nullif(current_setting('payung.deeds', true), '')::text[] @> ARRAY['answer_requests'], false)) $$;

-- What is told of one person in facts that only grow: posts, and the values of corrections.
CREATE FUNCTION privacy_redact_facts(asked bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT privacy_may_redact() THEN
        RAISE EXCEPTION 'redacting needs: answer_requests' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('payung.redacting', 'on', true);
    UPDATE registry_job j SET post = NULL FROM registry_membership m
        WHERE m.id = j.membership_id AND m.person_id = asked AND j.post IS NOT NULL
          AND m.government_id = payung_government();
    UPDATE privacy_correction SET old_sealed = NULL, new_sealed = NULL
        WHERE person_id = asked AND government_id = payung_government();
    PERFORM set_config('payung.redacting', '', true);
END $$;

-- What outside lists tell of these NIK: which NIK it was. `nothing` is a sealed value of the same kind.
CREATE FUNCTION privacy_redact_told(asked bytea[], nothing bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT privacy_may_redact() THEN
        RAISE EXCEPTION 'redacting needs: answer_requests' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('payung.resealing', 'on', true);
    UPDATE verification_told SET nik_sealed = nothing
        WHERE nik_sealed = ANY (asked) AND government_id = payung_government();
    PERFORM set_config('payung.resealing', '', true);
END $$;

-- The comments of these statements, and of their proposals when it is the same comment; how many statements.
CREATE FUNCTION privacy_redact_comments(asked bigint[]) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    done bigint;
BEGIN
    IF NOT privacy_may_redact() THEN
        RAISE EXCEPTION 'redacting needs: answer_requests' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('payung.redacting', 'on', true);
    UPDATE approvals_proposal p SET comment = '(dihapus)' FROM approvals_statement s
        WHERE s.id = ANY (asked) AND s.proposal_id = p.id AND p.comment = s.comment AND p.comment <> ''
          AND p.government_id = payung_government();
    UPDATE approvals_statement SET comment = '(dihapus)'
        WHERE id = ANY (asked) AND comment <> '' AND government_id = payung_government();
    GET DIAGNOSTICS done = ROW_COUNT;
    PERFORM set_config('payung.redacting', '', true);
    RETURN done;
END $$;
"""
FORWARD = (
    REDACTS
    + _APPEND_ONLY.format(exception=EXCEPTION)
    + _REPLACE_ONLY.format(exception=EXCEPTION)
    + CORRECTION
    + APPROVALS
    + FUNCTIONS
    + guard(TABLE)
    + writers(TABLE, "answer_requests")
)
BACKWARD = (
    no_writers(TABLE)
    + unguard(TABLE)
    + "DROP FUNCTION privacy_redact_comments(bigint[]); DROP FUNCTION privacy_redact_told(bytea[], bytea);"
    + "DROP FUNCTION privacy_redact_facts(bigint);"
    + "DROP FUNCTION privacy_may_redact();"
    + APPROVALS_BACK
    + "DROP TRIGGER never_deleted ON privacy_correction; DROP TRIGGER as_proposed ON privacy_correction;"
    + "DROP FUNCTION privacy_keep_correction();"
    + _APPEND_ONLY.format(exception="")
    + _REPLACE_ONLY.format(exception="")
    + "DROP FUNCTION payung_redacts(oid, jsonb, jsonb);"
)


class Migration(migrations.Migration):
    dependencies = [("privacy", "0005_corrections"), ("billing", "0005_writers"), ("verification", "0002_promises")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
