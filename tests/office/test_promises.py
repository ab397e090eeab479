"""The promises the database keeps, whoever writes."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from payung.office.access.actions import add_user, record
from payung.office.access.models import AuditEvent
from payung.office.access.roles import Role
from payung.office.approvals.actions import DecisionRefused, decide, propose
from payung.office.approvals.models import Verdict
from payung.office.ledger.actions import AccountName, KeyTaken, NewJournal, Unbalanced, post
from payung.office.ledger.models import Account, Entry, Journal
from payung.office.ledger.queries import balances
from payung.office.places.actions import found_government
from payung.office.places.models import Government
from payung.office.places.queries import Area
from payung.office.places.scope import tell, whole_government

AT = datetime(2022, 10, 3, 2, 0, tzinfo=UTC)
CASH, OWED = AccountName("kas", "Kas"), AccountName("utang", "Utang iuran")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def seen(db: None) -> Government:
    """Every deed below is done in the scope of one government."""
    government = found_government(code="32.73", name="Kota Bandung", by=None, at=AT)
    tell(user_id=0, area=Area(government, None))
    return government


def commit_checks() -> None:
    """Run the deferred constraint triggers now, as a commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_audit_cannot_be_changed() -> None:
    record("look", subject="person:1", by=None, at=AT)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.update(deed="nothing")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.all().delete()


def journal(key: str, cash: int, owed: int) -> NewJournal:
    return NewJournal(key=key, booked_on=date(2022, 10, 1), memo="", entries={CASH: cash, OWED: owed})


def test_a_journal_posts_once_and_balances(seen: Government) -> None:
    assert post(government_id=seen.pk, journals=[journal("bill:1", -5, 5)], at=AT) == 1
    assert post(government_id=seen.pk, journals=[journal("bill:1", -5, 5), journal("bill:2", -1, 1)], at=AT) == 1
    commit_checks()
    with pytest.raises(KeyTaken):
        post(government_id=seen.pk, journals=[journal("bill:1", -6, 6)], at=AT)
    with pytest.raises(Unbalanced):
        post(government_id=seen.pk, journals=[journal("bill:3", -6, 5)], at=AT)
    assert balances(government_id=seen.pk) == {"kas": -6, "utang": 6}


def test_the_database_refuses_an_unbalanced_journal_and_any_edit(seen: Government) -> None:
    post(government_id=seen.pk, journals=[journal("bill:1", -5, 5)], at=AT)
    posted, account = Journal.objects.get(), Account.objects.first()
    assert account is not None
    with pytest.raises(DatabaseError, match="does not balance"), transaction.atomic():
        Entry.objects.create(journal=posted, account=account, amount_rupiah=1)
        commit_checks()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.update(amount_rupiah=0)
    with pytest.raises(DatabaseError, match="does not balance"), transaction.atomic():
        Journal.objects.create(government=seen.pk, key="bill:3", booked_on=date(2022, 10, 1), memo="", recorded_at=AT)
        commit_checks()


def test_the_maker_is_never_the_checker(seen: Government) -> None:
    maker = add_user(username="a", full_name="A", role=Role.OPD_OPERATOR, password="rahasia-panjang", by=None, at=AT)
    with whole_government(seen, by=maker):
        proposal = propose(government=seen, kind="plan", amount_rupiah=0, by=maker, at=AT)
        with pytest.raises(DecisionRefused, match="own_proposal"):
            decide(proposal_id=proposal.pk, version=1, verdict=Verdict.APPROVE, comment="", by=maker, at=AT)
        proposal.state, proposal.decided_by, proposal.decided_at = "approved", maker, AT
        with pytest.raises(DatabaseError, match="maker_is_not_checker"), transaction.atomic():
            proposal.save()


def test_the_serving_role_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        assert cursor.fetchone() == (0,)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ALL")
