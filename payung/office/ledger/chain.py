"""The ledger's hash chain: made in the database at commit, recomputed from the tables, and the walk that finds a break.

Every government has a chain of its own, numbered without gaps. A link is the SHA-256 of the link before it and of the
journal with its entries; once it stands, the journal takes no further entry. Whoever can rewrite whole tables can also
rewrite a whole chain: only a head that was written down elsewhere shows that (`expected`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper


def link_hash(*, chain: str, position: str, previous: str) -> str:
    """The SQL of a link over a row `j` of ledger_journal. Days, times and numbers have one form each."""
    return (
        f"sha256({previous} || convert_to("  # noqa: S608  # our own text
        f"jsonb_build_array({chain}, {position}, j.id, j.key, j.booked_on::text, j.memo,"
        " (extract(epoch FROM j.recorded_at) * 1000000)::bigint, j.reverses_id,"
        " (SELECT jsonb_agg(jsonb_build_array(a.code, e.amount_rupiah) ORDER BY e.id)"
        " FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id WHERE e.journal_id = j.id)"
        ")::text, 'UTF8'))"
    )


ADD_LINK = f"""
CREATE FUNCTION ledger_add_link(j ledger_journal) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    own_position bigint := 1;
    previous bytea := ''::bytea;
    last record;
BEGIN
    -- Commits of one government take their turn; two governments never wait for each other.
    PERFORM pg_advisory_xact_lock(hashtextextended('payung ledger', j.government));
    SELECT l.position, l.link INTO last FROM ledger_journallink l
        WHERE l.chain = j.government ORDER BY l.position DESC LIMIT 1;
    IF FOUND THEN
        own_position := last.position + 1;
        previous := last.link;
    END IF;
    INSERT INTO ledger_journallink (chain, position, journal_id, link) VALUES (j.government, own_position, j.id,
        {link_hash(chain="j.government", position="own_position", previous="previous")});
END $$;
CREATE FUNCTION ledger_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM ledger_add_link(NEW);
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION ledger_add_link(ledger_journal) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION ledger_link() FROM PUBLIC;
"""  # noqa: S608  # our own text

_STORED = link_hash(chain="l.chain", position="l.position", previous="l.previous")
_WALK = f"""
    WITH linked AS (
        SELECT l.*, lag(l.link, 1, ''::bytea) OVER walk AS previous, lag(l.position, 1, 0::bigint) OVER walk AS before
        FROM ledger_journallink l WINDOW walk AS (PARTITION BY l.chain ORDER BY l.position)
    ), faults AS (
        SELECT l.chain, least(l.position, l.before + 1) AS position, l.journal_id, CASE
            WHEN l.position <> l.before + 1 THEN 'link_missing'
            WHEN j.id IS NULL THEN 'journal_missing'
            WHEN l.link IS DISTINCT FROM {_STORED} THEN 'journal_changed'
            END AS fault
        FROM linked l LEFT JOIN ledger_journal j ON j.id = l.journal_id
        UNION ALL
        SELECT j.government, NULL, j.id, 'journal_unlinked' FROM ledger_journal j
        WHERE NOT EXISTS (SELECT 1 FROM ledger_journallink l WHERE l.journal_id = j.id)
        UNION ALL
        SELECT j.government, NULL, j.id, 'unbalanced' FROM ledger_journal j
        WHERE (SELECT coalesce(sum(e.amount_rupiah), 1) FROM ledger_entry e WHERE e.journal_id = j.id) <> 0
    )
    SELECT DISTINCT ON (f.chain) f.chain, f.position, f.fault, j.key
    FROM faults f LEFT JOIN ledger_journal j ON j.id = f.journal_id WHERE f.fault IS NOT NULL
    ORDER BY f.chain, f.position NULLS LAST, f.journal_id
"""  # noqa: S608  # our own text
_HEADS = """
    SELECT chain, count(*), max(position), encode((array_agg(link ORDER BY position DESC))[1], 'hex')
    FROM ledger_journallink GROUP BY chain ORDER BY chain
"""


@dataclass(frozen=True)
class Break:
    """The first place where a ledger does not hold. `position` is None for a journal outside the chain."""

    fault: str
    position: int | None
    key: str | None


@dataclass(frozen=True)
class Walked:
    """One government's chain, walked from its first journal to its last."""

    government_id: int
    journals: int
    position: int
    link: str
    broken: Break | None


def walk(*, using: str, expected: Mapping[int, tuple[int, str]] | None = None) -> list[Walked]:
    """Every ledger of the installation, seen by the owner of the tables.

    `expected` holds heads that were written down earlier (position, link in hex): a ledger that no longer contains
    one was rewritten, or cut and grown again.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return _walked(cursor, expected or {})


def walk_seen() -> list[Walked]:
    """The same of the ledgers that the reader of the running transaction may see, as they stand while it runs."""
    with connection.cursor() as cursor:
        return _walked(cursor, {})


def _walked(cursor: CursorWrapper, expected: Mapping[int, tuple[int, str]]) -> list[Walked]:
    # The heads first: every journal up to them is walked, whatever is booked meanwhile.
    cursor.execute(_HEADS)
    heads = {chain: (journals, position, link) for chain, journals, position, link in cursor}
    cursor.execute(_WALK)
    breaks = {chain: Break(fault, position, key) for chain, position, fault, key in cursor}
    for chain, (position, link) in expected.items():
        cursor.execute(
            "SELECT encode(link, 'hex') FROM ledger_journallink WHERE chain = %s AND position = %s", [chain, position]
        )
        if cursor.fetchone() != (link,):
            breaks.setdefault(chain, Break("head_unknown", position, None))
    return [Walked(chain, *heads.get(chain, (0, 0, "")), breaks.get(chain)) for chain in sorted({*heads, *breaks})]
