"""`payung law QUESTION`: the law of Jamsostek, asked by month and day. Needs no database.

Exit status: 0 done, 1 done but some rows of a list were refused, 2 could not be done (the reason on standard error).
"""

import argparse
import sys
from importlib import import_module

from payung.doors.cli.law_lists import ListError
from payung.rules.law.figures import LawError

QUESTIONS: dict[str, str] = {
    "owed": "iuran yang terutang",
    "benefit": "manfaat untuk sebuah kejadian",
    "changes": "apa yang berubah antara dua hari",
    "doubts": "semua yang belum pasti dan apa yang dipakai",
    "try": "menjalankan kasus-kasus hitungan dari sebuah berkas",
    "export": "semua tabel sebagai JSON dan CSV",
    "index": "dari pasal ke tabel dan fungsi (isi docs/law/index.md)",
}
"""Question -> help. Each is a module of its own, `law_QUESTION.py`."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of `payung law`, and those of each question."""
    questions = parser.add_subparsers(dest="question", metavar="PERTANYAAN", required=True)
    for name, told in QUESTIONS.items():
        question = questions.add_parser(name, help=told, description=told)
        module = import_module(f"payung.doors.cli.law_{name}")
        module.add_arguments(question)
        question.set_defaults(answer=module.run)


def run(arguments: argparse.Namespace) -> int:
    """Answers; a question that has no answer gives one sentence and status 2."""
    try:
        return int(arguments.answer(arguments))
    except (LawError, ListError) as refused:
        print(refused, file=sys.stderr)
        return 2
