"""The kinds of claim as their folders say, and the words that they are told in.

A kind is complete when everything that it names stands somewhere: its formula in `rules/law`, its facts, documents
and checks here. `read` refuses a folder that is not; nothing else needs to know of a new one.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from payung.office.claims.checks import CHECKS
from payung.office.claims.kind import Formula, Kind, Paper
from payung.office.claims.models import Case
from payung.rules.law.benefits.columns import KINDS as BENEFITS
from payung.rules.law.benefits.questions import words_of
from payung.rules.law.words import Language, Words

HERE = Path(__file__).parent
PROGRAMMES = ("JKK", "JKM", "JHT")
CLOCKS = ("report_one", "report_two", "expiry", "payout", "school_year")
PAPERS = ("missing", "approval", "refusal", "pack")
SITUATIONS = (
    "always", "at_work", "traffic", "travel_order", "family_paid", "transport", "spouse", "minor", "death", "alive",
    "leaving", "housing",
)  # fmt: skip
"""When a document is asked for: always, by a fact of that name, by the heirs, by the event."""
UNITS = ("yes", "rupiah", "count", "day", "moment", "losses", "choice")


class IncompleteKind(ValueError):
    """A folder of `kinds/` names something that does not exist, or leaves out what every kind has."""


@dataclass(frozen=True)
class FactAsked:
    """One thing to learn of a case."""

    code: str
    unit: str
    name: Words
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """What a check can answer: `says` is yes, warn, ask or no."""

    code: str
    says: str
    sentence: Words
    citation: str
    certainty: str


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind, in the order of its folder's name."""
    folders = sorted(path.parent for path in (HERE / "kinds").glob("*/kind.toml"))
    return MappingProxyType({folder.name: read(folder) for folder in folders})


@cache
def facts() -> Mapping[str, FactAsked]:
    """Everything that may be asked of a case."""
    return MappingProxyType(
        {
            code: FactAsked(code, told["unit"], Words(told["id"], told["en"]), tuple(told.get("options", ())))
            for code, told in _content("facts").items()
        }
    )


@cache
def documents() -> Mapping[str, tuple[Words, Words]]:
    """Each paper's name, and where a family gets it."""
    return MappingProxyType(
        {
            code: (Words(told["id"], told["en"]), Words(told["where_id"], told["where_en"]))
            for code, told in _content("documents").items()
        }
    )


@cache
def sayings() -> Mapping[str, Said]:
    """Every answer of every check."""
    return MappingProxyType(
        {
            code: Said(
                code, told["says"], Words(told["id"], told["en"]), told.get("citation", ""), told.get("certainty", "")
            )
            for code, told in _content("reasons").items()
        }
    )


def document_name(code: str, language: Language = "id") -> str:
    """What a family calls a paper."""
    return documents()[code][0].say(language)


def read(folder: Path) -> Kind:
    """The kind of one folder. Raises IncompleteKind."""
    told: dict[str, Any] = tomllib.loads((folder / "kind.toml").read_text("utf-8"))
    told = {word: tuple(said) if isinstance(said, list) else said for word, said in told.items()}
    try:
        told["name"] = Words(**told["name"])
        told["formulas"] = tuple(Formula(one["kind"], tuple(one["words"])) for one in told["formulas"])
        told["documents"] = tuple(Paper(**one) for one in told["documents"])
        kind = Kind(code=folder.name, **told)
    except (KeyError, TypeError) as problem:
        raise IncompleteKind(f"{folder.name}: {problem}") from problem
    _require_complete(kind)
    return kind


def _require_complete(kind: Kind) -> None:
    known: tuple[tuple[str, tuple[str, ...], Any], ...] = (
        ("programme", (kind.programme,), PROGRAMMES),
        ("event", kind.events, Case.EVENTS),
        ("fact", kind.facts, facts()),
        ("check", kind.checks, CHECKS),
        ("clock", kind.clocks, CLOCKS),
        ("paper", kind.papers, PAPERS),
        ("document", tuple(paper.code for paper in kind.documents), documents()),
        ("situation", tuple(paper.when for paper in kind.documents), SITUATIONS),
        ("formula", tuple(formula.kind for formula in kind.formulas), BENEFITS),
    )
    for what, named, existing in known:
        if missing := [name for name in named if name not in existing]:
            raise IncompleteKind(f"{kind.code}: no such {what}: {', '.join(missing)}")
    for formula in kind.formulas:
        if strange := set(formula.words) - set(words_of(formula.kind)):
            raise IncompleteKind(f"{kind.code}: {formula.kind} has no word {', '.join(sorted(strange))}")
    if not (kind.name and kind.formulas and kind.checks and kind.documents and kind.papers and kind.sheet):
        raise IncompleteKind(f"{kind.code}: every kind has a formula, checks, documents, papers and a sheet")


def _content(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))
