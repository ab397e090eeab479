"""The audit's chain: whatever a superuser does to it is found, and named at its first place."""

import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from payung.office.access.actions import NothingToRedact, record, redact
from payung.office.access.chain import Walked, walk
from payung.office.access.models import AuditEvent, AuditHead, AuditLink, User
from payung.office.access.roles import Role
from payung.office.places.actions import found_government
from payung.office.places.models import Government
from payung.office.places.scope import coming_from, whole_government

AT = datetime(2022, 10, 3, 2, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def government() -> Government:
    """A government with ten recorded deeds, each committed on its own."""
    founded = found_government(code="32.73", name="Kota Bandung", by=None, at=AT)
    for number in range(1, 11):
        with coming_from("web 10.0.0.7"), whole_government(founded):
            record("look", subject=f"person:{number}", by=None, at=AT, detail={"purpose": f"alasan {number}"})
    return founded


@pytest.fixture
def superuser() -> Iterator[psycopg.Connection]:
    """Whoever can do anything to the tables: here their owner, with the triggers off."""
    tables = ("access_auditevent", "access_auditlink", "access_audithead")
    with psycopg.connect(os.environ["PAYUNG_TEST_OWNER"], autocommit=True) as owner:
        for table in tables:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield owner
        for table in tables:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def chain_of(government: Government) -> Walked:
    return next(walked for walked in walk(using="owner") if walked.chain == government.pk)


def event(number: int) -> int:
    return AuditLink.objects.get(position=number).event_id


def test_an_untouched_chain_holds_and_says_its_head(government: Government) -> None:
    walked = chain_of(government)
    assert (walked.links, walked.position, walked.broken) == (10, 10, None)
    with whole_government(government):
        head = AuditHead.objects.get()
        assert (head.position, bytes(head.link).hex()) == (10, walked.link)
        assert set(AuditEvent.objects.values_list("origin", flat=True)) == {"web 10.0.0.7"}
    outside = next(walked for walked in walk(using="owner") if walked.chain == 0)
    assert (outside.links, outside.broken) == (1, None)


TAMPERED = {
    "who": ("UPDATE access_auditevent SET subject = 'person:99' WHERE id = {4}", "event_changed", 4),
    "when": ("UPDATE access_auditevent SET at = at + interval '1 microsecond' WHERE id = {4}", "event_changed", 4),
    "from where": ("UPDATE access_auditevent SET origin = 'web 10.0.0.8' WHERE id = {4}", "event_changed", 4),
    "what": ("UPDATE access_auditevent SET detail = '{{}}' WHERE id = {4}", "detail_changed", 4),
    "moved away": ("UPDATE access_auditevent SET government_id = NULL WHERE id = {4}", "event_changed", 4),
    "deleted": ("DELETE FROM access_auditevent WHERE id = {4}", "event_missing", 4),
    "deleted with its link": (
        "DELETE FROM access_auditevent WHERE id = {4}; DELETE FROM access_auditlink WHERE event_id = {4}",
        "link_missing", 4,
    ),
    "the last, with its link": (
        "DELETE FROM access_auditevent WHERE id = {10}; DELETE FROM access_auditlink WHERE event_id = {10}",
        "tail_missing", 10,
    ),
    "inserted": (
        "INSERT INTO access_auditevent (at, deed, subject, detail, government_id)"
        " SELECT at, deed, 'person:99', detail, government_id FROM access_auditevent WHERE id = {4}",
        "event_unlinked", None,
    ),
    "inserted with a link": (
        "UPDATE access_auditlink SET position = position + 1000 WHERE position > 3;"
        "UPDATE access_auditlink SET position = position - 999 WHERE position > 1000;"
        "INSERT INTO access_auditevent (at, deed, subject, detail, government_id)"
        " SELECT at, deed, 'person:99', detail, government_id FROM access_auditevent WHERE id = {4};"
        "INSERT INTO access_auditlink (chain, position, event_id, payload_hash, link)"
        " SELECT l.chain, 4, (SELECT max(id) FROM access_auditevent), l.payload_hash, l.link"
        " FROM access_auditlink l WHERE event_id = {4}",
        "event_changed", 4,
    ),
    "reordered": (
        "UPDATE access_auditlink SET position = 1000 WHERE event_id = {4};"
        "UPDATE access_auditlink SET position = 4 WHERE event_id = {5};"
        "UPDATE access_auditlink SET position = 5 WHERE event_id = {4}",
        "event_changed", 4,
    ),
    "redacted in secret": (
        "UPDATE access_auditevent SET detail = '{{}}', salt = NULL, redacted_at = now() WHERE id = {4}",
        "redacted_unrecorded", 4,
    ),
}  # fmt: skip


@pytest.mark.parametrize("deed", TAMPERED)
def test_what_a_superuser_does_is_found_at_its_first_place(
    government: Government, superuser: psycopg.Connection, deed: str
) -> None:
    statement, fault, position = TAMPERED[deed]
    with whole_government(government):
        ids = {link.position: link.event_id for link in AuditLink.objects.filter(chain=government.pk)}
    superuser.execute(statement.format(0, *(ids[number] for number in range(1, 11))).encode())
    broken = chain_of(government).broken
    assert broken is not None
    assert (broken.fault, broken.position) == (fault, position)


def test_a_chain_rewritten_whole_is_found_by_a_head_written_down_before(
    government: Government, superuser: psycopg.Connection
) -> None:
    before = chain_of(government)
    superuser.execute("DELETE FROM access_auditlink; DELETE FROM access_audithead")
    superuser.execute("UPDATE access_auditevent SET subject = 'person:99' WHERE subject = 'person:4'")
    superuser.execute("ALTER TABLE access_auditlink ENABLE TRIGGER head_kept")
    superuser.execute("SELECT payung_add_audit_link(e) FROM (SELECT * FROM access_auditevent ORDER BY id) e")
    assert chain_of(government).broken is None
    expected = {government.pk: (before.position, before.link)}
    broken = next(one.broken for one in walk(using="owner", expected=expected) if one.chain == government.pk)
    assert broken is not None
    assert (broken.fault, broken.position) == ("head_unknown", 10)


def test_the_serving_role_cannot_make_links_nor_change_events(government: Government) -> None:
    with whole_government(government):
        for statement in (
            "INSERT INTO access_auditlink (chain, position, event_id, payload_hash, link) VALUES (1, 99, 99, '', '')",
            "SELECT payung_add_audit_link(e) FROM access_auditevent e",
            "CREATE TEMPORARY TABLE mine (LIKE access_auditevent);"
            "CREATE TRIGGER forged AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION payung_link_audit()",
            "UPDATE access_auditlink SET position = 0",
            "UPDATE access_auditevent SET origin = ''",
            "DELETE FROM access_auditevent",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        assert AuditEvent.objects.update(detail={}) == 0
        assert AuditHead.objects.update(position=0) == 0
    assert chain_of(government).broken is None


def test_a_redacted_detail_is_gone_and_the_chain_stays(government: Government) -> None:
    by = User.objects.create(username="a", full_name="A", role=Role.GOVERNMENT_ADMIN.value, password="!")
    with whole_government(government, by=by):
        third = AuditEvent.objects.get(subject="person:3")
        redact(event_id=third.pk, reason="permintaan penghapusan", by=by, at=AT)
        with pytest.raises(NothingToRedact):
            redact(event_id=third.pk, reason="sekali lagi", by=by, at=AT)
        third.refresh_from_db()
        assert (third.detail, third.salt, third.redacted_at) == ({}, None, AT)
    walked = chain_of(government)
    assert (walked.links, walked.broken) == (11, None)


def test_two_governments_never_wait_for_each_other_and_one_keeps_its_order(government: Government) -> None:
    other = found_government(code="32.74", name="Kota Lain", by=None, at=AT)

    def work(where: Government) -> None:
        for number in range(20):
            with whole_government(where):
                record("work", subject=f"list:{number}", by=None, at=AT)
        connections.close_all()

    with connections["owner"].cursor() as held, transaction.atomic(using="owner"):
        held.execute("SELECT pg_advisory_xact_lock(hashtextextended('payung audit', %s))", [government.pk])
        free = threading.Thread(target=work, args=[other])
        free.start()
        free.join(10)
        assert not free.is_alive()
        blocked = threading.Thread(target=work, args=[government])
        blocked.start()
        blocked.join(0.3)
        assert blocked.is_alive()
    many = [threading.Thread(target=work, args=[government]) for _ in range(3)]
    for thread in many:
        thread.start()
    for thread in (*many, blocked):
        thread.join(20)
    walked = chain_of(government)
    assert (walked.links, walked.broken) == (10 + 4 * 20, None)
    assert chain_of(other).links == 20
