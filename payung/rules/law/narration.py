"""The steps behind each programme's amount, told from the row that `owed` reckoned.

Nothing is reckoned again here: every value is a column of the row, every citation comes from the rulebook.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from payung.rules.law.brackets import Bracket
from payung.rules.law.columns import GOVERNMENT_PAYERS
from payung.rules.law.figures import Certainty, Figure, weakest
from payung.rules.law.questions import Question
from payung.rules.law.readings import Reading, Readings, all_readings, reading_of_payer
from payung.rules.law.reliefs import Relief
from payung.rules.law.rulebook import Rulebook
from payung.rules.law.words import Language, words_in
from payung.rules.money import RATE_SCALE, percent, rupiah


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation. `value` is whole rupiah; the formula reads as on paper."""

    name: str
    formula: str
    value: int
    citation: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the answer rests on that is not sourced; with options, a reading an office may change."""

    id: str
    reason: str
    certainty: Certainty
    citation: str
    options: tuple[str, ...] = ()
    used: str = ""


@dataclass(frozen=True)
class Narrator:
    """Tells the steps of one row and gathers the doubts it meets on the way."""

    question: Question
    row: Mapping[str, Any]
    law: Rulebook
    readings: Readings
    language: Language
    doubts: dict[str, Doubt] = field(default_factory=dict)

    def steps_of(self, programme: str) -> tuple[Step, ...]:
        """The steps of JKK, JKM, JHT or JP, the base first."""
        told = {"JKK": self._jkk, "JKM": self._jkm, "JHT": self._jht, "JP": self._jp}[programme]
        return tuple(told())

    def jkp_steps(self) -> tuple[Step, ...]:
        """What JKP receives of this month's contributions: only for a PU whose employer pays JKK."""
        if not self.row["jkp_base_rupiah"] or "JKK" not in self.question.programmes:
            return ()
        parts = [(part, figure) for part, figure in self.law.jkp.items() if figure.value]
        return tuple(
            self._rate_step(self._say(f"jkp_{part}"), figure, "jkp_base_rupiah", f"jkp_{part}")
            for part, figure in parts
        )

    def deferrable_steps(self) -> tuple[Step, ...]:
        """What of this month's JP may be paid later: PP 49/2020, August 2020 to January 2021."""
        figure = self.law.deferrals.get("JP")
        if figure is None or "JP" not in self.question.programmes:
            return ()
        return tuple(self._deferrable(share, figure) for share in ("employer", "worker"))

    def _deferrable(self, share: str, figure: Figure) -> Step:
        owed, later = self.row[f"jp_{share}"], self.row[f"jp_{share}_deferrable"]
        name = self._say(f"deferrable_{share}")
        return self._step(name, f"{rupiah(owed)} - {rupiah(owed - later)} = {rupiah(later)}", later, figure)

    def _jkk(self) -> Iterator[Step]:
        bpu = self.question.membership_class == "BPU"
        jakon = self.question.membership_class == "JAKON"
        if self.question.membership_class == "INTERN":
            self._rests_on(all_readings()["intern-programmes"])
        figure = self.law.jkk_bpu if bpu else self.law.jkk_pu[self.question.group]
        name = self._say("jkk_bpu") if bpu else self._say("jkk_pu", group=self.question.group)
        if jakon:
            figure, name = self.law.jakon_jkk, self._say("jkk_jakon")
        yield self._base()
        yield self._rate_step(name, figure, "base_rupiah", "jkk_unrelieved_rupiah")
        yield from self._relief("JKK", f"{percent(figure.rate)} x {rupiah(self.row['base_rupiah'])}", figure.rate)

    def _jkm(self) -> Iterator[Step]:
        if self.question.membership_class == "BPU":
            flat = rupiah(self.row["jkm_flat_rupiah"])
            value = self.row["jkm_unrelieved_rupiah"]
            yield self._step(self._say("jkm"), self._say("jkm_flat", amount=flat), value, self.law.jkm_bpu)
            yield from self._relief("JKM", flat, 0)
            return
        if self.question.membership_class == "INTERN":
            self._rests_on(all_readings()["intern-programmes"])
        rate = self.law.jkm_pu.rate
        yield self._base()
        yield self._rate_step(self._say("jkm"), self.law.jkm_pu, "base_rupiah", "jkm_unrelieved_rupiah")
        yield from self._relief("JKM", f"{percent(rate)} x {rupiah(self.row['base_rupiah'])}", rate)

    def _jht(self) -> Iterator[Step]:
        yield self._base()
        if self.question.membership_class == "BPU":
            yield self._rate_step(self._say("jht_member"), self.law.jht_bpu_worker, "base_rupiah", "jht_worker")
            return
        if self.question.payer in GOVERNMENT_PAYERS:
            self._rests_on(all_readings()["non-asn-jht"])
        yield self._rate_step(self._say("jht_employer"), self.law.jht_pu_employer, "base_rupiah", "jht_employer")
        yield self._rate_step(self._say("jht_worker"), self.law.jht_pu_worker, "base_rupiah", "jht_worker")

    def _jp(self) -> Iterator[Step]:
        wage, ceiling = self.question.wage_rupiah, self.row["jp_ceiling_rupiah"]
        told = "base_jp_above" if wage > ceiling else "base_jp_below"
        formula = self._say(told, wage=rupiah(wage), ceiling=rupiah(ceiling))
        yield self._step(self._say("base"), formula, self.row["jp_base_rupiah"], self.law.jp_ceiling)
        yield self._rate_step(self._say("jp_employer"), self.law.jp_employer, "jp_base_rupiah", "jp_employer")
        yield self._rate_step(self._say("jp_worker"), self.law.jp_worker, "jp_base_rupiah", "jp_worker")

    def _base(self) -> Step:
        wage, base = self.question.wage_rupiah, self.row["base_rupiah"]
        name = self._say("base")
        if self.question.membership_class != "BPU":
            formula, citation = self._say("base_wage", wage=rupiah(wage)), self._say("wage_citation")
            return Step(name, formula, base, citation, Certainty.SOURCED)
        edition = self.law.bpu_brackets
        bracket = edition.bracket_of(wage, gap=self.readings["bracket-gap"])
        told = {"wage": rupiah(wage), "number": bracket.number, "bounds": self._bounds(bracket)}
        formula = self._say("base_bracket", base=rupiah(base), **told)
        doubt = all_readings()["bracket-gap"] if edition.in_gap(wage) else None
        return self._step(name, formula, base, bracket.base, doubt)

    def _bounds(self, bracket: Bracket) -> str:
        if bracket.income_upto is None:
            return self._say("bounds_highest", low=rupiah(bracket.income_from))
        if bracket.income_from == 0:
            return self._say("bounds_lowest", high=rupiah(bracket.income_upto))
        return self._say("bounds", low=rupiah(bracket.income_from), high=rupiah(bracket.income_upto))

    def _rate_step(self, name: str, figure: Figure, base: str, amount: str) -> Step:
        """A step such as 0,24% x Rp1.841.487 = Rp4.420; rounding is a doubt only where it had work to do."""
        base_rupiah, value = self.row[base], self.row[amount]
        formula = f"{percent(figure.rate)} x {rupiah(base_rupiah)} = {rupiah(value)}"
        return self._step(name, formula, value, figure, self._rounding(base_rupiah * figure.rate))

    def _relief(self, programme: str, unrelieved: str, rate: int) -> Iterator[Step]:
        """The relief of the month for this class and sector: granted, or kept from this payer; else nothing."""
        self._doubt_becak_delman(programme)
        relief = self._relief_of_month(programme, self.readings)
        if relief is None:
            return
        name = self._say("relief", regulation=relief.figure.regulation)
        percent_owed, value = self.row[f"{programme.lower()}_relief"], self.row[programme.lower()]
        formula = f"{percent_owed}% x {unrelieved} = {rupiah(value)}"
        if percent_owed == 100:
            formula = self._say("relief_excluded", payer=self.question.payer, amount=rupiah(value))
        rounding = self._rounding(self.row["base_rupiah"] * (rate * percent_owed // 100))
        payer = reading_of_payer(self.question.payer) if relief.payers_excluded else None
        yield self._step(name, formula, value, relief.figure, rounding, payer)

    def _relief_of_month(self, programme: str, readings: Readings) -> Relief | None:
        """The relief running for this class and sector, and naming this payer if it names any; at most one."""
        asked = self.question
        running = (
            relief
            for relief in self.law.reliefs
            if relief.programme == programme
            and asked.membership_class in relief.classes
            and asked.sector in relief.sectors_as_read(readings)
            and asked.payer in relief.payers
        )
        return next(running, None)

    def _doubt_becak_delman(self, programme: str) -> None:
        """Becak and delman: a doubt only where being transport would change the answer."""
        reading = all_readings()["becak-delman"]
        if self.question.sector == "becak_delman":
            choices = [Readings.parse([f"{reading.id}={option}"]) for option in reading.options]
            relieved = {self._relief_of_month(programme, choice) is not None for choice in choices}
            if len(relieved) > 1:
                self._rests_on(reading)

    def _rounding(self, product: int) -> Reading | None:
        return all_readings()["rounding"] if product % RATE_SCALE else None

    def _step(self, name: str, formula: str, value: int, figure: Figure, *doubts: Reading | None) -> Step:
        """A step that rests on a figure of the law and on the readings it needed."""
        if figure.certainty is not Certainty.SOURCED:
            reason = figure.doubt.say(self.language)
            self.doubts[figure.id] = Doubt(figure.id, reason, figure.certainty, figure.citation)
        rests_on = [self._rests_on(reading) for reading in doubts if reading is not None]
        return Step(name, formula, value, figure.citation, weakest([figure.certainty, *rests_on]))

    def _rests_on(self, reading: Reading) -> Certainty:
        reason = reading.reason.say(self.language)
        if self.readings[reading.id] != reading.default:
            reason += " " + self._say("chosen", option=reading.options[self.readings[reading.id]].say(self.language))
        options, used = tuple(reading.options), self.readings[reading.id]
        self.doubts[reading.id] = Doubt(reading.id, reason, reading.certainty, reading.citation, options, used)
        return reading.certainty

    def _say(self, phrase: str, **filled: object) -> str:
        return words_in("phrases.toml")[phrase].say(self.language, **filled)
