"""Two roles and a database: `payung_owner` migrates and owns, `payung_app` serves and owns nothing.

On the embedded server Payung does this itself. On a server of one's own a database administrator runs
the same statements once: `payung setup-sql` prints them.
"""

from dataclasses import dataclass

import psycopg
from psycopg import sql

OWNER, SERVING = "payung_owner", "payung_app"
EXTENSIONS = ("btree_gist", "pg_trgm")

ROLE_SQL = "CREATE ROLE {role} LOGIN"
GRANTS = (
    "ALTER DATABASE {database} OWNER TO {owner}",
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {serving}",
    "ALTER SCHEMA public OWNER TO {owner}",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO {serving}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
    " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {serving}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {serving}",
)
SERVING_SETTINGS = ("ALTER ROLE {serving} SET work_mem = '64MB'",)
LEAKPROOF = (
    # Under row-level security trigram and pattern operators may use their index only when they cannot leak.
    # They are dear, so that the cheap test of the area goes before them.
    "ALTER FUNCTION similarity_op(text, text) LEAKPROOF COST 500",
    "ALTER FUNCTION word_similarity_op(text, text) LEAKPROOF COST 500",
    "ALTER FUNCTION word_similarity_commutator_op(text, text) LEAKPROOF COST 500",
)


@dataclass(frozen=True)
class Addresses:
    """How to reach one database in each role."""

    serving: str
    owner: str


def statements(database: str) -> list[str]:
    """The SQL a database administrator runs once, in order; the last part inside the new database."""
    names = {"database": database, "owner": OWNER, "serving": SERVING}
    return [
        *(ROLE_SQL.format(role=role) + " PASSWORD '...'" for role in (OWNER, SERVING)),
        f"CREATE DATABASE {database} OWNER {OWNER} ENCODING 'UTF8'",
        f"\\connect {database}",
        *(f"CREATE EXTENSION IF NOT EXISTS {extension}" for extension in EXTENSIONS),
        *(text.format(**names) for text in GRANTS + SERVING_SETTINGS),
        *LEAKPROOF,
    ]


def make_database(superuser_address: str, database: str) -> Addresses:
    """Create roles, database, extensions and grants where missing; repeating it changes nothing."""
    with psycopg.connect(superuser_address, autocommit=True) as connection:
        for role in (OWNER, SERVING):
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connection.execute(sql.SQL(ROLE_SQL).format(role=sql.Identifier(role)))
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if not found:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(
                    sql.Identifier(database), sql.Identifier(OWNER)
                )
            )
    inside = psycopg.conninfo.make_conninfo(superuser_address, dbname=database)
    prepare_database(inside, database=database, owner_role=OWNER, serving_role=SERVING)
    return Addresses(
        serving=psycopg.conninfo.make_conninfo(inside, user=SERVING),
        owner=psycopg.conninfo.make_conninfo(inside, user=OWNER),
    )


def prepare_database(inside_address: str, *, database: str, owner_role: str, serving_role: str) -> None:
    """Extensions and grants inside a database, as its owner or a superuser; repeating it changes nothing.

    Only a superuser may mark functions leakproof: elsewhere the administrator's SQL does it.
    """
    names = {
        "database": sql.Identifier(database),
        "owner": sql.Identifier(owner_role),
        "serving": sql.Identifier(serving_role),
    }
    with psycopg.connect(inside_address, autocommit=True) as connection:
        for extension in EXTENSIONS:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        superuser = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
        full = bool(superuser and superuser[0])
        for text in GRANTS + SERVING_SETTINGS if full else GRANTS:
            connection.execute(sql.SQL(text).format(**names))
        for text in LEAKPROOF if full else ():
            connection.execute(text)
