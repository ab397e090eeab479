"""Sealed values say which key they are sealed with; facts may be sealed anew and in no other way changed.

The two guards of `access` learn one exception: the owner of the table, while `payung.resealing` is on, may change
sealed columns (their name says `sealed`) and nothing else. A table with sealed columns that only grows carries its
guard FOR EACH ROW, or not even that is possible; a test looks.
"""

from django.db import migrations

SEALED = {
    "files_keptfile": ("sealed_content",),
    "files_row": ("nik_sealed", "kk_sealed", "kpj_sealed", "phone_sealed", "mother_name_sealed"),
    "files_finding": ("sealed_detail",),
    "registry_person": ("nik_sealed", "kk_sealed", "phone_sealed", "mother_name_sealed"),
    "registry_membership": ("kpj_sealed",),
}


def _each(change: str) -> str:
    return "".join(
        f"UPDATE {table} SET " + ", ".join(f"{name} = {change.format(name=name)}" for name in names) + ";"
        for table, names in SEALED.items()
    )


FUNCTIONS = """
CREATE FUNCTION payung_resealing(relation oid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('payung.resealing', true), '') = 'on'
       AND pg_has_role(current_user, c.relowner, 'USAGE') FROM pg_class c WHERE c.oid = relation $$;
CREATE FUNCTION payung_only_sealed(before jsonb, after jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT NOT EXISTS (SELECT 1 FROM jsonb_each(before) b FULL JOIN jsonb_each(after) a USING (key)
                       WHERE a.value IS DISTINCT FROM b.value AND key NOT LIKE '%sealed%') $$;

CREATE OR REPLACE FUNCTION payung_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_LEVEL = 'ROW' AND TG_OP = 'UPDATE' AND payung_resealing(TG_RELID) THEN
        IF payung_only_sealed(to_jsonb(OLD), to_jsonb(NEW)) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE OR REPLACE FUNCTION payung_replace_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.replaced_at IS NULL AND NEW.replaced_at IS NOT NULL
       AND (to_jsonb(NEW) - 'replaced_at') = (to_jsonb(OLD) - 'replaced_at') THEN
        RETURN NEW;
    END IF;
    IF payung_resealing(TG_RELID) AND payung_only_sealed(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are replaced, never changed', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
BACKWARD = """
CREATE OR REPLACE FUNCTION payung_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE FUNCTION payung_replace_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.replaced_at IS NULL AND NEW.replaced_at IS NOT NULL
       AND (to_jsonb(NEW) - 'replaced_at') = (to_jsonb(OLD) - 'replaced_at') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are replaced, never changed', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
DROP FUNCTION payung_resealing(oid); DROP FUNCTION payung_only_sealed(jsonb, jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_initial"),
        ("access", "0006_audit_promises"),
        ("files", "0002_area"),
        ("registry", "0003_area"),
    ]
    operations = [
        migrations.RunSQL(
            _each("'\\x01'::bytea || {name}") + FUNCTIONS,
            _each("substr({name}, 2)") + BACKWARD,
        )
    ]
