"""`payung audit verify`: walks the chain of every government's audit and names the first broken link."""

import argparse
import sys
import time

from payung.doors.cli.heads import head
from payung.doors.installation.folder import FolderUnusable, data_folder
from payung.doors.installation.office import opened_office


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and heads that were written down before."""
    parser.add_argument("action", choices=["verify"], help="periksa seluruh rantai")
    parser.add_argument(
        "--expect", action="append", default=[], metavar="KEPALA", type=head,
        help="kepala yang dicatat dahulu, seperti tercetak: RANTAI:POSISI:HASH (boleh diulang)",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """0 when every chain holds, 1 when one is broken, 2 when the database cannot be read."""
    try:
        with opened_office(data_folder()):
            return _verify(dict(arguments.expect))
    except FolderUnusable as problem:
        print(f"payung: {problem}", file=sys.stderr)
        return 2


def _verify(expected: dict[int, tuple[int, str]]) -> int:
    from payung.doors.web.vocabulary_audit import CHAIN_FAULTS
    from payung.office.access.chain import walk
    from payung.office.places.models import Government

    started = time.perf_counter()
    walked = walk(using="owner", expected=expected)
    names = {government.pk: government.name for government in Government.objects.all()}
    for one in walked:
        name = names.get(one.chain, "di luar pemda")
        print(f"{name}: {one.links} peristiwa, {'PUTUS' if one.broken else 'utuh'}")
        if one.broken:
            broken = one.broken
            print(f"  putus di posisi {broken.position or '–'} (peristiwa {broken.event_id or '–'}): ", end="")
            print(
                CHAIN_FAULTS[broken.fault] + (f"; {broken.deed}, {broken.at:%Y-%m-%d %H:%M:%S %Z}" if broken.at else "")
            )
        print(f"  kepala {one.chain}:{one.position}:{one.link}")
    print(f"{sum(one.links for one in walked)} peristiwa diperiksa dalam {time.perf_counter() - started:.1f} detik.")
    return 1 if any(one.broken for one in walked) else 0
