"""Worked cases: questions with the answer a person derived by hand, as TOML (docs/law/cases.md).

A case is tried by the same words as a command; its expectations are compared to the rupiah.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from payung.rules.law import asking, membership_cases
from payung.rules.law.benefits import explain as benefits
from payung.rules.law.benefits.columns import KINDS
from payung.rules.law.benefits.refusals import BenefitRefusedError
from payung.rules.law.explain import RefusedError
from payung.rules.law.figures import BeforeTheLawError, LawError, NotKnownError
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

NO_ANSWER = ((BeforeTheLawError, "before_the_law"), (NotKnownError, "not_known"))
"""What the kinds without refusals of their own are refused as."""


class CasebookError(LawError):
    """The file is no book of worked cases."""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer, or its refusal, in the shape that a case compares."""

    amounts: Mapping[str, int | str]
    certainty: str = ""
    doubts: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    refused: str | None = None
    reason: str = ""


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


def try_case(case: Case, language: Language = "id") -> Tried:
    """Asks and compares. Raises LawError where the question itself cannot be put."""
    told = told_of(case, language)
    return Tried(case, told, tuple(_failures(case, told)))


def told_of(case: Case, language: Language = "id") -> Told:
    """The answer to a case. Raises CasebookError for an unknown kind, LawError where the question cannot be put."""
    kind = case.get("kind", OWED)
    if kind in membership_cases.KINDS:
        return _membership(case, language)
    words = {_word(name): _cell(value) for name, value in case.items() if name not in ABOUT | WATCHES}
    readings, known_on = Readings.parse(case.get("readings", [])), case.get("known_on")
    try:
        if kind == OWED:
            return _owed(words, readings, known_on, language)
        if kind in KINDS:
            return _benefit({"kind": kind, **words}, readings, known_on, language)
    except (RefusedError, BenefitRefusedError) as refused:
        return Told({}, refused=refused.code, reason=str(refused))
    raise CasebookError(
        f"Jenis kasus {kind!r} tidak dikenal; yang ada: {OWED}, {', '.join((*KINDS, *membership_cases.KINDS))}."
    )


def _failures(case: Case, told: Told) -> Iterator[tuple[str, Any, Any]]:
    if case.get("refused") not in (told.refused, (told.refused or "").partition("/")[0] or None):
        yield "refused", case.get("refused"), told.refused
    if told.refused is not None:
        return
    for name, expected in case.get("expect", {}).items():
        if told.amounts.get(name) != (wanted := membership_cases.plain(expected)):
            yield name, wanted, told.amounts.get(name)
    if "certainty" in case and told.certainty != case["certainty"]:
        yield "certainty", case["certainty"], told.certainty
    if "doubts" in case and list(told.doubts) != case["doubts"]:
        yield "doubts", case["doubts"], list(told.doubts)


def _owed(words: Mapping[str, str], readings: Readings, known_on: date | None, language: Language) -> Told:
    explained = asking.ask(words, readings=readings, known_on=known_on, language=language)
    shares = {"employer": explained.employer, "worker": explained.worker, "total": explained.total}
    steps = tuple(step for programme in explained.programmes.values() for step in programme.steps)
    doubts = tuple(doubt.id for doubt in explained.doubts)
    return Told({**explained.row, **shares}, explained.certainty, doubts, steps)


def _benefit(words: Mapping[str, str], readings: Readings, known_on: date | None, language: Language) -> Told:
    benefit = benefits.ask(words, readings=readings, known_on=known_on, language=language)
    doubts = tuple(doubt.id for doubt in benefit.doubts)
    return Told({**benefit.components, "total": benefit.total}, benefit.certainty, doubts, benefit.steps)


def _membership(case: Case, language: Language) -> Told:
    words = {_word(name): value for name, value in case.items() if name not in ABOUT | WATCHES}
    asked = membership_cases.Asked(words, Readings.parse(case.get("readings", [])), case.get("known_on"))
    try:
        found = membership_cases.answered(case["kind"], asked)
    except (BeforeTheLawError, NotKnownError) as refused:
        code = next(code for kind, code in NO_ANSWER if isinstance(refused, kind))
        return Told({}, refused=code, reason=str(refused))
    return Told(found.value, found.certainty, tuple(doubt.say(language) for doubt in found.doubts))


def _word(name: str) -> str:
    """An input's name, written with hyphens as on the command line or with underscores."""
    return name.replace("-", "_")


def _cell(value: object) -> str:
    """An input as a person types it."""
    if isinstance(value, bool):
        return "yes" if value else ""
    return "+".join(map(str, value)) if isinstance(value, list) else str(value)
