"""Two works over many rows at once must not wait for each other's statistics, which they hold until they commit.

Whoever finds a table being looked through goes on with what is known of it; in two orders they would block each other
for good.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION payung_refresh_statistics(tables text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY tables LOOP
        EXECUTE format('ANALYZE {how} %I', name);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0013_user_must_change_password")]
    operations = [migrations.RunSQL(FUNCTION.replace("{how}", "(SKIP_LOCKED)"), FUNCTION.replace("{how} ", ""))]
