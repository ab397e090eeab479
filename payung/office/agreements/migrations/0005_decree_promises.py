"""The promises of decree lists: the quota holds on every day, and nothing stands but what an approved paper says."""

from django.db import migrations

from payung.office.access.row_history import forget_history, keep_history
from payung.office.places.policies import guard, in_opds, in_villages, no_writers, unguard, writers

DEFINER = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"
FUNCTIONS = f"""
CREATE FUNCTION agreements_check_slot() RETURNS trigger {DEFINER} AS $$
BEGIN
    PERFORM 1 FROM agreements_decree d WHERE d.id = NEW.decree_id AND d.quota >= NEW.number FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'slot % lies beyond the quota', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'slot_within_quota';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION agreements_check_quota() RETURNS trigger {DEFINER} AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM agreements_slot s WHERE s.decree_id = NEW.id AND s.number > NEW.quota) THEN
        RAISE EXCEPTION 'the quota of decree % is below its slots', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'slot_within_quota';
    END IF;
    RETURN NEW;
END $$;

-- Whether this amendment, in this version, was approved.
CREATE FUNCTION agreements_is_approved(bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM agreements_amendment a JOIN approvals_proposal p ON p.id = a.proposal_id
        WHERE a.id = $1 AND p.state = 'approved' AND p.version = a.version AND p.kind = 'decree'
          AND p.government_id = a.government_id) $$;

CREATE FUNCTION agreements_check_amendment() RETURNS trigger {DEFINER} AS $$
BEGIN
    IF OLD.in_force_at IS NOT NULL OR NEW.in_force_at IS NULL OR NEW.in_force_by_id IS NULL
       OR to_jsonb(NEW) - ARRAY['in_force_at', 'in_force_by_id']
          IS DISTINCT FROM to_jsonb(OLD) - ARRAY['in_force_at', 'in_force_by_id']
       OR NOT agreements_is_approved(NEW.id) THEN
        RAISE EXCEPTION 'amendment % comes into force once, after approval', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'amendment_approved';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION agreements_check_item() RETURNS trigger {DEFINER} AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM agreements_amendment a JOIN agreements_slot s ON s.decree_id = a.decree_id
                   WHERE a.id = NEW.amendment_id AND s.id = NEW.slot_id AND a.government_id = NEW.government_id
                     AND (s.share = '' OR NEW.kind = 'end'
                          OR s.share IN (NEW.kecamatan_code, NEW.desa_code, NEW.segment))) THEN
        RAISE EXCEPTION 'slot % is kept for others', NEW.slot_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'slot_kept_for_share';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION agreements_check_entry() RETURNS trigger {DEFINER} AS $$
BEGIN
    IF NOT agreements_is_approved(NEW.amendment_id)
       OR NOT EXISTS (SELECT 1 FROM agreements_amendmentitem i JOIN agreements_amendment a ON a.id = i.amendment_id
                      WHERE i.amendment_id = NEW.amendment_id AND i.kind = 'add' AND i.slot_id = NEW.slot_id
                        AND i.row_id = NEW.row_id AND i.from_day = NEW.from_day AND a.decree_id = NEW.decree_id
                        AND (NEW.ended_by_id IS NOT NULL OR i.until_day IS NOT DISTINCT FROM NEW.until_day))
       OR (NEW.ended_by_id IS NOT NULL AND NOT (agreements_is_approved(NEW.ended_by_id)
           AND EXISTS (SELECT 1 FROM agreements_amendmentitem i
                       WHERE i.amendment_id = NEW.ended_by_id AND i.kind = 'end' AND i.slot_id = NEW.slot_id
                         AND i.person_id = NEW.person_id))) THEN
        RAISE EXCEPTION 'an entry stands by an approved amendment alone'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_as_approved';
    END IF;
    RETURN NEW;
END $$;
"""
TRIGGERS = """
CREATE TRIGGER within_quota BEFORE INSERT OR UPDATE ON agreements_slot
    FOR EACH ROW EXECUTE FUNCTION agreements_check_slot();
CREATE TRIGGER above_slots BEFORE UPDATE ON agreements_decree
    FOR EACH ROW EXECUTE FUNCTION agreements_check_quota();
CREATE TRIGGER in_force_once BEFORE UPDATE ON agreements_amendment
    FOR EACH ROW EXECUTE FUNCTION agreements_check_amendment();
CREATE TRIGGER never_deleted BEFORE DELETE ON agreements_amendment
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
CREATE TRIGGER kept_for_share BEFORE INSERT ON agreements_amendmentitem
    FOR EACH ROW EXECUTE FUNCTION agreements_check_item();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON agreements_amendmentitem
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
CREATE TRIGGER as_approved BEFORE INSERT ON agreements_entry
    FOR EACH ROW EXECUTE FUNCTION agreements_check_entry();
CREATE TRIGGER replace_only BEFORE UPDATE ON agreements_entry
    FOR EACH ROW EXECUTE FUNCTION payung_replace_only();
CREATE TRIGGER never_deleted BEFORE DELETE ON agreements_entry
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
"""
DROP = """
DROP TRIGGER never_deleted ON agreements_entry; DROP TRIGGER replace_only ON agreements_entry;
DROP TRIGGER as_approved ON agreements_entry; DROP TRIGGER append_only ON agreements_amendmentitem;
DROP TRIGGER kept_for_share ON agreements_amendmentitem; DROP TRIGGER never_deleted ON agreements_amendment;
DROP TRIGGER in_force_once ON agreements_amendment; DROP TRIGGER above_slots ON agreements_decree;
DROP TRIGGER within_quota ON agreements_slot;
DROP FUNCTION agreements_check_entry(); DROP FUNCTION agreements_check_item();
DROP FUNCTION agreements_check_amendment(); DROP FUNCTION agreements_is_approved(bigint);
DROP FUNCTION agreements_check_quota(); DROP FUNCTION agreements_check_slot();
"""
LIVES_THERE = in_villages("kecamatan_code", "desa_code")
OF_DECREE = f"EXISTS (SELECT 1 FROM agreements_decree d WHERE d.id = decree_id AND {in_opds('d.opd_id')})"
OF_AMENDMENT = (
    "EXISTS (SELECT 1 FROM agreements_amendment a JOIN agreements_decree d ON d.id = a.decree_id"
    f" WHERE a.id = amendment_id AND {in_opds('d.opd_id')})"
)
GUARDS = {
    "agreements_decree": guard("agreements_decree", within="true"),
    "agreements_slot": guard("agreements_slot", within="true"),
    "agreements_amendment": guard("agreements_amendment", within="true"),
    "agreements_amendmentitem": guard("agreements_amendmentitem", within=f"({LIVES_THERE} OR {OF_AMENDMENT})"),
    "agreements_entry": guard("agreements_entry", within=f"({LIVES_THERE} OR {OF_DECREE})"),
}


class Migration(migrations.Migration):
    dependencies = [("agreements", "0004_decree_lists"), ("places", "0006_writers"), ("access", "0011_row_history")]
    operations = [
        migrations.RunSQL(
            FUNCTIONS
            + TRIGGERS
            + "".join(GUARDS.values())
            + "".join(writers(table, "verify_candidate") for table in GUARDS)
            + keep_history("agreements_decree"),
            forget_history("agreements_decree")
            + "".join(map(no_writers, GUARDS))
            + "".join(map(unguard, GUARDS))
            + DROP,
        )
    ]
