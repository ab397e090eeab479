"""The normal form of a statement, and what makes a line the same line."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from payung.rules.money import half_up
from payung.rules.statements.unreadable import UnreadableStatement

LARGEST_RUPIAH = 10**15
"""A movement of more is a wrong column, not money."""


@dataclass(frozen=True)
class Line:
    """One movement. `row` is where it stands in the file; `bank_id` the bank's own mark, or nothing.

    `balance_after` is the account's balance after it, None where the file does not tell.
    """

    row: int
    booked_on: date
    amount: Decimal
    counterparty: str = ""
    reference: str = ""
    text: str = ""
    bank_id: str = ""
    balance_after: Decimal | None = None

    @property
    def amount_rupiah(self) -> int:
        """Whole rupiah, half up; banks book *sen* only for interest and its tax."""
        return half_up(self.amount)


@dataclass(frozen=True)
class Statement:
    """The movements of one account as one file tells them. `checked`: the balances before and after prove them."""

    account: str
    opening: Decimal | None
    closing: Decimal | None
    lines: tuple[Line, ...]
    checked: bool


def statement(
    account: str, lines: Sequence[Line], *, opening: Decimal | None = None, closing: Decimal | None = None, row: int = 1
) -> Statement:
    """A statement whose balances, where told, agree with its lines. Raises UnreadableStatement."""
    if not account:
        raise UnreadableStatement("no_account", line=row)
    known = opening is not None and closing is not None
    if known and opening + sum((line.amount for line in lines), Decimal(0)) != closing:  # type: ignore[operator]  # `known` says that both are there
        raise UnreadableStatement("balance", line=lines[-1].row if lines else row, found=str(closing))
    return Statement(account, opening, closing, tuple(lines), checked=known)


def identities(account: str, lines: Iterable[Line]) -> list[str]:
    """For each line what makes it the same in another file of that account.

    The bank's own mark where there is one, else the words and the balance after it; equal ones of a day are counted.
    """
    seen: Counter[str] = Counter()
    result = []
    for line in lines:
        told = [line.bank_id] if line.bank_id else [line.reference, line.text, line.counterparty]
        balance = "" if line.bank_id or line.balance_after is None else str(line.balance_after.normalize())
        parts = [account, line.booked_on.isoformat(), str(line.amount.normalize()), *told, balance]
        plain = "\x1f".join(" ".join(part.split()) for part in parts)
        seen[plain] += 1
        result.append(hashlib.sha256(f"{plain}\x1f{seen[plain]}".encode()).hexdigest())
    return result
