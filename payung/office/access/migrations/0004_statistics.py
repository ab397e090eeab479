"""After many rows the planner must know of them at once; only the owner may tell it, so a function does."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION payung_refresh_statistics(tables text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY tables LOOP
        EXECUTE format('ANALYZE %I', name);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0003_area")]
    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION payung_refresh_statistics(text[]);")]
