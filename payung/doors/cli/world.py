"""`payung world PLACE`: a synthetic local government.

`--out DIR` writes the files its offices send, and the truth; it imports neither Django nor a database. `--load` takes
them through the office's real actions into this installation.
"""

import argparse
import sys
import time
from pathlib import Path

from payung.doors.world import places, worlds
from payung.doors.world.candidates import FIRST, write_pool
from payung.doors.world.columns import write_columns
from payung.doors.world.folders import FolderRefused, filled
from payung.doors.world.workbooks import write
from payung.doors.world.worlds import World
from payung.rules.law.figures import LawError
from payung.rules.money import grouped
from payung.rules.months import Month


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("place", choices=places.available(), metavar="PLACE", help=", ".join(places.available()))
    aim = parser.add_mutually_exclusive_group(required=True)
    aim.add_argument("--out", type=Path, metavar="DIR", help="folder kosong untuk hasilnya")
    aim.add_argument("--load", action="store_true", help="muat ke dalam instalasi ini, lewat pekerjaan yang sebenarnya")
    parser.add_argument("--seed", type=int, default=1, help="benih; benih yang sama memberi dunia yang sama (1)")
    parser.add_argument("--people", type=int, metavar="N", help="jumlah orang, 1 sampai 1.000.000 (seperti programnya)")
    parser.add_argument("--month", type=_month, metavar="YYYY-MM", help="bulan daftar (bulan pertama programnya)")
    parser.add_argument("--parquet", action="store_true", help="tulis kolom Parquet tanpa kesalahan, bukan daftar OPD")
    parser.add_argument(
        "--candidates",
        type=int,
        metavar="N",
        help="dengan --out: tulis N baris calon pekerja rentan dari kelurahan, daftar desil, dan kebenarannya",
    )
    parser.add_argument("--replace", action="store_true", help="ganti dunia yang sudah ada di folder itu")


def run(arguments: argparse.Namespace) -> int:
    """Make the world and write or load it. Exit status 2 when it could not be done."""
    if arguments.load and arguments.candidates is not None:
        print("payung world: --candidates ditulis dengan --out, lalu diunggah seperti daftar lain.", file=sys.stderr)
        return 2
    if arguments.load:
        from payung.doors.cli import walk

        return walk.run(arguments)
    started = time.perf_counter()
    if arguments.candidates is not None:
        return _candidates(arguments)
    try:
        world = worlds.make(arguments.place, seed=arguments.seed, people=arguments.people, month=arguments.month)
        made = time.perf_counter() - started
        report = to_folder(world, arguments.out, parquet=arguments.parquet, replace=arguments.replace)
    except (FolderRefused, LawError, OSError, ValueError) as refusal:
        print(f"payung world: {refusal}", file=sys.stderr)
        return 2
    whole = time.perf_counter() - started
    print(f"{world.place.name}, {world.month}: {grouped(len(world.people))} orang sintetis, benih {world.seed}.")
    print(report)
    print(f"Di {arguments.out}. Waktu: {whole:.1f} detik (orang {made:.1f}, berkas {whole - made:.1f}).")
    return 0


def _candidates(arguments: argparse.Namespace) -> int:
    """The pool of a decree instead of the offices' lists."""
    try:
        with filled(arguments.out, replace=arguments.replace) as unfinished:
            month = arguments.month or FIRST
            pool = write_pool(
                arguments.place, unfinished, seed=arguments.seed, people=arguments.candidates, month=month
            )
    except (FolderRefused, OSError, ValueError) as refusal:
        print(f"payung world: {refusal}", file=sys.stderr)
        return 2
    print(f"{grouped(pool.people)} baris calon sintetis di {arguments.out}; {grouped(pool.valid)} memenuhi syarat.")
    return 0


def to_folder(world: World, folder: Path, *, parquet: bool, replace: bool) -> str:
    """Writes the world into a folder; answers one sentence about what was written.

    Raises FolderRefused, LawError and OSError.
    """
    with filled(folder, replace=replace) as unfinished:
        if parquet:
            names = ", ".join(path.name for path in write_columns(world, unfinished))
            return f"Ditulis: {names}."
        truth = write(world, unfinished, progress=_show_progress)
        _end_progress()
        return (
            f"Ditulis: {truth.sheets['file'].n_unique()} berkas, {grouped(len(truth.rows))} baris orang, "
            f"{len(truth.planted)} baris berisi kesalahan yang ditanam, "
            f"{len(truth.between_offices)} orang di dua daftar."
        )


def _show_progress(done: int, total: int, what: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{done * 100 // total:3d} % {what}", end="", file=sys.stderr, flush=True)


def _end_progress() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as refusal:
        raise argparse.ArgumentTypeError(f"bulan ditulis YYYY-MM, bukan {text!r}") from refusal
