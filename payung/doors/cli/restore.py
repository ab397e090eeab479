"""`payung restore FILE`: a backup into the data folder that PAYUNG_DATA names, or into the server of DATABASE_URL."""

import argparse
import sys
import time
from pathlib import Path

from payung.doors.cli.backup import say
from payung.doors.installation.folder import DataFolder, FolderUnusable, data_folder
from payung.doors.installation.office import opened_office


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The backup, and its keys when they lie elsewhere."""
    parser.add_argument("backup", type=Path, metavar="BERKAS", help="berkas .payung")
    parser.add_argument("--keys", type=Path, metavar="BERKAS", help="berkas kunci (baku: .kunci di samping cadangan)")


def run(arguments: argparse.Namespace) -> int:
    """Bring it back, its tables up to date, and walk its chains. 1 when one is broken, 2 when it cannot be done."""
    started = time.perf_counter()
    folder = data_folder()
    try:
        sound = bring_back(arguments.backup, arguments.keys, folder)
    except FolderUnusable as problem:
        print(f"payung: {problem}", file=sys.stderr)
        return 2
    print(f"Selesai dalam {time.perf_counter() - started:.1f} detik: {'utuh' if sound else 'RANTAI PUTUS'}.")
    print(f"Buka: PAYUNG_DATA={folder.path} payung serve")
    return 0 if sound else 1


def bring_back(backup: Path, keys: Path | None, folder: DataFolder) -> bool:
    """Restore and look at what came back; whether every chain holds. Raises FolderUnusable."""
    from payung.doors.safekeeping.restore import restore

    manifest = restore(backup, keys, folder, say=say)
    rows = f"{sum(manifest.rows.values()):,}".replace(",", ".")
    print(f"Cadangan {manifest.at[:16].replace('T', ' ')} (Payung {manifest.version}): {rows} baris kembali.")
    with opened_office(folder):
        from payung.office.access import chain as audit
        from payung.office.ledger import chain as ledger

        say("memeriksa rantai catatan dan jurnal")
        events, journals = audit.walk(using="owner"), ledger.walk(using="owner")
        return not any(one.broken for one in events) and not any(one.broken for one in journals)
