"""The data folder: everything an installation owns on disk, in one place.

`PAYUNG_DATA` names it; otherwise it is the user's own data directory.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


class FolderUnusable(Exception):
    """The data folder cannot be used; the message says why and what to do, for a person."""


@dataclass(frozen=True)
class DataFolder:
    """Where things are. `make()` creates what is missing."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "postgres"

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def worlds(self) -> Path:
        """Synthetic worlds written for the demonstration."""
        return self.path / "worlds"

    @property
    def _synthetic_mark(self) -> Path:
        return self.path / "data-sintetis.txt"

    @property
    def holds_synthetic_people(self) -> bool:
        """Whether a synthetic world was loaded here: screens and papers say so then."""
        return self._synthetic_mark.exists()

    def mark_synthetic(self, log_ins: str = "") -> None:
        """Say for good that the people in this installation are invented, and who may sign in to look around."""
        if log_ins or not self.holds_synthetic_people:
            told = "Orang-orang dalam instalasi ini sintetis; tidak seorang pun nyata."
            self._synthetic_mark.write_text(f"{told}\n\n{log_ins}".strip() + "\n")

    def make(self) -> "DataFolder":
        """Create the folder; raises FolderUnusable with one clear sentence when that is impossible."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self.keys.mkdir(mode=0o700, exist_ok=True)
            probe = self.path / ".tulis"
            probe.write_text("")
            probe.unlink()
        except OSError as problem:
            raise FolderUnusable(
                f"Folder data {self.path} tidak dapat dipakai ({problem.strerror}). "
                "Beri izin tulis, atau pilih folder lain: PAYUNG_DATA=/folder/lain make run"
            ) from problem
        half_made = self.database.exists() and any(self.database.iterdir())
        if half_made and not (self.database / "PG_VERSION").exists():
            raise FolderUnusable(
                f"Folder {self.database} terisi tetapi bukan basis data yang utuh (pembuatan terhenti di tengah). "
                f"Pindahkan atau hapus folder itu, lalu ulangi: mv {self.database} {self.database}.lama"
            )
        return self


def data_folder() -> DataFolder:
    """The folder named by PAYUNG_DATA, else `payung` in the user's data directory."""
    named = os.environ.get("PAYUNG_DATA")
    path = Path(named) if named else Path(platformdirs.user_data_dir("payung", appauthor=False))
    return DataFolder(path.expanduser().resolve())
