"""JKP: shown, never charged. BPJS takes it out of JKK and, until 2025, JKM already paid; the state adds.

Only for workers of an entrepreneur (Pengusaha): non-ASN staff of a government have no JKP.
"""

from datetime import date

import narwhals as nw
from narwhals.typing import IntoFrameT

from payung.rules.law.engines import Work, reckon
from payung.rules.law.expressions import in_force, month_from, rounded, whole
from payung.rules.law.figures import NotKnownError
from payung.rules.law.readings import DEFAULT_READINGS, Readings
from payung.rules.law.tables import Table, table

PARTS = ("from_jkk", "from_jkm", "government")


def recomposition(
    frame: IntoFrameT, *, readings: Readings = DEFAULT_READINGS, known_on: date | None = None
) -> IntoFrameT:
    """Adds jkp_base_rupiah and what JKP gets of it: jkp_from_jkk, jkp_from_jkm, jkp_government (rupiah).

    Needs the columns class, payer, month and wage_rupiah. 0 before February 2021 and for everyone but a PU
    whose employer pays. PP 37/2021 art. 11, from February 2025 PP 6/2025 art. 11.
    """
    eligible = (nw.col("class") == "PU") & (nw.col("payer") == "employer")
    base = nw.min_horizontal(nw.col("wage_rupiah"), _since_begun(table("jkp_wage_cap"), (), known_on))
    rates = {f"jkp_{part}": _since_begun(table("jkp"), (part,), known_on) for part in PARTS}

    def add_columns(work: Work) -> Work:
        work = work.with_columns(jkp_base_rupiah=nw.when(eligible).then(base).otherwise(whole(0)))
        shares = {name: rounded(nw.col("jkp_base_rupiah") * rate, readings) for name, rate in rates.items()}
        return work.with_columns(**shares)

    return reckon(frame, add_columns)


def _since_begun(of: Table, key: tuple[str, ...], known_on: date | None) -> nw.Expr:
    """The number in force, 0 before JKP began or was known."""
    try:
        history = of.series(*key, known_on=known_on)
    except NotKnownError:
        return whole(0)
    return nw.when(month_from(history.figures[0].first)).then(in_force(history)).otherwise(whole(0))
