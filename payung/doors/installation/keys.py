"""Secrets of an installation: made at random on first run, kept in the data folder, never defaulted.

`PAYUNG_SECRET_KEY` (sessions) and `PAYUNG_IDENTITY_KEY` (sealed identity marks, 64 bytes in hex, or several as
`1:hex,2:hex`) in the environment win over the files `keys/session.key`, `keys/identity.key` (the first identity key)
and `keys/identity-2.key` and so on (the later ones). Keys that were replaced lie in `keys/retired`: whoever restores
an old backup needs them.
"""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from payung.doors.installation.folder import DataFolder, FolderUnusable

IDENTITY_KEY_BYTES = 64
LAST_VERSION = 255
SESSION, IDENTITY = "PAYUNG_SECRET_KEY", "PAYUNG_IDENTITY_KEY"
FILES = {SESSION: "session.key", IDENTITY: "identity.key"}
_FILE_NAME = re.compile(r"identity(?:-(\d{1,3}))?\.key")


class KeyRing:
    """The identity keys by version. Files are looked for anew each time, so that a new key is used at once by every
    process that runs."""

    def __init__(self, folder: DataFolder, *, told: str | None) -> None:
        """`told`: the keys as the environment spells them; then files do not count."""
        self._folder = folder.keys
        self._told = _spelled(told) if told else None
        self._passing = {1: secrets.token_hex(IDENTITY_KEY_BYTES)}  # where nothing is kept: dies with the process
        self._known: dict[Path, str] = {}

    @property
    def from_environment(self) -> bool:
        """Whether the environment names the keys; then it also has to name a new one."""
        return self._told is not None

    def live(self) -> Mapping[int, str]:
        """The keys that data may be sealed with."""
        return self._told or self._read(self._folder) or self._passing

    def retired(self) -> Mapping[int, str]:
        """Keys that were replaced."""
        return {} if self._told else self._read(self._folder / "retired")

    def spell(self) -> str:
        """The live keys as the environment would name them, for a child process."""
        return ",".join(f"{version}:{key}" for version, key in self.live().items())

    def add(self) -> int:
        """A new key in the folder; returns its version. From here on it seals."""
        version = max({*self.live(), *self.retired()}) + 1
        if version > LAST_VERSION:
            raise FolderUnusable(f"Sudah ada {LAST_VERSION} kunci; versi berikutnya tidak muat dalam satu byte.")
        _write(self._folder / _file_name(version), secrets.token_hex(IDENTITY_KEY_BYTES))
        return version

    def retire(self, version: int) -> None:
        """Nothing is sealed with this key any more: it goes aside, for old backups."""
        aside = self._folder / "retired"
        aside.mkdir(mode=0o700, exist_ok=True)
        (self._folder / _file_name(version)).rename(aside / _file_name(version))

    def _read(self, folder: Path) -> dict[int, str]:
        try:
            names = sorted(os.listdir(folder))  # noqa: PTH208  # asked at every seal: three times faster than pathlib
        except FileNotFoundError:
            return {}
        found = {int(match[1] or 1): folder / name for name in names if (match := _FILE_NAME.fullmatch(name))}
        return {version: self._content(path) for version, path in sorted(found.items())}

    def _content(self, path: Path) -> str:
        if path not in self._known:
            self._known[path] = path.read_text().strip()
        return self._known[path]


def _spelled(text: str) -> dict[int, str]:
    """`hex` or `1:hex,2:hex`. Raises FolderUnusable when it is neither."""
    if ":" not in text:
        return {1: text}
    try:
        keys = {int(version): key for version, key in (part.split(":") for part in text.split(","))}
    except ValueError:
        raise FolderUnusable(f"{IDENTITY} tidak terbaca. Tulis kunci heksadesimal, atau 1:kunci,2:kunci.") from None
    if not all(0 < version <= LAST_VERSION for version in keys):
        raise FolderUnusable(f"Versi kunci dalam {IDENTITY} adalah 1 sampai {LAST_VERSION}.")
    return keys


def _file_name(version: int) -> str:
    return FILES[IDENTITY] if version == 1 else f"identity-{version}.key"


def _write(path: Path, secret: str) -> None:
    """Readable by the owner alone, and on the disk before anything is sealed with it."""
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secret)
        stream.flush()
        os.fsync(stream.fileno())
    with suppress(FileExistsError):  # another process was first: its key stands
        os.link(unfinished, path)
    unfinished.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def make_keys(folder: DataFolder) -> None:
    """Write the keys that are missing, readable by their owner alone."""
    if not os.environ.get(SESSION) and not (folder.keys / FILES[SESSION]).exists():
        _write(folder.keys / FILES[SESSION], secrets.token_hex(IDENTITY_KEY_BYTES))
    if not os.environ.get(IDENTITY) and not any(_FILE_NAME.fullmatch(path.name) for path in folder.keys.iterdir()):
        _write(folder.keys / FILES[IDENTITY], secrets.token_hex(IDENTITY_KEY_BYTES))


def write_keys(folder: DataFolder, keys: Mapping[int, str]) -> None:
    """Keys that were kept elsewhere, into a folder that has none."""
    for version, key in keys.items():
        _write(folder.keys / _file_name(version), key)
