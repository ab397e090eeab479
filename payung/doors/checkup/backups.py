"""Backups: how old the newest is, and whether one really comes back."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from payung.doors.checkup.findings import BAD, GOOD, WATCH, Finding
from payung.doors.installation.folder import DataFolder, FolderUnusable
from payung.doors.safekeeping.backup import SUFFIX
from payung.doors.safekeeping.restore import Say, read_manifest, restore

OLD_AFTER = timedelta(days=2)
OTHERS = ("DATABASE_URL", "DATABASE_OWNER_URL")


def newest(folder: Path, at: datetime) -> list[Finding]:
    """The newest backup of a folder and its age."""
    found = sorted(folder.glob(f"*{SUFFIX}"))
    if not found:
        return [
            Finding("cadangan", BAD, f"tidak ada di {folder}", f"Jalankan payung backup --out {folder} setiap malam.")
        ]
    try:
        made = datetime.fromisoformat(read_manifest(found[-1]).at)
    except FolderUnusable as problem:
        return [Finding("cadangan", BAD, str(problem), "Buat cadangan baru.")]
    told = f"{found[-1].name}, {made:%Y-%m-%d %H:%M}"
    if at - made > OLD_AFTER:
        return [Finding("cadangan", WATCH, told, "Lebih dari dua hari yang lalu: periksa jadwalnya.")]
    return [Finding("cadangan", GOOD, told)]


def drill(path: Path, keys: Path | None, *, say: Say) -> list[Finding]:
    """Bring the backup back into a folder that is thrown away afterwards."""
    with tempfile.TemporaryDirectory(prefix="payung-latihan-") as aside, _own_database_unnamed():
        try:
            manifest = restore(path, keys, DataFolder(Path(aside) / "data"), say=say)
        except FolderUnusable as problem:
            return [Finding("latihan pulih", BAD, str(problem), "Buat cadangan baru dan ulangi latihan ini.")]
    rows = f"{sum(manifest.rows.values()):,}".replace(",", ".")
    return [Finding("latihan pulih", GOOD, f"{path.name}: {rows} baris kembali, sama dengan saat dibuat")]


@contextmanager
def _own_database_unnamed() -> Iterator[None]:
    """The drill makes a server of its own, also where the installation uses another."""
    put_aside = {name: os.environ.pop(name) for name in OTHERS if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(put_aside)
