"""What the law of the day of the event pays for a claim, with every step; refusals as sentences."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from payung.office.claims.circumstances import Circumstances
from payung.office.claims.heirs import schoolchildren
from payung.office.claims.kind import Kind
from payung.rules.law.benefits.columns import KINDS as BENEFITS
from payung.rules.law.benefits.explain import Benefit, explain
from payung.rules.law.benefits.refusals import BenefitRefusedError
from payung.rules.law.figures import Certainty, weakest
from payung.rules.law.readings import Readings
from payung.rules.law.words import Language

COUNTED_CHILDREN = 2


@dataclass(frozen=True)
class Reckoned:
    """The answers of the kind's formulas. `refused` is a sentence where the law has no answer yet, with its `code`."""

    benefits: tuple[Benefit, ...]
    refused: str = ""
    code: str = ""

    @property
    def total_rupiah(self) -> int:
        return sum(benefit.total for benefit in self.benefits)

    @property
    def certainty(self) -> Certainty:
        return weakest(benefit.certainty for benefit in self.benefits)

    @property
    def components(self) -> dict[str, int]:
        """Rupiah by component, those of several formulas side by side."""
        return {name: amount for benefit in self.benefits for name, amount in benefit.components.items() if amount}


def reckon(kind: Kind, about: Circumstances, *, language: Language = "id") -> Reckoned:
    """The whole amount. Of several formulas, those for which nothing was told are left out."""
    found: list[Benefit] = []
    refused: BenefitRefusedError | None = None
    for formula in kind.formulas:
        words = {word: said for word in formula.words if (said := _word(word, about)) is not None}
        one_of = BENEFITS[formula.kind].one_of
        if len(kind.formulas) > 1 and one_of and not any(word in words for word in one_of):
            continue
        try:
            found.append(_explained(formula.kind, words, about, language))
        except BenefitRefusedError as problem:
            refused = refused or problem
    if not found and not refused:
        refused = _nothing_told(kind, about, language)
    return Reckoned(tuple(found), str(refused), refused.code) if refused else Reckoned(tuple(found))


def jkm_waits(about: Circumstances) -> tuple[bool, str, str]:
    """Whether only the funeral is paid, by which rule, and how certain that is."""
    words = {word: said for word in ("member_since", "resumed_on") if (said := _word(word, about)) is not None}
    told = _explained("jkm", words, about, "id")
    waits = not told.components["death"]
    cited = told.doubts[0].citation if told.doubts else told.steps[0].citation
    return waits, cited, told.certainty.value


def _explained(kind: str, words: Mapping[str, object], about: Circumstances, language: Language) -> Benefit:
    given = {word: tuple(said) if isinstance(said, list) else said for word, said in words.items()}
    told = tuple(sorted({**given, "class": about.membership_class}.items()))
    return answered(kind, about.event_on, about.readings, language, told)


@lru_cache(maxsize=4096)
def answered(
    kind: str, on: date, readings: Readings, language: Language, words: tuple[tuple[str, Any], ...]
) -> Benefit:
    """The law's answer, which is the same as often as it is asked: a case is opened again after every step of it.

    Raises BenefitRefusedError.
    """
    return explain(kind, on=on, readings=readings, language=language, **dict(words))


def _nothing_told(kind: Kind, about: Circumstances, language: Language) -> BenefitRefusedError | None:
    try:
        _explained(kind.formulas[0].kind, {}, about, language)
    except BenefitRefusedError as problem:
        return problem
    return None


def _children(about: Circumstances) -> list[str] | None:
    told = [f"{heir.birth_date:%Y-%m-%d}:{heir.school}" for heir in schoolchildren(about.heirs)]
    return told[:COUNTED_CHILDREN] or None


SOURCES: Mapping[str, Callable[[Circumstances], object]] = MappingProxyType(
    {
        "wage": lambda about: about.wage_rupiah,
        "member_since": lambda about: about.member_since if about.membership_class == "BPU" else None,
        "resumed_on": lambda about: about.resumed_on if about.membership_class == "BPU" else None,
        "paid_months": lambda about: len(about.paid_by_event),
        "cause": lambda about: "jkm" if about.case.event == "death" else "jkk",
        "child": _children,
        "balance": lambda about: about.balance_rupiah,
    }
)
"""Words of the law that the office knows itself; every other is a fact of the case."""


def _word(word: str, about: Circumstances) -> object:
    if word in SOURCES:
        return SOURCES[word](about)
    told = about.facts.get(word)
    return None if told == "no" else told
