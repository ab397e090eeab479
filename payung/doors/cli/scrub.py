"""`payung scrub`: a demonstration copy in a folder of its own, with a synthetic twin of everything personal."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from payung.doors.cli.walk import show
from payung.doors.installation.folder import FolderUnusable, data_folder
from payung.doors.installation.office import opened_office


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the copy goes."""
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="folder salinan, kosong atau baru")


def run(arguments: argparse.Namespace) -> int:
    """Make the copy and say how to open it. Exit status 2 with one sentence when it cannot be made."""
    folder = arguments.out.expanduser().resolve()
    try:
        with opened_office(data_folder()):
            from payung.doors.scrubbing.copying import scrub

            made = scrub(folder, at=datetime.now(UTC), show=show)
    except FolderUnusable as problem:
        print(f"payung: {problem}", file=sys.stderr)
        return 2
    print(f"{sum(made.rows.values()):,} baris disalin ke {folder}.".replace(",", "."))
    print("Nama, nomor, tanggal lahir, dan teks bebas sudah diganti; jumlah uang tetap; berkas asli tidak ikut.")
    print(f"Kata sandi setiap pengguna salinan: {made.password}  (nama pengguna: pengguna-1, pengguna-2, ...)")
    print(f"Buka: PAYUNG_DATA={folder} payung serve")
    return 0
