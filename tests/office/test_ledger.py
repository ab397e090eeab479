"""The ledger: chained at commit, mirrored when reversed, closed by period."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connections, transaction

from payung.office.ledger.actions import AccountName, KeyTaken, NewJournal, PeriodClosed, close, post, reverse
from payung.office.ledger.chain import walk
from payung.office.ledger.models import Account, Entry, Journal
from payung.office.ledger.queries import balances, closed_through, journals, trial_balance
from payung.office.places.actions import found_government
from payung.office.places.models import Government
from payung.office.places.scope import whole_government

AT = datetime(2026, 6, 1, 3, tzinfo=UTC)
MAY, JUNE = date(2026, 5, 10), date(2026, 6, 1)
CASH, OWED = AccountName("kas:daerah", "Kas daerah"), AccountName("utang:bpjs:JKK", "Utang iuran JKK")

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def office(db: None) -> Government:
    return found_government(code="32.73", name="Kota Bandung", by=None, at=AT)


def paid(key: str, amount_rupiah: int, on: date = MAY) -> NewJournal:
    return NewJournal(key=key, booked_on=on, memo="Pembayaran", entries={OWED: amount_rupiah, CASH: -amount_rupiah})


def posted(office: Government, *some: NewJournal) -> int:
    with whole_government(office):
        return post(government_id=office.pk, journals=some, at=AT)


def own(office: Government) -> list[str | None]:
    """The faults of this office's chain; no chain, no entry."""
    return [one.broken.fault if one.broken else None for one in walk(using="owner") if one.government_id == office.pk]


def test_every_journal_is_a_link_and_the_walk_finds_them_whole(office: Government) -> None:
    posted(office, paid("payment:1", 5), paid("payment:2", 7))
    posted(office, paid("payment:3", 9))
    (one,) = [one for one in walk(using="owner") if one.government_id == office.pk]
    assert (one.journals, one.position, one.broken) == (3, 3, None)
    head = {office.pk: (one.position, one.link)}
    posted(office, paid("payment:4", 1))
    assert [one.broken for one in walk(using="owner", expected=head)] == [None]
    (rewritten,) = walk(using="owner", expected={office.pk: (2, "0" * 64)})
    assert rewritten.broken is not None and rewritten.broken.fault == "head_unknown"


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE ledger_entry SET amount_rupiah = amount_rupiah * 2", "journal_changed"),
        ("UPDATE ledger_journal SET booked_on = booked_on + 1 WHERE key = 'payment:1'", "journal_changed"),
        ("DELETE FROM ledger_journallink WHERE position = 1", "link_missing"),
        ("DELETE FROM ledger_journallink WHERE position = 2", "journal_unlinked"),
        ("UPDATE ledger_entry SET amount_rupiah = amount_rupiah + 1 WHERE amount_rupiah > 6", "journal_changed"),
    ],
)
def test_whoever_bends_it_behind_the_triggers_is_found(office: Government, statement: str, fault: str) -> None:
    posted(office, paid("payment:1", 5), paid("payment:2", 7))
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in ("ledger_entry", "ledger_journal", "ledger_journallink"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        for table in ("ledger_entry", "ledger_journal", "ledger_journallink"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    assert own(office) == [fault]


def test_a_journal_that_stands_takes_no_further_entries(office: Government) -> None:
    posted(office, paid("payment:1", 5))
    with pytest.raises(DatabaseError, match="is sealed"), whole_government(office):
        journal, account = Journal.objects.get(key="payment:1"), Account.objects.get(code=CASH.code)
        Entry.objects.bulk_create(Entry(journal=journal, account=account, amount_rupiah=sign) for sign in (1, -1))
    assert own(office) == [None]


def test_a_reversal_mirrors_once(office: Government) -> None:
    posted(office, paid("payment:1", 5))

    def undo(key: str) -> bool:
        return reverse(government_id=office.pk, of_key="payment:1", key=key, booked_on=JUNE, memo="Salah bayar", at=AT)

    with whole_government(office):
        assert undo("reversal:1") is True
        assert undo("reversal:1") is False
        with pytest.raises(KeyTaken):
            undo("reversal:2")
    with whole_government(office):
        assert set(balances(government_id=office.pk).values()) == {0}
        assert [booked.reverses for booked in journals(government_id=office.pk)] == [None, "payment:1"]
        (cash,) = [standing for standing in trial_balance(government_id=office.pk) if standing.code == CASH.code]
        assert (cash.debit_rupiah, cash.credit_rupiah) == (5, 5)
        assert trial_balance(government_id=office.pk, through=MAY)[0].balance_rupiah == -5


def test_the_database_refuses_a_reversal_that_is_no_mirror(office: Government) -> None:
    posted(office, paid("payment:1", 5))
    with pytest.raises(DatabaseError, match="does not mirror"), whole_government(office):
        post(government_id=office.pk, journals=[paid("crooked", 3)], at=AT)
        original = Journal.objects.get(key="payment:1")
        crooked = Journal(government=office.pk, key="x", booked_on=JUNE, memo="", recorded_at=AT, reverses=original)
        crooked.save()
        Entry.objects.bulk_create(
            Entry(journal=crooked, account=account, amount_rupiah=sign)
            for account, sign in zip(Account.objects.order_by("code"), (1, -1), strict=True)
        )


def test_nothing_is_booked_in_a_closed_period(office: Government) -> None:
    posted(office, paid("payment:1", 5))
    with whole_government(office):
        close(government_id=office.pk, through=date(2026, 5, 31), at=AT)
        assert closed_through(government_id=office.pk) == date(2026, 5, 31)
        with pytest.raises(PeriodClosed):
            close(government_id=office.pk, through=MAY, at=AT)
        with pytest.raises(PeriodClosed):
            post(government_id=office.pk, journals=[paid("payment:2", 7)], at=AT)
        assert post(government_id=office.pk, journals=[paid("payment:1", 5)], at=AT) == 0, "a repeat is harmless"
        assert post(government_id=office.pk, journals=[paid("payment:3", 7, JUNE)], at=AT) == 1
    with pytest.raises(DatabaseError, match="is closed"), whole_government(office):
        Journal.objects.create(government=office.pk, key="late", booked_on=MAY, memo="", recorded_at=AT)
