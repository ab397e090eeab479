"""What was recorded stays: two trigger functions, and the first table that uses one."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION payung_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION payung_replace_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.replaced_at IS NULL AND NEW.replaced_at IS NOT NULL
       AND (to_jsonb(NEW) - 'replaced_at') = (to_jsonb(OLD) - 'replaced_at') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are replaced, never changed', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON access_auditevent
FOR EACH STATEMENT EXECUTE FUNCTION payung_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FUNCTIONS + TRIGGER,
            "DROP TRIGGER append_only ON access_auditevent;"
            "DROP FUNCTION payung_append_only(); DROP FUNCTION payung_replace_only();",
        )
    ]
