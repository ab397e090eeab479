"""What is owed for a month: PP 44, 45 and 46 of 2015 and the temporary reliefs, written once.

The formulas are Narwhals expressions over Int64, so the same lines serve one person, a Polars frame of
millions and a Spark cluster. Every intermediate is a column (columns.STEPS): the explanation is the row.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

import narwhals as nw
from narwhals.typing import IntoFrameT

from payung.rules.law.columns import AMOUNTS, REFUSAL
from payung.rules.law.engines import Work, reckon
from payung.rules.law.expressions import bracket_base, by_group, cases, in_force, rounded, whole
from payung.rules.law.figures import LawError
from payung.rules.law.readings import DEFAULT_READINGS, Readings
from payung.rules.law.refusals import refusal
from payung.rules.law.reliefs import percent_owed
from payung.rules.law.statute import Statute, statute

BASE = nw.col("base_rupiah")

Column = tuple[str, nw.Expr]
"""A new column: its name and its formula, which may use the columns before it."""


class NotWholeRupiahError(LawError):
    """The wage column is not of whole numbers; money is never a float."""


def owed(
    frame: IntoFrameT,
    *,
    readings: Readings = DEFAULT_READINGS,
    known_on: date | None = None,
    columns: Sequence[str] | None = None,
) -> IntoFrameT:
    """The frame with every step and amount of the contributions as columns, row order kept.

    Takes any frame Narwhals knows (Polars eager or lazy, DuckDB, PySpark) with the columns of
    `columns.INPUTS`; a lazy one stays lazy. `columns` names what to return, of the frame's own and the new
    ones: what is not asked for is not reckoned. A row the law has no answer to keeps its place with empty
    amounts and its `refusal`. `known_on`: reckoned with what was known on that day.

    Raises NotWholeRupiahError when wages are not integers.
    """
    new_columns = formulas(known_on, readings)

    def add_columns(work: Work) -> Work:
        if not work.collect_schema()["wage_rupiah"].is_integer():
            raise NotWholeRupiahError("Kolom wage_rupiah harus bilangan bulat rupiah.")
        work = work.with_columns(nw.col("month", "wage_rupiah", "group").cast(nw.Int64))
        for name, formula in new_columns:
            work = work.with_columns(formula.alias(name))
        return work if columns is None else work.select(*columns)

    return reckon(frame, add_columns)


@lru_cache(maxsize=64)
def formulas(known_on: date | None, readings: Readings) -> tuple[Column, ...]:
    """Every new column, in the order of reckoning."""
    law = statute(known_on)
    wage = nw.col("wage_rupiah")
    return (
        (REFUSAL, refusal()),
        ("base_rupiah", by_class(pu=wage, bpu=bracket_base(law.bpu_brackets, wage, readings))),
        *jkk(law, readings),
        *jkm(law, readings),
        *jht(law, readings),
        *jp(law, readings),
        ("total", sum((nw.col(amount) for amount in AMOUNTS[1:-1]), start=nw.col(AMOUNTS[0]))),
    )


def jkk(law: Statute, readings: Readings) -> Iterator[Column]:
    """Work accident. PU: PP 44/2015 art. 16(1), by risk group. BPU: Lampiran II, on its bracket. JAKON: one rate."""
    rate, relief = nw.col("jkk_rate"), nw.col("jkk_relief")
    yield "jkk_rate", by_class(pu=_jkk_of_wages(law), bpu=in_force(law.jkk_bpu))
    yield "jkk_relief", percent_owed(law.reliefs_of("JKK"), readings)
    yield "jkk_unrelieved_rupiah", member("jkk", rounded(BASE * rate, readings))
    yield "jkk", member("jkk", rounded(BASE * (rate * relief // 100), readings))


def _jkk_of_wages(law: Statute) -> nw.Expr:
    return cases([(nw.col("class") == "JAKON", in_force(law.jakon_jkk))], otherwise=by_group(law.jkk_pu))


def jkm(law: Statute, readings: Readings) -> Iterator[Column]:
    """Death. PU: PP 44/2015 art. 18(1), a rate on the wage. BPU: art. 18, the same sum for every income."""
    rate, flat, relief = nw.col("jkm_rate"), nw.col("jkm_flat_rupiah"), nw.col("jkm_relief")
    yield "jkm_rate", by_class(pu=in_force(law.jkm_pu), bpu=whole(0))
    yield "jkm_flat_rupiah", by_class(pu=whole(0), bpu=in_force(law.jkm_bpu))
    yield "jkm_relief", percent_owed(law.reliefs_of("JKM"), readings)
    yield "jkm_unrelieved_rupiah", member("jkm", flat + rounded(BASE * rate, readings))
    yield "jkm", member("jkm", flat * relief // 100 + rounded(BASE * (rate * relief // 100), readings))


def jht(law: Statute, readings: Readings) -> Iterator[Column]:
    """Old-age savings, without a ceiling. PP 46/2015 art. 16(1); a BPU member owes the whole (Lampiran)."""
    yield "jht_employer_rate", by_class(pu=in_force(law.jht_pu_employer), bpu=whole(0))
    yield "jht_worker_rate", by_class(pu=in_force(law.jht_pu_worker), bpu=in_force(law.jht_bpu_worker))
    for share in ("jht_employer", "jht_worker"):
        yield share, member("jht", rounded(BASE * nw.col(f"{share}_rate"), readings))


def jp(law: Statute, readings: Readings) -> Iterator[Column]:
    """Pension, on the wage up to the ceiling. PP 45/2015 art. 28(3) and 29; not for BPU."""
    yield "jp_ceiling_rupiah", in_force(law.jp_ceiling)
    yield "jp_base_rupiah", nw.min_horizontal("wage_rupiah", "jp_ceiling_rupiah")
    yield "jp_employer_rate", in_force(law.jp_employer)
    yield "jp_worker_rate", in_force(law.jp_worker)
    for share in ("jp_employer", "jp_worker"):
        yield share, member("jp", rounded(nw.col("jp_base_rupiah") * nw.col(f"{share}_rate"), readings))


def by_class(*, pu: nw.Expr, bpu: nw.Expr) -> nw.Expr:
    """One formula for wage earners (construction and interns too), another for members without a wage."""
    return nw.when(nw.col("class") == "BPU").then(bpu).otherwise(pu)


def member(programme: str, amount: nw.Expr) -> nw.Expr:
    """The amount for members of the programme, 0 for the others, nothing where the row is refused."""
    joined = nw.when(nw.col(f"in_{programme}")).then(amount).otherwise(whole(0))
    return nw.when(nw.col(REFUSAL).is_null()).then(joined)
