"""Which bill a payment is for: by the code it names, by amount and payer, by a sum of bills; else a person decides.

Only a payment that names exactly one bill and pays exactly what that bill asks is certain. Everything else is a
proposal with its reason.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import polars as pl

_CALLED = r"[A-Z0-9][A-Z0-9./-]*[A-Z0-9]"
_SHORTEST_KEY = 8
_LARGEST_SEARCH = 24
"""Bills of one payer among which sums are looked for; of more only the sum of all is."""
_LARGEST_SUM = 4


@dataclass(frozen=True)
class OpenBill:
    """A bill that still asks for money."""

    id: int
    keys: tuple[str, ...]
    unit_id: int
    payer: str
    month: str
    outstanding_rupiah: int


@dataclass(frozen=True)
class Proposed:
    """Which bills a payment may be for, with how much goes to each.

    `reason` is `code` (named, and as much as asked), `code_short`, `code_over`, `codes` (several named, their sum),
    `payer` (the payer's one bill of that amount), `amount` (the only bill of that amount), `sum` (bills of one payer),
    `month_sum` (every bill of a month).
    """

    reason: str
    parts: tuple[tuple[int, int], ...]


def key_of(text: str) -> str:
    """A code or number without its separators: "32.73/2022-10/0001" and "32732022100001" are one."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def named(payments: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """Pairs (payment, target) where the payment's words name the target.

    `payments` has id and words, `keys` target and key (as `key_of`).
    """
    words = payments.select("id", pl.col("words").str.to_uppercase().str.extract_all(_CALLED).alias("key")).explode(
        "key"
    )
    tokens = words.with_columns(pl.col("key").str.replace_all(r"[^A-Z0-9]", "")).filter(
        pl.col("key").str.len_chars() >= _SHORTEST_KEY
    )
    return tokens.join(keys, on="key").select("id", "target").unique().sort("id", "target")


def certain(payments: pl.DataFrame, bills: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """Pairs (payment, target) that need nobody: one bill named, its amount exactly, each bill once.

    `payments` has id, words, amount, in the order they were paid; `bills` target and outstanding.
    """
    pairs = named(payments, keys)
    alone = pairs.filter(pl.len().over("id") == 1)
    exact = alone.join(payments.select("id", "amount").with_row_index("order"), on="id").join(bills, on="target")
    found = exact.filter(pl.col("amount") == pl.col("outstanding")).sort("order")
    return found.unique("target", keep="first", maintain_order=True).select("id", "target")


def propose(*, amount_rupiah: int, words: str, bills: Sequence[OpenBill]) -> Proposed | None:
    """The best guess for a payment with its reason; None when a person must look without one.

    A guess by amount is made only when there is one way to make up the amount.
    """
    tokens = {key_of(token) for token in re.findall(_CALLED, words.upper())}
    called = [bill for bill in bills if tokens.intersection(bill.keys)]
    if called:
        return _of_named(amount_rupiah, called)
    plain = f" {' '.join(re.findall('[A-Z0-9]+', words.upper()))} "
    own = [bill for bill in bills if bill.payer and f" {_plain(bill.payer)} " in plain]
    for reason, among in (("payer", own), ("amount", bills)):
        same = [bill for bill in among if bill.outstanding_rupiah == amount_rupiah]
        if len(same) == 1:
            return _whole(reason, same)
    sums = {tuple(sorted(bill.id for bill in one)): one for one in _sums(amount_rupiah, own)}
    if len(sums) == 1:
        return _whole("sum", next(iter(sums.values())))
    months = [[bill for bill in bills if bill.month == month] for month in sorted({bill.month for bill in bills})]
    whole = [one for one in months if sum(bill.outstanding_rupiah for bill in one) == amount_rupiah]
    return _whole("month_sum", whole[0]) if len(whole) == 1 else None


def _plain(text: str) -> str:
    return " ".join(re.findall("[A-Z0-9]+", text.upper()))


def _whole(reason: str, bills: Sequence[OpenBill]) -> Proposed:
    return Proposed(reason, tuple((bill.id, bill.outstanding_rupiah) for bill in bills))


def _of_named(amount_rupiah: int, called: Sequence[OpenBill]) -> Proposed:
    """Named bills take what they ask, in their order, as far as the money goes."""
    asked = sum(bill.outstanding_rupiah for bill in called)
    left, parts = amount_rupiah, []
    for bill in called:
        part = min(left, bill.outstanding_rupiah)
        if part > 0:
            parts.append((bill.id, part))
        left -= part
    if amount_rupiah != asked:
        return Proposed("code_short" if amount_rupiah < asked else "code_over", tuple(parts))
    return Proposed("code" if len(called) == 1 else "codes", tuple(parts))


def _sums(amount_rupiah: int, own: Sequence[OpenBill]) -> Iterator[Sequence[OpenBill]]:
    if len(own) > 1 and sum(bill.outstanding_rupiah for bill in own) == amount_rupiah:
        yield own
    if len(own) <= _LARGEST_SEARCH:
        for size in range(2, _LARGEST_SUM + 1):
            for some in combinations(own, size):
                if sum(bill.outstanding_rupiah for bill in some) == amount_rupiah:
                    yield some
