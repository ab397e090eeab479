"""The folder a world goes to: never over somebody's files, and whole or not at all."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from payung.doors.world.summary import SUMMARY_FILE, made_here

UNFINISHED = ".sedang-dibuat"
OWN_FILES = (
    "*.xlsx", "*.csv", "*.parquet", "rekening-*.sta", "rekening-*.xml", "rekening-kebenaran.json", "kebenaran.json",
    "baca-saya.txt", SUMMARY_FILE,
)  # fmt: skip


class FolderRefused(Exception):
    """The folder holds something that must not be overwritten; the message says what, in Indonesian."""


@contextmanager
def filled(folder: Path, *, replace: bool) -> Iterator[Path]:
    """An empty place to write to, which becomes the contents of `folder` when the block ends without an error.

    An older world in the folder goes only with `replace`. Raises FolderRefused for any other file found there.
    """
    _refuse_strangers(folder, replace=replace)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    try:
        yield unfinished
        for path in _own_files(folder):
            path.unlink()
        # The mark that the folder is ours goes first: an interrupted move can be replaced, not mistaken.
        for path in sorted(unfinished.iterdir(), key=lambda path: path.name != SUMMARY_FILE):
            path.rename(folder / path.name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _refuse_strangers(folder: Path, *, replace: bool) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FolderRefused(f"{folder} bukan folder.")
    there = [path for path in folder.iterdir() if path.name != UNFINISHED]
    if not there:
        return
    if not made_here(folder):
        raise FolderRefused(f"Folder {folder} sudah berisi berkas lain. Pilih folder kosong.")
    strangers = sorted({path.name for path in there} - {path.name for path in _own_files(folder)})
    if strangers:
        raise FolderRefused(f"Folder {folder} berisi berkas yang bukan buatan perintah ini: {', '.join(strangers)}.")
    if not replace:
        raise FolderRefused(f"Folder {folder} sudah berisi sebuah dunia. Tambahkan --replace untuk menggantinya.")


def _own_files(folder: Path) -> list[Path]:
    return [path for pattern in OWN_FILES for path in folder.glob(pattern)]
