"""Who sees savings and whose role may write; nothing is changed; an act is held to its sums, a rate to its approval."""

from django.db import migrations

from payung.office.places.policies import guard, no_writers, unguard, writers

GUARDS = {
    "savings_rate": guard("savings_rate", within="true"),
    "savings_crediting": guard("savings_crediting"),
    "savings_movement": guard("savings_movement", within="payung_membership_in_area(membership_id)"),
}
DEEDS = {
    "savings_rate": ("bill",),
    "savings_crediting": ("confirm_posted",),
    "savings_movement": ("confirm_posted",),
}
APPEND_ONLY = "".join(
    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
    for table in GUARDS
)
PROMISES = """
CREATE FUNCTION savings_check_sums() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM savings_movement WHERE crediting_id = NEW.id AND extract(year FROM month) = NEW.year
        HAVING (count(*), sum(employer_rupiah), sum(worker_rupiah), sum(return_rupiah))
             = (NEW.movement_count, NEW.employer_rupiah, NEW.worker_rupiah, NEW.return_rupiah)
    ) THEN
        RAISE EXCEPTION 'the movements of crediting % do not add up to what it declares', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON savings_crediting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION savings_check_sums();

CREATE FUNCTION savings_check_new_movements() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    -- What is added after its act is committed would slip past the sums above.
    IF EXISTS (SELECT 1 FROM savings_crediting c WHERE c.id IN (SELECT crediting_id FROM added)
               AND c.movement_count < (SELECT count(*) FROM savings_movement m WHERE m.crediting_id = c.id)) THEN
        RAISE EXCEPTION 'a crediting takes no movements later' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM savings_rate r JOIN approvals_proposal p ON p.id = r.proposal_id
               WHERE r.id IN (SELECT rate_id FROM added) AND p.state <> 'approved') THEN
        RAISE EXCEPTION 'this rate was not approved' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER added_with_its_act AFTER INSERT ON savings_movement REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION savings_check_new_movements();
"""
FORWARD = (
    "".join(GUARDS.values())
    + "".join(writers(table, *deeds) for table, deeds in DEEDS.items())
    + APPEND_ONLY
    + PROMISES
)
BACKWARD = (
    "DROP TRIGGER added_with_its_act ON savings_movement; DROP FUNCTION savings_check_new_movements();"
    "DROP TRIGGER adds_up ON savings_crediting; DROP FUNCTION savings_check_sums();"
    + "".join(f"DROP TRIGGER append_only ON {table};" for table in GUARDS)
    + "".join(map(no_writers, DEEDS))
    + "".join(map(unguard, GUARDS))
)


class Migration(migrations.Migration):
    dependencies = [
        ("savings", "0001_initial"),
        ("billing", "0007_run_promises"),
        ("places", "0006_writers"),
        ("registry", "0003_area"),
        ("access", "0004_statistics"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
