"""Amounts and days as banks write them."""

import re
from datetime import date
from decimal import Decimal

from payung.rules.statements.lines import LARGEST_RUPIAH
from payung.rules.statements.unreadable import UnreadableStatement

_DOTS = re.compile(r"\d{1,3}(\.\d{3})+(,\d{1,2})?|\d+,\d{0,2}", re.ASCII)
_COMMAS = re.compile(r"\d{1,3}(,\d{3})+(\.\d{1,2})?|\d+(\.\d{1,2})?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})\b", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[-/ ]([A-Za-z]{3})[A-Za-z]*[-/ ](\d{4}|\d{2})\b", re.ASCII)
_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8, "aug": 8, "agt": 8,
    "sep": 9, "okt": 10, "oct": 10, "nov": 11, "des": 12, "dec": 12,
}  # fmt: skip


def amount(text: str, *, row: int) -> Decimal:
    """ "1.234.567,00", "1,234,567.00", "1234567", "(5.000)", "-5000", "Rp 5.000". Raises UnreadableStatement."""
    plain = re.sub(r"(?i)rp\.?|idr|\s", "", text)
    negative = plain.startswith(("-", "(")) or plain.endswith("-")
    digits = plain.strip("+-()")
    if _DOTS.fullmatch(digits):
        value = Decimal(digits.replace(".", "").replace(",", ".").rstrip("."))
    elif _COMMAS.fullmatch(digits):
        value = Decimal(digits.replace(",", ""))
    else:
        raise UnreadableStatement("no_amount", line=row, found=text)
    if value > LARGEST_RUPIAH:
        raise UnreadableStatement("no_amount", line=row, found=text)
    return -value if negative else value


def day(text: str, *, row: int) -> date:
    """The day at the start of a cell: 2022-11-05, 05/11/2022, 05-11-22, 5 Nov 2022. Raises UnreadableStatement."""
    plain = text.strip()
    try:
        if found := _YEAR_FIRST.match(plain):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.match(plain):
            return date(_year(found[3]), int(found[2]), int(found[1]))
        if (found := _NAMED.match(plain)) and found[2].lower() in _MONTHS:
            return date(_year(found[3]), _MONTHS[found[2].lower()], int(found[1]))
    except ValueError as impossible:
        raise UnreadableStatement("no_date", line=row, found=text) from impossible
    raise UnreadableStatement("no_date", line=row, found=text)


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
