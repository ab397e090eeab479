"""How a table is guarded: the SQL of its row-level policy, for the migrations of the rooms.

A rule is a condition over the row. `OWN` is always part of it: the row belongs to the government told in `scope`.
For users who see every OPD nothing else is asked; for the others the given condition must hold as well.
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


def unguard(table: str) -> str:
    """The way back."""
    return f"DROP POLICY area ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
