"""`payung link A.csv [B.csv] --out pairs.csv`: which rows are one person. Needs no database.

Columns id, nik, name, birth_date, birth_place, sex, village, mother_name; any of them may be missing. One file is
searched for duplicates inside. Exit status: 0 done, 2 it could not be done (one sentence on standard error).
"""

import argparse
import sys
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from payung.doors.cli import link_files, link_page
from payung.doors.cli.link_files import TableRefused
from payung.rules.linkage.linking import Linked, explain, link


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of `payung link`."""
    parser.add_argument("left", type=Path, metavar="A.csv", help="daftar orang (CSV)")
    parser.add_argument(
        "right", type=Path, nargs="?", metavar="B.csv", help="daftar kedua; tanpa ini: ganda di dalam A"
    )
    parser.add_argument("--out", type=Path, metavar="BERKAS", help="pasangan: id_a,id_b,probability,tier")
    parser.add_argument("--explain", metavar="ID_A,ID_B", help="jelaskan satu pasangan, langkah demi langkah")
    parser.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa keterangan")


def run(arguments: argparse.Namespace) -> int:
    """Link the files, or explain one pair."""
    try:
        if arguments.out is None and arguments.explain is None:
            raise TableRefused("Sebutkan --out BERKAS untuk hasilnya, atau --explain ID_A,ID_B untuk satu pasangan.")
        left = _table(arguments.left)
        right = None if arguments.right is None else _table(arguments.right)
        _refuse_input(arguments)
        today = datetime.now(tz=UTC).date()
        linked = link(left, right, on=today)
        if arguments.explain is not None:
            print(_explained(arguments, linked, (left, right), today))
        if arguments.out is not None:
            link_files.write(linked.pairs, arguments.out)
            print(link_page.counts(linked, arguments.lang))
    except TableRefused as refusal:
        print(f"payung link: {refusal}", file=sys.stderr)
        return 2
    return 0


def _table(path: Path) -> pl.DataFrame:
    table, ignored = link_files.read(path)
    if ignored:
        print(f"{path.name}: kolom yang tidak dipakai: {', '.join(ignored)}.", file=sys.stderr)
    return table


def _refuse_input(arguments: argparse.Namespace) -> None:
    inputs = [path.resolve() for path in (arguments.left, arguments.right) if path is not None]
    if arguments.out is not None and arguments.out.resolve() in inputs:
        raise TableRefused(f"{arguments.out} adalah masukan; pilih nama lain untuk hasilnya.")


def _explained(
    arguments: argparse.Namespace, linked: Linked, tables: tuple[pl.DataFrame, pl.DataFrame | None], today: date
) -> str:
    """The waterfall of `ID_A,ID_B`; an id may itself hold a comma."""
    asked: str = arguments.explain
    parts = asked.split(",")
    for cut in range(1, len(parts)):
        id_a, id_b = ",".join(parts[:cut]).strip(), ",".join(parts[cut:]).strip()
        with suppress(LookupError):
            return link_page.page(*explain(linked, *tables, id_a, id_b, on=today), arguments.lang)
    raise TableRefused(f"tidak ada pasangan {asked}; tulis id dari berkas pertama, koma, id dari berkas kedua.")
