"""The newest answer or payout of a claim may be taken back; then the claim stands where it stood before it."""

import django.db.models.deletion
from django.db import migrations, models

DEFINER = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"
GUARDED = """
CREATE OR REPLACE FUNCTION claims_keep_case() RETURNS trigger {definer} AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state IN ('proposed', 'open') THEN RETURN NEW; END IF;
    ELSIF claims_redacts(TG_RELID, to_jsonb(OLD), to_jsonb(NEW))
       OR payung_resealing(TG_RELID) AND payung_only_sealed(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    ELSIF to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state'
       AND OLD.state || ' ' || NEW.state IN ('proposed open', 'proposed dropped', 'open closed'{reopened})
       AND NOT (NEW.state = 'closed' AND EXISTS (SELECT 1 FROM claims_benefit b
                WHERE b.case_id = NEW.id AND b.state NOT IN ('paid', 'refused', 'denied'))){unfinished} THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'case % stays as it was told and moves forward', NEW.reference USING ERRCODE = 'check_violation';
END $$;

CREATE OR REPLACE FUNCTION claims_move_benefit() RETURNS trigger {definer} AS $$
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
        SELECT * INTO said FROM claims_answer WHERE benefit_id = NEW.id{standing} ORDER BY id DESC LIMIT 1;
        sound := to_jsonb(NEW) - ARRAY['state', 'moved_on'] = to_jsonb(OLD) - ARRAY['state', 'moved_on']
            AND CASE OLD.state || ' ' || NEW.state
                WHEN 'open approved' THEN held.due
                WHEN 'open refused' THEN NOT held.due
                WHEN 'appealed approved' THEN held.due
                WHEN 'appealed refused' THEN NOT held.due
                WHEN 'approved submitted' THEN true
                WHEN 'approved paid' THEN held.payer = 'employer' AND held.expected_rupiah
                    = (SELECT sum(amount_rupiah) FROM claims_payout WHERE benefit_id = NEW.id AND paid_by = 'employer'{standing})
                WHEN 'submitted granted' THEN said.granted
                WHEN 'submitted denied' THEN NOT said.granted
                WHEN 'refused appealed' THEN true
                WHEN 'denied appealed' THEN true
                WHEN 'granted paid' THEN said.amount_rupiah
                    = (SELECT sum(amount_rupiah) FROM claims_payout
                       WHERE benefit_id = NEW.id AND paid_by IN ('bpjs', 'refund'){standing}){back}
                ELSE false END;
    END IF;
    IF sound IS NOT TRUE THEN
        RAISE EXCEPTION 'benefit % does not move so', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION claims_pay_what_is_due() RETURNS trigger {definer} AS $$
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
            WHERE benefit_id = NEW.benefit_id AND paid_by = 'employer'{standing};
    ELSIF in_state = 'granted' THEN
        SELECT amount_rupiah INTO most FROM claims_answer WHERE benefit_id = NEW.benefit_id{standing} ORDER BY id DESC LIMIT 1;
        SELECT coalesce(sum(amount_rupiah), 0) INTO others FROM claims_payout
            WHERE benefit_id = NEW.benefit_id AND paid_by <> 'employer'{standing};
        IF NEW.paid_by = 'refund' AND NOT EXISTS (
            SELECT 1 FROM claims_payout WHERE benefit_id = NEW.benefit_id AND paid_by = 'employer'{standing}) THEN
            most := 0;
        END IF;
    END IF;
    IF others + NEW.amount_rupiah <= most THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'benefit %: more than is due', NEW.benefit_id USING ERRCODE = 'check_violation';
END $$;
"""
# What the guards of claims learn: what was taken back counts no more, and leads back.
LEARNED = {
    "definer": DEFINER,
    "standing": " AND taken_back_id IS NULL",
    "reopened": ", 'closed open'",
    "unfinished": """
       AND NOT (OLD.state = 'closed' AND NOT EXISTS (SELECT 1 FROM claims_benefit b
                WHERE b.case_id = NEW.id AND b.state NOT IN ('paid', 'refused', 'denied')))""",
    "back": """
                WHEN 'granted submitted' THEN said.granted IS NOT TRUE
                WHEN 'denied submitted' THEN EXISTS (SELECT 1 FROM claims_answer WHERE benefit_id = NEW.id
                    AND taken_back_id IS NOT NULL AND id > coalesce(said.id, 0))
                WHEN 'paid granted' THEN said.granted AND said.amount_rupiah
                    > (SELECT coalesce(sum(amount_rupiah), 0) FROM claims_payout
                       WHERE benefit_id = NEW.id AND paid_by IN ('bpjs', 'refund') AND taken_back_id IS NULL)
                WHEN 'paid approved' THEN held.payer = 'employer' AND held.expected_rupiah
                    > (SELECT coalesce(sum(amount_rupiah), 0) FROM claims_payout
                       WHERE benefit_id = NEW.id AND paid_by = 'employer' AND taken_back_id IS NULL)""",
}
BEFORE = {**dict.fromkeys(LEARNED, ""), "definer": DEFINER}
TAKE_BACK = f"""
DROP TRIGGER append_only ON claims_answer;
DROP TRIGGER append_only ON claims_payout;
CREATE FUNCTION claims_keep_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.taken_back_id IS NULL AND NEW.taken_back_id IS NOT NULL
       AND to_jsonb(NEW) - 'taken_back_id' = to_jsonb(OLD) - 'taken_back_id'
       OR payung_redacts(TG_RELID, to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are taken back once, never changed', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION claims_paid_within_answer() RETURNS trigger {DEFINER} AS $$
BEGIN
    IF (SELECT coalesce(sum(amount_rupiah), 0) FROM claims_payout
        WHERE benefit_id = NEW.benefit_id AND paid_by <> 'employer' AND taken_back_id IS NULL)
       > coalesce((SELECT amount_rupiah FROM claims_answer
                   WHERE benefit_id = NEW.benefit_id AND taken_back_id IS NULL ORDER BY id DESC LIMIT 1), 0) THEN
        RAISE EXCEPTION 'answer % was paid on', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER paid_within AFTER UPDATE OF taken_back_id ON claims_answer
    FOR EACH ROW EXECUTE FUNCTION claims_paid_within_answer();
"""
STEPS = ("claims_answer", "claims_payout")
KEPT = "".join(
    f"CREATE TRIGGER as_told BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION claims_keep_step();"
    f"CREATE TRIGGER never_deleted BEFORE DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
    for table in STEPS
)
FORWARD = TAKE_BACK + KEPT + GUARDED.format(**LEARNED)
BACKWARD = (
    GUARDED.format(**BEFORE)
    + "DROP TRIGGER paid_within ON claims_answer;"
    + "".join(f"DROP TRIGGER as_told ON {table}; DROP TRIGGER never_deleted ON {table};" for table in STEPS)
    + "DROP FUNCTION claims_paid_within_answer(); DROP FUNCTION claims_keep_step();"
    + "".join(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH {level} EXECUTE FUNCTION payung_append_only();"
        for table, level in zip(STEPS, ("ROW", "STATEMENT"), strict=True)
    )
)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0007_newest_cases"),
        ("privacy", "0006_redaction"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="payout",
            name="paid_out_once",
        ),
        migrations.AddField(
            model_name="answer",
            name="taken_back",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="claims.move"
            ),
        ),
        migrations.AddField(
            model_name="payout",
            name="taken_back",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="payout", to="claims.move"
            ),
        ),
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back", None)),
                fields=("benefit", "reference", "heir", "school_year"),
                name="paid_out_once",
                nulls_distinct=False,
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
