"""MT940 (SWIFT): tagged lines; an amount always has its comma, a balance its side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from payung.rules.statements.lines import Line, Statement, statement
from payung.rules.statements.unreadable import UnreadableStatement

_TAG = re.compile(r":(\d{2}[A-Z]?):(.*)", re.ASCII)
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})(\d{1,15},\d{0,2})", re.ASCII)
_MOVEMENT = re.compile(
    r"(\d{6})(\d{4})?(R?[CD])[A-Z]?(\d{1,15},\d{0,2})([NSF][A-Z0-9]{3})([^/\n]*(?:/(?!/)[^/\n]*)*)(?://([^\n]*))?(?:\n(.*))?",
    re.ASCII | re.DOTALL,
)
_SIGN = {"C": 1, "D": -1, "RC": -1, "RD": 1}
_NAME = re.compile(r"\?3[23]([^?]*)|/NAME/([^/]*)", re.ASCII)


@dataclass
class _Open:
    """A statement while it is read."""

    row: int
    account: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    lines: list[Line] = field(default_factory=list)


def looks_so(text: str) -> bool:
    """Whether this is MT940 at all."""
    return bool(re.search(r"^:20:", text, re.MULTILINE)) and bool(re.search(r"^:60[FM]:", text, re.MULTILINE))


def read(text: str) -> list[Statement]:
    """Every statement of the file. Raises UnreadableStatement."""
    found: list[_Open] = []
    for row, tag, value in _fields(text):
        if tag == "20":
            found.append(_Open(row))
        elif not found:
            raise UnreadableStatement("tag", line=row, found=f":{tag}:")
        else:
            _take(found[-1], row, tag, value)
    if not found:
        raise UnreadableStatement("not_a_statement")
    return [statement(one.account, one.lines, opening=one.opening, closing=one.closing, row=one.row) for one in found]


def _fields(text: str) -> Iterator[tuple[int, str, str]]:
    """Row, tag and value with its continuations; what stands around a message is passed over."""
    standing: tuple[int, str, list[str]] | None = None
    for row, line in enumerate(text.splitlines(), start=1):
        tagged = _TAG.match(line)
        if tagged or line.startswith(("-}", "{")) or line.strip() == "-":
            if standing:
                yield standing[0], standing[1], "\n".join(standing[2]).rstrip()
            standing = (row, tagged[1], [tagged[2]]) if tagged else None
        elif standing:
            standing[2].append(line)
    if standing:
        yield standing[0], standing[1], "\n".join(standing[2]).rstrip()


def _take(one: _Open, row: int, tag: str, value: str) -> None:
    if tag == "25":
        one.account = "".join(value.split())
    elif tag in ("60F", "60M"):
        one.opening = _balance(value, row)
    elif tag in ("62F", "62M"):
        one.closing = _balance(value, row)
    elif tag == "61":
        one.lines.append(_movement(value, row))
    elif tag == "86" and one.lines and one.closing is None:
        one.lines[-1] = _with_text(one.lines[-1], value)


def _balance(value: str, row: int) -> Decimal:
    found = _BALANCE.match(value)
    if not found:
        raise UnreadableStatement("no_amount", line=row, found=value)
    if found[3] != "IDR":
        raise UnreadableStatement("currency", line=row, found=found[3])
    return _SIGN[found[1]] * _decimal(found[4])


def _movement(value: str, row: int) -> Line:
    found = _MOVEMENT.fullmatch(value)
    if not found:
        raise UnreadableStatement("no_amount", line=row, found=value)
    reference = found[6].strip()
    return Line(
        row=row,
        booked_on=_day(found[1], found[2], row),
        amount=_SIGN[found[3]] * _decimal(found[4]),
        reference="" if reference == "NONREF" else reference,
        text=" ".join((found[8] or "").split()),
        bank_id=(found[7] or "").strip(),
    )


def _with_text(line: Line, value: str) -> Line:
    name = _NAME.search(value.replace("\n", ""))
    plain = " ".join(re.sub(r"\?\d\d", " ", value.replace("\n", " ")).split())
    return Line(
        line.row, line.booked_on, line.amount, (name[1] or name[2] or "").strip() if name else "", line.reference,
        " ".join((line.text, plain)).strip(), line.bank_id,
    )  # fmt: skip


def _day(value_day: str, entry_day: str | None, row: int) -> date:
    """The entry day where it is told; its year is that of the nearest one to the value day."""
    try:
        valued = date(2000 + int(value_day[:2]), int(value_day[2:4]), int(value_day[4:]))
        if entry_day is None:
            return valued
        month = int(entry_day[:2])
        year = valued.year + (1 if month < valued.month - 6 else -1 if month > valued.month + 6 else 0)
        return date(year, month, int(entry_day[2:]))
    except ValueError as impossible:
        raise UnreadableStatement("no_date", line=row, found=value_day) from impossible


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ".").rstrip("."))
