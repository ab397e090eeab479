"""The ledger's promises: journals balance at commit, nothing is ever edited or removed.

The checks run as the owner: at commit nobody may be looking any more, and row-level security would show them nothing.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION ledger_balanced() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT coalesce(sum(amount_rupiah), 1) FROM ledger_entry WHERE journal_id = NEW.id) <> 0 THEN
        RAISE EXCEPTION 'journal % does not balance', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger_journal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balanced();

CREATE FUNCTION ledger_entry_balanced() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    -- Entries added later must balance among themselves too, so a journal balances at every commit.
    IF (SELECT sum(amount_rupiah) FROM ledger_entry WHERE journal_id = NEW.journal_id) <> 0 THEN
        RAISE EXCEPTION 'journal % does not balance', NEW.journal_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_balanced();
"""
TABLES = ("ledger_account", "ledger_journal", "ledger_entry")
APPEND_ONLY = "".join(
    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();"
    for table in TABLES
)
BACKWARD = (
    "DROP TRIGGER balanced ON ledger_journal; DROP FUNCTION ledger_balanced();"
    "DROP TRIGGER balanced ON ledger_entry; DROP FUNCTION ledger_entry_balanced();"
    + "".join(f"DROP TRIGGER append_only ON {table};" for table in TABLES)
)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("access", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD + APPEND_ONLY, BACKWARD)]
