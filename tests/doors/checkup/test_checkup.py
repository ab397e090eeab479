"""A sound installation is called sound; each fault is found, named, and comes with what to do."""

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import transaction

from payung.doors.checkup import backups, contents, guards, machine
from payung.doors.checkup.findings import BAD, GOOD, WATCH, Check, Finding, Patient
from payung.doors.cli.doctor import look_over
from payung.doors.installation.folder import DataFolder
from payung.doors.installation.keys import KeyRing
from payung.office.places.scope import whole_government
from tests.office.cast import AT, call_cast, enrol, people

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
CHECKS: tuple[Check, ...] = (
    machine.space, machine.versions, machine.clock, contents.tables, guards.constraints, guards.row_security,
    contents.keys, contents.chains, contents.queue,
)  # fmt: skip
"""Durability is left out: the tests' own server has it switched off."""


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[Patient]:
    """An office at work, seen by its owner inside a transaction that is taken back."""
    with transaction.atomic():
        cast = call_cast()
    with whole_government(cast.government):
        enrol(cast, cast.heading(cast.works), people(10))
    with psycopg.connect(os.environ["PAYUNG_TEST_OWNER"]) as connection:
        yield Patient(connection, tmp_path, datetime.now(UTC))
        connection.rollback()


def the_one(found: list[Finding]) -> Finding:
    (one,) = found
    return one


def test_a_sound_office_and_every_fault_put_into_it(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {finding.state for check in CHECKS for finding in check(patient)} == {GOOD}
    faults: list[tuple[str, Check, str]] = [
        ("ALTER TABLE registry_person DISABLE ROW LEVEL SECURITY", guards.row_security, "registry_person"),
        ("ALTER TABLE ledger_entry DISABLE TRIGGER USER", guards.constraints, "ledger_entry"),
        (
            "ALTER TABLE registry_person ADD CONSTRAINT later CHECK (id > 0) NOT VALID",
            guards.constraints,
            "registry_person.later",
        ),
    ]
    for statement, check, named in faults:
        patient.connection.execute(statement.encode())
        found = the_one(check(patient))
        patient.connection.rollback()
        assert found.state == BAD
        assert found.do
        assert named in found.told
    back = Patient(patient.connection, patient.folder, AT - timedelta(days=1))
    clock = the_one(machine.clock(back))
    assert clock.state == BAD, "a clock set back a day"
    monkeypatch.setattr(
        settings, "PAYUNG_KEY_RING", KeyRing(DataFolder(patient.folder), told=f"2:{secrets.token_hex(64)}")
    )
    assert "kunci 1 hilang" in the_one(contents.keys(patient)).told
    monkeypatch.setattr(settings, "PAYUNG_KEY_RING", KeyRing(DataFolder(patient.folder), told=secrets.token_hex(64)))
    assert "tidak terbuka" in the_one(contents.keys(patient)).told


def test_an_office_killed_before_its_tables_stand_is_told_so(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "tables", lambda _: [Finding("tabel", WATCH, "pembaruan belum dijalankan")])
    with psycopg.connect(os.environ["PAYUNG_TEST_OWNER"], dbname="postgres") as empty:
        found = look_over(Patient(empty, patient.folder, datetime.now(UTC)))
    assert found[-1].told == "pembaruan belum dijalankan"


def test_no_backup_is_a_fault(tmp_path: Path) -> None:
    assert the_one(backups.newest(tmp_path, datetime.now(UTC))).state == BAD
    (tmp_path / "payung-20221101-010000.payung").write_bytes(b"bukan")
    assert the_one(backups.newest(tmp_path, datetime.now(UTC))).state == BAD
