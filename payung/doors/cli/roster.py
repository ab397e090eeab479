"""`payung roster check FILE --on YYYY-MM-DD`: what a list of workers holds, row by row. Needs no database.

`payung roster propose FILE` says what the columns of unknown sheets may hold; the `mapping` of a sheet, mended and
kept as a file, goes to `check --mapping`. `payung roster layouts` lists the layouts for `check --layout`.

Exit status: 0 the file was read (whatever stands in it), 2 it could not be (one sentence on standard error).
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from payung.doors.cli import roster_json, roster_layouts, roster_page
from payung.doors.cli.roster_layouts import CannotMap
from payung.rules.identity import regions
from payung.rules.roster import findings_page
from payung.rules.roster.checking import check
from payung.rules.roster.mapping import Mapping
from payung.rules.roster.reading import read
from payung.rules.roster.unreadable import UnreadableWorkbook
from payung.rules.roster.workbook import Workbook


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of `payung roster`."""
    questions = parser.add_subparsers(dest="question", metavar="PERTANYAAN", required=True)
    checked = questions.add_parser("check", help="periksa satu berkas", description=__doc__)
    checked.add_argument("file", type=Path, metavar="BERKAS", help=".xlsx, .xls, .xlsb, .ods atau .csv")
    checked.add_argument(
        "--on", type=_day, required=True, metavar="TTTT-BB-HH", help="hari mulai perlindungan, misalnya 2022-10-01"
    )
    checked.add_argument(
        "--class", dest="membership_class", choices=("PU", "BPU"), default="PU", help="PU (biasanya) atau BPU"
    )
    checked.add_argument("--place", metavar="KODE", help="kode kabupaten/kota, misalnya 32.73")
    mapped = checked.add_mutually_exclusive_group()
    mapped.add_argument("--layout", metavar="TATA_LETAK", help="tata letak yang dikenal: payung roster layouts")
    mapped.add_argument("--mapping", type=Path, metavar="JSON", help="pemetaan kolom yang sudah dipastikan")
    checked.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa temuan")
    checked.add_argument("--json", action="store_true", help="setiap baris fisik sebagai JSON")

    proposed = questions.add_parser("propose", help="usulan isi kolom lembar yang belum dikenal, sebagai JSON")
    proposed.add_argument("file", type=Path, metavar="BERKAS", help=".xlsx, .xls, .xlsb, .ods atau .csv")
    listed = questions.add_parser("layouts", help="tata letak yang dikenal")
    questions.add_parser("findings", help="semua kode temuan, seperti docs/roster/findings.md")
    for question in (proposed, listed):
        question.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa jawaban")


def run(arguments: argparse.Namespace) -> int:
    """The answer to one question."""
    answers = {"check": _check, "propose": _propose, "layouts": _layouts, "findings": _findings}
    return answers[arguments.question](arguments)


def _layouts(arguments: argparse.Namespace) -> int:
    print(roster_layouts.page(arguments.lang))
    return 0


def _findings(_arguments: argparse.Namespace) -> int:
    print(findings_page.page(), end="")
    return 0


def _propose(arguments: argparse.Namespace) -> int:
    try:
        found = roster_layouts.proposals(read(arguments.file), arguments.lang)
    except UnreadableWorkbook as unreadable:
        print(unreadable.message_in(arguments.lang), file=sys.stderr)
        return 2
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    try:
        place = None if arguments.place is None else _place(arguments.place)
        workbook = read(arguments.file)
        mapping = _mapping(arguments, workbook)
    except UnreadableWorkbook as unreadable:
        print(unreadable.message_in(arguments.lang), file=sys.stderr)
        return 2
    except CannotMap as refused:
        print(refused, file=sys.stderr)
        return 2
    except LookupError:
        print(f"Tidak ada kabupaten atau kota dengan kode {arguments.place}. Contoh: 32.73.", file=sys.stderr)
        return 2
    checked = check(
        workbook, on=arguments.on, membership_class=arguments.membership_class, place=place, mapping=mapping
    )
    if arguments.json:
        roster_json.write(checked, sys.stdout, arguments.lang)
    else:
        print(roster_page.page(workbook, checked, arguments.lang))
    return 0


def _mapping(arguments: argparse.Namespace, workbook: Workbook) -> Mapping | None:
    """What --mapping or --layout says. Raises CannotMap."""
    if arguments.mapping is not None:
        return roster_layouts.mapping_in(arguments.mapping)
    return roster_layouts.mapping_by_layout(workbook, arguments.layout) if arguments.layout else None


def _place(text: str) -> str:
    """The code of a kabupaten or kota. Raises LookupError for anything else."""
    code = regions.normal_code(text)
    if len(code) != len("32.73") or not regions.is_known(code):
        raise LookupError(text)
    return code


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(f"tanggal ditulis TTTT-BB-HH, bukan {text!r}") from wrong
