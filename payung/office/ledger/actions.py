"""The verbs of the ledger: post journals, reverse one, close a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from payung.office.ledger.models import Account, Closing, Entry, Journal


class Unbalanced(Exception):
    """The entries do not sum to zero, or there are none."""


class KeyTaken(Exception):
    """A journal of this key exists with other entries: the same event cannot be posted differently."""


class PeriodClosed(Exception):
    """A journal would be booked on a day that is closed; `through` is the last closed day."""

    def __init__(self, through: date) -> None:
        super().__init__(through.isoformat())
        self.through = through


@dataclass(frozen=True)
class AccountName:
    """An account as its callers speak of it."""

    code: str
    name: str


@dataclass(frozen=True)
class NewJournal:
    """One event to post: entries are rupiah by account, debit positive. `key` makes a repeat harmless."""

    key: str
    booked_on: date
    memo: str
    entries: Mapping[AccountName, int]

    @property
    def moving(self) -> dict[AccountName, int]:
        return {account: amount for account, amount in self.entries.items() if amount}


@transaction.atomic
def post(*, government_id: int, journals: Sequence[NewJournal], at: datetime) -> int:
    """Post each journal once, in a handful of statements; returns how many were new.

    A key already posted with the same entries is passed over. Raises Unbalanced, KeyTaken for a key that
    stands with other entries, or PeriodClosed; nothing is posted then.
    """
    for journal in journals:
        if not journal.moving or sum(journal.moving.values()) != 0:
            raise Unbalanced(f"{journal.key}: {sum(journal.moving.values())}")
    new = _not_yet_posted(government_id, journals)
    _require_open(government_id, [journal.booked_on for journal in new])
    accounts = _accounts(government_id, {account for journal in new for account in journal.moving})
    stored = Journal.objects.bulk_create(
        Journal(
            government=government_id,
            key=journal.key,
            booked_on=journal.booked_on,
            memo=journal.memo,
            recorded_at=at,
        )
        for journal in new
    )
    Entry.objects.bulk_create(
        Entry(journal=row, account=accounts[account.code], amount_rupiah=amount)
        for row, journal in zip(stored, new, strict=True)
        for account, amount in journal.moving.items()
    )
    return len(new)


@transaction.atomic
def reverse(*, government_id: int, of_key: str, key: str, booked_on: date, memo: str, at: datetime) -> bool:
    """Post the mirror of a journal; False when it was reversed under this key before.

    Raises Journal.DoesNotExist, KeyTaken when it was reversed under another key, or PeriodClosed.
    """
    original = Journal.objects.select_for_update().get(government=government_id, key=of_key)
    standing = Journal.objects.filter(reverses=original).first()
    if standing is not None:
        if standing.key != key:
            raise KeyTaken(standing.key)
        return False
    _require_open(government_id, [booked_on])
    mirror = Journal.objects.create(
        government=government_id, key=key, booked_on=booked_on, memo=memo, reverses=original, recorded_at=at
    )
    Entry.objects.bulk_create(
        Entry(journal=mirror, account_id=entry.account_id, amount_rupiah=-entry.amount_rupiah)
        for entry in original.entry_set.order_by("id")
    )
    return True


@transaction.atomic
def close(*, government_id: int, through: date, at: datetime) -> Closing:
    """Nothing more is booked on `through` or before. Raises PeriodClosed when a later or the same day is closed."""
    _require_open(government_id, [through])
    return Closing.objects.create(government=government_id, through=through, closed_at=at)


def _require_open(government_id: int, days: Sequence[date]) -> None:
    """The database refuses as well; this names the reason."""
    through = Closing.objects.filter(government=government_id).aggregate(last=Max("through"))["last"]
    if through is not None and any(day <= through for day in days):
        raise PeriodClosed(through)


def _not_yet_posted(government_id: int, journals: Sequence[NewJournal]) -> list[NewJournal]:
    standing: dict[str, dict[str, int]] = {}
    entries = Entry.objects.filter(
        journal__government=government_id, journal__key__in=[journal.key for journal in journals]
    )
    for key, code, amount in entries.values_list("journal__key", "account__code", "amount_rupiah"):
        standing.setdefault(key, {})[code] = amount
    for journal in journals:
        wanted = {account.code: amount for account, amount in journal.moving.items()}
        if standing.get(journal.key, wanted) != wanted:
            raise KeyTaken(journal.key)
    return [journal for journal in journals if journal.key not in standing]


def _accounts(government_id: int, names: set[AccountName]) -> dict[str, Account]:
    Account.objects.bulk_create(
        (Account(government=government_id, code=account.code, name=account.name) for account in names),
        ignore_conflicts=True,
    )
    found = Account.objects.filter(government=government_id, code__in=[account.code for account in names])
    return {account.code: account for account in found}
