"""Construction contracts: JKK and JKM from the contract's value, where the workers' wages are not known.

The value is that without PPN; each slice of it has its rate and the slices add up. Where wages are known the
class JAKON of `contributions.owed` answers instead.
"""

from collections.abc import Iterator
from datetime import date

import narwhals as nw
import polars as pl
from narwhals.typing import IntoFrameT

from payung.rules.law.columns import REFUSAL
from payung.rules.law.contributions import Column
from payung.rules.law.engines import Work, reckon
from payung.rules.law.explain import Explanation, ProgrammeOwed, RefusedError
from payung.rules.law.expressions import cases, in_force, month_from, months_within, rounded, whole
from payung.rules.law.narration import Narrator, Step
from payung.rules.law.questions import Question
from payung.rules.law.readings import DEFAULT_READINGS, Readings
from payung.rules.law.reliefs import Relief
from payung.rules.law.rulebook import rulebook
from payung.rules.law.slices import LARGEST_CONTRACT_RUPIAH, Slice
from payung.rules.law.statute import FIRST_MONTH, Statute, statute
from payung.rules.law.words import Language
from payung.rules.money import percent, rupiah
from payung.rules.months import Month

PROGRAMMES = ("JKK", "JKM")
AMOUNTS = ("jkk", "jkm", "total")
CONTRACT = nw.col("contract_rupiah")


def contract_owed(
    frame: IntoFrameT, *, readings: Readings = DEFAULT_READINGS, known_on: date | None = None
) -> IntoFrameT:
    """Adds jkk, jkm and total (rupiah, owed by the contractor) and `refusal` to month and contract_rupiah.

    `month` is Month.index of the month of the work order. Relief of PP 49/2020 included. PP 44/2015, Permenaker
    44/2015 and 5/2021 on construction.
    """
    law = statute(known_on)

    def add_columns(work: Work) -> Work:
        work = work.with_columns(nw.col("month", "contract_rupiah").cast(nw.Int64))
        work = work.with_columns(_refusal().alias(REFUSAL))
        for name, formula in _formulas(law, readings):
            work = work.with_columns(nw.when(nw.col(REFUSAL).is_null()).then(formula).alias(name))
        return work

    return reckon(frame, add_columns)


def _formulas(law: Statute, readings: Readings) -> Iterator[Column]:
    for programme in PROGRAMMES:
        name = programme.lower()
        parts, reliefs = law.jakon_slices[programme], contract_reliefs(law, programme)
        owed = cases(
            [(months_within(one.first, one.last), whole(one.figure.percent_owed)) for one in reliefs], whole(100)
        )
        for part in parts:
            yield f"{name}_slice_{part.number}_rupiah", _inside(part)
            yield f"{name}_slice_{part.number}_rate", in_force(part.rates)
        yield f"{name}_relief", owed
        yield f"{name}_unrelieved_rupiah", rounded(_product(name, parts, whole(100)), readings)
        yield name, rounded(_product(name, parts, nw.col(f"{name}_relief")), readings)
    yield "total", nw.col("jkk") + nw.col("jkm")


def _inside(part: Slice) -> nw.Expr:
    """How much of the contract lies in the slice."""
    above = CONTRACT - part.above_rupiah
    capped = (
        above if part.upto_rupiah is None else nw.min_horizontal(above, whole(part.upto_rupiah - part.above_rupiah))
    )
    return nw.max_horizontal(capped, whole(0))


def _product(name: str, parts: tuple[Slice, ...], percent_owed: nw.Expr) -> nw.Expr:
    """Slices times rates, the rates relieved: one sum, so that there is one rounding."""
    products = [
        nw.col(f"{name}_slice_{part.number}_rupiah")
        * (nw.col(f"{name}_slice_{part.number}_rate") * percent_owed // 100)
        for part in parts
    ]
    return sum(products[1:], start=products[0])


def contract_reliefs(law: Statute, programme: str) -> tuple[Relief, ...]:
    """The reliefs of construction; they name neither payers nor sectors."""
    return tuple(relief for relief in law.reliefs_of(programme) if "JAKON" in relief.classes)


def _refusal() -> nw.Expr:
    reasons = [
        (CONTRACT.is_null(), "contract_missing"),
        (CONTRACT < 0, "contract_negative"),
        (CONTRACT > LARGEST_CONTRACT_RUPIAH, "contract_too_large"),
        (~month_from(FIRST_MONTH), "month_too_early"),
    ]
    return cases([(holds, nw.lit(code)) for holds, code in reasons], nw.lit(None, nw.String))


def explain_contract(
    *,
    contract_rupiah: int,
    month: Month,
    payer: str = "employer",
    readings: Readings = DEFAULT_READINGS,
    known_on: date | None = None,
    language: Language = "id",
) -> Explanation:
    """What a contract owes and why; `contract_rupiah` without PPN. Raises RefusedError."""
    asked = pl.DataFrame(
        {"month": [month.index], "contract_rupiah": [contract_rupiah]}, schema_overrides={"contract_rupiah": pl.Int64}
    )
    row = contract_owed(asked, readings=readings, known_on=known_on).row(0, named=True)
    if row[REFUSAL] is not None:
        raise RefusedError(row[REFUSAL], language)
    question = Question("JAKON", month, 0, payer)
    told = ContractNarrator(
        question, {**row, "base_rupiah": contract_rupiah}, rulebook(month, known_on=known_on), readings, language
    )
    return Explanation(
        question=question,
        base_rupiah=contract_rupiah,
        programmes={name: ProgrammeOwed(row[name.lower()], 0, tuple(told.contract_steps(name))) for name in PROGRAMMES},
        doubts=tuple(told.doubts.values()),
        instead_of_wage={"contract_value": contract_rupiah},
        row=row,
    )


class ContractNarrator(Narrator):
    """Tells the slices of one contract."""

    def contract_steps(self, programme: str) -> Iterator[Step]:
        """The value, each slice that holds something, their sum, and the relief where one runs."""
        name = programme.lower()
        value = rupiah(self.row["base_rupiah"])
        figures = self.law.jakon_slices[programme]
        yield self._step(
            self._say("base"), self._say("contract_value", value=value), self.row["base_rupiah"], figures[0]
        )
        products = []
        for number, figure in enumerate(figures, start=1):
            inside = self.row[f"{name}_slice_{number}_rupiah"]
            if inside:
                products.append(f"{percent(figure.rate)} x {rupiah(inside)}")
        unrelieved = self.row[f"{name}_unrelieved_rupiah"]
        product = sum(
            figure.rate * self.row[f"{name}_slice_{number}_rupiah"] for number, figure in enumerate(figures, start=1)
        )
        formula = f"{' + '.join(products) or rupiah(0)} = {rupiah(unrelieved)}"
        yield self._step(programme, formula, unrelieved, figures[0], self._rounding(product))
        yield from self._contract_relief(name, programme)

    def _contract_relief(self, name: str, programme: str) -> Iterator[Step]:
        running = [one for one in self.law.reliefs if one.programme == programme and "JAKON" in one.classes]
        for relief in running:
            part, amount = self.row[f"{name}_relief"], self.row[name]
            formula = f"{part}% x {rupiah(self.row[f'{name}_unrelieved_rupiah'])} = {rupiah(amount)}"
            label = self._say("relief", regulation=relief.figure.regulation)
            yield self._step(label, formula, amount, relief.figure)
