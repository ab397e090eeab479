"""`payung award verify FILE`: whether a file of the award was changed since it was frozen."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from payung.doors.installation.folder import FolderUnusable, data_folder
from payung.doors.installation.office import opened_office

FAULTS = {
    "not_a_pack": "bukan paket penghargaan, dan tidak sama dengan berkas mana pun di dalamnya",
    "no_manifest": "tidak memuat manifest.json yang dapat dibaca",
    "too_large": "terlalu besar atau memuat terlalu banyak berkas",
    "changed": "{file} berubah sejak dibekukan",
    "missing": "{file} hilang dari paket",
    "added": "{file} ditambahkan sesudah dibekukan",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and with which file."""
    parser.add_argument("action", choices=["verify"], help="periksa keaslian")
    parser.add_argument("file", type=Path, help="paket zip, atau satu berkas dari dalamnya")


def run(arguments: argparse.Namespace) -> int:
    """0 when it is one that was frozen here, 1 when it is not, 2 when it cannot be looked at."""
    try:
        content = arguments.file.read_bytes()
    except OSError as problem:
        print(f"payung: {arguments.file} tidak terbaca: {problem.strerror}", file=sys.stderr)
        return 2
    try:
        with opened_office(data_folder()):
            return _verify(content)
    except FolderUnusable as problem:
        print(f"payung: {problem}", file=sys.stderr)
        return 2


def _verify(content: bytes) -> int:
    from payung.office.places.models import Government
    from payung.office.places.queries import Area
    from payung.office.places.scope import whole_government
    from payung.office.reports.award_freezing import frozen_as

    faults: Sequence[tuple[str, str]] = ()
    for government in Government.objects.order_by("pk"):
        with whole_government(government):
            found, checked = frozen_as(Area(government, None), content)
            faults = checked.faults
            if found is not None and not faults:
                print(f"ASLI: berkas {found.year} {government.name}, dibekukan {found.frozen_on}, sidik {found.sha256}")
                return 0
    for code, file in faults:
        print(f"TIDAK ASLI: {FAULTS[code].format(file=file)}")
    if not faults:
        print("TIDAK ASLI: isinya utuh, tetapi tidak pernah dibekukan di kantor ini")
    return 1
