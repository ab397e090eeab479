"""The statute: every table of the law, put together and proved fit for exact arithmetic.

`statute(known_on)` is the law as it could be known on a day; without a day, all that has been entered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from payung.rules.law.brackets import Edition, editions
from payung.rules.law.columns import PROGRAMMES
from payung.rules.law.figures import Series
from payung.rules.law.reliefs import Relief, reliefs
from payung.rules.law.slices import LARGEST_CONTRACT_RUPIAH, Slice, slices
from payung.rules.law.tables import TableError, table
from payung.rules.money import LARGEST_WAGE_RUPIAH, RATE_SCALE
from payung.rules.months import Month

FIRST_MONTH = Month(2015, 7)
"""PP 44/2015, 45/2015 and 46/2015 are in force from 1 July 2015; contributions before are refused."""

EXACT_BELOW = 2**53
"""Spark divides in doubles, which are exact for integers below this; Polars would wrap only far above."""


@dataclass(frozen=True)
class Statute:
    """Histories of every number contributions need. Read the tables beside it; the names are the same."""

    jkk_pu: Mapping[int, Series]
    jkk_bpu: Series
    jkm_pu: Series
    jkm_bpu: Series
    jht_pu_employer: Series
    jht_pu_worker: Series
    jht_bpu_worker: Series
    jp_employer: Series
    jp_worker: Series
    jp_ceiling: Series
    jakon_jkk: Series
    jakon_slices: Mapping[str, tuple[Slice, ...]]
    bpu_brackets: tuple[Edition, ...]
    reliefs: tuple[Relief, ...]

    def reliefs_of(self, programme: str) -> tuple[Relief, ...]:
        return tuple(relief for relief in self.reliefs if relief.programme == programme)

    def rates(self) -> Iterator[Series]:
        """Every series whose values multiply a wage."""
        yield from self.jkk_pu.values()
        yield from (self.jkk_bpu, self.jkm_pu, self.jht_pu_employer, self.jht_pu_worker, self.jht_bpu_worker)
        yield from (self.jp_employer, self.jp_worker, self.jakon_jkk)


@lru_cache(maxsize=256)
def statute(known_on: date | None = None) -> Statute:
    """All tables as known on a day. Raises NotKnownError, and TableError when the tables are not fit."""

    def history(name: str, *key: str) -> Series:
        return table(name).series(*key, known_on=known_on)

    together = Statute(
        jkk_pu=MappingProxyType({int(key[0]): history("jkk_pu", *key) for key in table("jkk_pu").keys_in_use()}),
        jkk_bpu=history("jkk_bpu"),
        jkm_pu=history("jkm_pu"),
        jkm_bpu=history("jkm_bpu"),
        jht_pu_employer=history("jht", "PU", "employer"),
        jht_pu_worker=history("jht", "PU", "worker"),
        jht_bpu_worker=history("jht", "BPU", "worker"),
        jp_employer=history("jp", "employer"),
        jp_worker=history("jp", "worker"),
        jp_ceiling=history("jp_ceiling"),
        jakon_jkk=history("jkk_jakon"),
        jakon_slices=slices(table("jakon_slices"), known_on),
        bpu_brackets=editions(table("bpu_brackets").known(known_on)),
        reliefs=reliefs(table("reliefs").known(known_on)),
    )
    prove_exact(together)
    return together


def prove_exact(law: Statute) -> None:
    """Every product stays below 2^53 and every relieved rate is whole. Raises TableError otherwise."""
    largest_base = max(
        LARGEST_WAGE_RUPIAH,
        *(bracket.base.rupiah for edition in law.bpu_brackets for bracket in edition.brackets),
        *(figure.rupiah for figure in law.jp_ceiling.figures),
    )
    for series in law.rates():
        for figure in series.figures:
            if largest_base * figure.rate + RATE_SCALE >= EXACT_BELOW:
                raise TableError(f"{figure.id}: wage x rate leaves the exact integers")
    _prove_contracts(law)
    for programme in PROGRAMMES:
        for relief in law.reliefs_of(programme):
            _prove_whole(law, relief)


def _prove_contracts(law: Statute) -> None:
    for programme, parts in law.jakon_slices.items():
        largest = sum(
            ((part.upto_rupiah or LARGEST_CONTRACT_RUPIAH) - part.above_rupiah)
            * max(figure.rate for figure in part.rates.figures)
            for part in parts
        )
        if largest + RATE_SCALE >= EXACT_BELOW:
            raise TableError(f"jakon_slices: contract x rate of {programme} leaves the exact integers")


def _prove_whole(law: Statute, relief: Relief) -> None:
    percent = relief.figure.percent_owed
    if relief.figure.value * 100 != percent or not 0 <= percent <= 100:
        raise TableError(f"{relief.figure.id}: a relief is a whole percent between 0 and 100")
    relieved = {
        "JKK": (*law.jkk_pu.values(), law.jkk_bpu, law.jakon_jkk),
        "JKM": (law.jkm_pu,),
    }.get(relief.programme)
    if relieved is None:
        raise TableError(f"{relief.figure.id}: no formula applies a relief to {relief.programme}")
    if "JAKON" in relief.classes:
        relieved = (*relieved, *(part.rates for part in law.jakon_slices[relief.programme]))
    for series in relieved:
        if any(figure.rate * percent % 100 for figure in series.figures):
            raise TableError(f"{relief.figure.id}: the relieved rate is finer than one in ten million")
    if any(figure.rupiah * percent % 100 for figure in law.jkm_bpu.figures):
        raise TableError(f"{relief.figure.id}: the relieved JKM is not whole rupiah")
