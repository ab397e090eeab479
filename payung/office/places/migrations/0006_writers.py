"""Who may write: the deeds of the told user decide, below every page and job. Users are kept by a trigger of rows."""

from django.db import migrations

from payung.office.places.policies import DROP_WRITERS, WRITERS, no_writers, writers

TABLES = {
    "places_opd": writers("places_opd", "set_office"),
    "places_paymentunit": writers("places_paymentunit", "set_office"),
    "places_opdunit": writers("places_opdunit", "set_office"),
    "places_userarea": writers("places_userarea", "manage_users"),
}
USERS = """
-- Whether a user was granted something in a government other than the one that is told.
CREATE FUNCTION places_works_elsewhere(bigint) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM places_userarea a
        WHERE a.user_id = $1 AND a.government_id IS DISTINCT FROM payung_government()) $$;

CREATE FUNCTION places_keep_users() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    deeds text := coalesce(current_setting('payung.deeds', true), '');
    own text[] := ARRAY['last_login', 'password', 'language', 'must_change_password'];
BEGIN
    IF deeds = '*' OR current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'last_login'::text = to_jsonb(OLD) - 'last_login'::text THEN
        RETURN NEW;  -- whoever signs in is not told yet, or is somebody else still
    END IF;
    IF payung_user() IS NULL OR payung_user() = OLD.id THEN
        -- Somebody who signs in or looks after the own account; before anybody is told, users are founded.
        IF TG_OP = 'INSERT' AND payung_user() IS NULL
           OR TG_OP = 'UPDATE' AND to_jsonb(NEW) - own = to_jsonb(OLD) - own THEN
            RETURN NEW;
        END IF;
    ELSIF coalesce(nullif(deeds, '')::text[] @> ARRAY['manage_users'], false) THEN
        IF TG_OP = 'INSERT' THEN
            RETURN NEW;
        END IF;
        IF TG_OP = 'UPDATE' AND NOT places_works_elsewhere(OLD.id)
           AND EXISTS (SELECT 1 FROM places_userarea a
                       WHERE a.user_id = OLD.id AND a.government_id = payung_government()) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'writing to access_user needs: manage_users, and a user of this government alone'
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER by_deed BEFORE INSERT OR UPDATE OR DELETE ON access_user
    FOR EACH ROW EXECUTE FUNCTION places_keep_users();
"""
BACKWARD = (
    "DROP TRIGGER by_deed ON access_user; DROP FUNCTION places_keep_users(); DROP FUNCTION places_works_elsewhere(bigint);"
    + "".join(map(no_writers, TABLES))
    + DROP_WRITERS
)


class Migration(migrations.Migration):
    dependencies = [("places", "0005_row_history"), ("access", "0013_user_must_change_password")]
    operations = [migrations.RunSQL(WRITERS + "".join(TABLES.values()) + USERS, BACKWARD)]
