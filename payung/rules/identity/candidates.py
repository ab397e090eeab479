"""Proposals for a damaged NIK. They agree with everything else that is known, and a human chooses: none is
applied.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from payung.rules.identity import nik
from payung.rules.identity.nik_text import LIKELY_DIGITS

DIGITS = "0123456789"


def candidates(
    damaged: str,
    *,
    birth_date: date | None = None,
    sex: nik.Sex | None = None,
    known: Iterable[str] | None = None,
) -> tuple[str, ...]:
    """NIKs that `damaged` may have been: one lost, doubled or mistaken digit away, or the last digit
    dropped by Excel.

    Those that contradict the birth date or the sex are left out. With `known` (NIKs of other lists) only
    those in it remain. Sorted; empty when the damage is greater than that.
    """
    likely = damaged.translate(LIKELY_DIGITS)
    if not (likely.isascii() and likely.isdecimal()):
        return ()
    pool = None if known is None else frozenset(known)
    return tuple(
        sorted(
            digits
            for digits in set(_near(damaged, likely))
            if (pool is None or digits in pool) and _agrees(digits, birth_date, sex)
        )
    )


def _near(damaged: str, likely: str) -> Iterator[str]:
    if damaged != likely:
        yield likely
    elif len(likely) == nik.LENGTH:
        yield from (likely[:-1] + digit for digit in DIGITS)
    elif len(likely) == nik.LENGTH - 1:
        yield from (likely[:i] + digit + likely[i:] for i in range(nik.LENGTH) for digit in DIGITS)
    elif len(likely) == nik.LENGTH + 1:
        yield from (likely[:i] + likely[i + 1 :] for i in range(len(likely)))


def _agrees(digits: str, birth_date: date | None, sex: nik.Sex | None) -> bool:
    if nik.problem_of(digits) is not None:
        return False
    found = nik.Nik(digits)
    return (birth_date is None or found.says_birth(birth_date)) and (sex is None or found.sex == sex)
