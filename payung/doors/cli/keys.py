"""`payung keys`: which identity keys there are and how much stands under each; a new one for everything."""

import argparse
import sys
from datetime import UTC, datetime

from payung.doors.cli.walk import show
from payung.doors.installation.folder import FolderUnusable, data_folder
from payung.doors.installation.office import opened_office

EARLIER_WORK_SECONDS = 600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    parser.add_argument("action", choices=("list", "rotate"), help="list: tampilkan; rotate: kunci baru untuk semua")


def run(arguments: argparse.Namespace) -> int:
    """Exit status 1 when a rotation must be repeated, 2 when it cannot be done."""
    try:
        with opened_office(data_folder()):
            return rotate() if arguments.action == "rotate" else list_keys()
    except FolderUnusable as problem:
        print(f"payung: {problem}", file=sys.stderr)
        return 2


def list_keys() -> int:
    """Version, state and number of sealed values of each key; never a key itself."""
    from django.conf import settings

    from payung.office.privacy.resealing import count_by_key

    ring = settings.PAYUNG_KEY_RING
    counts, live, retired = count_by_key(), ring.live(), ring.retired()
    for version in sorted({*counts, *live, *retired}):
        state = "menyegel" if version == max(live) else "berlaku" if version in live else "lama"
        if version not in live and version not in retired:
            state = "HILANG"
        print(f"kunci {version:<4} {state:<10} {counts.get(version, 0):>12,} nilai tersegel".replace(",", "."))
    missing = counts.keys() - live.keys() - retired.keys()
    return 1 if missing else 0


def rotate() -> int:
    """A new key unless a rotation stands half done; then everything is sealed anew, and the old keys go aside."""
    from django.conf import settings

    from payung.office.privacy.resealing import count_by_key, reseal, wait_for_earlier_work

    ring = settings.PAYUNG_KEY_RING
    if len(ring.live()) == 1 and not (count_by_key().keys() & ring.retired().keys()):
        if ring.from_environment:
            raise FolderUnusable(
                "Kunci berasal dari PAYUNG_IDENTITY_KEY. Tambahkan kunci baru di sana (1:kunci-lama,2:kunci-baru), "
                "mulai ulang semua proses, lalu jalankan perintah ini lagi."
            )
        print(f"Kunci {ring.add()} dibuat.")
    newest = max(ring.live())
    at = datetime.now(UTC)
    reseal(at=at, progress=show)
    if not wait_for_earlier_work(seconds=EARLIER_WORK_SECONDS):
        print("payung: masih ada pekerjaan lama yang berjalan. Ulangi perintah ini setelah selesai.", file=sys.stderr)
        return 1
    reseal(at=at, progress=show)
    left = {version: count for version, count in count_by_key().items() if version != newest}
    if left:
        print(f"payung: masih ada nilai di bawah kunci lama: {left}. Ulangi perintah ini.", file=sys.stderr)
        return 1
    if not ring.from_environment:
        for version in set(ring.live()) - {newest}:
            ring.retire(version)
    print(f"Semua tersegel dengan kunci {newest}. Kunci lama disimpan untuk membuka cadangan lama.")
    return 0
