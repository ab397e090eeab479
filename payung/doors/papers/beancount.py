"""The ledger as a text that `bean-check` accepts: another program, not ours, adds it up again."""

from collections.abc import Iterable, Iterator
from datetime import date

from payung.office.ledger.queries import Booked

ROOTS = {
    "kas": "Assets",
    "bank": "Assets",
    "piutang": "Assets",
    "utang": "Liabilities",
    "titipan": "Liabilities",
    "beban": "Expenses",
    "pendapatan": "Income",
    "ekuitas": "Equity",
    "memo": "Equity",
}
"""The first word of an account's code -> the kind of account it is."""


class UnknownKind(Exception):
    """An account whose first word says no kind; the message is its code."""


def account(code: str) -> str:
    """ "utang:bpjs:JKK" -> "Liabilities:Utang:Bpjs:JKK". Raises UnknownKind."""
    words = code.split(":")
    if words[0] not in ROOTS:
        raise UnknownKind(code)
    return ":".join([ROOTS[words[0]], *(_capital(word) for word in words)])


def lines(title: str, journals: Iterable[Booked], closed_through: date | None) -> Iterator[str]:
    """The whole book, line by line, journals in their order; an account opens on the day it is first moved."""
    yield f'option "title" "{_quoted(title)}"'
    yield 'option "operating_currency" "IDR"'
    opened: set[str] = set()
    for journal in journals:
        for code, _ in journal.entries:
            if code not in opened:
                opened.add(code)
                yield f"{journal.booked_on} open {account(code)} IDR"
        yield ""
        yield f'{journal.booked_on} * "{_quoted(journal.memo)}"'
        yield f'  key: "{_quoted(journal.key)}"'
        if journal.reverses:
            yield f'  reverses: "{_quoted(journal.reverses)}"'
        yield from (f"  {account(code)}  {amount} IDR" for code, amount in journal.entries)
    if closed_through is not None:
        yield ""
        yield f'{closed_through} event "tutup-buku" "Tidak ada lagi yang dibukukan sampai hari ini"'


def _capital(word: str) -> str:
    """Beancount wants a capital or a digit first, and letters, digits and dashes after."""
    kept = "".join(letter if letter.isalnum() else "-" for letter in word)
    return kept[:1].upper() + kept[1:]


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
