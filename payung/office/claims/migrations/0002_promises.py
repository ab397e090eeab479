"""Cases are seen with their person; what happened stays as told, benefits move forward as two people decided, money
follows what was granted.
"""

from django.db import migrations

from payung.office.places.policies import OWN, guard, no_writers, unguard, writers

OF_PERSON = "EXISTS (SELECT 1 FROM registry_person p WHERE p.id = person_id)"
OF_CASE = "EXISTS (SELECT 1 FROM claims_case c WHERE c.id = case_id)"
OF_BENEFIT = "EXISTS (SELECT 1 FROM claims_benefit b WHERE b.id = benefit_id)"
WITHIN = {
    "claims_case": OF_PERSON,
    **dict.fromkeys(("claims_fact", "claims_heir", "claims_document", "claims_benefit"), OF_CASE),
    **dict.fromkeys(("claims_move", "claims_assessment", "claims_answer", "claims_payout"), OF_BENEFIT),
}
WORKING = ("open_claim", "assess_claim")
DEEDS = {
    "claims_case": (*WORKING, "record_payout"),
    "claims_fact": WORKING,
    "claims_heir": WORKING,
    "claims_document": WORKING,
    "claims_benefit": (*WORKING, "approve_claim", "record_payout"),
    "claims_move": (*WORKING, "approve_claim", "record_payout"),
    "claims_assessment": ("assess_claim",),
    "claims_answer": ("record_payout",),
    "claims_payout": ("record_payout",),
}
DEFINER = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"
FUNCTIONS = f"""
-- The owner takes away what names somebody, and nothing else: see claims_redact.
CREATE FUNCTION claims_redacts(relation oid, before jsonb, after jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('payung.redacting', true), '') = 'on'
       AND pg_has_role(current_user, (SELECT c.relowner FROM pg_class c WHERE c.oid = relation), 'USAGE')
       AND before - ARRAY['told_sealed', 'place', 'name', 'birth_date', 'guardian', 'bank', 'account_sealed']
         = after - ARRAY['told_sealed', 'place', 'name', 'birth_date', 'guardian', 'bank', 'account_sealed'] $$;

CREATE FUNCTION claims_keep_case() RETURNS trigger {DEFINER} AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state IN ('proposed', 'open') THEN RETURN NEW; END IF;
    ELSIF claims_redacts(TG_RELID, to_jsonb(OLD), to_jsonb(NEW))
       OR payung_resealing(TG_RELID) AND payung_only_sealed(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    ELSIF to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state'
       AND OLD.state || ' ' || NEW.state IN ('proposed open', 'proposed dropped', 'open closed')
       AND NOT (NEW.state = 'closed' AND EXISTS (SELECT 1 FROM claims_benefit b
                WHERE b.case_id = NEW.id AND b.state NOT IN ('paid', 'refused', 'denied'))) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'case % stays as it was told and moves forward', NEW.reference USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION claims_keep_heir() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.replaced_at IS NULL AND NEW.replaced_at IS NOT NULL
       AND to_jsonb(NEW) - 'replaced_at' = to_jsonb(OLD) - 'replaced_at'
       OR claims_redacts(TG_RELID, to_jsonb(OLD), to_jsonb(NEW))
       OR payung_resealing(TG_RELID) AND payung_only_sealed(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'heirs are replaced, never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION claims_move_benefit() RETURNS trigger {DEFINER} AS $$
DECLARE
    held claims_assessment%ROWTYPE;
    said claims_answer%ROWTYPE;
    sound boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        sound := NEW.state = 'open';
    ELSE
        SELECT a.* INTO held FROM claims_assessment a
            JOIN approvals_proposal p ON p.id = a.proposal_id AND p.version = a.version AND p.state = 'approved'
            WHERE a.benefit_id = NEW.id ORDER BY a.id DESC LIMIT 1;
        SELECT * INTO said FROM claims_answer WHERE benefit_id = NEW.id ORDER BY id DESC LIMIT 1;
        sound := to_jsonb(NEW) - ARRAY['state', 'moved_on'] = to_jsonb(OLD) - ARRAY['state', 'moved_on']
            AND CASE OLD.state || ' ' || NEW.state
                WHEN 'open approved' THEN held.due
                WHEN 'open refused' THEN NOT held.due
                WHEN 'appealed approved' THEN held.due
                WHEN 'appealed refused' THEN NOT held.due
                WHEN 'approved submitted' THEN true
                WHEN 'approved paid' THEN held.payer = 'employer' AND held.expected_rupiah
                    = (SELECT sum(amount_rupiah) FROM claims_payout WHERE benefit_id = NEW.id AND paid_by = 'employer')
                WHEN 'submitted granted' THEN said.granted
                WHEN 'submitted denied' THEN NOT said.granted
                WHEN 'refused appealed' THEN true
                WHEN 'denied appealed' THEN true
                WHEN 'granted paid' THEN said.amount_rupiah
                    = (SELECT sum(amount_rupiah) FROM claims_payout
                       WHERE benefit_id = NEW.id AND paid_by IN ('bpjs', 'refund'))
                ELSE false END;
    END IF;
    IF sound IS NOT TRUE THEN
        RAISE EXCEPTION 'benefit % does not move so', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- An answer is to what was submitted; a later one corrects it until the money is there.
CREATE FUNCTION claims_answer_submitted() RETURNS trigger {DEFINER} AS $$
BEGIN
    PERFORM 1 FROM claims_benefit WHERE id = NEW.benefit_id AND state IN ('submitted', 'granted') FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'benefit % was not submitted', NEW.benefit_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- BPJS pays what it granted, to the family or back to the employer; the employer pays where the law makes it liable.
CREATE FUNCTION claims_pay_what_is_due() RETURNS trigger {DEFINER} AS $$
DECLARE
    in_state text;
    held claims_assessment%ROWTYPE;
    most bigint;
    others bigint;
BEGIN
    SELECT state INTO in_state FROM claims_benefit WHERE id = NEW.benefit_id FOR UPDATE;
    SELECT a.* INTO held FROM claims_assessment a
        JOIN approvals_proposal p ON p.id = a.proposal_id AND p.version = a.version AND p.state = 'approved'
        WHERE a.benefit_id = NEW.benefit_id ORDER BY a.id DESC LIMIT 1;
    IF NEW.paid_by = 'employer' THEN
        most := CASE WHEN held.due AND held.payer IN ('employer', 'employer_first')
                     AND in_state IN ('approved', 'submitted', 'granted') THEN held.expected_rupiah ELSE 0 END;
        SELECT coalesce(sum(amount_rupiah), 0) INTO others FROM claims_payout
            WHERE benefit_id = NEW.benefit_id AND paid_by = 'employer';
    ELSIF in_state = 'granted' THEN
        SELECT amount_rupiah INTO most FROM claims_answer WHERE benefit_id = NEW.benefit_id ORDER BY id DESC LIMIT 1;
        SELECT coalesce(sum(amount_rupiah), 0) INTO others FROM claims_payout
            WHERE benefit_id = NEW.benefit_id AND paid_by <> 'employer';
        IF NEW.paid_by = 'refund' AND NOT EXISTS (
            SELECT 1 FROM claims_payout WHERE benefit_id = NEW.benefit_id AND paid_by = 'employer') THEN
            most := 0;
        END IF;
    END IF;
    IF others + NEW.amount_rupiah <= most THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'benefit %: more than is due', NEW.benefit_id USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION claims_redact(asked bigint) RETURNS void {DEFINER} AS $$
BEGIN
    IF NOT privacy_may_redact() THEN
        RAISE EXCEPTION 'redacting needs: answer_requests' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('payung.redacting', 'on', true);
    UPDATE claims_case SET told_sealed = NULL, place = ''
        WHERE person_id = asked AND government_id = payung_government();
    UPDATE claims_heir h SET name = '(dihapus)', birth_date = NULL, guardian = '', bank = '', account_sealed = NULL
        FROM claims_case c WHERE c.id = h.case_id AND c.person_id = asked AND c.government_id = payung_government();
    UPDATE claims_move m SET comment = '(dihapus)' FROM claims_benefit b JOIN claims_case c ON c.id = b.case_id
        WHERE b.id = m.benefit_id AND m.comment <> '' AND c.person_id = asked
          AND c.government_id = payung_government();
    UPDATE claims_answer a SET comment = '(dihapus)' FROM claims_benefit b JOIN claims_case c ON c.id = b.case_id
        WHERE b.id = a.benefit_id AND a.comment <> '' AND c.person_id = asked
          AND c.government_id = payung_government();
    PERFORM set_config('payung.redacting', '', true);
END $$;
"""
ROWS_ADDED = ("claims_move", "claims_answer")
STATEMENTS_ADDED = ("claims_assessment", "claims_payout")
REPLACED = ("claims_fact", "claims_document")
NEVER_DELETED = (*REPLACED, "claims_heir", "claims_case", "claims_benefit")
TRIGGERS = (
    "CREATE TRIGGER as_told BEFORE INSERT OR UPDATE ON claims_case FOR EACH ROW EXECUTE FUNCTION claims_keep_case();"
    "CREATE TRIGGER replace_only BEFORE UPDATE ON claims_heir FOR EACH ROW EXECUTE FUNCTION claims_keep_heir();"
    "CREATE TRIGGER moves BEFORE INSERT OR UPDATE ON claims_benefit"
    " FOR EACH ROW EXECUTE FUNCTION claims_move_benefit();"
    "CREATE TRIGGER submitted BEFORE INSERT ON claims_answer"
    " FOR EACH ROW EXECUTE FUNCTION claims_answer_submitted();"
    "CREATE TRIGGER due BEFORE INSERT ON claims_payout FOR EACH ROW EXECUTE FUNCTION claims_pay_what_is_due();"
    + "".join(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH {level} EXECUTE FUNCTION payung_append_only();"
        for tables, level in ((ROWS_ADDED, "ROW"), (STATEMENTS_ADDED, "STATEMENT"))
        for table in tables
    )
    + "".join(
        f"CREATE TRIGGER replace_only BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION payung_replace_only();"
        for table in REPLACED
    )
    + "".join(
        f"CREATE TRIGGER never_deleted BEFORE DELETE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
        for table in NEVER_DELETED
    )
)
PAPERS_SEEN = f"""
CREATE POLICY of_claims ON files_keptfile FOR SELECT USING ({OWN}
    AND EXISTS (SELECT 1 FROM claims_document d WHERE d.file_id = files_keptfile.id));
"""
ONE_DEED = """
DO $$ DECLARE deeds text; BEGIN
    SELECT string_agg(DISTINCT quote_literal(deed), ', ') INTO deeds
        FROM (SELECT unnest(string_to_array(encode(tgargs, 'escape'), '\\000')) AS deed FROM pg_trigger
              WHERE tgname = 'by_deed' AND tgrelid = 'files_keptfile'::regclass {more}) told
        WHERE deed <> '' {less};
    DROP TRIGGER by_deed ON files_keptfile;
    EXECUTE 'CREATE TRIGGER by_deed BEFORE INSERT OR UPDATE OR DELETE ON files_keptfile'
        || ' FOR EACH STATEMENT EXECUTE FUNCTION payung_require_deed(' || deeds || ')';
END $$;
"""
"""Whoever opens a case keeps its papers, beside whoever kept files before."""
FORWARD = (
    FUNCTIONS
    + TRIGGERS
    + "".join(guard(table, within=within) for table, within in WITHIN.items())
    + "".join(writers(table, *deeds) for table, deeds in DEEDS.items())
    + PAPERS_SEEN
    + ONE_DEED.format(more="UNION ALL SELECT 'open_claim'", less="")
)
BACKWARD = (
    ONE_DEED.format(more="", less="AND deed <> 'open_claim'")
    + "DROP POLICY of_claims ON files_keptfile;"
    + "".join(map(no_writers, DEEDS))
    + "".join(map(unguard, WITHIN))
    + "".join(f"DROP TRIGGER never_deleted ON {table};" for table in NEVER_DELETED)
    + "".join(f"DROP TRIGGER replace_only ON {table};" for table in (*REPLACED, "claims_heir"))
    + "".join(f"DROP TRIGGER append_only ON {table};" for table in (*ROWS_ADDED, *STATEMENTS_ADDED))
    + "DROP TRIGGER due ON claims_payout; DROP TRIGGER submitted ON claims_answer;"
    + "DROP TRIGGER moves ON claims_benefit; DROP TRIGGER as_told ON claims_case;"
    + "DROP FUNCTION claims_redact(bigint); DROP FUNCTION claims_pay_what_is_due();"
    + "DROP FUNCTION claims_answer_submitted(); DROP FUNCTION claims_move_benefit();"
    + "DROP FUNCTION claims_keep_heir(); DROP FUNCTION claims_keep_case();"
    + "DROP FUNCTION claims_redacts(oid, jsonb, jsonb);"
)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_initial"),
        ("verification", "0002_promises"),
        ("billing", "0009_receipt_promises"),
        ("privacy", "0006_redaction"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
