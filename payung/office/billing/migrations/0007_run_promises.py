"""Bills move forward only, by two people; an envelope holds what it declares; what a run must look at again."""

from django.db import migrations

from payung.office.places.policies import guard, no_writers, unguard, writers

MOVES = """
CREATE FUNCTION billing_move_bill() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    changing text[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' OR NEW.run_id IS NULL THEN
            RAISE EXCEPTION 'a bill begins as a draft of a run' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    changing := CASE OLD.state || ' ' || NEW.state
        WHEN 'draft final' THEN ARRAY['state', 'final_at']
        WHEN 'final sent' THEN ARRAY['state', 'payment_code', 'sent_by_id', 'sent_at']
        WHEN 'draft void' THEN ARRAY['state', 'voided_by_id', 'voided_at', 'void_reason']
        WHEN 'final void' THEN ARRAY['state', 'voided_by_id', 'voided_at', 'void_reason']
        WHEN 'sent void' THEN ARRAY['state', 'voided_by_id', 'voided_at', 'void_reason']
        ELSE ARRAY[]::text[] END;
    IF to_jsonb(NEW) - changing <> to_jsonb(OLD) - changing THEN
        RAISE EXCEPTION 'bill % moves forward and is never changed', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'final' AND OLD.state = 'draft' AND NOT EXISTS (
        SELECT 1 FROM billing_billrun r JOIN approvals_proposal p ON p.id = r.proposal_id AND p.version = r.version
        WHERE r.id = NEW.run_id AND p.state = 'approved')
    THEN
        RAISE EXCEPTION 'bill % was not approved', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'void' AND EXISTS (SELECT 1 FROM billing_payment p WHERE p.bill_id = NEW.id) THEN
        RAISE EXCEPTION 'bill % was paid', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER moves BEFORE INSERT OR UPDATE ON billing_bill FOR EACH ROW EXECUTE FUNCTION billing_move_bill();
CREATE TRIGGER never_deleted BEFORE DELETE ON billing_bill
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();

CREATE FUNCTION billing_settle_run() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changing CONSTANT text[] := ARRAY['state', 'settled_by_id', 'settled_at', 'void_reason'];
BEGIN
    IF (TG_OP = 'INSERT' AND NEW.state <> 'draft')
       OR (TG_OP = 'UPDATE' AND (OLD.state <> 'draft' OR to_jsonb(NEW) - changing <> to_jsonb(OLD) - changing))
    THEN
        RAISE EXCEPTION 'a run is settled once and never changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settles BEFORE INSERT OR UPDATE ON billing_billrun
    FOR EACH ROW EXECUTE FUNCTION billing_settle_run();
CREATE TRIGGER never_deleted BEFORE DELETE ON billing_billrun
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();

CREATE FUNCTION billing_pay_what_is_due() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM billing_bill WHERE id = NEW.bill_id AND state IN ('final', 'sent') FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only a final or sent bill is paid' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER due BEFORE INSERT ON billing_payment FOR EACH ROW EXECUTE FUNCTION billing_pay_what_is_due();
"""
ENVELOPE = """
CREATE FUNCTION billing_check_envelope() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM billing_billline l WHERE l.bill_id = NEW.id
    HAVING (count(*), count(DISTINCT l.membership_id), coalesce(sum(l.total_rupiah), 0))
           = (NEW.line_count, NEW.heads, NEW.total_rupiah);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'bill % does not hold what it declares', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER envelope AFTER INSERT ON billing_bill DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION billing_check_envelope();

-- A line that comes later would be one more than declared.
CREATE FUNCTION billing_check_line_count() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM billing_bill b WHERE b.id IN (SELECT bill_id FROM added)
        AND (SELECT count(*) FROM billing_billline l WHERE l.bill_id = b.id) > b.line_count;
    IF FOUND THEN
        RAISE EXCEPTION 'a bill takes no more lines than it declares' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER within_envelope AFTER INSERT ON billing_billline REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION billing_check_line_count();
"""
TOUCHES = """
-- What a run has compared and what changes after it: those memberships are compared again.
CREATE FUNCTION billing_touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    -- A run of the same government either sees the change or ends before it, and then the next one is told.
    PERFORM 1 FROM places_government WHERE id IN (SELECT government_id FROM changed) ORDER BY id FOR SHARE;
    INSERT INTO billing_touched (government_id, membership_id)
    SELECT DISTINCT c.government_id, c.membership_id FROM changed c
    JOIN (SELECT government_id, max(month) AS month FROM billing_billrun GROUP BY 1) r USING (government_id)
    WHERE c.from_month <= r.month
    ON CONFLICT (membership_id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER touches_added AFTER INSERT ON enrolment_spell REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION billing_touch();
CREATE TRIGGER touches_changed AFTER UPDATE ON enrolment_spell REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION billing_touch();
CREATE TRIGGER touches_added AFTER INSERT ON registry_job REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION billing_touch();
CREATE TRIGGER touches_changed AFTER UPDATE ON registry_job REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION billing_touch();

CREATE FUNCTION billing_touch_taken_back() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO billing_touched (government_id, membership_id)
    SELECT DISTINCT l.government_id, l.membership_id FROM billing_billline l WHERE l.bill_id = NEW.id
    ON CONFLICT (membership_id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER touches AFTER UPDATE ON billing_bill FOR EACH ROW
    WHEN (NEW.state = 'void' AND OLD.state <> 'void') EXECUTE FUNCTION billing_touch_taken_back();

CREATE FUNCTION billing_touch_agreement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM places_government WHERE id = NEW.government_id FOR SHARE;
    INSERT INTO billing_touched (government_id, membership_id)
    SELECT DISTINCT s.government_id, s.membership_id FROM enrolment_spell s
    WHERE s.government_id = NEW.government_id AND CASE TG_TABLE_NAME WHEN 'agreements_fund' THEN s.budget_line_id IN (
              SELECT l.id FROM agreements_budgetline l WHERE l.fund_id = NEW.id)
          ELSE s.agreement_id = NEW.id END
    ON CONFLICT (membership_id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER touches AFTER UPDATE ON agreements_agreement FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION billing_touch_agreement();
CREATE TRIGGER touches AFTER UPDATE ON agreements_fund FOR EACH ROW
    WHEN (OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION billing_touch_agreement();
"""
DROP = """
DROP TRIGGER touches ON agreements_fund; DROP TRIGGER touches ON agreements_agreement;
DROP FUNCTION billing_touch_agreement();
DROP TRIGGER touches ON billing_bill; DROP FUNCTION billing_touch_taken_back();
DROP TRIGGER touches_changed ON registry_job; DROP TRIGGER touches_added ON registry_job;
DROP TRIGGER touches_changed ON enrolment_spell; DROP TRIGGER touches_added ON enrolment_spell;
DROP FUNCTION billing_touch();
DROP TRIGGER within_envelope ON billing_billline; DROP FUNCTION billing_check_line_count();
DROP TRIGGER envelope ON billing_bill; DROP FUNCTION billing_check_envelope();
DROP TRIGGER due ON billing_payment; DROP FUNCTION billing_pay_what_is_due();
DROP TRIGGER never_deleted ON billing_billrun; DROP TRIGGER settles ON billing_billrun;
DROP FUNCTION billing_settle_run();
DROP TRIGGER never_deleted ON billing_bill; DROP TRIGGER moves ON billing_bill; DROP FUNCTION billing_move_bill();
"""
LEDGER = ("ledger_account", "ledger_journal", "ledger_entry")
BEFORE = {
    "approvals_proposal": ("receive_list", "approve_plan"),
    **dict.fromkeys(LEDGER, ("bill", "receive_payment")),
    "billing_bill": ("bill",),
}
DEEDS = {
    "approvals_proposal": ("receive_list", "approve_plan", "bill", "approve_bill"),
    **dict.fromkeys(LEDGER, ("bill", "approve_bill", "receive_payment")),
    "billing_bill": ("bill", "approve_bill"),
}
NEW = {"billing_billrun": ("bill", "approve_bill"), "billing_touched": ("bill",)}
GUARDS = {table: guard(table) for table in NEW}


def anew(deeds: dict[str, tuple[str, ...]]) -> str:
    """These tables are written by these deeds instead."""
    return "".join(no_writers(table) + writers(table, *named) for table, named in deeds.items())


class Migration(migrations.Migration):
    dependencies = [("billing", "0006_runs"), ("enrolment", "0008_one_question"), ("ledger", "0006_writers")]
    operations = [
        migrations.RunSQL(
            MOVES
            + ENVELOPE
            + TOUCHES
            + "".join(GUARDS.values())
            + "".join(writers(table, *named) for table, named in NEW.items())
            + anew(DEEDS),
            anew(BEFORE) + "".join(map(no_writers, NEW)) + "".join(map(unguard, NEW)) + DROP,
        )
    ]
