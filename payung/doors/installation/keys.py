"""Secrets of an installation: made at random on first run, kept in the data folder, never defaulted.

`PAYUNG_SECRET_KEY` (sessions) and `PAYUNG_IDENTITY_KEY` (sealed identity marks, 64 bytes in hex) in the
environment win over the files `keys/session.key` and `keys/identity.key`.
"""

import os
import secrets

from payung.doors.installation.folder import DataFolder, FolderUnusable

IDENTITY_KEY_BYTES = 64
FILES = {"PAYUNG_SECRET_KEY": "session.key", "PAYUNG_IDENTITY_KEY": "identity.key"}


def make_keys(folder: DataFolder) -> None:
    """Write the keys that are missing, readable by their owner alone."""
    for variable, name in FILES.items():
        path = folder.keys / name
        if os.environ.get(variable) or path.exists():
            continue
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_hex(IDENTITY_KEY_BYTES))


def key(variable: str, folder: DataFolder) -> str:
    """The secret of that name; raises FolderUnusable when it is neither in the environment nor on disk."""
    found = os.environ.get(variable)
    if found:
        return found
    path = folder.keys / FILES[variable]
    try:
        return path.read_text().strip()
    except OSError as problem:
        raise FolderUnusable(
            f"Kunci {path} tidak terbaca ({problem.strerror}). Jalankan `make run` sekali, "
            f"pulihkan dari cadangan, atau isi {variable}."
        ) from problem
