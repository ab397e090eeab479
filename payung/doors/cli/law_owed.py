"""`payung law owed`: what is owed for one person's month, or for a whole list."""

import argparse
import json
from datetime import date
from pathlib import Path

import polars as pl

from payung.doors.cli import law_lists, law_page
from payung.rules.law.columns import INPUTS, PROGRAMMES
from payung.rules.law.explain import Explanation, RefusedError, as_dict, doubts_in, explain
from payung.rules.law.figures import LawError
from payung.rules.law.questions import OPTIONAL_CELLS, REQUIRED_CELLS, ROW_TOO_LONG, UNREADABLE, typed
from payung.rules.law.readings import Readings
from payung.rules.months import Month

SINGLE = (*REQUIRED_CELLS, *OPTIONAL_CELLS)


TOLD = "Iuran satu orang untuk satu bulan, atau sebuah daftar (--file dan --out). Lihat docs/law/owed.md."


def add_arguments(owed: argparse.ArgumentParser) -> None:
    """The words of `payung law owed`."""
    owed.description = TOLD
    owed.add_argument("--class", metavar="PU|BPU", help="PU menerima upah, BPU tidak")
    owed.add_argument("--wage", metavar="RUPIAH", help="upah sebulan (PU) atau penghasilan sebulan (BPU), rupiah bulat")
    owed.add_argument("--month", metavar="TTTT-BB", help="bulan iuran, mulai 2015-07")
    owed.add_argument("--payer", help="APBN, APBD, APBDES, DBHCHT, TPP, CSR, BAZNAS, self atau employer")
    owed.add_argument("--programmes", metavar="JKK,JKM", help="dari JKK, JKM, JHT, JP; biasanya JKK,JKM")
    owed.add_argument("--group", metavar="1-5", help="kelompok risiko JKK (PU); biasanya 1, jasa pemerintahan")
    owed.add_argument("--sector", help="other (biasanya), transport, labour_intensive atau becak_delman")
    owed.add_argument("--file", metavar="DAFTAR", help="daftar .csv atau .parquet sebagai ganti satu orang")
    owed.add_argument("--out", metavar="HASIL", help="tujuan hasil daftar, .csv atau .parquet")
    owed.add_argument(
        "--reading", metavar="ID=PILIHAN", action="append", default=[], help="bacaan hukum yang diragukan"
    )
    owed.add_argument("--known-on", metavar="TTTT-BB-HH", help="hitung dengan aturan yang dikenal pada hari itu")
    owed.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa penjelasan")
    owed.add_argument("--json", action="store_true", help="jawaban sebagai JSON")


def run(arguments: argparse.Namespace) -> int:
    """One person on standard output, or a list into a file. Raises LawError and ListError."""
    return _list(arguments) if arguments.file or arguments.out else _single(arguments)


def _single(arguments: argparse.Namespace) -> int:
    cells = {name: getattr(arguments, name) or "" for name in SINGLE}
    for name in ("class", "wage", "month"):
        if not cells[name]:
            raise LawError(f"Sebutkan --{name}, atau berikan sebuah daftar dengan --file dan --out.")
    cells["programmes"] = cells["programmes"] or "JKK,JKM"
    explained = _answer(cells, arguments)
    if arguments.json:
        print(json.dumps(as_dict(explained), ensure_ascii=False, indent=2))
    else:
        print(law_page.page(explained, arguments.lang))
    return 0


def _answer(cells: dict[str, str], arguments: argparse.Namespace) -> Explanation:
    row = typed(pl.DataFrame([{**cells, ROW_TOO_LONG: False}])).row(0, named=True)
    if row[UNREADABLE] is not None:
        raise RefusedError(row[UNREADABLE], arguments.lang)
    return explain(
        membership_class=row["class"],
        month=Month.from_index(row["month"]),
        wage_rupiah=row["wage_rupiah"],
        payer=row["payer"],
        programmes=[name for name in PROGRAMMES if row[f"in_{name.lower()}"]],
        group=row["group"],
        sector=row["sector"],
        readings=Readings.parse(arguments.reading),
        known_on=_known_on(arguments),
        language=arguments.lang,
    )


def _list(arguments: argparse.Namespace) -> int:
    given = [name for name in SINGLE if getattr(arguments, name) is not None]
    if given or not (arguments.file and arguments.out):
        problem = f"--{given[0]} tidak dipakai" if given else "--file dan --out harus disebut berdua"
        raise LawError(f"Untuk sebuah daftar {problem}; isinya ditulis dalam kolom-kolom daftar.")
    readings, known_on = Readings.parse(arguments.reading), _known_on(arguments)
    source, out = Path(arguments.file), Path(arguments.out)
    law_lists.writable(out, source)
    read = law_lists.read(source)
    answered = law_lists.answer(read, readings=readings, known_on=known_on, language=arguments.lang)
    law_lists.write(answered.frame, out, separator=read.separator)
    doubts = doubts_in(answered.asked.select(*INPUTS), readings=readings, known_on=known_on, language=arguments.lang)
    law_page.report(answered, doubts, out, as_json=arguments.json, language=arguments.lang)
    return 1 if answered.refused else 0


def _known_on(arguments: argparse.Namespace) -> date | None:
    if arguments.known_on is None:
        return None
    try:
        return date.fromisoformat(arguments.known_on)
    except ValueError as unreadable:
        raise LawError("--known-on ditulis TTTT-BB-HH, misalnya 2026-05-31.") from unreadable
