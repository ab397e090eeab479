"""What every explanation of a benefit is told with: steps that cite their figures, and the doubts met on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from payung.rules.law.benefits.law import Law
from payung.rules.law.benefits.losses import Loss
from payung.rules.law.figures import Certainty, Figure, weakest
from payung.rules.law.narration import Doubt, Step
from payung.rules.law.readings import all_readings
from payung.rules.law.statute import statute
from payung.rules.law.words import Language, words_in
from payung.rules.money import rupiah


@dataclass(frozen=True)
class Teller:
    """Tells one row of `paid`: the facts and the columns by name, on a day, as one office reads the law."""

    row: Mapping[str, Any]
    losses: tuple[Loss, ...]
    on: date
    law: Law
    language: Language
    doubts: dict[str, Doubt] = field(default_factory=dict)

    def figure(self, name: str, *key: str) -> Figure:
        """The figure in force on the day."""
        return self.law.history(name, *key).on(self.on)

    def step(
        self, name: str, formula: str, value: int, figures: Sequence[Figure], readings: Sequence[str] = ()
    ) -> Step:
        """A step that rests on figures, the first of which it cites, and on readings."""
        for figure in figures:
            self._doubt(figure)
        certainties = [*(figure.certainty for figure in figures), *map(self._rests_on, readings)]
        return Step(name, formula, value, figures[0].citation, weakest(certainties))

    def chosen_step(self, name: str, formula: str, value: int, figure: Figure, readings: Sequence[str]) -> Step:
        """A step whose figure an office's readings chose: their doubts stand for its own."""
        return Step(name, formula, value, figure.citation, weakest(map(self._rests_on, readings)))

    def amount(self, phrase: str, component: str, figure: Figure) -> Step:
        """A step whose formula is the amount itself."""
        value = self.row[component]
        return self.step(self.say(phrase), rupiah(value), value, [figure])

    def base(self) -> Step:
        """The wage reported, or the bracket of a BPU's income."""
        wage, value = self.row["wage_rupiah"], self.row["base_rupiah"]
        if self.row["class"] == "PU":
            formula = self.say("base_wage", wage=rupiah(wage))
            return Step(self.say("base"), formula, value, self._phrase("wage_citation"), Certainty.SOURCED)
        editions = statute(self.law.known_on).bpu_brackets
        edition = [edition for edition in editions if edition.first.first_day <= self.on][-1]
        bracket = edition.bracket_of(wage, gap=self.law.readings["bracket-gap"])
        formula = self.say("base_bracket", wage=rupiah(wage), number=bracket.number, base=rupiah(value))
        readings = ["bracket-gap"] if edition.in_gap(wage) else []
        return self.step(self.say("base"), formula, value, [bracket.base], readings)

    def rounding(self, product: int, divisor: int) -> list[str]:
        """The doubt about rounding, where it had work to do."""
        return ["benefit-rounding"] if product % divisor else []

    def say(self, phrase: str, **filled: object) -> str:
        """A phrase of benefits/phrases.toml."""
        return words_in("benefits/phrases.toml")[phrase].say(self.language, **filled)

    def _phrase(self, phrase: str, **filled: object) -> str:
        return words_in("phrases.toml")[phrase].say(self.language, **filled)

    def _doubt(self, figure: Figure) -> None:
        if figure.certainty is not Certainty.SOURCED:
            reason = figure.doubt.say(self.language)
            self.doubts[figure.id] = Doubt(figure.id, reason, figure.certainty, figure.citation)

    def _rests_on(self, name: str) -> Certainty:
        reading = all_readings()[name]
        used = self.law.readings[name] if reading.options else ""
        reason = reading.reason.say(self.language)
        if used != reading.default:
            reason += " " + self._phrase("chosen", option=reading.options[used].say(self.language))
        self.doubts[name] = Doubt(name, reason, reading.certainty, reading.citation, tuple(reading.options), used)
        return reading.certainty


def component_name(component: str, language: Language) -> str:
    """What people call a component: "Biaya pemakaman", "JKP bulan ke-2"."""
    phrase, _, counted = component.rpartition("_")
    if not counted.isdigit():
        phrase = component
    return words_in("benefits/phrases.toml")[phrase].say(language, child=counted, month=counted)


def percent_text(percent: int) -> str:
    """60 -> "60%"."""
    return f"{percent}%"


def shares_text(shares: int) -> str:
    """Hundred-thousandths as Indonesians print a percentage: 4500 -> "4,5%"."""
    whole, part = divmod(shares, 1_000)
    return f"{whole},{f'{part:03d}'.rstrip('0')}%" if part else f"{whole}%"
