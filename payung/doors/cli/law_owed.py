"""`payung law owed`: what is owed for one person's month, a contract or a package, or for a whole list."""

import argparse
import json
from datetime import date
from pathlib import Path

from payung.doors.cli import law_lists, law_page
from payung.rules.law.asking import WORDS, ask
from payung.rules.law.columns import INPUTS
from payung.rules.law.explain import as_dict, doubts_in
from payung.rules.law.figures import LawError
from payung.rules.law.readings import Readings

TOLD = "Iuran satu orang untuk satu bulan, atau sebuah daftar (--file dan --out). Lihat docs/law/owed.md."

HELP = {
    "class": ("PU|BPU|JAKON|PMI|INTERN", "PU menerima upah, BPU tidak; JAKON jasa konstruksi, INTERN magang"),
    "wage": ("RUPIAH", "upah sebulan (BPU: penghasilan sebulan), rupiah bulat"),
    "daily_wage": ("RUPIAH", "upah sehari sebagai ganti --wage: dikalikan 25"),
    "policy": ("UMP|UMK", "upah minimum sebagai ganti --wage, bersama --place"),
    "place": ("KODE", "kode wilayah, misalnya 32.73 (UMK) atau 32 (UMP)"),
    "month": ("TTTT-BB", "bulan iuran, mulai 2015-07"),
    "programmes": ("JKK,JKM", "dari JKK, JKM, JHT, JP; biasanya JKK,JKM"),
    "group": ("1-5", "kelompok risiko JKK (PU, INTERN); biasanya 1, jasa pemerintahan"),
    "payer": ("DANA", "APBN, APBD, APBDES, DBHCHT, TPP, CSR, BAZNAS, self atau employer"),
    "sector": ("SEKTOR", "other (biasanya), transport, labour_intensive atau becak_delman"),
    "contract_value": ("RUPIAH", "JAKON: nilai kontrak tanpa PPN, sebagai ganti --wage"),
    "package": ("6|12|24", "PMI: lama paket dalam bulan"),
    "route": ("agency|individual", "PMI: lewat perusahaan penempatan atau perseorangan"),
    "extra_months": ("N", "PMI: bulan tambahan"),
    "jht_monthly": ("RUPIAH", "PMI: JHT pilihan sebulan, paling rendah 50000"),
}


def add_arguments(owed: argparse.ArgumentParser) -> None:
    """The words of `payung law owed`."""
    owed.description = TOLD
    for name in WORDS:
        metavar, told = HELP[name]
        owed.add_argument(f"--{name.replace('_', '-')}", dest=name, metavar=metavar, help=told)
    owed.add_argument("--file", metavar="DAFTAR", help="daftar .csv atau .parquet sebagai ganti satu orang")
    owed.add_argument("--out", metavar="HASIL", help="tujuan hasil daftar, .csv atau .parquet")
    owed.add_argument(
        "--reading", metavar="ID=PILIHAN", action="append", default=[], help="tafsir hukum yang diragukan"
    )
    owed.add_argument("--known-on", metavar="TTTT-BB-HH", help="hitung dengan aturan yang dikenal pada hari itu")
    owed.add_argument(
        "--compared-to", metavar="TTTT-BB-HH", help="daftar: bandingkan dengan aturan yang dikenal pada hari itu"
    )
    owed.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa penjelasan")
    owed.add_argument("--json", action="store_true", help="jawaban sebagai JSON")


def run(arguments: argparse.Namespace) -> int:
    """One answer on standard output, or a list into a file. Raises LawError and ListError."""
    return _list(arguments) if arguments.file or arguments.out else _single(arguments)


def _single(arguments: argparse.Namespace) -> int:
    if arguments.compared_to is not None:
        raise LawError("--compared-to membandingkan sebuah daftar; sebutkan --file dan --out.")
    words = {name: getattr(arguments, name) or "" for name in WORDS}
    explained = ask(
        words,
        readings=Readings.parse(arguments.reading),
        known_on=_day(arguments, "known_on"),
        language=arguments.lang,
    )
    if arguments.json:
        print(json.dumps(as_dict(explained), ensure_ascii=False, indent=2))
    else:
        print(law_page.page(explained, arguments.lang))
    return 0


def _list(arguments: argparse.Namespace) -> int:
    given = [name for name in WORDS if getattr(arguments, name) is not None]
    if given or not (arguments.file and arguments.out):
        problem = f"--{given[0].replace('_', '-')} tidak dipakai" if given else "--file dan --out harus disebut berdua"
        raise LawError(f"Untuk sebuah daftar {problem}; isinya ditulis dalam kolom-kolom daftar.")
    readings, known_on = Readings.parse(arguments.reading), _day(arguments, "known_on")
    source, out = Path(arguments.file), Path(arguments.out)
    law_lists.writable(out, source)
    read = law_lists.read(source)
    answered = law_lists.answer(
        read,
        readings=readings,
        known_on=known_on,
        language=arguments.lang,
        compared_to=_day(arguments, "compared_to"),
    )
    law_lists.write(answered.frame, out, separator=read.separator)
    doubts = doubts_in(answered.asked.select(*INPUTS), readings=readings, known_on=known_on, language=arguments.lang)
    law_page.report(answered, doubts, out, as_json=arguments.json, language=arguments.lang)
    return 1 if answered.refused else 0


def _day(arguments: argparse.Namespace, name: str) -> date | None:
    text = getattr(arguments, name)
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as unreadable:
        raise LawError(f"--{name.replace('_', '-')} ditulis TTTT-BB-HH, misalnya 2026-05-31.") from unreadable
