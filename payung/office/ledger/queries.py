"""Questions to the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, Sum

from payung.office.ledger.models import Account, Closing, Entry, Journal


def balance(*, government_id: int, code_prefix: str, through: date | None = None) -> int:
    """Rupiah standing on the accounts whose code starts so, at the end of a day (None: now): debit positive."""
    total = Entry.objects.filter(_booked(government_id, through), account__code__startswith=code_prefix).aggregate(
        total=Sum("amount_rupiah")
    )["total"]
    return int(total or 0)


@dataclass(frozen=True)
class Standing:
    """An account with the sums of its entries; `balance_rupiah` is debit minus credit."""

    id: int
    code: str
    name: str
    debit_rupiah: int
    credit_rupiah: int

    @property
    def balance_rupiah(self) -> int:
        return self.debit_rupiah - self.credit_rupiah


def trial_balance(*, government_id: int, through: date | None = None) -> list[Standing]:
    """Every account that was ever moved, by code, at the end of a day (None: now); the balances sum to zero."""
    rows = (
        Entry.objects.filter(_booked(government_id, through))
        .values_list("account_id", "account__code", "account__name")
        .annotate(
            debit=Sum("amount_rupiah", filter=Q(amount_rupiah__gt=0), default=0),
            credit=Sum("amount_rupiah", filter=Q(amount_rupiah__lt=0), default=0),
        )
        .order_by("account__code")
    )
    return [Standing(pk, code, name, int(debit), -int(credit)) for pk, code, name, debit, credit in rows]


@dataclass(frozen=True)
class Moved:
    """One entry of an account: debit positive. `reverses` is the key of the journal that it takes back, and
    `balance_rupiah` what stands on the account after it.
    """

    id: int
    key: str
    booked_on: date
    memo: str
    reverses: str | None
    amount_rupiah: int
    balance_rupiah: int


def account(*, government_id: int, account_id: int) -> Account | None:
    """One account, None when the government has no such one."""
    return Account.objects.filter(government=government_id, pk=account_id).first()


def movements(account: Account, *, after: int = 0, limit: int | None = None) -> list[Moved]:
    """The entries of an account in the order of their recording, after one; without a limit all of them."""
    entries = Entry.objects.filter(account=account)
    standing = int(entries.filter(pk__lte=after).aggregate(sum=Sum("amount_rupiah"))["sum"] or 0)
    found = []
    for one in entries.filter(pk__gt=after).select_related("journal__reverses").order_by("pk")[:limit]:
        standing += one.amount_rupiah
        journal, reversed_one = one.journal, one.journal.reverses
        found.append(
            Moved(
                one.pk, journal.key, journal.booked_on, journal.memo, reversed_one.key if reversed_one else None,
                one.amount_rupiah, standing,
            )
        )  # fmt: skip
    return found


def balances(*, government_id: int) -> dict[str, int]:
    """Account code -> balance in rupiah, debit positive; they sum to zero."""
    return {standing.code: standing.balance_rupiah for standing in trial_balance(government_id=government_id)}


def closed_through(*, government_id: int) -> date | None:
    """The last day on which nothing more is booked."""
    last = Closing.objects.filter(government=government_id).order_by("-through").first()
    return last.through if last else None


def open_day(day: date, *, government_id: int) -> date:
    """The day itself, or the first one after the closed books: where something that is told late is booked."""
    closed = closed_through(government_id=government_id)
    return day if closed is None or closed < day else closed + timedelta(days=1)


@dataclass(frozen=True)
class Booked:
    """A journal with its entries: account code -> rupiah."""

    key: str
    booked_on: date
    memo: str
    reverses: str | None
    entries: tuple[tuple[str, int], ...]


def journals(*, government_id: int) -> Iterator[Booked]:
    """Every journal in the order of its day, then of its recording."""
    found = Journal.objects.filter(government=government_id).select_related("reverses").order_by("booked_on", "id")
    for journal in found.prefetch_related("entry_set__account").iterator(chunk_size=2_000):
        entries = sorted((entry.pk, entry.account.code, entry.amount_rupiah) for entry in journal.entry_set.all())
        yield Booked(
            journal.key,
            journal.booked_on,
            journal.memo,
            journal.reverses.key if journal.reverses else None,
            tuple((code, amount) for _, code, amount in entries),
        )


def _booked(government_id: int, through: date | None) -> Q:
    booked = Q(journal__government=government_id)
    return booked if through is None else booked & Q(journal__booked_on__lte=through)
