"""Worked cases: questions with the answer a person derived by hand, as TOML (docs/law/cases.md).

A case is tried by the same words as a command; its expectations are compared to the rupiah.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from payung.rules.law.asking import WORDS, ask
from payung.rules.law.explain import RefusedError
from payung.rules.law.figures import LawError
from payung.rules.law.narration import Step
from payung.rules.law.readings import Readings
from payung.rules.law.words import Language

Case = Mapping[str, Any]

OWED = "owed"
ABOUT = frozenset(
    ("id", "title", "kind", "expect", "refused", "certainty", "doubts", "readings", "known_on", "reasoning", "source")
)
"""Fields that are no input."""

WATCHES = frozenset(("table", "change"))
"""Fields that tie a case to the change of the law it watches; no input either."""


class CasebookError(LawError):
    """The file is no book of worked cases."""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, or its refusal, in the shape that a case compares."""

    amounts: Mapping[str, int]
    certainty: str = ""
    doubts: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    refused: str | None = None
    reason: str = ""


Asker = Callable[[str, Case, Readings, date | None, Language], Told]
"""Answers a case of a kind: (kind, inputs, readings, known_on, language)."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One case with what did not hold, each as (what, expected, answered)."""

    case: Case
    told: Told
    failures: tuple[tuple[str, Any, Any], ...] = field(default=())


def read_cases(text: str) -> list[Case]:
    """Every case of a book. Raises CasebookError for a text without cases or a case without its fields."""
    try:
        cases: list[Case] = tomllib.loads(text)["case"]
    except (tomllib.TOMLDecodeError, KeyError) as wrong:
        raise CasebookError(f"Berkas bukan kumpulan kasus: {wrong}.") from wrong
    seen: set[str] = set()
    for case in cases:
        name = str(case.get("id", ""))
        if not name or name in seen:
            raise CasebookError(f"Setiap kasus perlu id sendiri; {name!r} kosong atau ada dua kali.")
        seen.add(name)
        if ("expect" in case) == ("refused" in case) or not case.get("reasoning"):
            raise CasebookError(f"Kasus {name} perlu reasoning dan salah satu dari expect atau refused.")
    return cases


def try_case(case: Case, ask_kind: Asker, language: Language = "id") -> Tried:
    """Asks and compares. Raises LawError where the question itself cannot be put."""
    inputs = {name: value for name, value in case.items() if name not in ABOUT | WATCHES}
    readings = Readings.parse(case.get("readings", []))
    told = ask_kind(case.get("kind", OWED), inputs, readings, case.get("known_on"), language)
    return Tried(case, told, tuple(_failures(case, told)))


def _failures(case: Case, told: Told) -> Iterator[tuple[str, Any, Any]]:
    if told.refused != case.get("refused"):
        yield "refused", case.get("refused"), told.refused
        return
    for name, expected in case.get("expect", {}).items():
        if told.amounts.get(name) != expected:
            yield name, expected, told.amounts.get(name)
    if "certainty" in case and told.certainty != case["certainty"]:
        yield "certainty", case["certainty"], told.certainty
    if "doubts" in case and list(told.doubts) != case["doubts"]:
        yield "doubts", case["doubts"], list(told.doubts)


def ask_owed(kind: str, inputs: Case, readings: Readings, known_on: date | None, language: Language) -> Told:
    """A question about contributions. Raises CasebookError for another kind or an input that is no word of it."""
    if kind != OWED:
        raise CasebookError(f"Jenis kasus {kind!r} tidak dikenal.")
    if unknown := sorted(inputs.keys() - set(WORDS)):
        raise CasebookError(f"Masukan {unknown[0]!r} tidak dikenal.")
    words = {name: _as_word(value) for name, value in inputs.items()}
    try:
        explained = ask(words, readings=readings, known_on=known_on, language=language)
    except RefusedError as refused:
        return Told({}, refused=refused.code, reason=str(refused))
    shares = {"employer": explained.employer, "worker": explained.worker, "total": explained.total}
    steps = tuple(step for programme in explained.programmes.values() for step in programme.steps)
    doubts = tuple(doubt.id for doubt in explained.doubts)
    return Told({**explained.row, **shares}, explained.certainty, doubts, steps)


def _as_word(value: object) -> str:
    """An input as a person types it."""
    return "+".join(map(str, value)) if isinstance(value, list) else str(value)
