"""What a folder of `kinds/` says."""

from dataclasses import dataclass

from payung.rules.law.words import Words


@dataclass(frozen=True)
class Formula:
    """A benefit of `rules/law` and the words that it is asked with."""

    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Paper:
    """A document of the checklist and the situation in which it is asked for."""

    code: str
    when: str = "always"


@dataclass(frozen=True)
class Kind:
    """One kind of claim. `sheet` names the official forms that our own data sheet prepares for."""

    code: str
    name: Words
    programme: str
    events: tuple[str, ...]
    formulas: tuple[Formula, ...]
    facts: tuple[str, ...]
    checks: tuple[str, ...]
    clocks: tuple[str, ...]
    papers: tuple[str, ...]
    documents: tuple[Paper, ...]
    sheet: str
    to_heirs: bool = False
    yearly: bool = False
