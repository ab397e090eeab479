"""What a family told is seen by those who see the whole government, stays as told until it is settled, then empty."""

from django.db import migrations

from payung.office.places.policies import guard, no_writers, unguard, writers

TABLE = "claims_familyreport"
KEEP = """
CREATE FUNCTION claims_keep_report() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    settling constant text[] := ARRAY['told_sealed', 'address_key', 'settled_at', 'settled_by_id', 'case_id'];
BEGIN
    IF OLD.settled_at IS NULL AND NEW.settled_at IS NOT NULL AND to_jsonb(NEW) - settling = to_jsonb(OLD) - settling
       OR payung_resealing(TG_RELID) AND payung_only_sealed(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'report % is settled once', NEW.reference USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_family_reports")]
    operations = [
        migrations.RunSQL(
            guard(TABLE)
            + writers(TABLE, "open_claim")
            + KEEP
            + f"CREATE TRIGGER as_told BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION claims_keep_report();"
            f"CREATE TRIGGER never_deleted BEFORE DELETE ON {TABLE}"
            " FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();",
            f"DROP TRIGGER never_deleted ON {TABLE}; DROP TRIGGER as_told ON {TABLE};"
            "DROP FUNCTION claims_keep_report();" + no_writers(TABLE) + unguard(TABLE),
        )
    ]
