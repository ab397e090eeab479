"""How a table is guarded: the SQL of its row-level policy, for the migrations of the rooms.

A rule is a condition over the row. `OWN` is always part of it: the row belongs to the government told in `scope`.
For users who see every OPD nothing else is asked; for the others the given condition must hold as well.

Seeing is not writing: `writers` names the deeds of which a user needs one to write to a table at all, whatever the
page or the job. A new table of the office is given both in its migration, or a test fails.
"""

FUNCTIONS = """
CREATE FUNCTION payung_user() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT nullif(current_setting('payung.user', true), '')::bigint $$;
CREATE FUNCTION payung_government() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT nullif(current_setting('payung.government', true), '')::bigint $$;
CREATE FUNCTION payung_whole() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT coalesce(current_setting('payung.opds', true), '') = '*' $$;
CREATE FUNCTION payung_opds() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT CASE WHEN coalesce(current_setting('payung.opds', true), '') IN ('', '*') THEN '{}'::bigint[]
              ELSE current_setting('payung.opds', true)::bigint[] END $$;
"""
DROP_FUNCTIONS = "".join(f"DROP FUNCTION payung_{name}();" for name in ("opds", "whole", "government", "user"))

VILLAGES = """
CREATE FUNCTION payung_villages() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT coalesce(nullif(current_setting('payung.villages', true), ''), '{}')::text[] $$;
"""
DROP_VILLAGES = "DROP FUNCTION payung_villages();"

OWN = "government_id = (SELECT payung_government())"
WHOLE = "(SELECT payung_whole())"
USER = "(SELECT payung_user())"


def in_opds(column: str) -> str:
    """The row's OPD is one of the user's."""
    return f"{column} = ANY ((SELECT payung_opds())::bigint[])"


LOOKS_AT_VILLAGES = "(SELECT cardinality(payung_villages()) > 0)"
"""The user sees people by where they live."""


def in_villages(kecamatan: str, desa: str) -> str:
    """The row's kecamatan or desa is one of the user's."""
    own = "ANY ((SELECT payung_villages())::text[])"
    return f"({kecamatan} = {own} OR {desa} = {own})"


def guard_anew(table: str, *, within: str, own: str = OWN) -> str:
    """Another rule for a table that is guarded already."""
    rule = f"{own} AND ({WHOLE} OR {within})"
    return f"ALTER POLICY area ON {table} USING ({rule}) WITH CHECK ({rule});"


def guard(table: str, *, within: str = "false", own: str = OWN) -> str:
    """Row-level security for a table: `own` and, for users who see less than everything, `within`.

    Leaving `within` out means that only users who see the whole government see the rows.
    """
    rule = f"{own} AND ({WHOLE} OR {within})"
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY area ON {table} USING ({rule}) WITH CHECK ({rule});"
    )


WRITERS = """
CREATE FUNCTION payung_require_deed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    deeds text := coalesce(current_setting('payung.deeds', true), '');
BEGIN
    -- The owner migrates, seals anew and keeps derived tables; "*" is the installation's own work.
    IF deeds = '*' OR current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        RETURN NULL;
    END IF;
    IF NOT coalesce(nullif(deeds, '')::text[] && TG_ARGV, false) THEN
        RAISE EXCEPTION 'writing to % needs one of: %', TG_TABLE_NAME, array_to_string(TG_ARGV, ', ')
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
"""
DROP_WRITERS = "DROP FUNCTION payung_require_deed();"


def writers(table: str, *deeds: str) -> str:
    """Only whose role may do one of these deeds writes to the table. Refuses aloud, also when no row would change."""
    listed = ", ".join(f"'{deed}'" for deed in deeds)
    return (
        f"CREATE TRIGGER by_deed BEFORE INSERT OR UPDATE OR DELETE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION payung_require_deed({listed});"
    )


def no_writers(table: str) -> str:
    """The way back."""
    return f"DROP TRIGGER by_deed ON {table};"


def more_writers(table: str, *deeds: str) -> str:
    """These deeds may write to the table too, whichever were named before and wherever."""
    return _other_writers(table, f"known || ARRAY[{_quoted(deeds)}]")


def fewer_writers(table: str, *deeds: str) -> str:
    """The way back."""
    return _other_writers(table, f"ARRAY(SELECT unnest(known) EXCEPT SELECT unnest(ARRAY[{_quoted(deeds)}]))")


def _quoted(deeds: tuple[str, ...]) -> str:
    return ", ".join(f"'{deed}'" for deed in deeds)


def _other_writers(table: str, deeds: str) -> str:
    told = "(SELECT string_agg(quote_literal(deed), ', ') FROM unnest(" + deeds + ") deed)"  # noqa: S608  # own words
    return f"""
DO $do$
DECLARE
    known text[];
BEGIN
    SELECT array_remove(string_to_array(encode(tgargs, 'escape'), E'\\\\000'), '') INTO STRICT known
    FROM pg_trigger WHERE tgrelid = '{table}'::regclass AND tgname = 'by_deed';
    DROP TRIGGER by_deed ON {table};
    EXECUTE format('CREATE TRIGGER by_deed BEFORE INSERT OR UPDATE OR DELETE ON {table}'
        ' FOR EACH STATEMENT EXECUTE FUNCTION payung_require_deed(%s)', {told});
END $do$;"""  # noqa: S608  # names of own tables, in migrations


def unguard(table: str) -> str:
    """The way back."""
    return f"DROP POLICY area ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
