"""The way back: a backup into an empty data folder, or into an empty database of a server of one's own."""

import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from payung.doors.installation.database import opened
from payung.doors.installation.folder import DataFolder, FolderUnusable
from payung.doors.installation.keys import IDENTITY, KeyRing, write_keys
from payung.doors.installation.roles import Addresses
from payung.doors.safekeeping.backup import DUMP, KEYS_SUFFIX, MANIFEST, sha256_of
from payung.doors.safekeeping.manifest import (
    TABLES,
    Manifest,
    chain_heads,
    fingerprints,
    parse,
    row_counts,
    unknown_migrations,
)
from payung.doors.safekeeping.programmes import call

Say = Callable[[str], None]


def read_manifest(path: Path) -> Manifest:
    """What a backup says of itself. Raises FolderUnusable when the file is none."""
    try:
        with tarfile.open(path) as tar:
            found = tar.extractfile(MANIFEST)
            assert found is not None
            return parse(found.read().decode())
    except (OSError, tarfile.TarError, KeyError, UnicodeDecodeError) as problem:
        raise FolderUnusable(f"{path} bukan cadangan Payung, atau rusak. Pilih berkas .payung yang lain.") from problem


def restore(path: Path, keys: Path | None, folder: DataFolder, *, say: Say) -> Manifest:
    """Bring the backup back and check it: rows and heads must be those of the backup, or nothing stays.

    `keys` is the file beside the backup unless another is named; keys in the environment go before it. Raises
    FolderUnusable with one sentence: not empty, damaged, of a newer Payung, or without the key it needs.
    """
    manifest = read_manifest(path)
    newer = unknown_migrations(manifest)
    if newer:
        raise FolderUnusable(
            f"Cadangan ini dibuat Payung yang lebih baru ({newer[0]} belum dikenal). Pasang versi itu."
        )
    found = _fitting_keys(manifest, keys or path.with_suffix(KEYS_SUFFIX))
    on_own_server = bool(os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_OWNER_URL"))
    with _emptied_when_it_fails(folder, on_own_server):
        if not os.environ.get(IDENTITY):
            write_keys(folder.make(), found)
        with tempfile.TemporaryDirectory(dir=folder.path, prefix="pulih-") as aside:
            dump = _taken_out(path, Path(aside), manifest, say)
            with opened(folder) as addresses:
                _fill(addresses, dump, manifest, say)
        if manifest.synthetic:
            folder.mark_synthetic()
    return manifest


def _fitting_keys(manifest: Manifest, path: Path) -> Mapping[int, str]:
    """The keys, when they are those that the backup was sealed with."""
    told = os.environ.get(IDENTITY)
    if told:
        keys = dict(KeyRing(DataFolder(path.parent), told=told).live())
    else:
        try:
            keys = {int(version): str(key) for version, key in json.loads(path.read_text()).items()}
        except (OSError, ValueError, AttributeError) as problem:
            raise FolderUnusable(
                f"Berkas kunci {path} tidak terbaca. Tanpa kunci, NIK dan nomor lain tidak dapat dibuka lagi: "
                f"sebutkan tempatnya dengan --keys, atau isi {IDENTITY}."
            ) from problem
    have = fingerprints(keys)
    missing = [version for version, mark in manifest.keys.items() if have.get(version) != mark]
    if missing:
        raise FolderUnusable(
            f"Kunci versi {', '.join(missing)} bukan kunci cadangan ini. Pakai {KEYS_SUFFIX} yang dibuat bersamanya."
        )
    return keys


@contextmanager
def _emptied_when_it_fails(folder: DataFolder, on_own_server: bool) -> Iterator[None]:
    """A target that was empty is empty again after a failure (the server's database never changed by halves)."""
    if folder.path.exists() and any(folder.path.iterdir()) and not on_own_server:
        raise FolderUnusable(
            f"Folder {folder.path} sudah terisi. Pulihkan ke folder kosong: PAYUNG_DATA=/folder/baru payung restore ..."
        )
    existed = folder.path.exists()
    before = set(folder.path.iterdir()) if existed else set()
    try:
        yield
    except BaseException:
        for one in set(folder.path.iterdir()) - before if folder.path.exists() else ():
            shutil.rmtree(one) if one.is_dir() else one.unlink()
        if not existed:
            shutil.rmtree(folder.path, ignore_errors=True)
        raise


def _taken_out(path: Path, aside: Path, manifest: Manifest, say: Say) -> Path:
    say("memeriksa berkas")
    try:
        with tarfile.open(path) as tar:
            tar.extract(DUMP, aside, filter="data")
    except (OSError, tarfile.TarError, KeyError) as problem:
        raise FolderUnusable(
            f"{path} tidak dapat dibuka seluruhnya: berkas terpotong atau ruang disk habis."
        ) from problem
    dump = aside / DUMP
    if sha256_of(dump) != manifest.dump_sha256:
        raise FolderUnusable(f"Isi {path} tidak sama dengan saat dibuat (SHA-256 berbeda). Pakai cadangan yang lain.")
    return dump


def _fill(addresses: Addresses, dump: Path, manifest: Manifest, say: Say) -> None:
    role = psycopg.conninfo.conninfo_to_dict(addresses.serving)["user"]
    if role != manifest.serving_role:
        raise FolderUnusable(
            f"Cadangan ini untuk peran {manifest.serving_role}; DATABASE_URL memakai {role}. Pakai nama yang sama."
        )
    with psycopg.connect(addresses.owner) as connection:
        if connection.execute(TABLES).fetchall():
            raise FolderUnusable(
                "Basis data yang dituju sudah berisi tabel. Buat basis data kosong (payung setup-sql)."
            )
    say("mengisi basis data")
    call(
        "pg_restore", "--no-owner", "--single-transaction", "--exit-on-error", "--schema=public",
        f"--dbname={addresses.owner}", str(dump),
    )  # fmt: skip
    say("membandingkan dengan cadangan")
    with psycopg.connect(addresses.owner) as connection:
        if row_counts(connection) != manifest.rows or chain_heads(connection) != manifest.heads:
            raise FolderUnusable("Yang dipulihkan tidak sama dengan cadangannya. Jangan dipakai; coba cadangan lain.")
        connection.commit()
        connection.autocommit = True
        connection.execute("ANALYZE")
