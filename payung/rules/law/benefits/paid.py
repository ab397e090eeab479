"""What the law pays for an event: every kind of benefit, for one row or for millions.

The formulas are Narwhals expressions over Int64, so the same lines serve Polars and a Spark cluster. Each kind
tells its own columns (accident.py, costs.py, death.py, ...); here they are put together, row by row its kind's.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import narwhals as nw
from narwhals.typing import IntoFrameT

from payung.rules.law.benefits import accident, costs, death, job_loss, savings, scholarship
from payung.rules.law.benefits.columns import AMOUNTS, COMPONENTS, FACTS, KINDS, STEPS, Unit
from payung.rules.law.benefits.law import Law, first_day, prove_exact
from payung.rules.law.benefits.refusals import of_kind, refusal
from payung.rules.law.columns import REFUSAL
from payung.rules.law.contributions import NotWholeRupiahError
from payung.rules.law.engines import Work, reckon
from payung.rules.law.expressions import cases, whole
from payung.rules.law.figures import NotKnownError
from payung.rules.law.readings import DEFAULT_READINGS, Readings

FORMULAS: Mapping[str, Callable[[Law], accident.Columns]] = MappingProxyType(
    {
        "jkk-death": accident.death,
        "jkk-total": accident.total,
        "jkk-partial": accident.disability,
        "jkk-functional": accident.disability,
        "jkk-temporary": accident.temporary,
        "jkk-transport": costs.transport,
        "jkk-aids": costs.aids,
        "jkm": death.jkm,
        "scholarship": scholarship.scholarship,
        "jht": savings.jht,
        "jp": savings.jp,
        "jkp": job_loss.jkp,
    }
)

TYPES: Mapping[Unit, type[nw.String] | type[nw.Boolean]] = MappingProxyType(
    {Unit.WORD: nw.String, Unit.YES: nw.Boolean}
)
NO_AMOUNT = nw.lit(None, nw.Int64)
NO_TRUTH = nw.lit(None, nw.Boolean)
TRUTHS = ("waits", "entitled")


def paid(
    frame: IntoFrameT,
    *,
    readings: Readings = DEFAULT_READINGS,
    known_on: date | None = None,
    columns: Sequence[str] | None = None,
    kinds: Sequence[str] = tuple(KINDS),
) -> IntoFrameT:
    """The frame with every component of the benefit, `total` and `refusal` as columns, row order kept.

    Takes any frame Narwhals knows with the columns kind, class, on (the day as 20211103) and those of FACTS; a fact no
    row has may be left out. `columns` names what to return, of the frame's own and the new ones (STEPS too). A row
    without an answer keeps its place with empty amounts and its `refusal`. `kinds`: those to reckon, where it is known
    that the frame holds no others.

    Raises NotWholeRupiahError when a number is not an integer.
    """
    refused, unused, steps, components = formulas(known_on, readings, tuple(kinds))

    def add_columns(work: Work) -> Work:
        own = work.collect_schema().names()
        work = _with_every_fact(work).with_columns(refused, *unused)
        for step in steps:  # a step may use those before it
            work = work.with_columns(step)
        work = work.with_columns(*components)
        total = sum((nw.col(component) for component in COMPONENTS[1:]), start=nw.col(COMPONENTS[0]))
        return work.with_columns(total.alias("total")).select(*(columns or [*own, *AMOUNTS, REFUSAL]))

    return reckon(frame, add_columns)


def _with_every_fact(work: Work) -> Work:
    """All facts as columns of their type; those the frame leaves out are empty."""
    schema = work.collect_schema()
    wanted = {fact.column: TYPES.get(fact.unit, nw.Int64) for fact in FACTS.values()} | {"on": nw.Int64}
    for name, kind in wanted.items():
        if name in schema and kind is nw.Int64 and not (schema[name].is_integer() or schema[name] == nw.Unknown):
            raise NotWholeRupiahError(f"Kolom {name} harus bilangan bulat.")
    given = [nw.col(name).cast(kind) for name, kind in wanted.items() if name in schema]
    empty = [nw.lit(None, kind).alias(name) for name, kind in wanted.items() if name not in schema]
    return work.with_columns(*given, *empty)


@lru_cache(maxsize=256)
def formulas(
    known_on: date | None, readings: Readings, kinds: tuple[str, ...]
) -> tuple[nw.Expr, tuple[nw.Expr, ...], tuple[nw.Expr, ...], tuple[nw.Expr, ...]]:
    """Every new column: the refusal, the steps of no asked kind (empty, all at once), the other steps in the order of
    reckoning, and the components.
    """
    prove_exact()
    law = Law(known_on, readings)
    told = dict(_known(law, kinds))
    empty = {step: NO_TRUTH if step in TRUTHS else NO_AMOUNT for step in STEPS}
    used = [step for step in STEPS if any(step in columns for columns in told.values())]
    steps = {step: _by_kind(step, told, empty[step]) for step in used}
    components = {component: _where_answered(_by_kind(component, told, whole(0))) for component in COMPONENTS}
    return (
        refusal(law, {kind: first_day(kind, law) for kind in told}).alias(REFUSAL),
        tuple(nothing.alias(step) for step, nothing in empty.items() if step not in steps),
        tuple(formula.alias(name) for name, formula in steps.items()),
        tuple(formula.alias(name) for name, formula in components.items()),
    )


def _known(law: Law, kinds: tuple[str, ...]) -> Iterator[tuple[str, accident.Columns]]:
    """The columns of each kind whose numbers were known."""
    for kind in kinds:
        try:
            yield kind, FORMULAS[kind](law)
        except NotKnownError:
            continue


def _by_kind(column: str, told: Mapping[str, accident.Columns], otherwise: nw.Expr) -> nw.Expr:
    """The row's kind's own formula; kinds that share one formula share its branch."""
    sharing: dict[int, list[str]] = {}
    for kind, columns in told.items():
        if column in columns:
            sharing.setdefault(id(columns[column]), []).append(kind)
    return cases([(of_kind(*kinds), told[kinds[0]][column]) for kinds in sharing.values()], otherwise)


def _where_answered(amount: nw.Expr) -> nw.Expr:
    return nw.when(nw.col(REFUSAL).is_null()).then(amount)
