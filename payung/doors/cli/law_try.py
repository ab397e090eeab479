"""`payung law try FILE`: runs the worked cases of a TOML file (docs/law/cases.md)."""

import argparse
import json
from pathlib import Path

from payung.rules.law.casebook import CasebookError, Tried, read_cases, try_case
from payung.rules.law.words import Language, Words

FAILED = Words(
    "{what}: diharapkan {expected}, jawabannya {answered}", "{what}: expected {expected}, answered {answered}"
)
SUMMARY = Words("{held} kasus cocok, {failed} tidak.", "{held} cases hold, {failed} do not.")


def add_arguments(question: argparse.ArgumentParser) -> None:
    """The words of `payung law try`."""
    question.add_argument("file", metavar="KASUS.toml", help="berkas kasus; lihat docs/law/cases.md")
    question.add_argument("--lang", choices=("id", "en"), default="id", help="bahasa jawaban")
    question.add_argument("--json", action="store_true", help="jawaban sebagai JSON")


def run(arguments: argparse.Namespace) -> int:
    """Status 0 when every case holds, else 1. Raises LawError for a file or a case that cannot be read."""
    tried = [try_case(case, arguments.lang) for case in read_cases(_text(Path(arguments.file)))]
    failed = [one for one in tried if one.failures]
    if arguments.json:
        print(json.dumps([_plain(one) for one in tried], ensure_ascii=False, indent=2))
    else:
        for one in failed:
            print(_told(one, arguments.lang))
        print(SUMMARY.say(arguments.lang, held=len(tried) - len(failed), failed=len(failed)))
    return 1 if failed else 0


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise CasebookError(f"Berkas {path} tidak ada atau tidak dapat dibaca.") from unreadable


def _told(one: Tried, language: Language) -> str:
    """A failing case: what did not hold, then the steps behind the answer."""
    lines = [f"{one.case['id']}: {one.case.get('title', '')}".rstrip(": ")]
    for what, expected, answered in one.failures:
        lines.append("  " + FAILED.say(language, what=what, expected=expected, answered=answered))
    if one.told.reason:
        lines.append(f"    {one.told.reason}")
    lines += [f"    {step.name}: {step.formula} [{step.citation}]" for step in one.told.steps]
    return "\n".join(lines)


def _plain(one: Tried) -> dict[str, object]:
    return {
        "id": one.case["id"],
        "holds": not one.failures,
        "failures": [
            {"what": what, "expected": expected, "answered": answered} for what, expected, answered in one.failures
        ],
    }
