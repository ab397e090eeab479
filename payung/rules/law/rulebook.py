"""rulebook(month): the numbers in force, each with its citation and certainty; one month's law, frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from payung.rules.law.brackets import Edition
from payung.rules.law.deferral import deferrals
from payung.rules.law.figures import BeforeTheLawError, Figure
from payung.rules.law.reliefs import Relief
from payung.rules.law.statute import FIRST_MONTH, statute
from payung.rules.law.tables import Table, table
from payung.rules.months import Month


@dataclass(frozen=True)
class Rulebook:
    """What contributions are reckoned with in `month`. Names are those of the tables.

    `jkp` and `jkp_wage_cap` are empty before February 2021, `minimum_wages` (by Kemendagri code) before 2022.
    """

    month: Month
    known_on: date | None
    jkk_pu: Mapping[int, Figure]
    jkk_bpu: Figure
    jkm_pu: Figure
    jkm_bpu: Figure
    jht_pu_employer: Figure
    jht_pu_worker: Figure
    jht_bpu_worker: Figure
    jp_employer: Figure
    jp_worker: Figure
    jp_ceiling: Figure
    jakon_jkk: Figure
    jakon_slices: Mapping[str, tuple[Figure, ...]]
    bpu_brackets: Edition
    reliefs: tuple[Relief, ...]
    deferrals: Mapping[str, Figure]
    jkp: Mapping[str, Figure]
    jkp_wage_cap: Figure | None
    minimum_wages: Mapping[str, Figure]


@lru_cache(maxsize=1024)
def rulebook(on: Month, *, known_on: date | None = None) -> Rulebook:
    """The numbers in force in a contribution month, as known on a day (None: all that has been entered).

    Past the last published value of a yearly table that value stands, with certainty "not yet published".
    Raises BeforeTheLawError for months before July 2015, NotKnownError when nothing was known on that day.
    """
    if on < FIRST_MONTH:
        raise BeforeTheLawError(f"Iuran dihitung mulai Juli 2015; bulan {on} ditolak.")
    law = statute(known_on)
    return Rulebook(
        month=on,
        known_on=known_on,
        jkk_pu=MappingProxyType({group: rates.at(on) for group, rates in law.jkk_pu.items()}),
        jkk_bpu=law.jkk_bpu.at(on),
        jkm_pu=law.jkm_pu.at(on),
        jkm_bpu=law.jkm_bpu.at(on),
        jht_pu_employer=law.jht_pu_employer.at(on),
        jht_pu_worker=law.jht_pu_worker.at(on),
        jht_bpu_worker=law.jht_bpu_worker.at(on),
        jp_employer=law.jp_employer.at(on),
        jp_worker=law.jp_worker.at(on),
        jp_ceiling=law.jp_ceiling.at(on),
        jakon_jkk=law.jakon_jkk.at(on),
        jakon_slices=MappingProxyType(
            {name: tuple(part.rates.at(on) for part in parts) for name, parts in law.jakon_slices.items()}
        ),
        bpu_brackets=[edition for edition in law.bpu_brackets if edition.first <= on][-1],
        reliefs=tuple(relief for relief in law.reliefs if relief.runs_in(on)),
        deferrals=MappingProxyType({figure.key[0]: figure for figure in deferrals(known_on) if _runs_in(figure, on)}),
        jkp=_by_key(table("jkp"), on, known_on),
        jkp_wage_cap=_by_key(table("jkp_wage_cap"), on, known_on).get(""),
        minimum_wages=_by_key(table("minimum_wage"), on, known_on),
    )


def _runs_in(figure: Figure, month: Month) -> bool:
    return figure.first <= month <= (figure.last or figure.first)


def _by_key(of: Table, on: Month, known_on: date | None) -> Mapping[str, Figure]:
    """The figures of a table that begins later than the law itself: those whose time has come."""
    known = {row.figure.key for row in of.known(known_on) if row.figure.first <= on}
    return MappingProxyType({"".join(key): of.series(*key, known_on=known_on).at(on) for key in sorted(known)})
