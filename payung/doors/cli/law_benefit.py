"""`payung law benefit`: what the law pays for one event, or for a whole list of them."""

import argparse
import json
from datetime import date
from pathlib import Path

from payung.doors.cli import law_benefit_page, law_lists, law_page
from payung.rules.law.benefits.columns import AMOUNTS, FACTS, KINDS, Unit
from payung.rules.law.benefits.doubts import doubts_in
from payung.rules.law.benefits.explain import as_dict, ask
from payung.rules.law.benefits.paid import paid
from payung.rules.law.benefits.questions import JOINED_BY, OPTIONAL_CELLS, REQUIRED_CELLS, typed
from payung.rules.law.benefits.refusals import sentence
from payung.rules.law.columns import REFUSAL
from payung.rules.law.figures import LawError
from payung.rules.law.questions import UNREADABLE
from payung.rules.law.readings import Readings

TOLD = "Manfaat untuk satu kejadian, atau sebuah daftar (--file dan --out). Lihat docs/law/benefit.md."
REPEATED = ("loss", "child")
FLAGS = ("left_handed", "cause_work_accident")
HELP = {
    "class": "PU (biasanya) atau BPU",
    "wage": "upah sebulan yang dilaporkan (PU) atau penghasilan sebulan (BPU), rupiah bulat",
    "loss": "baris tabel cacat, misalnya right-thumb atau scalp=20; boleh berulang",
    "child": "anak, LAHIR:JENJANG:KELAS, misalnya 2012-05-20:SD:4; boleh berulang",
    "left_handed": "orangnya kidal: kanan dan kiri bertukar",
    "cause_work_accident": "meninggal karena kecelakaan kerja (ditolak: itu jkk-death)",
    "member_since": "hari kepesertaan BPU dimulai",
    "resumed_on": "hari kepesertaan aktif kembali sesudah gugur",
    "cause": "beasiswa karena jkk atau jkm",
    "reason": "alasan pembayaran JHT atau JP",
    "employer": "private atau state",
}


def add_arguments(benefit: argparse.ArgumentParser) -> None:
    """The words of `payung law benefit`."""
    benefit.description = TOLD
    benefit.add_argument("kind", nargs="?", metavar="JENIS", help=", ".join(KINDS))
    benefit.add_argument("--on", metavar="TTTT-BB-HH", help="hari kejadian (PAK: hari diagnosis)")
    for word in OPTIONAL_CELLS:
        name = f"--{word.replace('_', '-')}"
        if word in FLAGS:
            benefit.add_argument(name, action="store_true", help=HELP[word])
        elif word in REPEATED:
            benefit.add_argument(name, action="append", default=[], help=HELP[word])
        else:
            benefit.add_argument(name, metavar=_metavar(word), help=HELP.get(word))
    benefit.add_argument("--file", metavar="DAFTAR", help="daftar .csv atau .parquet sebagai ganti satu kejadian")
    benefit.add_argument("--out", metavar="HASIL", help="tujuan hasil daftar, .csv atau .parquet")
    benefit.add_argument("--reading", metavar="ID=PILIHAN", action="append", default=[], help="tafsir yang diragukan")
    benefit.add_argument("--known-on", metavar="TTTT-BB-HH", help="hitung dengan aturan yang dikenal pada hari itu")
    benefit.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa penjelasan")
    benefit.add_argument("--json", action="store_true", help="jawaban sebagai JSON")


def _metavar(word: str) -> str | None:
    unit = FACTS[word].unit if word in FACTS else None
    return {Unit.RUPIAH: "RUPIAH", Unit.COUNT: "BANYAKNYA", Unit.DAY: "TTTT-BB-HH"}.get(unit) if unit else None


def run(arguments: argparse.Namespace) -> int:
    """One event on standard output, or a list into a file. Raises LawError and ListError."""
    return _list(arguments) if arguments.file or arguments.out else _single(arguments)


def _single(arguments: argparse.Namespace) -> int:
    cells = _cells(arguments)
    for name, told in (("kind", "jenis manfaat"), ("on", "--on")):
        if name not in cells:
            raise LawError(f"Sebutkan {told}, atau berikan sebuah daftar dengan --file dan --out.")
    readings, known_on = Readings.parse(arguments.reading), _known_on(arguments)
    benefit = ask(cells, readings=readings, known_on=known_on, language=arguments.lang)
    if arguments.json:
        print(json.dumps(as_dict(benefit), ensure_ascii=False, indent=2))
    else:
        print(law_benefit_page.page(benefit, arguments.lang))
    return 0


def _cells(arguments: argparse.Namespace) -> dict[str, str]:
    """The words said, as the cells of a list."""
    cells: dict[str, str] = {}
    for word in (*REQUIRED_CELLS, *OPTIONAL_CELLS):
        said = getattr(arguments, word)
        if said is not None and said is not False and said != []:
            cells[word] = "yes" if said is True else JOINED_BY.join(said) if isinstance(said, list) else said
    return cells


def _list(arguments: argparse.Namespace) -> int:
    given = sorted(_cells(arguments))
    if given or not (arguments.file and arguments.out):
        problem = f"{given[0]} tidak dipakai" if given else "--file dan --out harus disebut berdua"
        raise LawError(f"Untuk sebuah daftar {problem}; isinya ditulis dalam kolom-kolom daftar.")
    readings, known_on = Readings.parse(arguments.reading), _known_on(arguments)
    source, out = Path(arguments.file), Path(arguments.out)
    law_lists.writable(out, source)
    cases = law_lists.read(source, REQUIRED_CELLS, AMOUNTS)
    asked = typed(law_lists.questions(cases, (*REQUIRED_CELLS, *OPTIONAL_CELLS)), known_on=known_on)
    reckoned = paid(asked, readings=readings, known_on=known_on, columns=[*AMOUNTS, REFUSAL, UNREADABLE])
    answered = law_lists.put_together(cases, asked, reckoned, AMOUNTS, lambda code: sentence(code, arguments.lang))
    law_lists.write(answered.frame, out, separator=cases.separator)
    doubts = doubts_in(answered.asked, readings=readings, known_on=known_on, language=arguments.lang)
    law_page.report(answered, doubts, out, as_json=arguments.json, language=arguments.lang)
    return 1 if answered.refused else 0


def _known_on(arguments: argparse.Namespace) -> date | None:
    if arguments.known_on is None:
        return None
    try:
        return date.fromisoformat(arguments.known_on)
    except ValueError as unreadable:
        raise LawError("--known-on ditulis TTTT-BB-HH, misalnya 2026-05-31.") from unreadable
