"""The audit's hash chain: how it is computed in the database, and the walk that finds where it was bent.

Every government has a chain of its own, numbered without gaps; deeds outside any government are chain 0. A link is
the SHA-256 of the link before it and of the event: who, when, from where, what, and a hash of its detail. The detail
itself can therefore be redacted later while the chain stays. A salt keeps short details from being guessed back.

The links are made when a transaction commits, so that only commits of one government wait for each other, and only
for as long as a commit takes. Whoever can rewrite whole tables can also rewrite a whole chain: only a head that was
written down elsewhere shows that (`expected`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper

PAYLOAD_HASH = "sha256(convert_to(coalesce(e.salt::text, '') || e.detail::text, 'UTF8'))"
"""Over a row `e` of access_auditevent."""


def link_hash(*, chain: str, position: str, payload_hash: str, previous: str) -> str:
    """The SQL of a link over a row `e` of access_auditevent. Text, times and numbers have one form each."""
    return (
        f"sha256({previous} || convert_to(jsonb_build_array({chain}, {position}, e.id,"
        " (extract(epoch FROM e.at) * 1000000)::bigint, e.by_id, e.deed, e.subject, e.origin,"
        f" encode({payload_hash}, 'hex'))::text, 'UTF8'))"
    )


ADD_LINK = f"""
CREATE FUNCTION payung_add_audit_link(e access_auditevent) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    own_chain bigint := coalesce(e.government_id, 0);
    own_position bigint := 1;
    previous bytea := ''::bytea;
    payload bytea := {PAYLOAD_HASH};
    last record;
BEGIN
    -- Commits of one government take their turn; two governments never wait for each other.
    PERFORM pg_advisory_xact_lock(hashtextextended('payung audit', own_chain));
    SELECT l.position, l.link INTO last FROM access_auditlink l
        WHERE l.chain = own_chain ORDER BY l.position DESC LIMIT 1;
    IF FOUND THEN
        own_position := last.position + 1;
        previous := last.link;
    END IF;
    INSERT INTO access_auditlink (chain, position, event_id, payload_hash, link) VALUES (
        own_chain, own_position, e.id, payload,
        {link_hash(chain="own_chain", position="own_position", payload_hash="payload", previous="previous")});
END $$;
CREATE FUNCTION payung_link_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM payung_add_audit_link(NEW);
    RETURN NULL;
END $$;
"""  # noqa: S608  # our own text
KEEP_HEAD = """
CREATE FUNCTION payung_keep_audit_head() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    -- Once for a transaction, however many events it has: a row updated ten thousand times is slow to find.
    IF NOT EXISTS (SELECT 1 FROM access_auditlink l WHERE l.chain = NEW.chain AND l.position > NEW.position) THEN
        INSERT INTO access_audithead (chain, position, link) VALUES (NEW.chain, NEW.position, NEW.link)
        ON CONFLICT (chain) DO UPDATE SET position = excluded.position, link = excluded.link;
    END IF;
    RETURN NULL;
END $$;
"""
REDACT = """
CREATE FUNCTION payung_redact_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL AND NEW.salt IS NULL AND NEW.detail = '{}'::jsonb
       AND (to_jsonb(NEW) - '{detail,salt,redacted_at}'::text[]) = (to_jsonb(OLD) - '{detail,salt,redacted_at}'::text[])
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION payung_redact_audit(event bigint, moment timestamptz) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    -- Only within the government that is told, and only for whoever sees all of it.
    UPDATE access_auditevent SET detail = '{}', salt = NULL, redacted_at = moment
    WHERE id = event AND redacted_at IS NULL
      AND government_id = nullif(current_setting('payung.government', true), '')::bigint
      AND current_setting('payung.opds', true) = '*';
    RETURN FOUND;
END $$;
"""
OWNERS_ALONE = "".join(
    f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC;"
    for function in ("payung_add_audit_link(access_auditevent)", "payung_link_audit()", "payung_keep_audit_head()")
)
"""Otherwise the serving role could make links of its own, by hand or by a trigger on a temporary table."""

_STORED = link_hash(chain="l.chain", position="l.position", payload_hash="l.payload_hash", previous="l.previous")
_WALK = f"""
    WITH linked AS (
        SELECT l.*, lag(l.link, 1, ''::bytea) OVER walk AS previous, lag(l.position, 1, 0::bigint) OVER walk AS before
        FROM access_auditlink l WINDOW walk AS (PARTITION BY l.chain ORDER BY l.position)
    ), judged AS (
        SELECT l.chain, least(l.position, l.before + 1) AS position, l.event_id, CASE
            WHEN l.position <> l.before + 1 THEN 'link_missing'
            WHEN e.id IS NULL THEN 'event_missing'
            WHEN l.link IS DISTINCT FROM
                {_STORED} THEN 'event_changed'
            WHEN coalesce(e.government_id, 0) <> l.chain THEN 'event_changed'
            WHEN e.redacted_at IS NOT NULL THEN CASE WHEN EXISTS (
                SELECT 1 FROM access_auditevent r
                WHERE r.subject = 'audit:' || e.id AND r.deed = 'redact' AND r.id > e.id) THEN NULL
                ELSE 'redacted_unrecorded' END
            WHEN l.payload_hash IS DISTINCT FROM {PAYLOAD_HASH} THEN 'detail_changed'
            END AS fault
        FROM linked l LEFT JOIN access_auditevent e ON e.id = l.event_id
    ), unlinked AS (
        SELECT coalesce(e.government_id, 0) AS chain, NULL::bigint AS position, e.id AS event_id,
               'event_unlinked' AS fault
        FROM access_auditevent e WHERE NOT EXISTS (SELECT 1 FROM access_auditlink l WHERE l.event_id = e.id)
    ), tails AS (
        SELECT coalesce(h.chain, t.chain) AS chain, least(h.position, t.position) + 1 AS position,
               NULL::bigint AS event_id, 'tail_missing' AS fault
        FROM access_audithead h FULL JOIN (
            SELECT DISTINCT ON (chain) chain, position, link FROM access_auditlink ORDER BY chain, position DESC
        ) t ON t.chain = h.chain
        WHERE h.link IS DISTINCT FROM t.link OR h.position IS DISTINCT FROM t.position
    ), faults AS (
        SELECT * FROM judged WHERE fault IS NOT NULL UNION ALL SELECT * FROM unlinked UNION ALL SELECT * FROM tails
    )
    SELECT DISTINCT ON (f.chain) f.chain, f.position, f.event_id, f.fault, e.at, e.deed
    FROM faults f LEFT JOIN access_auditevent e ON e.id = f.event_id
    ORDER BY f.chain, f.position NULLS LAST, f.event_id
"""  # noqa: S608  # our own text
_HEADS = """
    SELECT l.chain, count(*), max(l.position), (array_agg(l.link ORDER BY l.position DESC))[1]
    FROM access_auditlink l GROUP BY l.chain
    UNION ALL
    SELECT h.chain, 0, 0, ''::bytea FROM access_audithead h
    WHERE NOT EXISTS (SELECT 1 FROM access_auditlink l WHERE l.chain = h.chain)
    ORDER BY 1
"""


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold. `position` is None for an event that never was in it."""

    fault: str
    position: int | None
    event_id: int | None
    at: datetime | None
    deed: str | None


@dataclass(frozen=True)
class Walked:
    """One chain, walked from its first link to its last. `chain` is the government's id, 0 for none."""

    chain: int
    links: int
    position: int
    link: str
    broken: Break | None


def walk(*, using: str, expected: Mapping[int, tuple[int, str]] | None = None) -> list[Walked]:
    """Every chain of the installation, seen by the owner of the tables.

    `expected` holds heads that were written down earlier (position, link in hex): a chain that no longer contains
    one was rewritten, or cut and grown again.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return _walked(cursor, expected or {})


def walk_seen() -> list[Walked]:
    """The same of the chains that the reader of the running transaction may see, as they stand while it runs."""
    with connection.cursor() as cursor:
        return _walked(cursor, {})


def _walked(cursor: CursorWrapper, expected: Mapping[int, tuple[int, str]]) -> list[Walked]:
    cursor.execute("SET LOCAL work_mem = '256MB'")
    # The heads first: every link up to them is walked, whatever is added meanwhile.
    cursor.execute(_HEADS)
    heads = {chain: (links, position, bytes(link).hex()) for chain, links, position, link in cursor}
    cursor.execute(_WALK)
    breaks = {chain: Break(fault, position, event, at, deed) for chain, position, event, fault, at, deed in cursor}
    for chain, (position, link) in expected.items():
        cursor.execute(
            "SELECT encode(link, 'hex') FROM access_auditlink WHERE chain = %s AND position = %s", [chain, position]
        )
        if cursor.fetchone() != (link,):
            breaks.setdefault(chain, Break("head_unknown", position, None, None, None))
    none = (0, 0, "")
    return [Walked(chain, *heads.get(chain, none), breaks.get(chain)) for chain in sorted({*heads, *breaks})]
