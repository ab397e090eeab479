"""Journals are chained at commit, take no later entry, mirror what they reverse, and stay out of closed periods."""

from django.db import migrations

from payung.office.ledger.chain import ADD_LINK
from payung.office.places.policies import guard, unguard

PROMISES = """
CREATE FUNCTION ledger_sealed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ledger_journallink WHERE journal_id = NEW.journal_id) THEN
        RAISE EXCEPTION 'journal % is sealed', NEW.journal_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sealed BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_sealed();

CREATE FUNCTION ledger_period_open() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    -- A closing waits for the journals that are under way, and the other way round.
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('payung closing', NEW.government));
    IF EXISTS (SELECT 1 FROM ledger_closing c WHERE c.government = NEW.government AND c.through >= NEW.booked_on) THEN
        RAISE EXCEPTION 'the period of % is closed', NEW.booked_on USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER period_open BEFORE INSERT ON ledger_journal FOR EACH ROW EXECUTE FUNCTION ledger_period_open();

CREATE FUNCTION ledger_closing_forward() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('payung closing', NEW.government));
    IF EXISTS (SELECT 1 FROM ledger_closing c WHERE c.government = NEW.government AND c.through >= NEW.through) THEN
        RAISE EXCEPTION 'closed through a later day already' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER forward BEFORE INSERT ON ledger_closing FOR EACH ROW EXECUTE FUNCTION ledger_closing_forward();

CREATE FUNCTION ledger_mirrors() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.reverses_id IS NOT NULL AND (
        NOT EXISTS (SELECT 1 FROM ledger_journal j WHERE j.id = NEW.reverses_id AND j.government = NEW.government)
        OR EXISTS (SELECT 1 FROM ledger_entry WHERE journal_id IN (NEW.id, NEW.reverses_id)
                   GROUP BY account_id HAVING sum(amount_rupiah) <> 0)
    ) THEN
        RAISE EXCEPTION 'journal % does not mirror %', NEW.id, NEW.reverses_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER mirrors AFTER INSERT ON ledger_journal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_mirrors();
CREATE CONSTRAINT TRIGGER linked AFTER INSERT ON ledger_journal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_link();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_journallink
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_closing
    FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
"""
GUARDS = """
ALTER TABLE ledger_journallink ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON ledger_journallink FOR SELECT USING (chain = (SELECT payung_government()));
""" + guard("ledger_closing", own="government = (SELECT payung_government())")
EARLIER_JOURNALS = """
DO $$
DECLARE j ledger_journal;
BEGIN
    FOR j IN SELECT * FROM ledger_journal ORDER BY id LOOP
        PERFORM ledger_add_link(j);
    END LOOP;
END $$;
"""
BACKWARD = """
DROP POLICY seen ON ledger_journallink; ALTER TABLE ledger_journallink DISABLE ROW LEVEL SECURITY;
DROP TRIGGER append_only ON ledger_journallink; DROP TRIGGER append_only ON ledger_closing;
DROP TRIGGER linked ON ledger_journal; DROP TRIGGER mirrors ON ledger_journal;
DROP TRIGGER period_open ON ledger_journal; DROP TRIGGER sealed ON ledger_entry; DROP TRIGGER forward ON ledger_closing;
DROP FUNCTION ledger_link(); DROP FUNCTION ledger_add_link(ledger_journal); DROP FUNCTION ledger_mirrors();
DROP FUNCTION ledger_sealed(); DROP FUNCTION ledger_period_open(); DROP FUNCTION ledger_closing_forward();
DELETE FROM ledger_journallink;
""" + unguard("ledger_closing")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_chain_and_closings")]
    operations = [migrations.RunSQL(ADD_LINK + PROMISES + GUARDS + EARLIER_JOURNALS, BACKWARD)]
