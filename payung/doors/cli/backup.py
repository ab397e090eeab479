"""`payung backup --out FOLDER`: the whole installation of this moment, while the office goes on working."""

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from payung.doors.installation.database import opened
from payung.doors.installation.folder import FolderUnusable, data_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the two files go."""
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="folder untuk cadangan")


def run(arguments: argparse.Namespace) -> int:
    """Write the backup and say what it holds. Exit status 2 with one sentence when it cannot be made."""
    from payung.doors.safekeeping.backup import back_up

    started = time.perf_counter()
    folder = data_folder()
    try:
        with opened(folder) as addresses:
            made = back_up(
                folder, addresses, arguments.out.expanduser().resolve(), at=datetime.now(UTC).astimezone(), say=say
            )
    except FolderUnusable as problem:
        print(f"payung: {problem}", file=sys.stderr)
        return 2
    size = made.path.stat().st_size / 1_000_000
    rows = f"{sum(made.manifest.rows.values()):,}".replace(",", ".")
    print(f"Cadangan: {made.path} ({size:.1f} MB, {rows} baris, {time.perf_counter() - started:.1f} detik)")
    if made.keys:
        print(f"Kunci:    {made.keys}")
        print("Simpan berkas kunci di tempat lain: siapa yang memegang keduanya dapat membaca setiap NIK;")
        print("tanpa kunci, NIK di dalam cadangan tidak dapat dibuka lagi oleh siapa pun.")
    else:
        print("Kunci ada di lingkungan (PAYUNG_IDENTITY_KEY) dan tidak ikut: pastikan tersimpan.")
    print("Nama, tanggal lahir, dan upah terbaca di dalam cadangan: simpan di tempat terkunci.")
    return 0


def say(step: str) -> None:
    """What is being done now."""
    print(f"  {step} ...", flush=True)
