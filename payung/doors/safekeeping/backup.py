"""A backup: one moment of the database, dumped while the office goes on working, and the keys in a file apart."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg

from payung import __version__
from payung.doors.installation.folder import DataFolder, FolderUnusable
from payung.doors.installation.keys import IDENTITY, KeyRing
from payung.doors.installation.roles import Addresses
from payung.doors.safekeeping.manifest import FORMAT, Manifest, chain_heads, fingerprints, migrations, row_counts
from payung.doors.safekeeping.programmes import call

MANIFEST, DUMP = "manifest.json", "database.dump"
SUFFIX, KEYS_SUFFIX = ".payung", ".kunci"
Say = Callable[[str], None]


@dataclass(frozen=True)
class BackUp:
    """What was written. `keys` is None when the environment holds the keys: then they are no file of ours."""

    path: Path
    keys: Path | None
    manifest: Manifest


def back_up(folder: DataFolder, addresses: Addresses, target: Path, *, at: datetime, say: Say) -> BackUp:
    """Write `payung-<moment>.payung` and its keys into `target`. Raises FolderUnusable; nothing half made stays there.

    The dump, the row counts and the heads of the chains are of one moment: they share a snapshot.
    """
    target.mkdir(parents=True, exist_ok=True)
    path = target / f"payung-{at:%Y%m%d-%H%M%S}{SUFFIX}"
    unfinished, dump = path.with_suffix(".sebagian"), path.with_suffix(".dump")
    ring = KeyRing(folder, told=os.environ.get(IDENTITY))
    try:
        manifest = _dumped(folder, addresses, dump, ring, at=at, say=say)
        say("menyusun berkas")
        _pack(unfinished, manifest, dump)
        keys = None if ring.from_environment else _keys(path.with_suffix(KEYS_SUFFIX), ring)
        unfinished.rename(path)
        _on_disk(target)
    except OSError as problem:
        raise FolderUnusable(f"Cadangan tidak dapat ditulis ke {target}: {problem.strerror}.") from problem
    finally:
        dump.unlink(missing_ok=True)
        unfinished.unlink(missing_ok=True)
    return BackUp(path, keys, manifest)


def _dumped(folder: DataFolder, addresses: Addresses, dump: Path, ring: KeyRing, *, at: datetime, say: Say) -> Manifest:
    connection = psycopg.connect(addresses.owner)
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    with connection:
        found = connection.execute("SELECT pg_export_snapshot(), pg_database_size(current_database())").fetchone()
        assert found is not None
        say(f"menyalin basis data ({int(found[1]) // 1_000_000} MB sebelum dipadatkan)")
        call(
            "pg_dump", "--format=custom", "--no-owner", "--schema=public", f"--snapshot={found[0]}",
            f"--file={dump}", f"--dbname={addresses.owner}",
        )  # fmt: skip
        say("menghitung baris")
        return Manifest(
            format=FORMAT,
            version=__version__,
            at=at.isoformat(),
            server=connection.info.server_version,
            serving_role=psycopg.conninfo.conninfo_to_dict(addresses.serving)["user"],  # type: ignore[arg-type]  # text there
            synthetic=folder.holds_synthetic_people,
            migrations=migrations(connection),
            rows=row_counts(connection),
            heads=chain_heads(connection),
            keys=fingerprints(ring.live()),
            dump_bytes=dump.stat().st_size,
            dump_sha256=sha256_of(dump),
        )


def _pack(path: Path, manifest: Manifest, dump: Path) -> None:
    """Readable by its owner alone: names, birth dates and wages lie in it unsealed."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        with tarfile.open(fileobj=stream, mode="w") as tar:
            text = manifest.text().encode()
            about = tarfile.TarInfo(MANIFEST)
            about.size = len(text)
            tar.addfile(about, io.BytesIO(text))
            tar.add(dump, DUMP, recursive=False)
        stream.flush()
        os.fsync(stream.fileno())


def _keys(path: Path, ring: KeyRing) -> Path:
    """The live keys as JSON, version -> key. Replaced ones are in the older backups' own files."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        json.dump({str(version): key for version, key in ring.live().items()}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    return path


def sha256_of(path: Path) -> str:
    """Of a file of any size."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _on_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
