"""Settings and reference data keep the history of their rows: SQL for the migrations of the rooms that own them.

Tables whose facts are only added (spells, jobs, journals, the audit itself) are their own history and need none.
"""

FUNCTION = """
CREATE FUNCTION payung_keep_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    without text[] := coalesce(TG_ARGV, '{}');
    was jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) - without END;
    is_now jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) - without END;
    whole jsonb := coalesce(is_now, was);
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, is_now -> o.key) INTO was, is_now
            FROM jsonb_each(was) o WHERE o.value IS DISTINCT FROM is_now -> o.key;
        IF was IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO access_rowchange (at, user_id, origin, government_id, table_name, record_id, before, after) VALUES (
        clock_timestamp(), nullif(current_setting('payung.user', true), '')::bigint,
        coalesce(nullif(current_setting('payung.origin', true), ''), current_setting('application_name')),
        coalesce((whole ->> 'government_id')::bigint, nullif(current_setting('payung.government', true), '')::bigint),
        TG_TABLE_NAME, (whole ->> 'id')::bigint, was, is_now);
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION payung_keep_history() FROM PUBLIC;
"""


def keep_history(table: str, *, without: tuple[str, ...] = ()) -> str:
    """Every change of a row of that table is kept, except of the columns named in `without`."""
    omitted = ", ".join(f"'{column}'" for column in without)
    return (
        f"CREATE TRIGGER history_kept AFTER INSERT OR UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION payung_keep_history({omitted});"
    )


def forget_history(table: str) -> str:
    """The way back."""
    return f"DROP TRIGGER history_kept ON {table};"
