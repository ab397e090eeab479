"""What a backup says of itself: when, by which version, how many rows, which heads of the chains, which keys."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from payung.doors.installation.folder import FolderUnusable

FORMAT = 1
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
HEADS = {
    "audit": "SELECT chain, position, encode(link, 'hex') FROM access_audithead ORDER BY 1",
    "ledger": """SELECT DISTINCT ON (chain) chain, position, encode(link, 'hex')
                 FROM ledger_journallink ORDER BY chain, position DESC""",
}
"""The newest link of every chain: what a restored installation must lead to again."""


@dataclass(frozen=True)
class Manifest:
    """`rows` by table, `heads` by chain as payung audit/ledger verify prints them, `keys` version -> fingerprint."""

    format: int
    version: str
    at: str
    server: int
    serving_role: str
    synthetic: bool
    migrations: list[str]
    rows: dict[str, int]
    heads: dict[str, list[str]]
    keys: dict[str, str]
    dump_bytes: int
    dump_sha256: str

    def text(self) -> str:
        """As JSON, for the file."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False)


def parse(text: str) -> Manifest:
    """Raises FolderUnusable when it is not ours, or of a format that a newer Payung made."""
    try:
        found: dict[str, Any] = json.loads(text)
        if found["format"] != FORMAT:
            raise FolderUnusable(
                f"Cadangan ini berformat {found['format']}; Payung ini mengenal {FORMAT}. Pakai Payung yang lebih baru."
            )
        return Manifest(**found)
    except (ValueError, KeyError, TypeError) as problem:
        raise FolderUnusable(
            "Keterangan di dalam cadangan tidak terbaca; berkas rusak atau bukan cadangan."
        ) from problem


def fingerprint(key: str) -> str:
    """Tells two random keys of 64 bytes apart and gives neither away."""
    return hashlib.sha256(f"payung key {key}".encode()).hexdigest()[:16]


def fingerprints(keys: Mapping[int, str]) -> dict[str, str]:
    """Version -> fingerprint, as a manifest holds them."""
    return {str(version): fingerprint(key) for version, key in sorted(keys.items())}


def row_counts(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Table -> rows, as the connection's transaction sees them."""
    names = [str(name) for (name,) in connection.execute(TABLES)]
    counts = {}
    for name in names:
        found = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
        counts[name] = int(found[0]) if found else 0
    return counts


def chain_heads(connection: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """Kind -> the heads, each CHAIN:POSITION:HASH."""
    return {
        kind: [f"{chain}:{position}:{link}" for chain, position, link in connection.execute(query)]
        for kind, query in HEADS.items()
    }


def migrations(connection: psycopg.Connection[Any]) -> list[str]:
    """app.name of each migration that was carried out."""
    return [
        f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")
    ]


def unknown_migrations(manifest: Manifest) -> list[str]:
    """Migrations of our rooms that this Payung does not have: the backup comes from a newer one."""
    floors = Path(__file__).parents[2]
    known = {f"{path.parents[1].name}.{path.stem}" for path in floors.glob("*/*/migrations/[0-9]*.py")}
    rooms = {name.split(".")[0] for name in known}
    return [name for name in manifest.migrations if name.split(".")[0] in rooms and name not in known]
