"""Numbers that stand beside the NIK: KK of a family, NIP of a civil servant, KPJ of a Jamsostek member."""

import re
from datetime import date

KK_LENGTH = 16
NIP_LENGTH = 18
KPJ_LENGTH = 11
"""Eleven digits in two independent programs (LAW.md section 6); a clone of SIPP takes 8 to 13."""

_WRITING_HABITS = re.compile(r"[\s.\-–—'’`´]+")


def _digits(text: str, length: int) -> str | None:
    bare = _WRITING_HABITS.sub("", text)
    return bare if len(bare) == length and bare.isascii() and bare.isdecimal() else None


def kk(text: str) -> str | None:
    """Sixteen digits of a family card: region, day of issue, serial from 0001. None when it cannot be one."""
    digits = _digits(text, KK_LENGTH)
    return None if digits is None or digits.endswith("0000") else digits


def nip(text: str) -> str | None:
    """Eighteen digits of a civil servant: birth date, first month of service (PPPK: a code), sex, serial.

    None when it cannot be one.
    """
    digits = _digits(text, NIP_LENGTH)
    if digits is None or digits[14] not in "12":
        return None
    return digits if nip_birth_date(digits) else None


def nip_birth_date(digits: str) -> date | None:
    """The birth date in the first eight digits of a NIP; None when there is no such day."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def kpj(text: str) -> str | None:
    """Eleven digits of a Jamsostek member. None when it cannot be one."""
    return _digits(text, KPJ_LENGTH)
