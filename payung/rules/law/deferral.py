"""Contributions that may be paid later: owed all the same, but not at the usual time."""

from datetime import date

import narwhals as nw
from narwhals.typing import IntoFrameT

from payung.rules.law.contributions import member
from payung.rules.law.engines import Work, reckon
from payung.rules.law.expressions import cases, months_within, rounded, whole
from payung.rules.law.figures import Figure
from payung.rules.law.readings import DEFAULT_READINGS, Readings
from payung.rules.law.tables import table

SHARES = ("jp_employer", "jp_worker")


def deferrals(known_on: date | None) -> tuple[Figure, ...]:
    """The deferrals known on a day."""
    return tuple(row.figure for row in table("deferrals").known(known_on))


def deferrable(frame: IntoFrameT, *, readings: Readings = DEFAULT_READINGS, known_on: date | None = None) -> IntoFrameT:
    """Adds jp_employer_deferrable and jp_worker_deferrable to the columns of `owed`: rupiah that may wait.

    PP 49/2020: 99 % of JP of August 2020 to January 2021. What is paid at the usual time is the other 1 %, rounded
    by itself; 0 in all other months, nothing where the row is refused.
    """
    due_now = [(months_within(figure.first, figure.last or figure.first), figure) for figure in deferrals(known_on)]

    def add_columns(work: Work) -> Work:
        return work.with_columns(**{f"{share}_deferrable": member("jp", later(share)) for share in SHARES})

    def later(share: str) -> nw.Expr:
        amount = nw.col(share)
        kept = [
            (
                runs,
                amount
                - rounded(nw.col("jp_base_rupiah") * (nw.col(f"{share}_rate") * _paid_now(figure) // 100), readings),
            )
            for runs, figure in due_now
        ]
        return cases(kept, otherwise=whole(0))

    return reckon(frame, add_columns)


def _paid_now(figure: Figure) -> int:
    """The whole percent that is paid at the usual time."""
    return 100 - int(figure.value * 100)
