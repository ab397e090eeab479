"""Keys with versions: sealed anew in batches, killed anywhere, nothing lost, found under every live key meanwhile."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from payung.doors.installation.folder import DataFolder, FolderUnusable
from payung.doors.installation.keys import KeyRing, make_keys
from payung.office.access import marks
from payung.office.billing.models import Posting
from payung.office.places.scope import whole_government
from payung.office.privacy.resealing import count_by_key, reseal, sealed_tables
from payung.office.registry.models import Person
from payung.office.registry.queries import search
from tests.office.cast import AT, Cast, call_cast, enrol, people

ROOT = Path(__file__).resolve().parents[2]
HEADS = 30


@pytest.fixture
def ring(tmp_path: Path, settings: Any) -> Iterator[KeyRing]:
    """A ring in a folder of its own."""
    folder = DataFolder(tmp_path).make()
    make_keys(folder)
    settings.PAYUNG_KEY_RING = KeyRing(folder, told=None)
    yield settings.PAYUNG_KEY_RING
    shutil.rmtree(tmp_path)


def child(folder: Path, die_at: int) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PAYUNG_IDENTITY_KEY"} | {
        "DATABASE_URL": os.environ["PAYUNG_TEST_SERVING"],
        "DATABASE_OWNER_URL": os.environ["PAYUNG_TEST_OWNER"],
        "PAYUNG_DATA": str(folder),
    }
    return subprocess.run(
        [sys.executable, "-m", "tests.office.killed_rotation", str(die_at)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def everybody(cast: Cast) -> list[tuple[int, str | None]]:
    with whole_government(cast.government):
        return [(one.pk, marks.unseal(one.nik_sealed, kind="nik")) for one in Person.objects.order_by("pk")]


def test_a_sealed_mark_names_its_key_and_opens_under_old_ones(ring: KeyRing) -> None:
    old = marks.seal("3273061208909001", kind="nik")
    column = marks.seal_column(["3273061208909001", None], kind="nik")
    assert column == ["\\x" + old.hex(), None]
    assert ring.add() == 2
    new = marks.seal("3273061208909001", kind="nik")
    assert (old[0], new[0]) == (1, 2)
    assert marks.sealed_forms("3273061208909001", kind="nik") == [new, old]
    assert marks.unseal_column(["\\x" + old.hex(), "\\x" + new.hex()], kind="nik") == ["3273061208909001"] * 2
    assert marks.sealed_forms_column(column, kind="nik") == [["\\x" + new.hex(), "\\x" + old.hex()], []]
    ring.retire(1)
    assert marks.sealed_forms("3273061208909001", kind="nik") == [new]
    assert marks.unseal(old, kind="nik") == "3273061208909001"
    with pytest.raises(marks.KeyMissing):
        marks.unseal(b"\x09" + old[1:], kind="nik")


def test_keys_from_the_environment(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    assert KeyRing(folder, told="ab" * 64).live() == {1: "ab" * 64}
    assert KeyRing(folder, told="1:ab,3:cd").live() == {1: "ab", 3: "cd"}
    for wrong in ("x:ab", "0:ab", "256:ab", "1:ab,cd"):
        with pytest.raises(FolderUnusable):
            KeyRing(folder, told=wrong)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_rotation_killed_anywhere_loses_nothing_and_goes_on(ring: KeyRing, tmp_path: Path) -> None:
    with transaction.atomic():
        cast = call_cast()
        enrol(cast, cast.heading(cast.works), people(HEADS))
    before = everybody(cast)
    assert len(before) == HEADS and all(nik for _, nik in before)
    kills = 0
    for die_at in (2, 3, 4):
        assert child(tmp_path, die_at).returncode == -signal.SIGKILL
        kills += 1
        counts = count_by_key()
        assert set(counts) == {1, 2}, "killed in the middle: both keys are in use"
        assert everybody(cast) == before
        with whole_government(cast.government):
            for row in (people(1)[0], people(1, first=HEADS)[0]):
                assert [found.nik for found in search(cast.area, row["nik"])] == [row["nik"]]
    result = child(tmp_path, 0)
    assert result.returncode == 0 and result.stdout.splitlines()[-1].startswith("0 "), result.stderr
    assert (set(count_by_key()), set(ring.live()), set(ring.retired())) == ({2}, {2}, {1})
    assert everybody(cast) == before
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT deed, count(*) FROM access_auditevent WHERE deed LIKE 'reseal%' GROUP BY 1")
        assert dict(cursor.fetchall()) == {"reseal_begun": kills + 2, "reseal_ended": 2}


@pytest.mark.django_db(databases=["default", "owner"])
def test_people_are_known_and_posted_under_either_key(ring: KeyRing) -> None:
    """Half-way through a rotation the same list again finds everybody."""
    cast = call_cast()
    enrol(cast, cast.heading(cast.works), people(5))
    ring.add()
    again = enrol(cast, cast.heading(cast.works, kind="additions"), people(6))
    assert again.counts == {"already": 5, "join": 1}
    assert Person.objects.count() == 6
    assert Posting.objects.count() == 0


def test_every_sealed_column_is_in_the_registry() -> None:
    found = {(table.name, column) for table in sealed_tables() for column, _ in table.columns}
    assert {
        ("registry_person", "nik_sealed"),
        ("files_finding", "sealed_detail"),
        ("jobs_job", "sealed_input"),
    } <= found


@pytest.mark.django_db(databases=["default", "owner"])
def test_no_guard_stands_in_the_way_of_resealing() -> None:
    """A table with sealed columns that only grows has its guard for each row."""
    names = [table.name for table in sealed_tables()]
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            """SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
               JOIN pg_proc p ON p.oid = t.tgfoid
               WHERE p.proname = 'payung_append_only' AND (t.tgtype & 1) = 0 AND (t.tgtype & 16) > 0
                 AND c.relname = ANY(%s)""",
            [names],
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db(databases=["owner"])
def test_guarded_facts_are_sealed_anew_by_the_owner_alone_and_not_otherwise_changed() -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(
            """CREATE TABLE grown (id bigint, amount bigint, nik_sealed bytea, replaced_at timestamptz);
               INSERT INTO grown VALUES (1, 10, '\\x0101', NULL);
               CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON grown
                   FOR EACH ROW EXECUTE FUNCTION payung_append_only();
               GRANT SELECT, UPDATE ON grown TO payung_app"""
        )

        def refused(statement: str) -> bool:
            try:
                with transaction.atomic(using="owner"):
                    cursor.execute(statement)
            except DatabaseError:
                return True
            return False

        reseal_it = "UPDATE grown SET nik_sealed = '\\x0202'"
        assert refused(reseal_it), "not unless it is said"
        cursor.execute("SELECT set_config('payung.resealing', 'on', true)")
        assert refused("UPDATE grown SET nik_sealed = '\\x0202', amount = 11")
        assert refused("DELETE FROM grown")
        cursor.execute("DROP TRIGGER append_only ON grown")
        cursor.execute("CREATE TRIGGER r BEFORE UPDATE ON grown FOR EACH ROW EXECUTE FUNCTION payung_replace_only()")
        assert refused("UPDATE grown SET amount = 11")
        assert not refused(reseal_it)
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = 'payung_app'")
        if cursor.fetchone():
            cursor.execute("SELECT payung_resealing('grown'::regclass)")
            assert cursor.fetchone() == (True,)
        transaction.set_rollback(True, using="owner")


@pytest.mark.django_db
def test_the_serving_role_may_not_reseal_facts() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT set_config('payung.resealing', 'on', true)")
        cursor.execute(
            "SELECT payung_resealing('registry_job'::regclass), payung_resealing('billing_billline'::regclass)"
        )
        assert cursor.fetchone() == (False, False)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_resealing_twice_changes_nothing(ring: KeyRing) -> None:
    with transaction.atomic():
        cast = call_cast()
        enrol(cast, cast.heading(cast.works), people(3))
    ring.add()
    told: list[tuple[str, int, int]] = []
    first = reseal(at=AT, progress=lambda *step: told.append(step))
    assert first["registry_person"] == 3 and first["files_row"] == 3
    assert ("registry_person", 3, 3) in told
    assert set(reseal(at=AT, progress=lambda *step: None).values()) == {0}
