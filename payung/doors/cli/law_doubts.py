"""`payung law doubts`: everything that is not certain, and what is used meanwhile."""

import argparse
import json

from payung.rules.law.doubts import OpenDoubt, open_doubts
from payung.rules.law.readings import Readings
from payung.rules.law.words import Language, words_in


def add_arguments(question: argparse.ArgumentParser) -> None:
    """The words of `payung law doubts`."""
    question.add_argument(
        "--reading", metavar="ID=PILIHAN", action="append", default=[], help="tafsir hukum yang diragukan"
    )
    question.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa jawaban")
    question.add_argument("--json", action="store_true", help="jawaban sebagai JSON")


def run(arguments: argparse.Namespace) -> int:
    """Readings first, then rows, on standard output. Raises LawError for an unknown reading."""
    found = open_doubts(Readings.parse(arguments.reading))
    if arguments.json:
        print(json.dumps([_plain(doubt) for doubt in found], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(_told(doubt, arguments.lang) for doubt in found))
    return 0


def _told(doubt: OpenDoubt, language: Language) -> str:
    certainty = words_in("phrases.toml")[f"certainty {doubt.certainty}"].say(language)
    lines = [f"{doubt.id} ({certainty})"]
    if doubt.question:
        lines.append(f"  {doubt.question.say(language)}")
    lines += [f"  {doubt.reason.say(language)}", f"  {doubt.citation}"]
    if doubt.options:
        lines.append(f"  --reading {doubt.id}={'|'.join(doubt.options)}  [{doubt.used}]")
    return "\n".join(lines)


def _plain(doubt: OpenDoubt) -> dict[str, object]:
    return {
        "id": doubt.id,
        "kind": doubt.kind,
        "question": {"id": doubt.question.id, "en": doubt.question.en} if doubt.question else None,
        "reason": {"id": doubt.reason.id, "en": doubt.reason.en},
        "certainty": doubt.certainty.value,
        "citation": doubt.citation,
        "options": list(doubt.options),
        "used": doubt.used,
        "sources": list(doubt.sources),
        "checked_on": doubt.checked_on.isoformat() if doubt.checked_on else None,
    }
