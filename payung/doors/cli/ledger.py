"""`payung ledger verify | balance | export`: the book as a whole, read by the owner of the tables."""

import argparse
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from payung.doors.cli.heads import head
from payung.doors.installation.folder import FolderUnusable, data_folder
from payung.doors.installation.office import opened_office
from payung.rules.money import rupiah

if TYPE_CHECKING:
    from payung.office.places.models import Government


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and of which government."""
    actions = parser.add_subparsers(dest="action", metavar="TINDAKAN", required=True)
    verify = actions.add_parser("verify", help="periksa rantai jurnal setiap pemda")
    verify.add_argument(
        "--expect", action="append", default=[], metavar="KEPALA", type=head,
        help="kepala yang dicatat dahulu, seperti tercetak: RANTAI:POSISI:HASH (boleh diulang)",
    )  # fmt: skip
    balance = actions.add_parser("balance", help="neraca saldo")
    balance.add_argument("--through", metavar="TTTT-BB-HH", type=date.fromisoformat, help="sampai hari itu")
    export = actions.add_parser("export", help="seluruh buku sebagai teks yang diterima bean-check")
    export.add_argument("--out", metavar="BERKAS", required=True, type=Path)
    for action in (balance, export):
        action.add_argument("--government", metavar="KODE", help="kode Kemendagri; perlu bila ada beberapa pemda")


def run(arguments: argparse.Namespace) -> int:
    """0 done, 1 when a ledger does not hold, 2 when it could not be read."""
    try:
        with opened_office(data_folder()):
            if arguments.action == "verify":
                return _verify(dict(arguments.expect))
            return _one(arguments)
    except FolderUnusable as problem:
        print(f"payung: {problem}", file=sys.stderr)
        return 2


def _verify(expected: dict[int, tuple[int, str]]) -> int:
    from payung.doors.web.vocabulary_audit import CHAIN_FAULTS
    from payung.office.ledger.chain import walk
    from payung.office.places.models import Government

    started = time.perf_counter()
    walked = walk(using="owner", expected=expected)
    names = {government.pk: government.name for government in Government.objects.all()}
    for one in walked:
        print(f"{names[one.government_id]}: {one.journals} jurnal, {'PUTUS' if one.broken else 'utuh'}")
        if one.broken:
            where = f"posisi {one.broken.position or '–'} ({one.broken.key or '–'})"
            print(f"  putus di {where}: {CHAIN_FAULTS[one.broken.fault]}")
        print(f"  kepala {one.government_id}:{one.position}:{one.link}")
    print(f"{sum(one.journals for one in walked)} jurnal diperiksa dalam {time.perf_counter() - started:.1f} detik.")
    return 1 if any(one.broken for one in walked) else 0


def _one(arguments: argparse.Namespace) -> int:
    from payung.office.places.scope import whole_government

    government = _government(arguments.government)
    if government is None:
        return 2
    with whole_government(government):
        if arguments.action == "export":
            return _export(government, arguments.out)
        return _balance(government, arguments.through)


def _government(code: str | None) -> "Government | None":
    """The one that is meant; says what there is when none is."""
    from payung.office.places.models import Government

    there_are = list(Government.objects.order_by("code"))
    meant = [government for government in there_are if code in (None, government.code)]
    if len(meant) == 1:
        return meant[0]
    listed = ", ".join(f"{government.code} {government.name}" for government in there_are) or "belum ada pemda"
    print(f"Sebutkan --government; yang ada: {listed}.", file=sys.stderr)
    return None


def _export(government: "Government", out: Path) -> int:
    from payung.doors.papers.beancount import lines
    from payung.office.ledger.queries import closed_through, journals

    book = lines(
        f"Payung, {government.name}", journals(government_id=government.pk), closed_through(government_id=government.pk)
    )
    with out.open("w", encoding="utf-8") as file:
        written = sum(1 for line in book if file.write(line + "\n"))
    print(f"{written} baris ditulis ke {out}.")
    return 0


def _balance(government: "Government", through: date | None) -> int:
    from payung.office.ledger.queries import trial_balance

    standings = trial_balance(government_id=government.pk, through=through)
    for standing in standings:
        print(f"{standing.code:<32}{rupiah(standing.balance_rupiah):>24}  {standing.name}")
    total = sum(standing.balance_rupiah for standing in standings)
    print(f"{'jumlah':<32}{rupiah(total):>24}")
    return 0 if total == 0 else 1
