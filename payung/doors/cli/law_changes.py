"""`payung law changes --from DAY --to DAY`: what changed in the law in between."""

import argparse
import json
from datetime import date

from payung.rules.law.changes import Change, changes
from payung.rules.law.figures import LawError
from payung.rules.law.words import Language, Words

WHAT = {"begins": Words("mulai", "begins"), "ends": Words("berakhir", "ends")}
SAME = Words("{value}, nilainya tetap", "{value}, the value stays")
NOTHING = Words("Tidak ada perubahan antara {first} dan {last}.", "No change between {first} and {last}.")


def add_arguments(question: argparse.ArgumentParser) -> None:
    """The words of `payung law changes`."""
    question.add_argument("--from", dest="first", metavar="TTTT-BB-HH", required=True, help="hari pertama")
    question.add_argument("--to", dest="last", metavar="TTTT-BB-HH", required=True, help="hari terakhir, termasuk")
    question.add_argument("--known-on", metavar="TTTT-BB-HH", help="hanya aturan yang dikenal pada hari itu")
    question.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa jawaban")
    question.add_argument("--json", action="store_true", help="jawaban sebagai JSON")


def run(arguments: argparse.Namespace) -> int:
    """The changes on standard output, by day. Raises LawError for a day that cannot be read."""
    first, last = _day("from", arguments.first), _day("to", arguments.last)
    known_on = _day("known-on", arguments.known_on) if arguments.known_on else None
    if last < first:
        raise LawError("--to tidak boleh lebih awal daripada --from.")
    found = changes(first, last, known_on=known_on)
    if arguments.json:
        print(json.dumps([_plain(change) for change in found], ensure_ascii=False, indent=2))
    elif not found:
        print(NOTHING.say(arguments.lang, first=first, last=last))
    else:
        print("\n".join(_line(change, arguments.lang) for change in found))
    return 0


def _line(change: Change, language: Language) -> str:
    figure = change.figure
    key = f" {'/'.join(figure.key)}" if figure.key else ""
    values = f"{'-' if change.before is None else change.before} -> {'-' if change.after is None else change.after}"
    if change.before == change.after:  # a newer regulation that repeats the number
        values = SAME.say(language, value=change.after)
    return (
        f"{change.day}  {WHAT[change.what].say(language)}  {change.title.say(language)}{key}: {values}"
        f" ({change.unit}); {figure.citation}"
    )


def _plain(change: Change) -> dict[str, object]:
    figure = change.figure
    return {
        "day": change.day.isoformat(),
        "what": change.what,
        "table": figure.table,
        "key": list(figure.key),
        "row": figure.id,
        "title": {"id": change.title.id, "en": change.title.en},
        "unit": change.unit,
        "before": None if change.before is None else str(change.before),
        "after": None if change.after is None else str(change.after),
        "citation": figure.citation,
        "certainty": figure.certainty.value,
        "known_from": figure.known_from.isoformat(),
    }


def _day(word: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as unreadable:
        raise LawError(f"--{word} ditulis TTTT-BB-HH, misalnya 2026-05-31.") from unreadable
